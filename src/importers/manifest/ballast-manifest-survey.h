#pragma once

#include "ballast-import-options.h"
#include "ballast-progress.h"
#include "ballast-repeat-finder.h"
#include "ballast-table.h"

G_BEGIN_DECLS

/* More classes than this mean that the wrong column was chosen. */
#define BALLAST_MANIFEST_MAX_CLASSES 100000

/* One manifest of a source. */
typedef struct
{
  char *path;  /* absolute */
  char *name;  /* from the folder of the source: for problems */
  char *base;  /* the folder that its paths start from, relative to the root */
  char *split; /* by its name (nullable) */
} BallastManifestFile;

/* (transfer full): where the pictures of the source @path are: absolute. */
char      *ballast_manifest_dup_root  (const char                 *path,
                                       const BallastImportOptions *options);

/* (transfer full) (element-type BallastManifestFile): the manifests of the source @path. */
GPtrArray *ballast_manifest_list_files (const char                 *path,
                                        const BallastImportOptions *options);

/* Different texts in the order of their first appearance, and how often they came. */
typedef struct
{
  GPtrArray  *names;  /* bytes */
  GArray     *counts; /* guint64 */
  GHashTable *index;  /* name → number + 1 */
} BallastNameCounter;

int        ballast_name_counter_find  (const BallastNameCounter   *counter,
                                       const char                 *name);

/* What is in the manifests of a source, before anything is looked up. */
typedef struct
{
  BallastNameCounter   labels; /* sorted by number if all of them are numbers */
  BallastNameCounter   splits;
  BallastRepeatFinder *repeats; /* of resolved paths */
  guint64              images;
  guint64              bad;
  guint64              size;    /* of all files, in bytes */
  gboolean             is_partial;
} BallastManifestSurvey;

typedef struct
{
  const char                 *root;
  GPtrArray                  *files;
  const BallastImportOptions *options;
  const BallastProgress      *progress;
  gint64                      deadline_us; /* 0: never */
} BallastManifestScope;

/* (transfer full): NULL with the errors of ballast_table_open(), or BALLAST_IMPORT_ERROR_OPTIONS
 * where a column is missing or has too many labels. */
BallastManifestSurvey *ballast_manifest_survey_new  (const BallastManifestScope *scope,
                                                     GCancellable               *cancellable,
                                                     GError                    **error);
void                   ballast_manifest_survey_free (BallastManifestSurvey      *survey);

/* (transfer full): opens @file as @options say. */
BallastTable          *ballast_manifest_file_open   (const BallastManifestFile  *file,
                                                     const BallastImportOptions *options,
                                                     GError                    **error);

/* (transfer full): the path of a row in @file, resolved, or as it stands where it is unsafe. */
char                  *ballast_manifest_file_resolve (const BallastManifestFile *file,
                                                      const char                *root,
                                                      const char                *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastManifestSurvey, ballast_manifest_survey_free)

G_END_DECLS
