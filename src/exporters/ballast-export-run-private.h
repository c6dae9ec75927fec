#pragma once

#include "ballast-atomic-dir.h"
#include "ballast-export-labels.h"
#include "ballast-export-names.h"
#include "ballast-export-run.h"
#include "ballast-exporter.h"
#include "ballast-journal.h"
#include "ballast-manifest.h"
#include "ballast-recipe.h"
#include "ballast-row-weights.h"

G_BEGIN_DECLS

#define BALLAST_EXPORT_INFO_NAME "ballast.json"
#define BALLAST_EXPORT_PIPELINE_NAME "pipeline.json"
#define BALLAST_EXPORT_TEMPORARY ".ballast-tmp"

typedef enum
{
  BALLAST_TASK_FILE_PLACED, /* the source's own bytes */
  BALLAST_TASK_FILE_DRAWN,
  BALLAST_TASK_FILE_LISTED, /* named where it is */
} BallastTaskFileKind;

/* One row of the manifest to be. */
typedef struct
{
  BallastTaskFileKind kind;
  char               *path;        /* in the dataset; absolute where it is listed */
  guint               copy;
  guint               repeats;     /* lines in lists; 0: in none, and in no manifest */
  BallastRecipe      *recipe;      /* of a drawn copy */
  BallastBoxPolicy   *policy;      /* (nullable): of a crop's pipeline */
  char               *recipe_json; /* the same where a shard tells it; else NULL */
  BallastFormat       format;
  guint              *classes;
  guint               n_classes;
  GArray             *labels;      /* (nullable) of BallastExportLabel: of layouts with boxes */
  guint               width;
  guint               height;
  char               *soft_labels; /* of a copy that takes parts of other pictures; else NULL */
  char                expected[65]; /* by the journal; "": not there */
  gboolean            done;
  gboolean            skipped;     /* was there, and is what it should be */
  char                sha256[65];
  guint64             size;
} BallastTaskFile;

struct _BallastExportTask
{
  guint64                     index;
  const BallastExportOptions *options;
  int                         dir_fd;
  BallastExportSource         source;   /* strings and classes are the task's */
  char                       *path;     /* relative to the source */
  char                       *absolute;
  char                       *label;    /* the source in the manifest */
  char                       *display;
  const BallastExportPartners *partners; /* of the run; NULL: none are taken */
  GArray                     *files;    /* of BallastTaskFile */
  GArray                     *labels;   /* of BallastExportLabel: the source's */
  BallastBoxPolicy            policy;
  BallastLabelMapping         mapping;  /* without a recipe */
  gboolean                    has_boxes; /* the layout's files are told their labels */
  gboolean                    is_foreign; /* of another shard: only its names are taken */
  guint                       n_foreign;  /* files that another shard writes */
  GError                     *problem;
};

struct _BallastExportRun
{
  BallastExportOptions     options;
  const BallastExporter   *exporter;
  BallastExporterContext   context;
  BallastAtomicDir        *dir;
  BallastNameSet          *taken;
  GHashTable              *folders;      /* those that were made */
  BallastJournal          *journal;
  BallastManifestWriter   *manifest;
  BallastRowWeights       *row_weights;  /* NULL without weights */
  gpointer                 layout_state;
  guint64                  next_plan;
  guint64                  next_commit;
  guint                    n_classes;
  BallastClassPair        *pairs;
  gsize                    n_pairs;
  BallastExportPartners   *partners;     /* (nullable) */
  BallastExportCounts      counts;
  char                    *fingerprint;  /* of the whole export, whatever the shard */
  struct _BallastShardWriter *shard;     /* (nullable): instead of manifest, lists and annotations */
  JsonNode                *told;         /* (nullable) what ballast.json tells of the options */
  GTree                   *splits;       /* name → guint64[2 n_classes + 1]: files, all and by
                                         * class; then labels by class, of layouts with boxes */
};

/* Makes the folder that @path lies in, once. */
gboolean           ballast_export_run_make_folder_of (BallastExportRun *run,
                                                 const char                *path,
                                                 GError                   **error);

/* The members of ballast.json that tell of the options. */
void               ballast_export_info_add_options (JsonBuilder            *builder,
                                                 const BallastExportOptions *options);

BallastExportTask *ballast_export_task_new      (BallastExportRun          *run,
                                                 const BallastExportSource *source);
void               ballast_export_task_file_clear (BallastTaskFile         *file);
void               ballast_export_task_take_problem (BallastExportTask     *task,
                                                 GError                    *problem);

/* (transfer full): a text that two runs share if and only if they write the same. */
char              *ballast_export_run_make_fingerprint (const BallastExportOptions *options,
                                                 gboolean                   has_splits,
                                                 const char                *fingerprint);

/* Writes weights and pipeline, then ballast.json with the digests of all that is not an image. */
gboolean           ballast_export_run_write_extras (BallastExportRun       *run,
                                                 GError                   **error);
gboolean           ballast_export_run_write_info (BallastExportRun         *run,
                                                 const char                *manifest_sha256,
                                                 guint64                    manifest_rows,
                                                 GError                   **error);

G_END_DECLS
