/*
 * The plan: per class a number of images to reach, per image a number of copies.
 *
 * Invariant: of a class with s sources and T wanted, every image appears floor (T / s) times, and
 * T mod s of them, chosen by a permutation of their places, once more.  So no image is used up
 * before another, the sum is T exactly, and raising T keeps what was chosen before.  Making a plan
 * costs a few microseconds a class; asking it for an image is O(1), pure and without a lock.
 *
 * Where images have several labels, ballast-plan-images.c takes the place of the middle part.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-plan.h"

#include <math.h>

#include "ballast-imbalance.h"
#include "ballast-permutation.h"
#include "ballast-plan-private.h"

/* What the permutation of places is for; part of what makes a seed's result. */
#define PURPOSE_PLACES 0x504C414Eu

G_DEFINE_BOXED_TYPE (BallastPlan, ballast_plan, ballast_plan_ref, ballast_plan_unref)

gboolean
ballast_plan_may_raise (BallastStrategy strategy)
{
  return strategy == BALLAST_STRATEGY_OVERSAMPLE || strategy == BALLAST_STRATEGY_BOTH ||
         strategy == BALLAST_STRATEGY_REPEAT_FACTOR;
}

gboolean
ballast_plan_may_lower (BallastStrategy strategy)
{
  return strategy == BALLAST_STRATEGY_UNDERSAMPLE || strategy == BALLAST_STRATEGY_BOTH;
}

/* @count × @numerator / @denominator, rounded. */
static guint64
scale_count (guint64 count,
             guint64 numerator,
             guint64 denominator)
{
  if (numerator == denominator || denominator == 0)
    return count;

  return (guint64) floor ((double) count * (double) numerator / (double) denominator + 0.5);
}

double
ballast_plan_repeat_factor (double threshold,
                            double image_share,
                            double instance_share)
{
  double share = instance_share < 0 ? image_share : sqrt (image_share * instance_share);

  return share > 0 ? MAX (1, sqrt (threshold / share)) : 1;
}

static void
set_factors (BallastPlan        *plan,
             const BallastTally *tally)
{
  guint64 instances = 0;

  for (guint i = 0; i < plan->n_classes; i++)
    instances += tally->classes[i].by_split[plan->training_split].instances;
  for (guint i = 0; i < plan->n_classes; i++)
    {
      const BallastCount *count = &tally->classes[i].by_split[plan->training_split];
      double images = (double) count->images / (double) MAX (plan->images_before, 1);
      double share = (double) count->instances / (double) MAX (instances, 1);

      plan->classes[i].factor = 1;
      if (plan->settings.strategy == BALLAST_STRATEGY_REPEAT_FACTOR)
        plan->classes[i].factor =
          ballast_plan_repeat_factor (plan->settings.threshold, images,
                                      plan->settings.instance_aware ? share : -1);
    }
}

static BallastTargetAnchor
choose_anchor (BallastStrategy strategy)
{
  if (strategy == BALLAST_STRATEGY_UNDERSAMPLE)
    return BALLAST_TARGET_ANCHOR_SMALLEST;
  return strategy == BALLAST_STRATEGY_BOTH ? BALLAST_TARGET_ANCHOR_TOTAL
                                           : BALLAST_TARGET_ANCHOR_LARGEST;
}

static void
set_targets (BallastPlan *plan)
{
  const BallastBalanceSettings *settings = &plan->settings;
  g_autofree guint64 *counts = g_new0 (guint64, MAX (plan->n_classes, 1));
  g_autofree guint64 *targets = g_new0 (guint64, MAX (plan->n_classes, 1));

  for (guint i = 0; i < plan->n_classes; i++)
    counts[i] = plan->classes[i].now;
  ballast_target_resolve (&settings->target, choose_anchor (settings->strategy), counts,
                          plan->n_classes, targets);

  for (guint i = 0; i < plan->n_classes; i++)
    {
      BallastPlanClass *class = &plan->classes[i];

      if (settings->strategy == BALLAST_STRATEGY_NONE)
        class->target = class->now;
      else if (settings->strategy == BALLAST_STRATEGY_REPEAT_FACTOR)
        class->target = (guint64) floor ((double) class->now * class->factor + 0.5);
      else
        class->target = targets[i];
      if (settings->strategy != BALLAST_STRATEGY_NONE)
        ballast_balance_settings_get_override (settings, class->name, &class->target);
    }
}

