#pragma once

#include <gtk/gtk.h>

#include "ballast-tree-geometry.h"

G_BEGIN_DECLS

/*
 * A hierarchy as a drawing: a tree that is moved and zoomed, or an icicle that is zoomed into.
 *
 * Signals: "node-selected" (guint: id, gboolean: beside the others), "node-activated" (guint: id),
 * "menu-requested" (guint: id), "dropped" (guint: id, int: -1 before it, 0 into it, 1 behind it), where a
 * node was dragged.  Keys: arrows walk, space selects, Return activates; Ctrl with plus,
 * minus and 0 zooms; Backspace leaves a zoomed icicle.
 */
#define BALLAST_TYPE_TREE_VIEW (ballast_tree_view_get_type ())
G_DECLARE_FINAL_TYPE (BallastTreeView, ballast_tree_view, BALLAST, TREE_VIEW, GtkWidget)

GtkWidget              *ballast_tree_view_new          (void);

/* Takes @model (NULL: nothing); what is zoomed to and where the keyboard is stays where it can. */
void                    ballast_tree_view_take_model   (BallastTreeView  *self,
                                                        BallastTreeModel *model);

/* (transfer none) (nullable) */
const BallastTreeModel *ballast_tree_view_get_model    (BallastTreeView  *self);
void                    ballast_tree_view_set_style    (BallastTreeView  *self,
                                                        BallastTreeStyle  style);

/* The nodes that are marked as selected; the first is where the keyboard is. */
void                    ballast_tree_view_set_selected (BallastTreeView  *self,
                                                        const guint      *ids,
                                                        guint             n_ids);

/* Scales by @factor round the middle; 0 shows all. */
void                    ballast_tree_view_zoom         (BallastTreeView  *self,
                                                        double            factor);

/* An icicle: the node fills it. */
void                    ballast_tree_view_zoom_to      (BallastTreeView  *self,
                                                        guint             id);

/* Where the node is drawn now, in the widget's coordinates; FALSE where it is not. */
gboolean                ballast_tree_view_get_area     (BallastTreeView  *self,
                                                        guint             id,
                                                        GdkRectangle     *area);

/* Whether nodes can be dragged; FALSE at first. */
void                    ballast_tree_view_set_editable (BallastTreeView  *self,
                                                        gboolean          editable);

G_END_DECLS
