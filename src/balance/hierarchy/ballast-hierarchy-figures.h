#pragma once

#include "ballast-balance-settings.h"
#include "ballast-hierarchy.h"
#include "ballast-plan.h"
#include "ballast-weights.h"

G_BEGIN_DECLS

/* One node in figures.  Counts are of the examples in its classes. */
typedef struct
{
  const BallastHierarchyNode *node;    /* of the figures' own tree */
  int                         parent;  /* its place in the figures; -1: the root */
  guint                       depth;   /* decisions from the root */
  guint                       n_classes;
  guint64                     count;
  double                      ratio;   /* largest / smallest child that is not empty; of a group of
                                          one against the rest: of the worst of its classifiers; 1 for
                                          classes; 0: no examples */
  double                      majority_share;   /* of the largest child */
  guint                       majority;         /* that child's position; 0 for classes */
  guint                       empty_children;
  double                      accuracy;         /* of the group's classifier; 1 for classes */
  double                      path_accuracy;    /* of all decisions from the root to the node */
} BallastNodeFigures;

/*
 * What a hierarchy does to a dataset.  Immutable, counted.
 *
 * A path's accuracy is the product of its nodes': an estimate, for it takes the errors to be
 * independent of each other.
 */
typedef struct
{
  gatomicrefcount     ref_count;
  BallastHierarchy   *hierarchy;
  guint               n;          /* nodes, in the order of ballast_hierarchy_list_nodes() */
  BallastNodeFigures *nodes;      /* none where the tree is empty */
  guint               n_classes;
  guint               n_groups;
  guint               n_datasets; /* one a group, or one a child where it is one against the rest */
  guint               n_binary;   /* those of them that part two */
  guint64             count;
  double              flat_ratio; /* of the classes without the tree */
  int                 worst;      /* the group with the largest ratio, -1: none */
  double              mean_depth; /* Σ p d */
  int                 deepest;    /* a class with the longest path, of equals the rarest; -1: none */
  int                 least_accurate; /* the class whose path is right most rarely */
  double              micro;      /* Σ p a: how often a picture is right */
  double              macro;      /* the mean over the classes */
} BallastHierarchyFigures;

/*
 * (transfer full): @names and @counts of @n classes; a class of the tree that is not among them
 * counts as empty.
 */
BallastHierarchyFigures *ballast_hierarchy_figures_new   (const BallastHierarchy        *hierarchy,
                                                          const char *const             *names,
                                                          const guint64                 *counts,
                                                          guint                          n);
BallastHierarchyFigures *ballast_hierarchy_figures_ref   (BallastHierarchyFigures       *figures);
void                     ballast_hierarchy_figures_unref (BallastHierarchyFigures       *figures);

/* The place of the node, or -1. */
int                      ballast_hierarchy_figures_find  (const BallastHierarchyFigures *figures,
                                                          guint                          id);

/* (transfer container): of guint: the places of a group's children. */
GArray                  *ballast_hierarchy_figures_list_children
                                                         (const BallastHierarchyFigures *figures,
                                                          guint                          place);

/*
 * (transfer full): the training examples of @tally as the group's children share them: one class a
 * child, in their order, ids 1 …; the split "train" alone.
 */
BallastTally            *ballast_hierarchy_dup_tally     (const BallastHierarchyNode    *group,
                                                          const BallastTally            *tally);

/* (transfer full): the plan of the group's own dataset under the project's settings; targets of
 * single classes hold where the class itself is a child. */
BallastPlan             *ballast_hierarchy_dup_plan      (const BallastHierarchyNode    *group,
                                                          const BallastTally            *tally,
                                                          const BallastBalanceSettings  *settings);

/* (transfer full): the weights of the group's children, on the basis that @options says. */
BallastWeights          *ballast_hierarchy_dup_weights   (const BallastPlan             *plan,
                                                          const BallastTally            *node_tally,
                                                          const BallastWeightOptions    *options);

/* (transfer full): the object of `hierarchy --json`. */
JsonNode                *ballast_hierarchy_figures_to_json (const BallastHierarchyFigures *figures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastHierarchyFigures, ballast_hierarchy_figures_unref)

G_END_DECLS