/* How many images the class is to have. */
static guint64
reach_images (const BallastPlan      *plan,
              const BallastPlanClass *class)
{
  guint64 wanted = scale_count (class->target, class->images_now, class->now);
  guint64 cap = plan->settings.max_repeats;

  if (class->sources == 0)
    return 0;
  if (wanted > class->sources && ballast_plan_may_raise (plan->settings.strategy))
    return cap > 0 ? MIN (wanted, cap * class->sources) : wanted;
  if (wanted < class->sources && ballast_plan_may_lower (plan->settings.strategy))
    return wanted;

  return class->sources;
}

void
ballast_plan_class_close (BallastPlanClass *class)
{
  class->reachable = class->after;
  class->added = class->after > class->now ? class->after - class->now : 0;
  class->dropped = class->now > class->after ? class->now - class->after : 0;
}

static void
fill_class (BallastPlan      *plan,
            BallastPlanClass *class)
{
  class->sources_after = reach_images (plan, class);
  class->images_after = class->sources_after;
  class->after = scale_count (class->images_after, class->now, class->images_now);
  if (class->images_after == class->images_now)
    class->after = class->now;
  class->distinct = MIN (class->sources, class->sources_after);
  if (class->sources > 0)
    class->max_repeats = (guint) ((class->sources_after + class->sources - 1) / class->sources);
  ballast_plan_class_close (class);
}

/* (Σ r)² / Σ r² over the classes' images, which differ by one at most. */
static double
measure_effective (const BallastPlan *plan)
{
  double sum = (double) plan->background_after, squares = sum;

  for (guint i = 0; i < plan->n_classes; i++)
    {
      const BallastPlanClass *class = &plan->classes[i];
      double times = class->sources > 0 ? floor ((double) class->sources_after / class->sources) : 0;
      double extra = (double) class->sources_after - times * (double) class->sources;

      sum += (double) class->sources_after;
      squares += extra * (times + 1) * (times + 1) + (class->sources - extra) * times * times;
    }
  return squares > 0 ? sum * sum / squares : 0;
}

void
ballast_plan_measure_ratios (BallastPlan *plan)
{
  g_autofree guint64 *before = g_new0 (guint64, MAX (plan->n_classes, 1));
  g_autofree guint64 *after = ballast_plan_dup_counts (plan);
  BallastImbalance imbalance;

  for (guint i = 0; i < plan->n_classes; i++)
    before[i] = plan->classes[i].now;
  ballast_imbalance_measure (before, plan->n_classes, BALLAST_IMBALANCE_MANY,
                             BALLAST_IMBALANCE_FEW, &imbalance);
  plan->ratio_before = imbalance.ratio;
  ballast_imbalance_measure (after, plan->n_classes, BALLAST_IMBALANCE_MANY,
                             BALLAST_IMBALANCE_FEW, &imbalance);
  plan->ratio_after = imbalance.ratio;
}

/* @others: images with an object that the dataset will have. */
void
ballast_plan_set_background (BallastPlan *plan,
                             guint64      available,
                             guint64      others)
{
  plan->background_before = available;
  plan->background_after = ballast_background_resolve (&plan->settings.background, available, others);
}

static void
sum_up (BallastPlan *plan)
{
  guint64 images = 0, images_after = 0;

  for (guint i = 0; i < plan->n_classes; i++)
    {
      const BallastPlanClass *class = &plan->classes[i];

      images += class->sources;
      images_after += class->sources_after;
      if (class->sources_after > class->sources)
        plan->images_added += class->sources_after - class->sources;
      else
        plan->images_dropped += class->sources - class->sources_after;
    }

  ballast_plan_set_background (plan, plan->images_before - MIN (images, plan->images_before),
                               images_after);
  plan->images_dropped += plan->background_before - plan->background_after;
  plan->images_after = plan->images_before + plan->images_added - plan->images_dropped;
  plan->distinct_images = plan->images_before - plan->images_dropped;
  plan->effective_images = measure_effective (plan);
  ballast_plan_measure_ratios (plan);
}

/* The counts as they are now.  The keys are of the names, so that a project that is made again from
 * the same images plans the same. */
static void
take_counts (BallastPlan        *plan,
             const BallastTally *tally)
{
  for (guint i = 0; i < plan->n_classes; i++)
    {
      const BallastClassTally *tallied = &tally->classes[i];
      const BallastCount *count = &tallied->by_split[plan->training_split];
      BallastPlanClass *class = &plan->classes[i];

      class->class_id = tallied->id;
      class->index = tallied->index;
      class->name = g_strdup (tallied->name);
      class->now = ballast_unit_get_count (plan->settings.unit, count);
      class->images_now = count->images;
      class->sources = count->images;
      class->companion = -1;
      plan->keys[i] = ballast_random_key (plan->settings.seed, class->name, 0);
      g_hash_table_insert (plan->index_by_id, &class->class_id, class);
    }
}

