#pragma once

#include <gio/gio.h>

#include "ballast-export-options.h"
#include "ballast-image-record.h"
#include "ballast-manifest.h"
#include "ballast-pipeline.h"

G_BEGIN_DECLS

/* What a layout can hold. */
typedef enum
{
  BALLAST_EXPORTER_PIXELS = 1 << 0,      /* writes files: copies can be drawn */
  BALLAST_EXPORTER_MULTI_LABEL = 1 << 1, /* several classes an image */
  BALLAST_EXPORTER_BOXES = 1 << 2,
  BALLAST_EXPORTER_REPEATS = 1 << 3,     /* copies are repeated lines */
  BALLAST_EXPORTER_SAMPLE_WEIGHTS = 1 << 4, /* writes sample_weights.csv itself */
  BALLAST_EXPORTER_OUTLINES = 1 << 5,    /* polygons beside boxes */
  BALLAST_EXPORTER_MASKS = 1 << 6,       /* run lengths, too */
  BALLAST_EXPORTER_SOFT_LABELS = 1 << 7, /* tells how much of a copy is of which class */
  BALLAST_EXPORTER_PACKED = 1 << 8,      /* folders become archives, and names keys: without the
                                            ending no two are the same, and it has the only dot */
  BALLAST_EXPORTER_PLAIN_LABELS = 1 << 9, /* labels without a box as such, beside boxes */
  BALLAST_EXPORTER_CROWDS = 1 << 10,      /* COCO's iscrowd */
  BALLAST_EXPORTER_MARKS = 1 << 11,       /* Pascal VOC's difficult, truncated, occluded */
  BALLAST_EXPORTER_CLASS_LIST = 1 << 12,  /* names classes that no image shows, in their order */
} BallastExporterFlags;

/* A label of an image or a file, with a box or without. */
typedef struct
{
  guint         class_index;
  gboolean      has_box;
  BallastBox    box;     /* in pixels, as looked at */
  const guint8 *extra;   /* (nullable): outline or mask, packed (ballast-shape.h) */
  gsize         n_extra;
} BallastExportLabel;

/* One source image, as its project has it.  Borrowed strings. */
typedef struct
{
  int                 root_fd;        /* the source's folder */
  gboolean            follows_links;  /* that lead out of it */
  const char         *root;           /* its absolute path, bytes */
  guint               source_ordinal; /* which of the project's sources: 0 for the first */
  const char         *folder;         /* below the root, bytes, "" for it */
  const char         *name;           /* bytes */
  const char         *split;          /* UTF-8; "" for images in no split */
  gboolean            in_training_split;
  guint               n_classes;
  const guint        *classes;        /* their indices, ascending; none: unlabelled */
  guint               n_labels;
  const BallastExportLabel *labels;   /* all annotations; none: classes are all that is known */
  gboolean            has_number;     /* its id in the file that it came from */
  gint64              number;
  BallastImageFacts   facts;
  gboolean            keep_original;  /* FALSE: left out by the plan */
  guint               n_copies;       /* by the plan */
  const BallastPipeline *pipeline;    /* (nullable) for its copies; NULL: copies are plain repeats */
  const char         *sampled_as;     /* (nullable) the class that the pipeline is asked for; NULL:
                                         the first of @classes */
  guint               n_crops;
  const struct _BallastExportCrop *crops; /* parts of it that are added beside its copies */
  gboolean            keeps_sides;    /* copies that mirror are passed over: they would be of a class
                                         that @classes does not mean */
} BallastExportSource;

/* Copies of a part of an image: @pipeline begins with the crop. */
typedef struct _BallastExportCrop
{
  BallastPipeline *pipeline;
  guint            n_copies;
  guint           *classes;   /* of what the part holds, ascending; none: it holds nothing */
  guint            n_classes;
} BallastExportCrop;

/* What a layout is told at its beginning. */
typedef struct
{
  const BallastExportOptions *options;
  int                         dir_fd;     /* the folder that is being written */
  gboolean                    has_splits; /* some image is in a split */
} BallastExporterContext;

/* A committed file. */
typedef struct
{
  const BallastExportSource *source;
  const BallastManifestRow  *row;
  const guint               *classes;     /* indices; of a mirrored copy, the mirrored ones */
  guint                      n_classes;
  guint                      repeats;     /* how often it is to be listed */
  const BallastExportLabel  *labels;      /* of layouts with boxes: what is left of them in the file */
  guint                      n_labels;
  guint                      width;       /* of the file, as looked at; 0: unknown */
  guint                      height;
} BallastExporterFile;

/*
 * A layout: one entry of the table in ballast-exporter-table.c.  @begin … @end run in one thread, @add in the
 * order of the items, whichever thread drew them.
 */
typedef struct
{
  const char           *name;    /* "folders" */
  const char           *title;   /* "Class folders" */
  const char           *summary; /* one sentence: what it is good for */
  BallastExporterFlags  flags;

  /* (transfer full): the folder for a file of @source that carries @class_name (NULL: none),
   * relative, safe, without a trailing '/'. */
  char                *(*dup_folder) (const BallastExporterContext *context,
                                      const BallastExportSource    *source,
                                      const char                   *class_name);

  /* (nullable) (transfer full): the same where it is the copy that decides; before @dup_folder. */
  char                *(*dup_shard)  (const BallastExporterContext *context,
                                      const BallastExportSource    *source,
                                      guint                         copy);

  /* (transfer full): the layout's own state, ended by @end or dropped by @abandon. */
  gpointer             (*begin)      (const BallastExporterContext *context,
                                      GError                      **error);
  gboolean             (*add)        (gpointer                      state,
                                      const BallastExporterFile    *file,
                                      GError                      **error);
  gboolean             (*end)        (gpointer                      state,
                                      GError                      **error);
  void                 (*free)       (gpointer                      state);
} BallastExporter;

guint                  ballast_exporter_get_n (void);
const BallastExporter *ballast_exporter_get   (guint       i);

/* (nullable) */
const BallastExporter *ballast_exporter_find  (const char *name);

G_END_DECLS
