#pragma once

#include "ballast-hierarchy.h"

G_BEGIN_DECLS

void                  ballast_hierarchy_node_free (BallastHierarchyNode       *node);

/* Adds a node with the id, name and settings of @like, but none of its children. */
BallastHierarchyNode *ballast_hierarchy_node_add  (BallastHierarchy           *hierarchy,
                                                   BallastHierarchyNode       *parent,
                                                   const BallastHierarchyNode *like);

/* Puts the children of a group that has a parent in its place. */
void                  ballast_hierarchy_dissolve  (BallastHierarchyNode       *group);

static inline guint
ballast_hierarchy_node_get_n_children (const BallastHierarchyNode *node)
{
  return node->children != NULL ? node->children->len : 0;
}

static inline BallastHierarchyNode *
ballast_hierarchy_node_get_child (const BallastHierarchyNode *node,
                                  guint                       position)
{
  return g_ptr_array_index (node->children, position);
}

G_END_DECLS
