/*
 * The plan of one classifier's dataset: labels balanced, and the classes inside each label.
 *
 * Invariant: no label ends further from its target than without a look inside, for classes are raised
 * only as far as the label that can be raised least.  All of it follows from counts and settings.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-hierarchy-dataset.h"

#include <math.h>
#include <stdlib.h>

#include "ballast-hierarchy-private.h"

#define BISECTIONS 100

/* One label, in images. */
typedef struct
{
  guint64 now;
  guint64 most;   /* with every image as often as the settings allow */
  guint64 inside; /* with its classes balanced among themselves */
  guint64 after;
} Label;

typedef struct
{
  const BallastHierarchyDataset *dataset;
  const guint64                 *counts;   /* by pool */
  const BallastBalanceSettings  *settings;
  Label                         *labels;
  double                        *wishes;   /* by pool: what balancing inside the label makes of it */
} Pools;

/* (transfer full): @n classes with @counts training images. */
static BallastTally *
make_tally (const char *const *names,
            const guint64     *counts,
            guint              n)
{
  BallastTally *tally = ballast_tally_new (n, 1);

  tally->splits[0].id = 1;
  tally->splits[0].name = g_strdup ("train");
  for (guint i = 0; i < n; i++)
    {
      BallastClassTally *class = &tally->classes[i];

      class->id = i + 1;
      class->index = i;
      class->name = g_strdup (names[i]);
      class->by_split[0] = class->total = (BallastCount){ counts[i], counts[i] };
      tally->splits[0].images += counts[i];
    }
  tally->images = tally->annotations = tally->splits[0].images;
  return tally;
}

static guint64
multiply (guint64 a,
          guint64 b)
{
  return a > 0 && b > G_MAXINT64 / a ? G_MAXINT64 : a * b;
}

/* How often the images of a pool can be there. */
static guint64
find_most (const Pools *self,
           guint        pool)
{
  guint64 count = self->counts[pool];

  if (self->settings->strategy == BALLAST_STRATEGY_UNDERSAMPLE)
    return count;
  if (count == 0)
    return 0;
  return self->settings->max_repeats == 0 ? G_MAXINT64 : multiply (count, self->settings->max_repeats);
}

static void
sum_labels (Pools *self)
{
  for (guint i = 0; i < self->dataset->n_pools; i++)
    {
      Label *label = &self->labels[self->dataset->labels_of_pools[i]];
      guint64 most = find_most (self, i);

      label->now += self->counts[i];
      label->most = most > G_MAXINT64 - label->most ? G_MAXINT64 : label->most + most;
    }
}

/* The settings without what was said of single classes; of a number for a label, each of its classes
 * has its part. */
static void
copy_settings (const BallastBalanceSettings *settings,
               guint                         n_classes,
               BallastBalanceSettings       *copy)
{
  ballast_balance_settings_copy (settings, copy);
  g_clear_pointer (&copy->overrides, g_array_unref);
  if (copy->target.kind == BALLAST_TARGET_NUMBER)
    copy->target.value = MAX (1, ceil (copy->target.value / MAX (n_classes, 1)));
}

/* Balances the classes of one label among themselves. */
static void
plan_inside (Pools *self,
             guint  label)
{
  const BallastHierarchyDataset *dataset = self->dataset;
  g_auto(BallastBalanceSettings) own = { 0 };
  g_autofree const char **names = g_new0 (const char *, dataset->n_pools + 1);
  g_autofree guint64 *counts = g_new0 (guint64, dataset->n_pools + 1);
  g_autoptr(BallastTally) tally = NULL;
  g_autoptr(BallastPlan) plan = NULL;
  guint n = 0, next = 0;

  for (guint i = 0; i < dataset->n_pools; i++)
    if (dataset->labels_of_pools[i] == label)
      {
        names[n] = dataset->names_of_pools[i];
        counts[n++] = self->counts[i];
      }
  copy_settings (self->settings, n, &own);
  tally = make_tally (names, counts, n);
  plan = ballast_plan_new (tally, &own);
  for (guint i = 0; i < dataset->n_pools; i++)
    if (dataset->labels_of_pools[i] == label)
      {
        self->wishes[i] = (double) plan->classes[next].images_after;
        self->labels[label].inside += plan->classes[next++].images_after;
      }
}

