#pragma once

#include "ballast-hierarchy.h"

G_BEGIN_DECLS

/* What a suggestion is made from.  Borrowed. */
typedef struct
{
  const char        *root;       /* the name of the whole (nullable) */
  const char *const *names;      /* of the classes, in index order */
  const guint64     *counts;
  const char *const *categories; /* (nullable): of each class its category ("vehicle"), or "" */
  guint              n;
} BallastHierarchyInput;

/* One way to group classes: one entry of the table in ballast-hierarchy-suggest.c. */
typedef struct
{
  const char *name;    /* "huffman" */
  const char *title;
  const char *summary; /* one sentence: what it does and what it is good for */
  gboolean  (*fill) (BallastHierarchy            *hierarchy,
                     const BallastHierarchyInput *input,
                     GError                     **error);
} BallastHierarchySuggestion;

guint                             ballast_hierarchy_suggestion_get_n (void);
const BallastHierarchySuggestion *ballast_hierarchy_suggestion_get   (guint                    i);

/* (nullable) */
const BallastHierarchySuggestion *ballast_hierarchy_suggestion_find  (const char              *name);

/*
 * (transfer full): a tree over all classes of @input; a pure function of it.  NULL with
 * BALLAST_BALANCE_ERROR_EMPTY: fewer than two classes, or names or categories say nothing.
 */
BallastHierarchy                 *ballast_hierarchy_suggest          (const BallastHierarchySuggestion *suggestion,
                                                                      const BallastHierarchyInput *input,
                                                                      GError                 **error);

G_END_DECLS
