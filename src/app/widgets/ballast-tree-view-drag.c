/*
 * Dragging in the drawing of a hierarchy: a node to another place, or, beside the nodes, the drawing.
 *
 * The view changes nothing itself: it says what was dropped where, as the outline does, and what is
 * selected is what moves.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include <math.h>

#include "ballast-chart-draw.h"
#include "ballast-tree-view-private.h"

#define THRESHOLD_PX 6.0
#define EDGE_SHARE 0.28   /* of a node's height: above and below it drops go before and behind */
#define MARK_WIDTH 3.0
#define LABEL_OFFSET 14.0
#define LABEL_PADDING 8.0
#define LABEL_MAX 200.0

static guint dropped_signal;

/* A node cannot go into itself. */
static gboolean
is_inside (BallastTreeView *self,
           int              place)
{
  return place >= self->dragged &&
         place <= self->dragged + (int) self->model->items[self->dragged].n_below;
}

static void
find_drop (BallastTreeView *self,
           double           x,
           double           y)
{
  int place = _ballast_tree_view_hit (self, x, y);
  GdkRectangle area;

  self->drop_place = -1;
  if (place < 0 || is_inside (self, place) ||
      !ballast_tree_view_get_area (self, self->model->items[place].id, &area))
    return;
  self->drop_place = place;
  self->drop_where = 0;
  if (place > 0 && y < area.y + area.height * EDGE_SHARE)
    self->drop_where = -1;
  else if (place > 0 && y > area.y + area.height * (1 - EDGE_SHARE))
    self->drop_where = 1;
}

void
_ballast_tree_view_drag_begin (BallastTreeView *self,
                               double           x,
                               double           y)
{
  int place = self->model == NULL ? -1 : _ballast_tree_view_hit (self, x, y);

  self->moved = FALSE;
  self->drag_x = self->x;
  self->drag_y = self->y;
  self->pointer_x = x;
  self->pointer_y = y;
  self->dragged = self->editable && place > 0 ? place : -1;
  self->drop_place = -1;
}

static void
pan (BallastTreeView *self,
     double           offset_x,
     double           offset_y)
{
  if (hypot (offset_x, offset_y) < 4 && !self->moved)
    return;
  self->moved = TRUE;
  _ballast_tree_view_move_to (self, self->drag_x + offset_x, self->drag_y + offset_y);
}

void
_ballast_tree_view_drag_move (BallastTreeView *self,
                              double           x,
                              double           y)
{
  if (self->model == NULL || self->dragged >= (int) self->model->n)
    {
      self->dragged = -1;
      return;
    }
  if (!self->moved && hypot (x - self->pointer_x, y - self->pointer_y) < THRESHOLD_PX)
    return;

  self->moved = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  find_drop (self, x, y);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->drop_place >= 0 ? "grabbing" : "not-allowed");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
_ballast_tree_view_drag_end (BallastTreeView *self,
                             gboolean         drop)
{
  int place = self->drop_place;
  gboolean dropped = drop && self->moved && self->dragged >= 0 && self->model != NULL && place >= 0 &&
                     place < (int) self->model->n;

  self->moved = FALSE;
  self->dragged = -1;
  self->drop_place = -1;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (dropped)
    g_signal_emit (self, dropped_signal, 0, self->model->items[place].id, self->drop_where);
}

static void
on_drag_begin (GtkGestureDrag  *gesture,
               double           x,
               double           y,
               BallastTreeView *self)
{
  _ballast_tree_view_drag_begin (self, x, y);
}

static void
on_drag_update (GtkGestureDrag  *gesture,
                double           offset_x,
                double           offset_y,
                BallastTreeView *self)
{
  double x, y;

  if (self->dragged < 0)
    pan (self, offset_x, offset_y);
  else if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    _ballast_tree_view_drag_move (self, x + offset_x, y + offset_y);
}

static void
on_drag_end (GtkGestureDrag  *gesture,
             double           offset_x,
             double           offset_y,
             BallastTreeView *self)
{
  _ballast_tree_view_drag_end (self, TRUE);
}

static void
on_drag_cancel (GtkGesture       *gesture,
                GdkEventSequence *sequence,
                BallastTreeView  *self)
{
  _ballast_tree_view_drag_end (self, FALSE);
}

/* Round the node that it goes into, or a line on the side where it goes. */
static void
draw_mark (BallastTreeView    *self,
           cairo_t            *cr,
           const BallastTheme *theme)
{
  GdkRectangle area;
  double y;

  if (!ballast_tree_view_get_area (self, self->model->items[self->drop_place].id, &area))
    return;
  ballast_chart_set_ink (cr, &theme->accent, 1);
  cairo_set_line_width (cr, MARK_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  if (self->drop_where == 0)
    {
      cairo_rectangle (cr, area.x - 2, area.y - 2, area.width + 4, area.height + 4);
      cairo_stroke (cr);
      return;
    }
  y = self->drop_where < 0 ? area.y - 4 : area.y + area.height + 4;
  cairo_move_to (cr, area.x, y);
  cairo_line_to (cr, area.x + area.width, y);
  cairo_stroke (cr);
}

/* The name of what is dragged, beside the pointer. */
static void
draw_label (BallastTreeView    *self,
            cairo_t            *cr,
            const BallastTheme *theme)
{
  const BallastTextMeasure *measure = ballast_chart_font_get_measure (self->font);
  const char *name = self->model->items[self->dragged].name;
  double width = MIN (measure->get_width (name, measure->user_data), LABEL_MAX);
  double height = measure->line_height + LABEL_PADDING;
  BallastTextPlace place = { self->pointer_x + LABEL_OFFSET + LABEL_PADDING,
                             self->pointer_y + LABEL_OFFSET + height / 2, BALLAST_TEXT_START, 1,
                             .max_width = LABEL_MAX };
  BallastChartRect rect = { self->pointer_x + LABEL_OFFSET, self->pointer_y + LABEL_OFFSET,
                            width + 2 * LABEL_PADDING, height };

  ballast_chart_path_bar (cr, &rect, 4);
  ballast_chart_set_ink (cr, &theme->card, 0.94);
  cairo_fill_preserve (cr);
  ballast_chart_set_ink (cr, &theme->axis, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  ballast_chart_font_draw (self->font, cr, name, &place, &theme->foreground);
}

void
_ballast_tree_view_draw_drag (BallastTreeView    *self,
                              cairo_t            *cr,
                              const BallastTheme *theme)
{
  if (!self->moved || self->dragged < 0 || self->dragged >= (int) self->model->n)
    return;
  if (self->drop_place >= 0 && self->drop_place < (int) self->model->n)
    draw_mark (self, cr, theme);
  draw_label (self, cr, theme);
}

void
_ballast_tree_view_install_drag (GtkWidgetClass *widget_class)
{
  dropped_signal = g_signal_new ("dropped", G_TYPE_FROM_CLASS (widget_class), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT);
}

void
_ballast_tree_view_add_drag (BallastTreeView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->dragged = -1;
  self->drop_place = -1;
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_drag_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
