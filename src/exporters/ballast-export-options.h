#pragma once

#include <gio/gio.h>

#include "ballast-plan.h"
#include "ballast-redraws.h"
#include "ballast-weights.h"

G_BEGIN_DECLS

/* How an original comes into the dataset. */
typedef enum
{
  BALLAST_ORIGINALS_COPY,
  BALLAST_ORIGINALS_HARDLINK,
  BALLAST_ORIGINALS_REFLINK, /* shares the blocks until one of them changes */
  BALLAST_ORIGINALS_SYMLINK,
  BALLAST_ORIGINALS_LIST,    /* not at all: the lists name it where it is */
} BallastOriginals;

/* In which format augmented files are written. */
typedef enum
{
  BALLAST_EXPORT_FORMAT_KEEP, /* as their source, where that holds the pixels; else PNG */
  BALLAST_EXPORT_FORMAT_JPEG, /* PNG where a JPEG cannot hold the pixels (alpha, 16 bits) */
  BALLAST_EXPORT_FORMAT_PNG,
} BallastExportFormat;

/* A bit for each format of the table, by its position (see ballast-weight-format.h). */
typedef guint BallastWeightFileKinds;

#define BALLAST_EXPORT_QUALITY 92

/*
 * What an export is to be like.  Borrows what it points at, which must outlive the run.
 */
typedef struct
{
  const char            *layout;        /* an exporter's name: "folders", "manifest", "lists" */
  BallastOriginals       originals;
  BallastExportFormat    format;
  guint                  quality;       /* of JPEG files, 1 … 100; 0: their source's */
  guint64                seed;
  gboolean               skip_changed;  /* TRUE: a source that changed since the import is left out;
                                           FALSE: it ends the run */
  BallastWeightFileKinds weight_files;
  const BallastWeights  *weights;       /* (nullable): none are written */
  const BallastPlan     *plan;          /* (nullable): for its settings and sample weights */
  const char            *pipeline_json; /* (nullable): written beside the manifest as pipeline.json,
                                           and part of what makes two runs the same */
  gboolean               mixes;         /* some copies take parts of other pictures */
  const BallastRedraws  *redraws;       /* (nullable): copies that were rejected */
  guint                  shard;         /* 1 … n_shards: only its items are written, into DEST */
  guint                  n_shards;      /* 0: the whole export */
  guint64                n_training;    /* about how many files of the training split are to come, and */
  guint64                n_others;      /* of the others: packed layouts make archives for so many */
  const char *const     *class_names;   /* in index order, UTF-8, NULL-terminated */
  const gint64          *class_numbers; /* (nullable): the ids of the classes, no two the same */
  const char *const     *class_parents; /* (nullable): groups of classes, NULL where a class has none */
} BallastExportOptions;

#define BALLAST_EXPORT_OPTIONS_INIT \
  { .layout = "folders", .quality = BALLAST_EXPORT_QUALITY }

/* (transfer none): "copy", "hardlink", "reflink", "symlink", "list". */
const char *ballast_originals_get_name     (BallastOriginals         originals);
gboolean    ballast_originals_parse        (const char              *name,
                                            BallastOriginals        *originals,
                                            GError                 **error);

/* (transfer none): "keep", "jpeg", "png". */
const char *ballast_export_format_get_name (BallastExportFormat      format);
gboolean    ballast_export_format_parse    (const char              *name,
                                            BallastExportFormat     *format,
                                            GError                 **error);

/* "json,csv,py"; "" and "none" are none.  FALSE with BALLAST_EXPORT_ERROR_LAYOUT otherwise. */
gboolean    ballast_weight_file_kinds_parse (const char             *text,
                                            BallastWeightFileKinds  *kinds,
                                            GError                 **error);

G_END_DECLS
