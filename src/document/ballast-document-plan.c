/*
 * The plan and the weights as they are set: pure functions of what the project holds and the settings.
 * Where a window shows the document, a plan that takes longer than a frame is a first look until it
 * is there.  Main thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ballast-balance-error.h"
#include "ballast-document-export.h"
#include "ballast-box-loss.h"
#include "ballast-document-private.h"
#include "ballast-export-plan.h"
#include "ballast-exporter.h"
#include "ballast-recipe.h"
#include "ballast-unit.h"

/* Paired classes whose copies all land in the partner.  Others keep theirs: see the export's plan. */
static void
warn_of_mirrors (const BallastSnapshot *snapshot,
                 BallastPlan           *plan)
{
  gsize n_pairs;
  const BallastClassPair *pairs = ballast_settings_get_pairs (snapshot->settings, &n_pairs);

  for (guint i = 0; n_pairs > 0 && i < plan->n_classes; i++)
    {
      const BallastPlanClass *class = &plan->classes[i];
      gint64 mirrored = ballast_class_pair_mirror (pairs, n_pairs, class->class_id);
      const BallastPlanClass *partner = ballast_plan_find_class (plan, mirrored);
      const BallastPipeline *pipeline = ballast_settings_get_pipeline (snapshot->settings,
                                                                       class->class_id);

      if (partner != NULL && partner != class && pipeline != NULL &&
          ballast_pipeline_always_mirrors (pipeline, class->name))
        ballast_plan_warn_mirrored (plan, class, partner);
    }
}

/* What some images cannot undergo: only colours can, or only 8 bits. */
static void
warn_of_step (const BallastFigures *figures,
              const BallastStep    *step,
              BallastPlan          *plan)
{
  if (step->op->needs_colour)
    ballast_plan_warn_grey (plan, _(step->op->title), figures->grey_share);
  if (step->op->needs_bytes)
    ballast_plan_warn_deep (plan, _(step->op->title), figures->deep_share);
}

/* Once for each step that some images cannot undergo. */
static void
warn_of_greys (const BallastSnapshot *snapshot,
               BallastPlan           *plan)
{
  g_autoptr(GHashTable) told = g_hash_table_new (NULL, NULL);

  for (guint i = 0; snapshot->figures->grey_share > 0 && i < plan->n_classes; i++)
    {
      const BallastPipeline *pipeline = ballast_settings_get_pipeline (snapshot->settings,
                                                                       plan->classes[i].class_id);
      guint n = pipeline != NULL ? ballast_pipeline_get_n_steps (pipeline) : 0;

      for (guint j = 0; j < n; j++)
        {
          const BallastStep *step = ballast_pipeline_get_step (pipeline, j);

          if (step->enabled && step->p > 0 && g_hash_table_add (told, (gpointer) step->op))
            warn_of_step (snapshot->figures, step, plan);
        }
    }
}

const char *
ballast_export_get_mixing_note (const char *layout)
{
  const BallastExporter *exporter = ballast_exporter_find (layout);

  if (exporter == NULL
      || (exporter->flags & (BALLAST_EXPORTER_SOFT_LABELS | BALLAST_EXPORTER_BOXES)) != 0)
    return NULL;
  return _("Copies take parts of pictures of their own class alone: this layout holds no shares "
            "of classes");
}

gboolean
ballast_snapshot_mixes (const BallastSnapshot *snapshot)
{
  const BallastTally *tally = snapshot->tally;

  for (guint i = 0; i < tally->n_classes; i++)
    if (ballast_pipeline_mixes (ballast_settings_get_pipeline (snapshot->settings,
                                                               tally->classes[i].id)))
      return TRUE;
  return FALSE;
}

static void
warn_of_mixing (const BallastSnapshot *snapshot,
                BallastPlan           *plan)
{
  const char *note
    = ballast_export_get_mixing_note (ballast_settings_get_export (snapshot->settings)->layout);

  if (note != NULL && ballast_snapshot_mixes (snapshot))
    ballast_plan_warn_own_class (plan, note);
}

