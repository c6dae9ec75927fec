#pragma once

#include "ballast-importer.h"
#include "ballast-picture-finder.h"

G_BEGIN_DECLS

/* What the readers of layouts with boxes share while they read. */
typedef struct
{
  const BallastImportRequest *request;
  BallastImportSummary       *summary;
  GCancellable               *cancellable;
  char                       *root;     /* absolute, without links */
  gboolean                    has_strangers; /* it is above what was chosen */
  BallastWalk                *walk;
  BallastPictureFinder       *pictures;
  GHashTable                 *seen;     /* relative paths of images that were told of */
  gboolean                    is_repeated;    /* the image that was added last had been before */
  GHashTable                 *folders;  /* of these */
  GPtrArray                  *class_names;   /* UTF-8 */
  GArray                     *class_indices; /* int: of the sink */
  GArray                     *class_counts;  /* guint64: annotations */
  GPtrArray                  *split_names;
  GArray                     *split_indices;
  guint64                     total;    /* images that are to come, for the progress */
} BallastBoxReading;

/* Opens the root; @root is copied. */
gboolean ballast_box_reading_init       (BallastBoxReading          *reading,
                                         const BallastImportRequest *request,
                                         const char                 *root,
                                         GError                    **error);
void     ballast_box_reading_clear      (BallastBoxReading          *reading);

/* Begins the source and declares class_names and split_names. */
gboolean ballast_box_reading_begin      (BallastBoxReading          *reading,
                                         const char                 *importer,
                                         GError                    **error);

/* The position of @name in split_names, added where it is new; -1 for NULL. */
int      ballast_box_reading_intern_split (BallastBoxReading        *reading,
                                         const char                 *name);

/* The position of @name in class_names, or -1. */
int      ballast_box_reading_find_class (BallastBoxReading          *reading,
                                         const char                 *name);

/* Tells of a problem; @path may be NULL. */
gboolean ballast_box_reading_report     (BallastBoxReading          *reading,
                                         GError                    **error,
                                         BallastProblemKind          kind,
                                         const char                 *path,
                                         const char                 *format,
                                         ...) G_GNUC_PRINTF (5, 6);

/* The kind of problem that a picture that was not found is. */
BallastProblemKind ballast_found_kind_get_problem (BallastFoundKind  kind);

/*
 * Gives an image to the sink: folder, name, is_link are taken from @found, its split is a position
 * in split_names, the classes of its labels are positions in class_names (overwritten).
 */
gboolean ballast_box_reading_add        (BallastBoxReading          *reading,
                                         const BallastFound         *found,
                                         BallastImportImage         *image,
                                         BallastImportLabel         *labels,
                                         GError                    **error);

/* Pictures beside those that were told of, and classes without an annotation. */
gboolean ballast_box_reading_finish     (BallastBoxReading          *reading,
                                         gboolean                    tell_unlisted,
                                         GError                    **error);

G_END_DECLS
