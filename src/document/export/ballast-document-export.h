#pragma once

#include "ballast-document.h"
#include "ballast-plan.h"
#include "ballast-weights.h"

G_BEGIN_DECLS

/*
 * (transfer full): the plan as it is set; main thread, from the counts, in microseconds a class.
 * NULL with @error where there is nothing to balance.
 */
BallastPlan    *ballast_document_dup_plan        (BallastDocument              *document,
                                                  GError                      **error);
/* The same for settings that are not stored: while a handle is dragged. */
BallastPlan    *ballast_document_dup_plan_for    (BallastDocument              *document,
                                                  const BallastBalanceSettings *balance,
                                                  GError                      **error);

/* What an export would write, told before. */
typedef struct
{
  guint64 originals;     /* files placed as they are, all splits */
  guint64 augmented;     /* files drawn */
  guint64 bytes;         /* taken on the disk, about */
  double  seconds;       /* on this machine, about */
  guint64 free_bytes;    /* at the destination; G_MAXUINT64: not known */
  const char *note;      /* (nullable): a sentence about what the layout cannot hold; static */
} BallastExportEstimate;

/* @plan NULL: the plan as set.  @dest (nullable): the folder, for the free space.  Main thread. */
void            ballast_document_estimate_export (BallastDocument              *document,
                                                  const BallastPlan            *plan,
                                                  const BallastExportSettings  *settings,
                                                  const char                   *dest,
                                                  BallastExportEstimate        *estimate);

/* What the export job leaves as its result. */
typedef struct
{
  char    *dest;
  guint64  written;   /* files of this run, originals and augmented */
  guint64  copied;    /* originals placed, in whichever way */
  guint64  augmented; /* files drawn */
  guint64  skipped;   /* already there from an interrupted run */
  guint64  problems;  /* sources that could not be read; each is a line in @notes */
  guint64  bytes;
  double   seconds;
  char   **notes;     /* NULL-terminated sentences */
} BallastExportResult;

/*
 * Writes the balanced dataset to @dest (bytes; a folder that is not there or empty).
 *
 * @settings NULL: as set in the project.  @n_threads 0: one a core.
 *
 * Returns: (transfer full): the job.  Written beside @dest and renamed at the end: @dest is whole or
 * not there.  Run again after a cancel or a crash, it continues.  The same project, settings and
 * seed give the same bytes, whatever the threads.
 */
BallastJob     *ballast_document_export          (BallastDocument              *document,
                                                  const char                   *dest,
                                                  const BallastExportSettings  *settings,
                                                  guint                         n_threads);

/*
 * Writes one balanced dataset a classifier of the project's hierarchy below @dest, from the training
 * split alone: nodes/NAME, each as ballast_document_export() writes one, with a plan and weights of
 * its own; and hierarchy.json, hierarchy.csv and ballast_hierarchy.py, which make them one again.
 */
BallastJob     *ballast_document_export_hierarchy (BallastDocument             *document,
                                                  const char                   *dest,
                                                  const BallastExportSettings  *settings,
                                                  guint                         n_threads);

/* The second of four: { 2, 4 }. */
typedef struct
{
  guint shard;
  guint n_shards;
} BallastShardNumber;

/*
 * Writes one of several parts of what ballast_document_export() writes, for processes that share the
 * work without asking each other: into the folder DEST.shard-2-of-4.  ballast_merge_start() joins all
 * parts; the bytes are those of one export.
 */
BallastJob     *ballast_document_export_shard    (BallastDocument              *document,
                                                  const char                   *dest,
                                                  const BallastExportSettings  *settings,
                                                  guint                         n_threads,
                                                  const BallastShardNumber     *number);

/* "2/4"; FALSE with a sentence where it is none. */
gboolean        ballast_shard_number_parse       (const char                   *text,
                                                  BallastShardNumber           *number,
                                                  GError                      **error);

/* (transfer full): the project's class weights.  @settings NULL: as set.  Main thread, at once. */
BallastWeights *ballast_document_dup_weights     (BallastDocument              *document,
                                                  const BallastWeightOptions  *settings,
                                                  GError                      **error);

/* Writes the weights to @path; its ending (.json, .csv, .txt, .npy, .py) says how. */
void            ballast_document_write_weights_async
                                                 (BallastDocument              *document,
                                                  const BallastWeightOptions  *settings,
                                                  const char                   *path,
                                                  GCancellable                 *cancellable,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);
gboolean        ballast_document_write_weights_finish
                                                 (BallastDocument              *document,
                                                  GAsyncResult                 *result,
                                                  GError                      **error);

G_END_DECLS