/* The share of their boxes that copies lose, by the pipeline that loses most. */
static void
warn_of_losses (const BallastSnapshot *snapshot,
                BallastPlan           *plan)
{
  const BallastPipeline *last = NULL;
  double most = 0;

  if (!plan->has_boxes || plan->images_added == 0)
    return;
  for (guint i = 0; i < plan->n_classes; i++)
    {
      const BallastPipeline *pipeline = ballast_settings_get_pipeline (snapshot->settings,
                                                                       plan->classes[i].class_id);

      if (pipeline != last)
        most = MAX (most, ballast_box_loss_estimate (pipeline));
      last = pipeline;
    }
  ballast_plan_warn_lost (plan, most);
}

static BallastPlan *
dup_plan (const BallastSnapshot        *snapshot,
          const BallastBalanceSettings *balance,
          BallastPlanEffort             effort,
          GCancellable                 *cancellable,
          GError                      **error)
{
  BallastPlanRows *rows = snapshot->figures->rows;
  BallastPlan *plan;

  if (snapshot->tally->n_classes == 0)
    {
      g_set_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_EMPTY,
                   _("“%s” has no classes to balance."), snapshot->title);
      return NULL;
    }

  plan = rows != NULL
           ? ballast_plan_new_for_rows (snapshot->tally, balance, rows, effort, cancellable)
           : ballast_plan_new (snapshot->tally, balance);
  if (plan == NULL)
    {
      g_cancellable_set_error_if_cancelled (cancellable, error);
      return NULL;
    }
  warn_of_mirrors (snapshot, plan);
  warn_of_greys (snapshot, plan);
  warn_of_mixing (snapshot, plan);
  warn_of_losses (snapshot, plan);
  return plan;
}

BallastPlan *
ballast_snapshot_dup_plan (const BallastSnapshot        *snapshot,
                           const BallastBalanceSettings *balance,
                           GCancellable                 *cancellable,
                           GError                      **error)
{
  return dup_plan (snapshot, balance, BALLAST_PLAN_EXACT, cancellable, error);
}

/* Plans over so many rows are made within a frame; so are those with crops. */
#define QUICK_ROWS 1000
#define QUICK_CROPPED_ROWS 100

BallastPlan *
ballast_snapshot_dup_quick_plan (const BallastSnapshot        *snapshot,
                                 const BallastBalanceSettings *balance,
                                 GError                      **error)
{
  const BallastPlanRows *rows = snapshot->figures->rows;
  guint limit = balance->crops.enabled ? QUICK_CROPPED_ROWS : QUICK_ROWS;
  gboolean quick = rows == NULL || rows->n_rows <= limit;

  return dup_plan (snapshot, balance, quick ? BALLAST_PLAN_EXACT : BALLAST_PLAN_COARSE, NULL, error);
}

BallastPlan *
ballast_document_dup_plan_for (BallastDocument              *document,
                               const BallastBalanceSettings *balance,
                               GError                      **error)
{
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (document), NULL);

  if (ballast_document_get_planner (document) != NULL)
    return ballast_planner_ask (ballast_document_get_planner (document),
                                ballast_document_get_snapshot (document), balance, error);
  return ballast_snapshot_dup_plan (ballast_document_get_snapshot (document), balance, NULL, error);
}

BallastPlan *
ballast_document_dup_plan (BallastDocument *document,
                           GError         **error)
{
  BallastSettings *settings = ballast_document_get_settings (document);

  return ballast_document_dup_plan_for (document, ballast_settings_get_balance (settings), error);
}

/* Pixels of boxes; as the plan leaves them, by the images of the class. */
static guint64 *
area_counts (const BallastSnapshot      *snapshot,
             const BallastPlan          *plan,
             const BallastWeightOptions *options)
{
  const BallastBoxArea *areas = snapshot->figures->areas;
  guint64 *counts = g_new0 (guint64, MAX (1, snapshot->tally->n_classes));

  for (guint i = 0; areas != NULL && i < plan->n_classes; i++)
    {
      const BallastPlanClass *class = &plan->classes[i];
      gboolean after = options->basis == BALLAST_WEIGHT_BASIS_PLAN && class->images_now > 0;

      counts[i] = after ? (guint64) ((double) areas[i].boxes * (double) class->images_after /
                                     (double) class->images_now + 0.5)
                        : areas[i].boxes;
    }
  return counts;
}

