/*
 * The datasets that a hierarchy becomes: one a classifier.
 *
 * Invariant: every class of the tree is exactly one pool of every dataset whose group it lies below.  All of it follows from the tree and the counts.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-hierarchy-dataset.h"

#include <string.h>

#include "ballast-hierarchy-private.h"

void
ballast_hierarchy_dataset_free (BallastHierarchyDataset *dataset)
{
  g_free (dataset->name);
  g_strfreev (dataset->labels);
  g_hash_table_unref (dataset->pools);
  g_free (dataset->labels_of_pools);
  g_strfreev (dataset->names_of_pools);
  g_free (dataset);
}

/* Makes every class below @node a pool of @label. */
static void
add_pools (BallastHierarchyDataset    *dataset,
           const BallastHierarchyNode *node,
           guint                       label)
{
  if (node->is_class)
    {
      guint pool = dataset->n_pools++;

      dataset->labels_of_pools = g_renew (guint, dataset->labels_of_pools, dataset->n_pools);
      dataset->names_of_pools = g_renew (char *, dataset->names_of_pools, dataset->n_pools + 1);
      dataset->labels_of_pools[pool] = label;
      dataset->names_of_pools[pool] = g_strdup (node->name);
      dataset->names_of_pools[pool + 1] = NULL;
      g_hash_table_insert (dataset->pools, dataset->names_of_pools[pool], GUINT_TO_POINTER (pool + 1));
    }
  for (guint i = 0; i < ballast_hierarchy_node_get_n_children (node); i++)
    add_pools (dataset, ballast_hierarchy_node_get_child (node, i), label);
}

BallastHierarchyDataset *
ballast_hierarchy_dataset_new (const BallastHierarchyNode *group,
                               int                         child)
{
  BallastHierarchyDataset *dataset = g_new0 (BallastHierarchyDataset, 1);
  guint n = ballast_hierarchy_node_get_n_children (group);

  dataset->group = group;
  dataset->child = child;
  dataset->n_labels = child < 0 ? n : 2;
  dataset->labels = g_new0 (char *, dataset->n_labels + 1);
  dataset->pools = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n; i++)
    {
      const BallastHierarchyNode *node = ballast_hierarchy_node_get_child (group, i);

      if (child < 0)
        dataset->labels[i] = g_strdup (node->name);
      add_pools (dataset, node, child < 0 ? i : (int) i == child);
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
  GPtrArray *datasets = g_ptr_array_new_with_free_func ((GDestroyNotify) ballast_hierarchy_dataset_free);
  g_autoptr(GPtrArray) groups = ballast_hierarchy_list_groups (hierarchy);

  for (guint i = 0; i < groups->len; i++)
    {
      const BallastHierarchyNode *group = g_ptr_array_index (groups, i);
      guint n = ballast_hierarchy_node_get_n_children (group);

      if (!group->one_vs_rest)
        g_ptr_array_add (datasets, ballast_hierarchy_dataset_new (group, -1));
      for (guint j = 0; group->one_vs_rest && j < n; j++)
        g_ptr_array_add (datasets, ballast_hierarchy_dataset_new (group, (int) j));
    }
  return datasets;
}

int
ballast_hierarchy_dataset_find_pool (const BallastHierarchyDataset *dataset,
                                     const char                    *class_name)
{
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (dataset->pools, class_name)) - 1;
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
