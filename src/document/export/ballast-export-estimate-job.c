/*
 * What an export would write and how long it would take, told before; and single weight files.
 *
 * Main thread, from the plan and the sizes of a few typical images: well below a millisecond.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-export.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ballast-document-private.h"
#include "ballast-export-check.h"
#include "ballast-export-error.h"
#include "ballast-export-estimate.h"
#include "ballast-export-plan.h"
#include "ballast-exporter.h"
#include "ballast-program.h"
#include "ballast-recipe.h"
#include "ballast-weight-file.h"

/* Copies that the mean cost is taken of. */
#define N_RECIPES 8

/* What one copy of a typical image costs to draw. */
static double
estimate_draw_ns (const BallastSnapshot *snapshot)
{
  const BallastPipeline *pipeline = ballast_settings_get_pipeline (snapshot->settings, 0);
  guint side = MAX (1, (guint) (1000 * sqrt (snapshot->figures->mean_megapixels)));
  double sum = 0;

  for (guint copy = 1; copy <= N_RECIPES; copy++)
    {
      BallastRandomKey key = ballast_random_key (0, "estimate", copy);
      g_autoptr(BallastRecipe) recipe = ballast_pipeline_sample (pipeline, &key, side, side, NULL);
      g_autoptr(BallastProgram) program = ballast_program_new (recipe, side, side, 3, 8);

      sum += ballast_program_estimate_ns (program);
    }
  return sum / N_RECIPES;
}

static guint64
count_originals (const BallastPlan *plan)
{
  guint64 kept = plan->images_after - MIN (plan->images_after, plan->images_added);

  return plan->images_untouched + kept;
}

void
ballast_document_estimate_export (BallastDocument             *document,
                                  const BallastPlan           *plan,
                                  const BallastExportSettings *settings,
                                  const char                  *dest,
                                  BallastExportEstimate       *estimate)
{
  const BallastSnapshot *snapshot;
  g_autoptr(BallastPlan) own_plan = plan == NULL ? ballast_document_dup_plan (document, NULL) : NULL;
  BallastExportNeeds needs = { 0 };
  BallastExportBatch batch;
  BallastExportOptions options;

  g_return_if_fail (BALLAST_IS_DOCUMENT (document));

  *estimate = (BallastExportEstimate) { .free_bytes = G_MAXUINT64 };
  snapshot = ballast_document_get_snapshot (document);
  plan = plan == NULL ? own_plan : plan;
  if (settings == NULL)
    settings = ballast_settings_get_export (snapshot->settings);
  if (plan == NULL || !ballast_export_options_fill (&options, settings, NULL))
    return;

  estimate->originals = count_originals (plan);
  estimate->augmented = plan->images_added;
  batch = (BallastExportBatch) { estimate->originals, estimate->augmented,
                                 snapshot->figures->mean_bytes, snapshot->figures->mean_megapixels,
                                 plan->images_added == 0 ? 0 : estimate_draw_ns (snapshot) };
  ballast_export_needs_add (&needs, &options, &batch);
  estimate->bytes = needs.bytes;
  estimate->seconds = ballast_export_needs_get_seconds (&needs, g_get_num_processors ());
  if (plan->images_added > 0 && ballast_snapshot_mixes (snapshot))
    estimate->note = ballast_export_get_mixing_note (settings->layout);
  if (dest != NULL)
    ballast_export_get_free (dest, &estimate->free_bytes, NULL);
}

gboolean
ballast_export_settings_check (const BallastExportSettings *settings,
                               GError                     **error)
{
  BallastExportOptions options;

  if (ballast_exporter_find (settings->layout) == NULL)
    {
      g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT,
                   _("There is no layout “%s”."), settings->layout);
      return FALSE;
    }
  if (settings->quality < 1 || settings->quality > 100)
    {
      g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT,
                   _("The quality of a JPEG is a number from 1 to 100, not %u."),
                   settings->quality);
      return FALSE;
    }
  return ballast_export_options_fill (&options, settings, error);
}

/* Weight files. */

typedef struct
{
  BallastSnapshot     *snapshot;
  BallastWeightOptions options;
  char                *path;
} WeightFile;

static void
weight_file_free (WeightFile *file)
{
  ballast_snapshot_free (file->snapshot);
  g_free (file->path);
  g_free (file);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  WeightFile *file = task_data;
  const BallastBalanceSettings *balance = ballast_settings_get_balance (file->snapshot->settings);
  GError *error = NULL;
  g_autoptr(BallastPlan) plan = ballast_snapshot_dup_plan (file->snapshot, balance, cancellable,
                                                            &error);
  g_autoptr(BallastWeights) weights = NULL;

  if (plan != NULL)
    weights = ballast_snapshot_dup_weights (file->snapshot, plan, &file->options);
  if (weights != NULL && ballast_weight_file_write (weights, file->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
ballast_document_write_weights_async (BallastDocument            *document,
                                      const BallastWeightOptions *options,
                                      const char                 *path,
                                      GCancellable               *cancellable,
                                      GAsyncReadyCallback         callback,
                                      gpointer                    user_data)
{
  g_autoptr(GTask) task = g_task_new (document, cancellable, callback, user_data);
  WeightFile *file = g_new0 (WeightFile, 1);

  g_task_set_source_tag (task, ballast_document_write_weights_async);
  if (options == NULL)
    options = ballast_settings_get_weights (ballast_document_get_settings (document));
  file->snapshot = ballast_snapshot_ref_parts (ballast_document_get_snapshot (document));
  file->options = *options;
  file->path = g_canonicalize_filename (path, NULL);
  g_task_set_task_data (task, file, (GDestroyNotify) weight_file_free);
  g_task_run_in_thread (task, write_in_thread);
}

gboolean
ballast_document_write_weights_finish (BallastDocument *document,
                                       GAsyncResult    *result,
                                       GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, document), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