/* What the labels are planned from: raised inside, but not beyond what each of them can reach. */
static guint64 *
dup_beginnings (const Pools *self)
{
  guint n = self->dataset->n_labels;
  guint64 *counts = g_new0 (guint64, n);
  guint64 largest = 0, least = G_MAXINT64;

  for (guint i = 0; i < n; i++)
    {
      largest = MAX (largest, self->labels[i].now);
      if (self->labels[i].now > 0)
        least = MIN (least, self->labels[i].most);
    }
  for (guint i = 0; i < n; i++)
    counts[i] = self->labels[i].inside <= self->labels[i].now
                  ? self->labels[i].inside : MAX (self->labels[i].now, MIN (self->labels[i].inside,
                                                                            MAX (largest, least)));
  if (self->settings->strategy == BALLAST_STRATEGY_UNDERSAMPLE)
    for (guint i = 0; i < n; i++)
      counts[i] = self->labels[i].now;
  return counts;
}

static void
plan_labels (Pools *self)
{
  const BallastHierarchyDataset *dataset = self->dataset;
  g_autofree guint64 *counts = dup_beginnings (self);
  g_autoptr(BallastTally) tally = make_tally ((const char *const *) dataset->labels, counts,
                                               dataset->n_labels);
  g_auto(BallastBalanceSettings) own = { 0 };
  g_autoptr(BallastPlan) plan = NULL;

  ballast_balance_settings_copy (self->settings, &own);
  own.max_repeats = 0;
  if (dataset->child >= 0)
    {
      g_clear_pointer (&own.overrides, g_array_unref);
      plan = ballast_plan_new (tally, &own);
    }
  else
    plan = ballast_hierarchy_dup_plan (dataset->group, tally, &own);
  for (guint i = 0; i < dataset->n_labels; i++)
    self->labels[i].after = MIN (plan->classes[i].images_after, self->labels[i].most);
}

/* What is shared out, and between which bounds. */
typedef struct
{
  const double  *wishes;
  const guint64 *least;
  const guint64 *most;
  guint          n;
  double        *exact; /* the shares before they are whole */
} Sharing;

/* The shares in proportion to the wishes by @factor; returns their sum. */
static double
fill (const Sharing *self,
      double         factor)
{
  double sum = 0;

  for (guint i = 0; i < self->n; i++)
    {
      self->exact[i] = CLAMP (factor * self->wishes[i], (double) self->least[i], (double) self->most[i]);
      sum += self->exact[i];
    }
  return sum;
}

/* Sums grow with the factor: it is found by halving. */
static void
find_factor (const Sharing *self,
             double         total)
{
  double low = 0, high = 1;

  while (fill (self, high) < total && high < 1e24)
    high *= 2;
  for (guint round = 0; round < BISECTIONS; round++)
    {
      double middle = (low + high) / 2;

      if (fill (self, middle) < total)
        low = middle;
      else
        high = middle;
    }
  fill (self, high);
}

typedef struct
{
  guint  place;
  double rest;
} Remainder;

static int
compare_remainders (gconstpointer a,
                    gconstpointer b)
{
  const Remainder *left = a, *right = b;

  if (fabs (left->rest - right->rest) > 1e-6)
    return left->rest > right->rest ? -1 : 1;
  return left->place < right->place ? -1 : left->place > right->place;
}

guint64 *
ballast_hierarchy_share_out (const double  *wishes,
                             const guint64 *least,
                             const guint64 *most,
                             guint          n,
                             guint64        total)
{
  guint64 *shares = g_new0 (guint64, MAX (n, 1));
  g_autofree double *exact = g_new0 (double, MAX (n, 1));
  g_autofree Remainder *remainders = g_new0 (Remainder, MAX (n, 1));
  const Sharing sharing = { wishes, least, most, n, exact };
  guint64 left = total;

  find_factor (&sharing, (double) total);
  for (guint i = 0; i < n; i++)
    {
      shares[i] = MIN ((guint64) (exact[i] + 1e-6), most[i]);
      remainders[i] = (Remainder){ i, exact[i] - (double) shares[i] };
      left -= MIN (left, shares[i]);
    }
  qsort (remainders, n, sizeof *remainders, compare_remainders);
  for (guint i = 0; i < n && left > 0; i++)
    if (shares[remainders[i].place] < most[remainders[i].place])
      {
        shares[remainders[i].place]++;
        left--;
      }
  return shares;
}

