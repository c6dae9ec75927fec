#pragma once

#include "ballast-tree-draw.h"
#include "ballast-tree-view.h"

G_BEGIN_DECLS

struct _BallastTreeView
{
  GtkWidget parent_instance;

  BallastTreeModel    *model;
  BallastTreeGeometry *geometry;
  BallastChartFont    *font;
  double               laid_out_width;
  double               laid_out_height;
  double               scale;
  double               x;            /* where the drawing's corner is */
  double               y;
  gboolean             fits;         /* the user has not moved it */
  double               drag_x;
  double               drag_y;
  gboolean             moved;        /* since the button went down */
  gboolean             editable;     /* nodes can be dragged */
  int                  dragged;      /* the place under the button when it went down, or -1 */
  int                  drop_place;   /* where it would be dropped, or -1 */
  int                  drop_where;   /* -1 before it, 0 into it, 1 behind it */
  double               pointer_x;
  double               pointer_y;
};

/* ballast-tree-view.c */
gboolean                   _ballast_tree_view_is_icicle       (BallastTreeView *self);
void                       _ballast_tree_view_invalidate      (BallastTreeView *self);

/* (transfer none) (nullable): made where it is asked for, at the widget's size. */
const BallastTreeGeometry *_ballast_tree_view_ensure_geometry (BallastTreeView *self);

/* The place at a point of the widget, or -1. */
int                        _ballast_tree_view_hit             (BallastTreeView *self,
                                                               double           x,
                                                               double           y);

/* Moves a tree so that the place is seen. */
void                       _ballast_tree_view_reveal          (BallastTreeView *self,
                                                               int              place);
void                       _ballast_tree_view_move_to         (BallastTreeView *self,
                                                               double           x,
                                                               double           y);
void                       _ballast_tree_view_zoom_at         (BallastTreeView *self,
                                                               double           factor,
                                                               double           x,
                                                               double           y);

/* ballast-tree-view-input.c */
void                       _ballast_tree_view_install_input   (GtkWidgetClass  *widget_class);
void                       _ballast_tree_view_add_controllers (BallastTreeView *self);

/* ballast-tree-view-drag.c: what the gesture tells, in the widget's coordinates. */
void                       _ballast_tree_view_install_drag    (GtkWidgetClass  *widget_class);
void                       _ballast_tree_view_add_drag        (BallastTreeView *self);
void                       _ballast_tree_view_drag_begin      (BallastTreeView *self,
                                                               double           x,
                                                               double           y);
void                       _ballast_tree_view_drag_move       (BallastTreeView *self,
                                                               double           x,
                                                               double           y);
void                       _ballast_tree_view_drag_end        (BallastTreeView *self,
                                                               gboolean         drop);

/* What is dragged and where it would go, over the drawing. */
void                       _ballast_tree_view_draw_drag       (BallastTreeView    *self,
                                                               cairo_t            *cr,
                                                               const BallastTheme *theme);

G_END_DECLS
