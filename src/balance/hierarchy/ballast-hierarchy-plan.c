/*
 * The dataset of one group as a plan of its own: its children are the classes.
 *
 * The plan's machinery is that of the whole dataset; what is new is a tally in which a child holds
 * the examples of all its classes.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include <string.h>

#include "ballast-hierarchy-figures.h"
#include "ballast-hierarchy-private.h"

static void
add_counts (const BallastHierarchyNode *node,
            const BallastTally         *tally,
            guint                       split,
            BallastCount               *sum)
{
  const BallastClassTally *class = node->is_class ? ballast_tally_find_class (tally, node->name)
                                                  : NULL;

  if (class != NULL)
    {
      sum->images += class->by_split[split].images;
      sum->instances += class->by_split[split].instances;
    }
  for (guint i = 0; i < ballast_hierarchy_node_get_n_children (node); i++)
    add_counts (ballast_hierarchy_node_get_child (node, i), tally, split, sum);
}

BallastTally *
ballast_hierarchy_dup_tally (const BallastHierarchyNode *group,
                             const BallastTally         *tally)
{
  guint n = ballast_hierarchy_node_get_n_children (group);
  guint split = ballast_tally_get_training_split (tally);
  BallastTally *own = ballast_tally_new (n, 1);

  own->splits[0].id = 1;
  own->splits[0].name = g_strdup ("train");
  for (guint i = 0; i < n; i++)
    {
      const BallastHierarchyNode *child = ballast_hierarchy_node_get_child (group, i);
      BallastClassTally *class = &own->classes[i];

      class->id = i + 1;
      class->index = i;
      class->name = g_strdup (child->name);
      add_counts (child, tally, split, &class->by_split[0]);
      class->total = class->by_split[0];
      own->annotations += class->total.instances;
      own->splits[0].images += class->total.images;
    }
  own->images = own->splits[0].images;
  return own;
}

BallastPlan *
ballast_hierarchy_dup_plan (const BallastHierarchyNode   *group,
                            const BallastTally           *tally,
                            const BallastBalanceSettings *settings)
{
  g_auto(BallastBalanceSettings) own = { 0 };

  ballast_balance_settings_copy (settings, &own);
  for (guint i = 0; settings->overrides != NULL && i < settings->overrides->len; i++)
    {
      const char *name = g_array_index (settings->overrides, BallastTargetOverride, i).name;
      gboolean is_child = FALSE;

      for (guint j = 0; j < ballast_hierarchy_node_get_n_children (group); j++)
        {
          const BallastHierarchyNode *child = ballast_hierarchy_node_get_child (group, j);

          is_child = is_child || (child->is_class && strcmp (child->name, name) == 0);
        }
      if (!is_child)
        ballast_balance_settings_unset_override (&own, name);
    }
  return ballast_plan_new (tally, &own);
}

static guint64
weight_count (const BallastPlanClass     *class,
              const BallastCount         *now,
              const BallastWeightOptions *options)
{
  if (options->basis == BALLAST_WEIGHT_BASIS_DATASET)
    return ballast_unit_get_count (options->unit, now);
  if (options->unit == BALLAST_UNIT_IMAGES)
    return class->images_after;
  return now->images > 0 ? now->instances * class->images_after / now->images : 0;
}

BallastWeights *
ballast_hierarchy_dup_weights (const BallastPlan          *plan,
                               const BallastTally         *node_tally,
                               const BallastWeightOptions *options)
{
  g_autofree guint64 *counts = g_new0 (guint64, MAX (plan->n_classes, 1));
  g_autofree const char **names = g_new0 (const char *, plan->n_classes + 1);

  for (guint i = 0; i < plan->n_classes; i++)
    {
      counts[i] = weight_count (&plan->classes[i], &node_tally->classes[i].by_split[0], options);
      names[i] = plan->classes[i].name;
    }
  return ballast_weights_new (options, names, counts, plan->n_classes, 0);
}
