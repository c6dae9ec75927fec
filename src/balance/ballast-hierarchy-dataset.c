/*
 * The datasets that a hierarchy becomes: one a classifier.
 *
 * Invariant: every class of the tree is in exactly one pool of every dataset whose group it lies
 * below.  All of it follows from the tree and the counts.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-hierarchy-dataset.h"

#include <string.h>

#include "ballast-hierarchy-private.h"

static void
dataset_free (gpointer data)
{
  BallastHierarchyDataset *dataset = data;

  g_free (dataset->name);
  g_strfreev (dataset->labels);
  g_free (dataset->labels_of_pools);
  g_hash_table_unref (dataset->pools);
  g_free (dataset);
}

static void
note_classes (BallastHierarchyDataset    *dataset,
              const BallastHierarchyNode *node,
              guint                       pool)
{
  if (node->is_class)
    g_hash_table_insert (dataset->pools, node->name, GUINT_TO_POINTER (pool + 1));
  for (guint i = 0; i < ballast_hierarchy_node_get_n_children (node); i++)
    note_classes (dataset, ballast_hierarchy_node_get_child (node, i), pool);
}

static BallastHierarchyDataset *
dataset_new (const BallastHierarchyNode *group,
             int                         child)
{
  BallastHierarchyDataset *dataset = g_new0 (BallastHierarchyDataset, 1);
  guint n = ballast_hierarchy_node_get_n_children (group);

  dataset->group = group;
  dataset->child = child;
  dataset->n_pools = n;
  dataset->n_labels = child < 0 ? n : 2;
  dataset->labels = g_new0 (char *, dataset->n_labels + 1);
  dataset->labels_of_pools = g_new0 (guint, n);
  dataset->pools = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n; i++)
    {
      const BallastHierarchyNode *node = ballast_hierarchy_node_get_child (group, i);

      dataset->labels_of_pools[i] = child < 0 ? i : (int) i == child;
      if (child < 0)
        dataset->labels[i] = g_strdup (node->name);
      note_classes (dataset, node, i);
    }
  if (child < 0)
    dataset->name = g_strdup (group->name);
  else
    {
      const char *name = ballast_hierarchy_node_get_child (group, (guint) child)->name;

      dataset->name = g_strdup_printf ("%s or rest", name);
      dataset->labels[0] = g_strdup_printf ("not %s", name);
      dataset->labels[1] = g_strdup (name);
    }
  return dataset;
}

GPtrArray *
ballast_hierarchy_list_datasets (const BallastHierarchy *hierarchy)
{
  GPtrArray *datasets = g_ptr_array_new_with_free_func (dataset_free);
  g_autoptr(GPtrArray) groups = ballast_hierarchy_list_groups (hierarchy);

  for (guint i = 0; i < groups->len; i++)
    {
      const BallastHierarchyNode *group = g_ptr_array_index (groups, i);
      guint n = ballast_hierarchy_node_get_n_children (group);

      if (!group->one_vs_rest)
        g_ptr_array_add (datasets, dataset_new (group, -1));
      for (guint j = 0; group->one_vs_rest && j < n; j++)
        g_ptr_array_add (datasets, dataset_new (group, (int) j));
    }
  return datasets;
}

int
ballast_hierarchy_dataset_find_pool (const BallastHierarchyDataset *dataset,
                                     const char                    *class_name)
{
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (dataset->pools, class_name)) - 1;
}

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

guint64 *
ballast_hierarchy_share_out (const guint64 *counts,
                             guint          n,
                             guint64        total)
{
  guint64 *shares = g_new0 (guint64, MAX (n, 1));
  guint64 left = total;

  for (guint open = n; open > 0 && left > 0;)
    {
      guint64 each = MAX (left / open, 1);

      open = 0;
      for (guint i = 0; i < n; i++)
        {
          guint64 more = MIN (MIN (each, counts[i] - shares[i]), left);

          shares[i] += more;
          left -= more;
          open += shares[i] < counts[i];
        }
    }
  return shares;
}

/* (transfer full): the names of the group's children. */
static char **
dup_pool_names (const BallastHierarchyDataset *dataset)
{
  char **names = g_new0 (char *, dataset->n_pools + 1);

  for (guint i = 0; i < dataset->n_pools; i++)
    names[i] = g_strdup (ballast_hierarchy_node_get_child (dataset->group, i)->name);
  return names;
}

