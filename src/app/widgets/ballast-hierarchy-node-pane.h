#pragma once

#include <adwaita.h>

#include "ballast-document-hierarchy.h"

G_BEGIN_DECLS

/*
 * One node in figures: count, ratio, majority, weights, and what its classifier gets right.
 *
 * Signals: "accuracy-changed" (guint: id, double: 0 … 1, below 0 for the tree's), "one-vs-rest-changed"
 * (guint: id, gboolean).
 */
#define BALLAST_TYPE_HIERARCHY_NODE_PANE (ballast_hierarchy_node_pane_get_type ())
G_DECLARE_FINAL_TYPE (BallastHierarchyNodePane, ballast_hierarchy_node_pane, BALLAST,
                      HIERARCHY_NODE_PANE, AdwBin)

GtkWidget *ballast_hierarchy_node_pane_new  (void);

/* @place in @figures; -1: what all groups have in common, as node 0. */
void       ballast_hierarchy_node_pane_show (BallastHierarchyNodePane      *self,
                                             BallastDocument               *document,
                                             const BallastHierarchyFigures *figures,
                                             int                            place);

G_END_DECLS
