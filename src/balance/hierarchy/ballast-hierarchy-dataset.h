#pragma once

#include "ballast-hierarchy-figures.h"

G_BEGIN_DECLS

/*
 * What one classifier of a hierarchy is trained on: the group's children as labels; or, of a group
 * that is one against the rest, one child as label 1 and the others together as label 0.
 *
 * Images are planned by pool: a pool is a class below the group, and belongs to a label.
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
  char                      **names_of_pools; /* the classes' */
  GHashTable                 *pools;    /* name of class → pool + 1 */
} BallastHierarchyDataset;

/* (transfer full): the dataset of @group, or of its child at @child against the others; borrows
 * @group. */
BallastHierarchyDataset *ballast_hierarchy_dataset_new (const BallastHierarchyNode *group,
                                                     int                            child);
void         ballast_hierarchy_dataset_free         (BallastHierarchyDataset       *dataset);

/* (transfer full): of BallastHierarchyDataset, in the order of the groups; borrows from @hierarchy. */
GPtrArray   *ballast_hierarchy_list_datasets        (const BallastHierarchy        *hierarchy);

/* The pool of images of the class, or -1. */
int          ballast_hierarchy_dataset_find_pool    (const BallastHierarchyDataset *dataset,
                                                     const char                    *class_name);

/*
 * (transfer full): the plan under the project's settings; its classes are the pools, with ids 1 ….
 * @counts: the training images of every pool.
 *
 * Labels are balanced as classes are, and what a label is brought to is shared out among its classes
 * as the same settings balance those among themselves.  Labels come first: classes inside a label are
 * raised only as far as every other label can follow.  Repeat factors are those of the classes.
 */
BallastPlan *ballast_hierarchy_dataset_dup_plan     (const BallastHierarchyDataset *dataset,
                                                     const guint64                 *counts,
                                                     const BallastBalanceSettings  *settings);

/* (transfer full): what that makes of the children of @group, as a plan of them; of @tally's training
 * images.  A group of one against the rest is planned as if its children were all labels. */
BallastPlan *ballast_hierarchy_dup_label_plan       (const BallastHierarchyNode    *group,
                                                     const BallastTally            *tally,
                                                     const BallastBalanceSettings  *settings);

/* (transfer full): one sum a label, before (FALSE) or after the plan. */
guint64     *ballast_hierarchy_dataset_dup_counts   (const BallastHierarchyDataset *dataset,
                                                     const BallastPlan             *plan,
                                                     gboolean                       after);

/* (transfer full): the weights of the labels. */
BallastWeights *ballast_hierarchy_dataset_dup_weights (const BallastHierarchyDataset *dataset,
                                                     const BallastPlan             *plan,
                                                     const BallastWeightOptions    *options);

/*
 * (transfer full): @n whole numbers that add up to @total (or come as near as the bounds allow), in
 * proportion to @wishes, none below @least nor above @most; remainders go to the largest, of equals to
 * the first.  Wishes are above 0 where @most is.
 */
guint64     *ballast_hierarchy_share_out            (const double                  *wishes,
                                                     const guint64                 *least,
                                                     const guint64                 *most,
                                                     guint                          n,
                                                     guint64                        total);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastHierarchyDataset, ballast_hierarchy_dataset_free)

G_END_DECLS
