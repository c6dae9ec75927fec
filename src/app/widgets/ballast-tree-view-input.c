/*
 * What the user does with the drawing of a hierarchy: the mouse, the wheel, the keys.
 *
 * Everything ends in one of the view's own functions or in a signal; nothing here draws.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include <math.h>

#include "ballast-tree-view-private.h"

#define ZOOM_STEP 1.2
#define WHEEL_PX 48.0

enum
{
  NODE_SELECTED,
  NODE_ACTIVATED,
  MENU_REQUESTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
select_place (BallastTreeView *self,
              int              place,
              gboolean         beside)
{
  if (self->model == NULL || place < 0)
    return;

  self->model->selected = place;
  _ballast_tree_view_reveal (self, place);
  g_signal_emit (self, signals[NODE_SELECTED], 0, self->model->items[place].id, beside);
}

static void
set_hovered (BallastTreeView *self,
             int              place)
{
  if (self->model == NULL || self->model->hovered == place)
    return;

  self->model->hovered = place;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), place >= 0 ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (GtkEventControllerMotion *motion,
           double                    x,
           double                    y,
           BallastTreeView          *self)
{
  set_hovered (self, _ballast_tree_view_hit (self, x, y));
}

static void
on_leave (GtkEventControllerMotion *motion,
          BallastTreeView          *self)
{
  set_hovered (self, -1);
}

static void
on_press (GtkGestureClick *gesture,
          int              n_press,
          double           x,
          double           y,
          BallastTreeView *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gboolean secondary =
    gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture)) == GDK_BUTTON_SECONDARY;
  int place = _ballast_tree_view_hit (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (place < 0)
    return;

  if (!secondary || !self->model->items[place].is_selected)
    select_place (self, place, (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) != 0);
  if (secondary)
    g_signal_emit (self, signals[MENU_REQUESTED], 0, self->model->items[place].id);
  else if (n_press == 2)
    g_signal_emit (self, signals[NODE_ACTIVATED], 0, self->model->items[place].id);
}

static gboolean
on_scroll (GtkEventControllerScroll *scroll,
           double                    dx,
           double                    dy,
           BallastTreeView          *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));

  if (_ballast_tree_view_is_icicle (self))
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_CONTROL_MASK) != 0)
    _ballast_tree_view_zoom_at (self, pow (ZOOM_STEP, -dy), gtk_widget_get_width (GTK_WIDGET (self)) / 2.0,
                                gtk_widget_get_height (GTK_WIDGET (self)) / 2.0);
  else if ((state & GDK_SHIFT_MASK) != 0)
    _ballast_tree_view_move_to (self, self->x - dy * WHEEL_PX, self->y);
  else
    _ballast_tree_view_move_to (self, self->x - dx * WHEEL_PX, self->y - dy * WHEEL_PX);
  return GDK_EVENT_STOP;
}

static void
on_step (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastTreeView *self = BALLAST_TREE_VIEW (widget);
  int step = g_variant_get_int32 (parameter);

  if (self->model != NULL)
    select_place (self, ballast_tree_model_step (self->model, self->model->selected, step), FALSE);
}

static void
on_activate (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BallastTreeView *self = BALLAST_TREE_VIEW (widget);

  if (self->model != NULL && self->model->selected >= 0)
    g_signal_emit (self, signals[NODE_ACTIVATED], 0, self->model->items[self->model->selected].id);
}

static void
on_menu (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastTreeView *self = BALLAST_TREE_VIEW (widget);

  if (self->model != NULL && self->model->selected >= 0)
    g_signal_emit (self, signals[MENU_REQUESTED], 0, self->model->items[self->model->selected].id);
}

static void
on_zoom (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  ballast_tree_view_zoom (BALLAST_TREE_VIEW (widget), g_variant_get_double (parameter));
}

static void
on_leave_zoom (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  BallastTreeView *self = BALLAST_TREE_VIEW (widget);

  if (self->model == NULL || self->model->zoom <= 0)
    return;

  self->model->zoom = MAX (0, self->model->items[self->model->zoom].parent);
  _ballast_tree_view_invalidate (self);
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    int   step;
  } steps[] = {
    { GDK_KEY_Left, BALLAST_TREE_STEP_PARENT },
    { GDK_KEY_Right, BALLAST_TREE_STEP_CHILD },
    { GDK_KEY_Up, BALLAST_TREE_STEP_PREVIOUS },
    { GDK_KEY_Down, BALLAST_TREE_STEP_NEXT },
  };
  static const struct
  {
    guint  key;
    double factor;
  } zooms[] = {
    { GDK_KEY_plus, ZOOM_STEP }, { GDK_KEY_equal, ZOOM_STEP },
    { GDK_KEY_KP_Add, ZOOM_STEP }, { GDK_KEY_minus, 1 / ZOOM_STEP },
    { GDK_KEY_KP_Subtract, 1 / ZOOM_STEP }, { GDK_KEY_0, 0 }, { GDK_KEY_KP_0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_add_binding_action (widget_class, steps[i].key, 0, "tree.step", "i",
                                         steps[i].step);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_add_binding_action (widget_class, zooms[i].key, GDK_CONTROL_MASK, "tree.zoom",
                                         "d", zooms[i].factor);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "tree.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "tree.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, 0, "tree.leave-zoom", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "tree.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "tree.menu", NULL);
}

void
_ballast_tree_view_install_input (GtkWidgetClass *widget_class)
{
  GType type = G_TYPE_FROM_CLASS (widget_class);

  signals[NODE_SELECTED] = g_signal_new ("node-selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
  signals[NODE_ACTIVATED] = g_signal_new ("node-activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[MENU_REQUESTED] = g_signal_new ("menu-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_install_action (widget_class, "tree.step", "i", on_step);
  gtk_widget_class_install_action (widget_class, "tree.activate", NULL, on_activate);
  gtk_widget_class_install_action (widget_class, "tree.menu", NULL, on_menu);
  gtk_widget_class_install_action (widget_class, "tree.zoom", "d", on_zoom);
  gtk_widget_class_install_action (widget_class, "tree.leave-zoom", NULL, on_leave_zoom);
  _ballast_tree_view_install_drag (widget_class);
  bind_keys (widget_class);
}

void
_ballast_tree_view_add_controllers (BallastTreeView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll =
    gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_press), self);
  gtk_widget_add_controller (widget, motion);
  gtk_widget_add_controller (widget, scroll);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  _ballast_tree_view_add_drag (self);
}
