#pragma once

#include <adwaita.h>

#include "ballast-hierarchy-item.h"

G_BEGIN_DECLS

/*
 * The hierarchy as a list that opens and closes, and the classes that are out of it.
 *
 * Signals: "selection-changed"; "activated" (guint: id); "menu-requested" (GtkWidget: the row,
 * double: x, double: y); "dropped" (guint: id of the node dropped on, 0: out of the tree; int: -1
 * before it, 0 into it, 1 behind it): what is dropped is selected then.
 */
#define BALLAST_TYPE_HIERARCHY_OUTLINE (ballast_hierarchy_outline_get_type ())
G_DECLARE_FINAL_TYPE (BallastHierarchyOutline, ballast_hierarchy_outline, BALLAST, HIERARCHY_OUTLINE,
                      AdwBin)

GtkWidget *ballast_hierarchy_outline_new          (void);

/* Shows @root and, where it has children, @out.  What was selected, closed and in sight stays. */
void       ballast_hierarchy_outline_set_items    (BallastHierarchyOutline *self,
                                                   BallastHierarchyItem    *root,
                                                   BallastHierarchyItem    *out);

/* (transfer full): of guint: the ids of the selected nodes, from the top down. */
GArray    *ballast_hierarchy_outline_dup_selected (BallastHierarchyOutline *self);

/* (transfer full): the names of the selected classes that are out of the tree. */
char     **ballast_hierarchy_outline_dup_selected_out (BallastHierarchyOutline *self);

/* @beside: to what is selected already, or away from it. */
void       ballast_hierarchy_outline_select       (BallastHierarchyOutline *self,
                                                   guint                    id,
                                                   gboolean                 beside);

G_END_DECLS
