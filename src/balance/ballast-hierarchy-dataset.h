#pragma once

#include "ballast-hierarchy-figures.h"

G_BEGIN_DECLS

/*
 * What one classifier of a hierarchy is trained on: the group's children as labels; or, of a group
 * that is one against the rest, one child as label 1 and the others together as label 0.
 *
 * Images are planned by pool: a pool is a child of the group, and belongs to a label.
 */
typedef struct
{
  const BallastHierarchyNode *group;    /* of the tree that the dataset was made from */
  int                         child;    /* the position of the one; -1: all children are labels */
  char                       *name;     /* "dry", "stop or rest": no other dataset's */
  guint                       n_labels;
  char                      **labels;   /* n_labels and NULL: "paper", "mixed"; "not stop", "stop" */
  guint                       n_pools;
  guint                      *labels_of_pools;
  GHashTable                 *pools;    /* name of class → pool + 1 */
} BallastHierarchyDataset;

/* (transfer full): of BallastHierarchyDataset, in the order of the groups; borrows from @hierarchy. */
GPtrArray   *ballast_hierarchy_list_datasets        (const BallastHierarchy        *hierarchy);

/* The pool of images of the class, or -1. */
int          ballast_hierarchy_dataset_find_pool    (const BallastHierarchyDataset *dataset,
                                                     const char                    *class_name);

/*
 * (transfer full): the plan under the project's settings; its classes are the pools, with ids 1 ….
 * @counts: the training images of every pool.
 *
 * One against the rest: the one and the others together are balanced as two classes; where that
 * leaves others out, those that stay are shared out equally among the pools, as far as each has
 * images.
 */
BallastPlan *ballast_hierarchy_dataset_dup_plan     (const BallastHierarchyDataset *dataset,
                                                     const guint64                 *counts,
                                                     const BallastBalanceSettings  *settings);

/* (transfer full): one sum a label, before (FALSE) or after the plan. */
guint64     *ballast_hierarchy_dataset_dup_counts   (const BallastHierarchyDataset *dataset,
                                                     const BallastPlan             *plan,
                                                     gboolean                       after);

/* (transfer full): the weights of the labels. */
BallastWeights *ballast_hierarchy_dataset_dup_weights (const BallastHierarchyDataset *dataset,
                                                     const BallastPlan             *plan,
                                                     const BallastWeightOptions    *options);

/* (transfer full): @total as equal shares of @counts, none more than there is; what is over goes to
 * the first ones.  Sums up to the smaller of @total and all there is. */
guint64     *ballast_hierarchy_share_out            (const guint64                 *counts,
                                                     guint                          n,
                                                     guint64                        total);

G_END_DECLS
