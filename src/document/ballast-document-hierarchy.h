#pragma once

#include "ballast-document.h"
#include "ballast-hierarchy-figures.h"
#include "ballast-hierarchy-suggest.h"

G_BEGIN_DECLS

/*
 * The hierarchy of a project in figures, on the main thread: pure functions of the counts and the
 * settings, a millisecond a thousand classes.  Counts are those of the training split, in the unit
 * that balancing counts.
 */

/* (transfer full): @hierarchy NULL: the one that is stored. */
BallastHierarchyFigures *ballast_document_dup_hierarchy_figures
                                                    (BallastDocument             *document,
                                                     const BallastHierarchy      *hierarchy);

/*
 * (transfer full): as ballast_hierarchy_suggest(), over all classes of the project.  Not stored:
 * see ballast_document_set_hierarchy_async().
 */
BallastHierarchy        *ballast_document_suggest_hierarchy
                                                    (BallastDocument             *document,
                                                     const BallastHierarchySuggestion *suggestion,
                                                     GError                     **error);

/* (transfer full): the names of the classes that are out of @hierarchy, in index order. */
char                   **ballast_document_list_classes_out
                                                    (BallastDocument             *document,
                                                     const BallastHierarchy      *hierarchy);

/* (transfer full): the plan and the weights of the dataset of @group, by the project's settings. */
BallastPlan             *ballast_document_dup_node_plan
                                                    (BallastDocument             *document,
                                                     const BallastHierarchyNode  *group);
BallastWeights          *ballast_document_dup_node_weights
                                                    (BallastDocument             *document,
                                                     const BallastHierarchyNode  *group);

/*
 * (transfer full): @tree, read from a file, with the classes of the project alone; its names are
 * compared as they are, then as paths ("animal/dog").  @n_unknown (out, nullable): names that no
 * class has.  NULL with BALLAST_DOCUMENT_ERROR_INVALID where none fits.
 */
BallastHierarchy        *ballast_document_fit_hierarchy
                                                    (BallastDocument             *document,
                                                     const BallastHierarchy      *tree,
                                                     guint                       *n_unknown,
                                                     GError                     **error);

G_END_DECLS