/* Says for every pool of the others how many images of it stay. */
static void
set_shares (const BallastHierarchyDataset *dataset,
            const guint64                 *counts,
            const BallastPlan             *two,
            const char *const             *names,
            BallastBalanceSettings        *settings)
{
  g_autofree guint64 *others = g_memdup2 (counts, dataset->n_pools * sizeof *counts);
  g_autofree guint64 *shares = NULL;

  others[dataset->child] = 0;
  shares = ballast_hierarchy_share_out (others, dataset->n_pools, two->classes[0].after);
  for (guint i = 0; i < dataset->n_pools; i++)
    ballast_balance_settings_set_override (settings, names[i],
                                           (int) i == dataset->child ? two->classes[1].after
                                           : two->classes[0].after < two->classes[0].now
                                             ? shares[i] : counts[i]);
}

static BallastPlan *
plan_one_against_rest (const BallastHierarchyDataset *dataset,
                       const guint64                 *counts,
                       const BallastBalanceSettings  *settings)
{
  g_auto(BallastBalanceSettings) own = { 0 };
  g_auto(GStrv) names = dup_pool_names (dataset);
  g_autoptr(BallastTally) tally = NULL, of_two = NULL;
  g_autoptr(BallastPlan) two = NULL;
  guint64 sums[2] = { 0 };

  for (guint i = 0; i < dataset->n_pools; i++)
    sums[dataset->labels_of_pools[i]] += counts[i];
  of_two = make_tally ((const char *const *) dataset->labels, sums, 2);
  ballast_balance_settings_copy (settings, &own);
  g_clear_pointer (&own.overrides, g_array_unref);
  two = ballast_plan_new (of_two, &own);

  tally = make_tally ((const char *const *) names, counts, dataset->n_pools);
  if (own.strategy != BALLAST_STRATEGY_NONE)
    {
      own.strategy = BALLAST_STRATEGY_BOTH;
      set_shares (dataset, counts, two, (const char *const *) names, &own);
    }
  return ballast_plan_new (tally, &own);
}

BallastPlan *
ballast_hierarchy_dataset_dup_plan (const BallastHierarchyDataset *dataset,
                                    const guint64                 *counts,
                                    const BallastBalanceSettings  *settings)
{
  g_auto(GStrv) names = NULL;
  g_autoptr(BallastTally) tally = NULL;

  if (dataset->child >= 0)
    return plan_one_against_rest (dataset, counts, settings);

  names = dup_pool_names (dataset);
  tally = make_tally ((const char *const *) names, counts, dataset->n_pools);
  return ballast_hierarchy_dup_plan (dataset->group, tally, settings);
}

guint64 *
ballast_hierarchy_dataset_dup_counts (const BallastHierarchyDataset *dataset,
                                      const BallastPlan             *plan,
                                      gboolean                       after)
{
  guint64 *counts = g_new0 (guint64, dataset->n_labels);

  for (guint i = 0; i < dataset->n_pools; i++)
    counts[dataset->labels_of_pools[i]] += after ? plan->classes[i].images_after
                                                 : plan->classes[i].images_now;
  return counts;
}

BallastWeights *
ballast_hierarchy_dataset_dup_weights (const BallastHierarchyDataset *dataset,
                                       const BallastPlan             *plan,
                                       const BallastWeightOptions    *options)
{
  g_autofree guint64 *counts = ballast_hierarchy_dataset_dup_counts (
    dataset, plan, options->basis == BALLAST_WEIGHT_BASIS_PLAN);

  return ballast_weights_new (options, (const char *const *) dataset->labels, counts,
                              dataset->n_labels, 0);
}
