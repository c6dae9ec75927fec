#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where the names of splits stand in a tree of class folders. */
typedef enum
{
  BALLAST_SPLIT_LEVEL_AUTO,
  BALLAST_SPLIT_LEVEL_NONE,  /* root/class */
  BALLAST_SPLIT_LEVEL_ABOVE, /* root/split/class */
  BALLAST_SPLIT_LEVEL_BELOW, /* root/class/split */
} BallastSplitLevel;

/* What folders below a class folder are. */
typedef enum
{
  BALLAST_CLASS_DEPTH_AUTO,
  BALLAST_CLASS_DEPTH_FIRST, /* part of the class: the first level alone names it */
  BALLAST_CLASS_DEPTH_PATH,  /* classes of a hierarchy, "animal/dog" */
} BallastClassDepth;

typedef enum
{
  BALLAST_MANIFEST_AUTO,
  BALLAST_MANIFEST_DELIMITED,  /* CSV, TSV, ';' and the like */
  BALLAST_MANIFEST_WHITESPACE, /* "name label" */
  BALLAST_MANIFEST_JSON_LINES,
} BallastManifestFormat;

typedef enum
{
  BALLAST_LABELS_NAMES,      /* the fields hold names of classes */
  BALLAST_LABELS_INDICATORS, /* one column a class, holding 0 or 1 */
  BALLAST_LABELS_FOLDER,     /* the folder in the path names the class */
} BallastLabelStyle;

/*
 * How a source is to be read.  Detection fills it, the window may change it, the project stores it
 * as JSON.  Every string may be NULL.  A column is a name of the header, or its 1-based number
 * where there is no header.
 */
typedef struct
{
  char                 *images;       /* absolute path of the folder of the pictures */
  gboolean              follow_links; /* also links that lead out of the root */

  /* class folders */
  BallastSplitLevel     split_level;
  BallastClassDepth     class_depth;

  /* manifests */
  BallastManifestFormat format;
  char                  separator;       /* of DELIMITED */
  gboolean              has_header;
  char                **files;           /* relative to the folder; NULL: the path itself */
  char                 *path_column;
  char                **label_columns;   /* NULL: none */
  BallastLabelStyle     label_style;
  char                  label_separator; /* between labels in one field; 0: none */
  char                 *split_column;
  char                **box_columns;     /* left, top, right, bottom, where no header names them */
  char                 *group_column;    /* NULL: none */
  gboolean              split_from_name; /* "train.csv", "train/metadata.csv" */
  char                 *base;            /* the folder that paths start from, relative to the root;
                                          * NULL: that of the manifest */
  char                **bases;           /* the same for each of files; ".": its own folder; NULL: base
                                          * is that of all */
  gboolean              search_names;    /* by name alone, in every folder below */
  gboolean              add_ending;      /* names come without their ending */
  char                 *class_names;     /* a file beside, one class a line, for numeric labels */
} BallastImportOptions;

#define BALLAST_IMPORT_OPTIONS_INIT { .separator = ',' }

void     ballast_import_options_clear     (BallastImportOptions       *options);
void     ballast_import_options_copy      (const BallastImportOptions *options,
                                           BallastImportOptions       *copy);

/* (transfer full): one line of JSON; members that are as in INIT are left out. */
char    *ballast_import_options_to_json   (const BallastImportOptions *options);

/* Fills @options, which is cleared first.  Fails with BALLAST_IMPORT_ERROR_OPTIONS. */
gboolean ballast_import_options_from_json (BallastImportOptions       *options,
                                           const char                 *json,
                                           GError                    **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BallastImportOptions, ballast_import_options_clear)

G_END_DECLS
