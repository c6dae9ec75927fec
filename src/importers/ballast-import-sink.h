#pragma once

#include <gio/gio.h>

#include "ballast-box.h"
#include "ballast-problem.h"

G_BEGIN_DECLS

/* See ballast-label-records.h. */
typedef struct _BallastLabelRecords BallastLabelRecords;

/* What is read, told once before anything else. */
typedef struct
{
  const char *root;         /* absolute path, bytes: the folder of every image path below */
  const char *importer;     /* "folders", "manifest" … */
  const char *options_json; /* the options used: they read the same source the same way again */
  gboolean    is_distinct;  /* no path comes twice */
} BallastImportSource;

typedef struct
{
  int           class_index; /* from declare_class */
  gboolean      has_box;
  BallastBox    box;
  const guint8 *extra;       /* (nullable): outline or mask, packed (ballast-shape.h) */
  gsize         n_extra;
  gint64        place;       /* the line or number that tells of it, for problems */
  guint64       offset;      /* where its record begins in the records of its image … */
  guint32       length;      /* … and its bytes; 0: box and extra are here */
} BallastImportLabel;

/* What a file says of a class beside its name. */
typedef struct
{
  gint64      number;
  const char *parent; /* (nullable): the group of classes it belongs to */
} BallastImportClass;

/* An image as its layout tells of it: the file itself was not opened. */
typedef struct
{
  const char               *folder;  /* bytes, relative to the root, "" for it */
  const char               *name;    /* bytes */
  gboolean                  is_link; /* a good symbolic link: O_NOFOLLOW refuses it */
  int                       split;   /* from declare_split, -1: in none */
  const BallastImportLabel *labels;  /* each class once, unless it has boxes */
  guint                     n_labels;
  guint32                   width;    /* as the layout tells it, 0: it does not */
  guint32                   height;
  gboolean                  in_shares;  /* boxes and outlines are shares of the picture */
  gboolean                  is_missing; /* there is no file, and the image counts all the same: of
                                         * a dataset that came without its pictures */
  gboolean                  has_number; /* its id in its layout */
  gint64                    number;
  const char               *group;      /* (nullable): what it belongs to: a patient, a scene */
  const char               *label_file; /* (nullable): places of labels are lines of it */
  BallastLabelRecords      *records;    /* (nullable): of the labels that have a length */
} BallastImportImage;

/*
 * Where a reader puts what it finds.  Everything that a call is given is valid during the call
 * alone.  A call that fails ends the import with its error.  Calls come from the thread that
 * reads, in the same order for the same source.
 *
 * Classes and splits are declared before the first image that needs them; a class that no image
 * holds is declared too.  The same name may be declared again and gives the same index.
 */
typedef struct
{
  gboolean (*begin_source)  (gpointer                   user_data,
                             const BallastImportSource *source,
                             GError                   **error);
  int      (*declare_class) (gpointer                   user_data, /* ≥ 0; -1: error */
                             const char                *name,      /* UTF-8 */
                             GError                   **error);
  int      (*declare_split) (gpointer                   user_data, /* ≥ 0; -1: error */
                             const char                *name,      /* UTF-8 */
                             GError                   **error);
  gboolean (*add_image)     (gpointer                   user_data,
                             const BallastImportImage  *image,
                             GError                   **error);
  gboolean (*add_problem)   (gpointer                   user_data,
                             const BallastProblem      *problem, /* ids are 0 */
                             GError                   **error);
  gpointer user_data;

  /* (nullable) */
  gboolean (*describe_class) (gpointer                  user_data,
                             int                        class_index,
                             const BallastImportClass  *description,
                             GError                   **error);

  /* add_image takes labels that are only told where they stand. */
  gboolean reads_records;
} BallastImportSink;

/*
 * The first so many problems of a kind are told one by one; then one more says how many others
 * there are, so that a wrong folder does not fill a project with a million lines.
 */
#define BALLAST_IMPORT_MAX_PROBLEMS 10000

typedef struct
{
  guint64 images;
  guint64 ignored_files; /* no image by their ending, hidden ones not counted */
  guint64 problems[BALLAST_PROBLEM_KIND_LAST + 1]; /* true totals by kind */
} BallastImportSummary;

/* Counts in @summary and passes on while the kind is below its limit.  @path, @other_path and
 * @detail may be NULL. */
gboolean ballast_import_sink_report (const BallastImportSink *sink,
                                     BallastImportSummary    *summary,
                                     const BallastProblem    *problem,
                                     GError                 **error);

/* Says of every kind over its limit how many more there are.  Readers call it last. */
gboolean ballast_import_sink_finish (const BallastImportSink    *sink,
                                     const BallastImportSummary *summary,
                                     GError                    **error);

G_END_DECLS