/* Says for every class of the label how many images of it there shall be. */
static void
share_label (const Pools            *self,
             guint                   label,
             BallastBalanceSettings *settings)
{
  const BallastHierarchyDataset *dataset = self->dataset;
  g_autofree double *wishes = g_new0 (double, dataset->n_pools + 1);
  g_autofree guint64 *least = g_new0 (guint64, dataset->n_pools + 1);
  g_autofree guint64 *most = g_new0 (guint64, dataset->n_pools + 1);
  g_autofree guint64 *shares = NULL;
  guint n = 0, next = 0;

  for (guint i = 0; i < dataset->n_pools; i++)
    if (dataset->labels_of_pools[i] == label)
      {
        wishes[n] = MAX (self->wishes[i], self->counts[i] > 0);
        least[n] = self->settings->strategy == BALLAST_STRATEGY_OVERSAMPLE ? self->counts[i] : 0;
        most[n++] = find_most (self, i);
      }
  shares = ballast_hierarchy_share_out (wishes, least, most, n, self->labels[label].after);
  for (guint i = 0; i < dataset->n_pools; i++)
    if (dataset->labels_of_pools[i] == label)
      ballast_balance_settings_set_override (settings, dataset->names_of_pools[i], shares[next++]);
}

static gboolean
shares_labels_out (const BallastBalanceSettings *settings)
{
  return settings->strategy != BALLAST_STRATEGY_NONE &&
         settings->strategy != BALLAST_STRATEGY_REPEAT_FACTOR;
}

BallastPlan *
ballast_hierarchy_dataset_dup_plan (const BallastHierarchyDataset *dataset,
                                    const guint64                 *counts,
                                    const BallastBalanceSettings  *settings)
{
  g_autofree Label *labels = g_new0 (Label, dataset->n_labels);
  g_autofree double *wishes = g_new0 (double, dataset->n_pools + 1);
  Pools self = { dataset, counts, settings, labels, wishes };
  g_auto(BallastBalanceSettings) own = { 0 };
  g_autoptr(BallastTally) tally = make_tally ((const char *const *) dataset->names_of_pools, counts,
                                               dataset->n_pools);

  ballast_balance_settings_copy (settings, &own);
  g_clear_pointer (&own.overrides, g_array_unref);
  if (shares_labels_out (settings))
    {
      sum_labels (&self);
      for (guint i = 0; i < dataset->n_labels; i++)
        plan_inside (&self, i);
      plan_labels (&self);
      own.strategy = BALLAST_STRATEGY_BOTH;
      for (guint i = 0; i < dataset->n_labels; i++)
        share_label (&self, i, &own);
    }
  return ballast_plan_new (tally, &own);
}

/* (transfer full): one sum of training images a pool. */
static guint64 *
dup_pool_counts (const BallastHierarchyDataset *dataset,
                 const BallastTally            *tally)
{
  guint split = ballast_tally_get_training_split (tally);
  guint64 *counts = g_new0 (guint64, dataset->n_pools + 1);

  for (guint i = 0; i < tally->n_classes; i++)
    {
      int pool = ballast_hierarchy_dataset_find_pool (dataset, tally->classes[i].name);

      if (pool >= 0)
        counts[pool] = tally->classes[i].by_split[split].images;
    }
  return counts;
}

BallastPlan *
ballast_hierarchy_dup_label_plan (const BallastHierarchyNode   *group,
                                  const BallastTally           *tally,
                                  const BallastBalanceSettings *settings)
{
  g_autoptr(BallastTally) node_tally = ballast_hierarchy_dup_tally (group, tally);
  g_autoptr(BallastHierarchyDataset) dataset = NULL;
  g_autoptr(BallastPlan) pools = NULL;
  g_autofree guint64 *counts = NULL, *after = NULL;
  g_auto(BallastBalanceSettings) own = { 0 };

  if (group->one_vs_rest || settings->unit != BALLAST_UNIT_IMAGES || !shares_labels_out (settings))
    return ballast_hierarchy_dup_plan (group, node_tally, settings);

  dataset = ballast_hierarchy_dataset_new (group, -1);
  counts = dup_pool_counts (dataset, tally);
  pools = ballast_hierarchy_dataset_dup_plan (dataset, counts, settings);
  after = ballast_hierarchy_dataset_dup_counts (dataset, pools, TRUE);
  ballast_balance_settings_copy (settings, &own);
  g_clear_pointer (&own.overrides, g_array_unref);
  own.strategy = BALLAST_STRATEGY_BOTH;
  own.max_repeats = 0;
  for (guint i = 0; i < dataset->n_labels; i++)
    ballast_balance_settings_set_override (&own, dataset->labels[i], after[i]);
  return ballast_plan_new (node_tally, &own);
}
