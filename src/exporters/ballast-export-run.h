#pragma once

#include <gio/gio.h>

#include "ballast-class-pair.h"
#include "ballast-export-partners.h"
#include "ballast-exporter.h"
#include "ballast-progress.h"

G_BEGIN_DECLS

/*
 * An export, cut into units for whoever has threads.
 *
 *   run = open (dest, options)
 *   for each source image, in a fixed order:        one thread
 *     task = plan (run, source)                     cheap: names and recipes
 *     run_task (task)                               any thread, in any order: pixels and files
 *     commit (run, task)                            one thread, in the order of plan
 *   finish (run)                                    lists, weights, ballast.json; renames the folder
 *
 * plan, commit and finish are called under one lock or from one thread; tasks are independent.  The
 * same sources, options and plan give the same bytes whatever the threads, and after an
 * interruption the next run continues: what its journal tells and whose digest still agrees is not
 * written again.  Images of one class must come together only in so far as the caller's places in
 * the plan ask for it.
 */
typedef struct _BallastExportRun  BallastExportRun;
typedef struct _BallastExportTask BallastExportTask;

typedef struct
{
  guint64 written;   /* files of this run */
  guint64 copied;    /* originals placed, in whichever way, or listed */
  guint64 augmented; /* copies drawn, or listed as repeats */
  guint64 skipped;   /* already there from an interrupted run */
  guint64 left_out;  /* originals that the plan leaves out */
  guint64 problems;  /* sources that could not be read or had changed */
  guint64 bytes;     /* of all files */
} BallastExportCounts;

/*
 * Opens DEST.ballast-partial, a new one or one that an interrupted run left.
 * BALLAST_EXPORT_ERROR_LAYOUT: no such layout, or it cannot hold this; _FOREIGN: the folder holds
 * something else than an export of ours; G_IO_ERROR_EXISTS: @dest is taken.
 *
 * @has_splits: whether some image is in a
 * split.  @fingerprint: what decides the result beside @options (the project's state, the
 * pipelines of single classes); a partial folder of another fingerprint is emptied.
 */
BallastExportRun  *ballast_export_run_open     (const char                  *dest,
                                                const BallastExportOptions  *options,
                                                gboolean                     has_splits,
                                                const char                  *fingerprint,
                                                GError                     **error);

/*
 * Classes that a mirror swaps (copied); ids are indices in options.class_names.  Before the first
 * plan; part of what the fingerprint must tell.
 *
 * Copies of a paired class keep to it, so that the plan's counts are met: copy numbers whose recipe
 * mirrors are passed over.  Only where a pipeline always mirrors do copies go to the partner.
 */
void               ballast_export_run_set_pairs (BallastExportRun           *run,
                                                const BallastClassPair      *pairs,
                                                gsize                        n_pairs);

/* Gives the run the pictures that copies may take parts from, where options.mixes says that some do;
 * without them, such steps are left out.  Before the first plan; part of what the fingerprint must
 * tell. */
void               ballast_export_run_take_partners (BallastExportRun       *run,
                                                BallastExportPartners       *partners);

/* (transfer full): never NULL but with @error (the journal cannot be read).  Everything of @source
 * is copied but root_fd, which must stay open until the task is run. */
BallastExportTask *ballast_export_run_plan     (BallastExportRun            *run,
                                                const BallastExportSource   *source,
                                                GError                     **error);

/*
 * Places the original and draws the copies.  A source that is at fault does not fail the task: it
 * is told by ballast_export_task_get_problem() and counted.  FALSE ends the run: the disk is full
 * (BALLAST_EXPORT_ERROR_FULL), the folder cannot be written (G_IO_ERROR), cancelled, or a source
 * changed (BALLAST_EXPORT_ERROR_CHANGED, unless options say to skip it).
 */
gboolean           ballast_export_task_run     (BallastExportTask           *task,
                                                GCancellable                *cancellable,
                                                GError                     **error);

/* (transfer none) (nullable): why the source could not be used. */
const GError      *ballast_export_task_get_problem (BallastExportTask       *task);
guint64            ballast_export_task_get_bytes   (BallastExportTask       *task);
guint              ballast_export_task_get_files   (BallastExportTask       *task);
void               ballast_export_task_free    (BallastExportTask           *task);

/* Takes over what @task did; tasks come in the order of their planning.  Frees @task. */
gboolean           ballast_export_run_commit   (BallastExportRun            *run,
                                                BallastExportTask           *task,
                                                GError                     **error);

void               ballast_export_run_get_counts (BallastExportRun          *run,
                                                BallastExportCounts         *counts);

/*
 * How many files of @split hold the class, or (@instances) how many labels of it they have, as they are
 * written: what augmentation cut away is not counted.  FALSE where the layout tells no labels.
 */
gboolean           ballast_export_run_get_reached (BallastExportRun         *run,
                                                const char                  *split,
                                                guint                        class_index,
                                                gboolean                     instances,
                                                guint64                     *reached);

/* Writes lists, weights, pipeline and ballast.json, and renames the folder to DEST. */
gboolean           ballast_export_run_finish   (BallastExportRun            *run,
                                                GCancellable                *cancellable,
                                                GError                     **error);

/* An unfinished folder stays for the next run. */
void               ballast_export_run_free     (BallastExportRun            *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastExportRun, ballast_export_run_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastExportTask, ballast_export_task_free)

G_END_DECLS