static guint64
count_untouched (const BallastTally *tally,
                 guint               training_split)
{
  guint64 images = training_split < tally->n_splits ? tally->images_without_split : 0;

  for (guint i = 0; i < tally->n_splits; i++)
    if (i != training_split)
      images += tally->splits[i].images;

  return images;
}

gboolean
ballast_plan_needs_rows (const BallastTally *tally)
{
  guint training = ballast_tally_get_training_split (tally);

  for (guint i = 0; i < tally->n_classes; i++)
    if (tally->classes[i].by_split[training].images != tally->classes[i].by_split[training].instances)
      return TRUE;
  return tally->multi_label > 0;
}

BallastPlan *
ballast_plan_begin (const BallastTally           *tally,
                    const BallastBalanceSettings *settings)
{
  BallastPlan *plan = g_new0 (BallastPlan, 1);

  g_atomic_ref_count_init (&plan->ref_count);
  ballast_balance_settings_copy (settings, &plan->settings);
  plan->training_split = ballast_tally_get_training_split (tally);
  plan->n_classes = tally->n_classes;
  plan->classes = g_new0 (BallastPlanClass, tally->n_classes);
  plan->keys = g_new0 (BallastRandomKey, tally->n_classes);
  plan->background_key = ballast_random_key (plan->settings.seed, "background", 0);
  plan->index_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  plan->images_before = plan->training_split < tally->n_splits
                          ? tally->splits[plan->training_split].images
                          : tally->images_without_split;
  plan->has_boxes = tally->boxes > 0;
  plan->images_untouched = count_untouched (tally, plan->training_split);

  take_counts (plan, tally);
  set_factors (plan, tally);
  set_targets (plan);
  return plan;
}

BallastPlan *
ballast_plan_new (const BallastTally           *tally,
                  const BallastBalanceSettings *settings)
{
  BallastPlan *plan = ballast_plan_begin (tally, settings);

  for (guint i = 0; i < plan->n_classes; i++)
    fill_class (plan, &plan->classes[i]);
  sum_up (plan);
  plan->warnings = ballast_plan_find_warnings (plan);

  return plan;
}

BallastPlan *
ballast_plan_ref (BallastPlan *plan)
{
  g_atomic_ref_count_inc (&plan->ref_count);
  return plan;
}

void
ballast_plan_unref (BallastPlan *plan)
{
  if (!g_atomic_ref_count_dec (&plan->ref_count))
    return;

  for (guint i = 0; i < plan->n_classes; i++)
    g_free (plan->classes[i].name);
  g_hash_table_unref (plan->index_by_id);
  g_clear_pointer (&plan->warnings, g_ptr_array_unref);
  g_clear_pointer (&plan->rows, ballast_plan_rows_unref);
  g_clear_pointer (&plan->windows, g_array_unref);
  g_clear_pointer (&plan->window_rows, ballast_plan_rows_unref);
  g_free (plan->totals);
  g_free (plan->classes);
  g_free (plan->keys);
  ballast_balance_settings_clear (&plan->settings);
  g_free (plan);
}

const BallastPlanClass *
ballast_plan_find_class (const BallastPlan *plan,
                         gint64             class_id)
{
  return g_hash_table_lookup (plan->index_by_id, &class_id);
}

guint
ballast_plan_get_copies (const BallastPlan *plan,
                         gint64             class_id,
                         guint64            place,
                         gboolean          *keep_original)
{
  const BallastPlanClass *class = ballast_plan_find_class (plan, class_id);
  guint64 rounds, extra, times;

  *keep_original = TRUE;
  if (class == NULL || place >= class->sources || class->sources_after == class->sources)
    return 0;

  rounds = class->sources_after / class->sources;
  extra = class->sources_after % class->sources;
  times = rounds;
  if (extra > 0 && ballast_permutation_place (&plan->keys[class - plan->classes], PURPOSE_PLACES,
                                              class->sources, place) < extra)
    times++;

  *keep_original = times > 0;
  return times > 1 ? (guint) (times - 1) : 0;
}

gboolean
ballast_plan_keeps_background (const BallastPlan *plan,
                               guint64            place)
{
  if (plan->background_after >= plan->background_before || place >= plan->background_before)
    return TRUE;
  return ballast_permutation_place (&plan->background_key, PURPOSE_PLACES, plan->background_before,
                                    place) < plan->background_after;
}

guint64 *
ballast_plan_dup_counts (const BallastPlan *plan)
{
  guint64 *counts = g_new0 (guint64, MAX (plan->n_classes, 1));

  for (guint i = 0; i < plan->n_classes; i++)
    counts[i] = plan->classes[i].after;

  return counts;
}