/* The pixels of the images that hold each class, as often as @counts has its boxes: what the frequency
 * of median-frequency balancing is of.  NULL where there are no boxes. */
static guint64 *
dup_present (const BallastSnapshot *snapshot,
             const guint64         *counts)
{
  const BallastBoxArea *areas = snapshot->figures->areas;
  guint64 *present = areas == NULL ? NULL : g_new0 (guint64, MAX (1, snapshot->tally->n_classes));

  for (guint i = 0; areas != NULL && i < snapshot->tally->n_classes; i++)
    if (areas[i].boxes > 0)
      present[i] = MAX (1, (guint64) ((double) areas[i].images * (double) counts[i] /
                                      (double) areas[i].boxes + 0.5));
  return present;
}

/* One count a class: of the training split as it is, or as the plan leaves it. */
static guint64 *
weight_counts (const BallastSnapshot      *snapshot,
               const BallastPlan          *plan,
               const BallastWeightOptions *options)
{
  const BallastTally *tally = snapshot->tally;
  guint64 *counts;

  if (options->area)
    return area_counts (snapshot, plan, options);
  if (options->basis == BALLAST_WEIGHT_BASIS_DATASET)
    return ballast_unit_dup_counts (options->unit, tally,
                                    ballast_tally_get_training_split (tally));
  if (options->unit == plan->settings.unit)
    return ballast_plan_dup_counts (plan);

  counts = g_new0 (guint64, MAX (1, tally->n_classes));
  for (guint i = 0; i < plan->n_classes; i++)
    {
      const BallastPlanClass *class = &plan->classes[i];
      const BallastCount *now = &tally->classes[i].by_split[plan->training_split];

      if (options->unit == BALLAST_UNIT_IMAGES)
        counts[i] = class->images_after;
      else if (class->instances_after > 0)
        counts[i] = class->instances_after;
      else if (now->images > 0)
        counts[i] = now->instances * class->images_after / now->images;
    }
  return counts;
}

BallastWeights *
ballast_snapshot_dup_weights (const BallastSnapshot      *snapshot,
                              const BallastPlan          *plan,
                              const BallastWeightOptions *options)
{
  const BallastTally *tally = snapshot->tally;
  g_autofree guint64 *counts = weight_counts (snapshot, plan, options);
  g_autofree guint64 *present = options->area ? dup_present (snapshot, counts) : NULL;
  g_autofree const char **names = g_new0 (const char *, tally->n_classes + 1);
  guint64 samples = 0;
  BallastWeights *weights;

  for (guint i = 0; i < tally->n_classes; i++)
    names[i] = tally->classes[i].name;
  if (options->unit == BALLAST_UNIT_IMAGES && !options->area)
    samples = options->basis == BALLAST_WEIGHT_BASIS_PLAN ? plan->images_after
                                                          : plan->images_before;
  if (present != NULL)
    weights = ballast_weights_new_present (options, names, counts, present, tally->n_classes);
  else
    weights = ballast_weights_new (options, names, counts, tally->n_classes, samples);
  ballast_weights_set_numbers (weights, tally);
  return weights;
}

BallastWeights *
ballast_document_dup_weights (BallastDocument            *document,
                              const BallastWeightOptions *options,
                              GError                    **error)
{
  const BallastSnapshot *snapshot;
  g_autoptr(BallastPlan) plan = ballast_document_dup_plan (document, error);

  if (plan == NULL)
    return NULL;
  snapshot = ballast_document_get_snapshot (document);
  if (options == NULL)
    options = ballast_settings_get_weights (snapshot->settings);
  return ballast_snapshot_dup_weights (snapshot, plan, options);
}
