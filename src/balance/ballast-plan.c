/*
 * The plan: per class a number of images to reach, per image a number of copies.
 *
 * Invariant: of a class with s sources and T wanted, every image appears floor (T / s) times, and
 * T mod s of them, chosen by a permutation of their places, once more.  So no image is used up
 * before another, the sum is T exactly, and raising T keeps what was chosen before.  Making a plan
 * costs a few microseconds a class; asking it for an image is O(1), pure and without a lock.
 *
 * Where images hold several classes, a plan is an optimisation over images; such images stay as
 * they are here and count towards their classes' targets.
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

static gboolean
may_raise (BallastStrategy strategy)
{
  return strategy == BALLAST_STRATEGY_OVERSAMPLE || strategy == BALLAST_STRATEGY_BOTH ||
         strategy == BALLAST_STRATEGY_REPEAT_FACTOR;
}

static gboolean
may_lower (BallastStrategy strategy)
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

/* r = max (1, sqrt (t / f)), f the share of images that hold the class (Gupta, CVPR 2019). */
static double
repeat_factor (double  threshold,
               guint64 images,
               guint64 all_images)
{
  double share = (double) images / (double) MAX (all_images, 1);

  return share > 0 ? MAX (1, sqrt (threshold / share)) : 1;
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
        class->target = (guint64) floor ((double) class->now *
                                         repeat_factor (settings->threshold, class->images_now,
                                                        plan->images_before) + 0.5);
      else
        class->target = targets[i];
      if (settings->strategy != BALLAST_STRATEGY_NONE)
        ballast_balance_settings_get_override (settings, class->name, &class->target);
    }
}

/* How many images of its sources the class is to have. */
static guint64
reach_sources (const BallastPlan      *plan,
               const BallastPlanClass *class)
{
  guint64 shared = class->images_now - class->sources;
  guint64 images = scale_count (class->target, class->images_now, class->now);
  guint64 wanted = images > shared ? images - shared : 0;
  guint64 cap = plan->settings.max_repeats;

  if (class->sources == 0)
    return 0;
  if (wanted > class->sources && may_raise (plan->settings.strategy))
    return cap > 0 ? MIN (wanted, cap * class->sources) : wanted;
  if (wanted < class->sources && may_lower (plan->settings.strategy))
    return wanted;

  return class->sources;
}

static void
fill_class (BallastPlan      *plan,
            BallastPlanClass *class)
{
  guint64 shared = class->images_now - class->sources;

  class->sources_after = reach_sources (plan, class);
  class->images_after = shared + class->sources_after;
  class->after = scale_count (class->images_after, class->now, class->images_now);
  if (class->images_after == class->images_now)
    class->after = class->now;
  class->reachable = class->after;
  class->added = class->after > class->now ? class->after - class->now : 0;
  class->dropped = class->now > class->after ? class->now - class->after : 0;
  class->distinct = shared + MIN (class->sources, class->sources_after);
  class->max_repeats = class->images_now > 0 ? 1 : 0;
  if (class->sources > 0)
    class->max_repeats = MAX ((guint) ((class->sources_after + class->sources - 1) /
                                       class->sources), shared > 0 ? 1 : 0);
}

static void
sum_up (BallastPlan *plan)
{
  g_autofree guint64 *before = g_new0 (guint64, MAX (plan->n_classes, 1));
  g_autofree guint64 *after = ballast_plan_dup_counts (plan);
  BallastImbalance imbalance;

  for (guint i = 0; i < plan->n_classes; i++)
    {
      const BallastPlanClass *class = &plan->classes[i];

      before[i] = class->now;
      if (class->sources_after > class->sources)
        plan->images_added += class->sources_after - class->sources;
      else
        plan->images_dropped += class->sources - class->sources_after;
    }

  plan->images_after = plan->images_before + plan->images_added - plan->images_dropped;
  plan->distinct_images = plan->images_before - plan->images_dropped;
  ballast_imbalance_measure (before, plan->n_classes, BALLAST_IMBALANCE_MANY,
                             BALLAST_IMBALANCE_FEW, &imbalance);
  plan->ratio_before = imbalance.ratio;
  ballast_imbalance_measure (after, plan->n_classes, BALLAST_IMBALANCE_MANY,
                             BALLAST_IMBALANCE_FEW, &imbalance);
  plan->ratio_after = imbalance.ratio;
}

/* The counts as they are now.  The keys are of the names, so that a project that is made again from
 * the same images plans the same. */
static void
take_counts (BallastPlan        *plan,
             const BallastTally *tally,
             const guint64      *shared)
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
      class->sources = count->images - (shared != NULL ? MIN (shared[i], count->images) : 0);
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

BallastPlan *
ballast_plan_new_shared (const BallastTally           *tally,
                         const BallastBalanceSettings *settings,
                         const guint64                *shared)
{
  BallastPlan *plan = g_new0 (BallastPlan, 1);

  g_atomic_ref_count_init (&plan->ref_count);
  ballast_balance_settings_copy (settings, &plan->settings);
  plan->training_split = ballast_tally_get_training_split (tally);
  plan->n_classes = tally->n_classes;
  plan->classes = g_new0 (BallastPlanClass, tally->n_classes);
  plan->keys = g_new0 (BallastRandomKey, tally->n_classes);
  plan->index_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  plan->images_before = plan->training_split < tally->n_splits
                          ? tally->splits[plan->training_split].images
                          : tally->images_without_split;
  plan->images_untouched = count_untouched (tally, plan->training_split);

  take_counts (plan, tally, shared);
  set_targets (plan);
  for (guint i = 0; i < plan->n_classes; i++)
    fill_class (plan, &plan->classes[i]);
  sum_up (plan);
  plan->warnings = ballast_plan_find_warnings (plan, tally->multi_label);

  return plan;
}

BallastPlan *
ballast_plan_new (const BallastTally           *tally,
                  const BallastBalanceSettings *settings)
{
  return ballast_plan_new_shared (tally, settings, NULL);
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
  g_ptr_array_unref (plan->warnings);
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

guint64 *
ballast_plan_dup_counts (const BallastPlan *plan)
{
  guint64 *counts = g_new0 (guint64, MAX (plan->n_classes, 1));

  for (guint i = 0; i < plan->n_classes; i++)
    counts[i] = plan->classes[i].after;

  return counts;
}
