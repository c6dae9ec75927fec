#pragma once

#include <json-glib/json-glib.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/* What makes images belong together. */
typedef enum
{
  BALLAST_GROUPING_KEEP,            /* the groups that are stored */
  BALLAST_GROUPING_NONE,
  BALLAST_GROUPING_FOLDER,          /* one folder, one group */
  BALLAST_GROUPING_PATTERN,         /* what a regular expression captures of the path */
  BALLAST_GROUPING_FIELD,           /* the column of groups of a manifest */
  BALLAST_GROUPING_DUPLICATES,      /* the same bytes */
  BALLAST_GROUPING_NEAR_DUPLICATES, /* pictures that look alike; the same bytes too */
} BallastGroupingKind;

/* Two pictures that differ in more of 64 bits than this are not alike; what is taken by default. */
#define BALLAST_NEAR_MAX_DISTANCE 10
#define BALLAST_NEAR_DISTANCE 4

/* A value: copy, clear. */
typedef struct
{
  BallastGroupingKind kind;
  char               *pattern;  /* of PATTERN */
  guint               distance; /* of NEAR_DUPLICATES: 0 … BALLAST_NEAR_MAX_DISTANCE */
} BallastGrouping;

void        ballast_grouping_copy     (const BallastGrouping  *grouping,
                                       BallastGrouping        *copy);
void        ballast_grouping_clear    (BallastGrouping        *grouping);

/*
 * Reads "folder", "duplicates", "near-duplicates", "none", "stored", the name of a column that the
 * imports of @document kept, or a regular expression.  FALSE with BALLAST_DOCUMENT_ERROR_INVALID
 * where it is none of them.  @distance is set to the default.
 */
gboolean    ballast_grouping_parse    (BallastGrouping        *grouping,
                                       const char             *text,
                                       BallastDocument        *document,
                                       GError                **error);

/* Whether the grouping can be made; FALSE with BALLAST_DOCUMENT_ERROR_INVALID for a broken pattern. */
gboolean    ballast_grouping_check    (const BallastGrouping  *grouping,
                                       GError                **error);

/* (transfer none): "folder", "pattern", "near-duplicates" … */
const char *ballast_grouping_kind_get_name (BallastGroupingKind kind);

/* (transfer full): {"by": "pattern", "pattern": …}: the setting that is stored with the groups. */
char       *ballast_grouping_to_json  (const BallastGrouping  *grouping);

/* Reads that setting into an empty @grouping; FALSE where it says nothing that is known. */
gboolean    ballast_grouping_from_json (BallastGrouping       *grouping,
                                       const char             *json);

/* (transfer full) (nullable): the names of the columns of groups that imports kept; NULL-terminated. */
char      **ballast_document_dup_group_columns (BallastDocument *document);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastGrouping, ballast_grouping_clear)

G_END_DECLS
