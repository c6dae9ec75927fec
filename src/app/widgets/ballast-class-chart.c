/*
 * The chart of the classes as a widget.
 *
 * The model says what is shown, the geometry where; drawing and pointing use the same geometry,
 * which is made anew when the model or the size changes and not for a hover.  Nothing here knows a
 * project.  A frame costs what cairo needs for the bars that are seen: a curve has one column a
 * pixel whatever the number of classes.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-class-chart.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "ballast-chart-draw.h"

#define MIN_WIDTH_PX 200
#define MIN_HEIGHT_PX 160
#define NATURAL_HEIGHT_PX 320

struct _BallastClassChart
{
  GtkWidget parent_instance;

  BallastChartModel    *model;
  BallastChartGeometry *geometry;
  BallastChartFont     *font;
  BallastChartHit       dragged;
  double                drag_value;

  gboolean moved;              /* since the button went down */
};

G_DEFINE_FINAL_TYPE (BallastClassChart, ballast_class_chart, GTK_TYPE_WIDGET)

enum
{
  CLASS_ACTIVATED,
  CLASS_SELECTED,
  TARGET_DRAGGED,
  HANDLE_DRAGGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
invalidate_geometry (BallastClassChart *self)
{
  g_clear_pointer (&self->geometry, ballast_chart_geometry_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* (transfer none) (nullable): made where it is asked for, at the widget's size. */
static const BallastChartGeometry *
ensure_geometry (BallastClassChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (self->model == NULL || width <= 0 || height <= 0)
    return NULL;
  if (self->geometry != NULL && self->geometry->width == width && self->geometry->height == height)
    return self->geometry;

  g_clear_pointer (&self->geometry, ballast_chart_geometry_free);
  if (self->font == NULL)
    self->font = ballast_chart_font_new_for_context (gtk_widget_get_pango_context (widget));
  self->geometry = ballast_chart_geometry_new (self->model, width, height,
                                               ballast_chart_font_get_measure (self->font));

  return self->geometry;
}

static gboolean
is_class (BallastClassChart *self,
          int                class_index)
{
  return self->model != NULL && class_index >= 0 && (guint) class_index < self->model->n_classes;
}

/* What a screen reader says: the class the keyboard is on, or the whole chart. */
static void
update_description (BallastClassChart *self)
{
  g_autofree char *description = NULL;

  if (self->model == NULL)
    description = g_strdup ("");
  else if (is_class (self, self->model->selected))
    description = ballast_chart_model_describe_class (self->model, self->model->selected);
  else
    description = ballast_chart_model_describe (self->model);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

static void
set_hovered (BallastClassChart *self,
             int                class_index)
{
  if (self->model == NULL || self->model->hovered == class_index)
    return;

  self->model->hovered = class_index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static BallastChartHit
hit (BallastClassChart *self,
     double             x,
     double             y)
{
  const BallastChartGeometry *geometry = ensure_geometry (self);
  const BallastChartHit nothing = { BALLAST_CHART_PART_NONE, -1 };

  return geometry != NULL ? ballast_chart_geometry_hit (geometry, x, y) : nothing;
}

static const char *
get_cursor (BallastChartPart part)
{
  switch (part)
    {
    case BALLAST_CHART_PART_TARGET:
    case BALLAST_CHART_PART_HANDLE:
      return "ns-resize";
    case BALLAST_CHART_PART_CLASS:
      return "pointer";
    case BALLAST_CHART_PART_NONE:
    default:
      return NULL;
    }
}

static void
on_motion (GtkEventControllerMotion *motion,
           double                    x,
           double                    y,
           BallastClassChart        *self)
{
  BallastChartHit at = hit (self, x, y);

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), get_cursor (at.part));
  set_hovered (self, at.class_index);
}

static void
on_leave (GtkEventControllerMotion *motion,
          BallastClassChart        *self)
{
  set_hovered (self, -1);
}

static void
on_drag_begin (GtkGestureDrag    *gesture,
               double             x,
               double             y,
               BallastClassChart *self)
{
  BallastChartHit at = hit (self, x, y);

  self->moved = FALSE;
  self->dragged = at;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (at.part == BALLAST_CHART_PART_NONE)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
}

static void
emit_drag (BallastClassChart *self,
           gboolean           final)
{
  if (self->dragged.part == BALLAST_CHART_PART_TARGET)
    g_signal_emit (self, signals[TARGET_DRAGGED], 0, self->drag_value, final);
  else if (self->dragged.part == BALLAST_CHART_PART_HANDLE)
    g_signal_emit (self, signals[HANDLE_DRAGGED], 0, (guint) self->dragged.class_index,
                   self->drag_value, final);
}

static void
on_drag_update (GtkGestureDrag    *gesture,
                double             offset_x,
                double             offset_y,
                BallastClassChart *self)
{
  const BallastChartGeometry *geometry = ensure_geometry (self);
  double x;
  double y;
  double value;

  if (geometry == NULL || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  if (self->dragged.part != BALLAST_CHART_PART_TARGET &&
      self->dragged.part != BALLAST_CHART_PART_HANDLE)
    return;

  value = round (MAX (ballast_chart_geometry_y_to_value (geometry, y + offset_y), 0));
  if (self->moved && value == self->drag_value)
    return;

  self->moved = TRUE;
  self->drag_value = value;
  emit_drag (self, FALSE);
}

static void
activate_class (BallastClassChart *self,
                int                class_index)
{
  if (is_class (self, class_index))
    g_signal_emit (self, signals[CLASS_ACTIVATED], 0, (guint) class_index);
}

static void
on_drag_end (GtkGestureDrag    *gesture,
             double             offset_x,
             double             offset_y,
             BallastClassChart *self)
{
  BallastChartHit dragged = self->dragged;

  if (self->moved)
    emit_drag (self, TRUE);
  else if (dragged.class_index >= 0 && hypot (offset_x, offset_y) < 8)
    {
      ballast_class_chart_set_selected (self, dragged.class_index);
      activate_class (self, dragged.class_index);
    }
  self->dragged = (BallastChartHit) { BALLAST_CHART_PART_NONE, -1 };
  self->moved = FALSE;
}

static void
on_move (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastClassChart *self = BALLAST_CLASS_CHART (widget);
  const BallastChartGeometry *geometry = ensure_geometry (self);

  if (geometry == NULL)
    return;

  ballast_class_chart_set_selected (self,
                                    ballast_chart_geometry_step (geometry, self->model->selected,
                                                                 g_variant_get_int32 (parameter)));
  gtk_widget_trigger_tooltip_query (widget);
}

static void
on_activate (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BallastClassChart *self = BALLAST_CLASS_CHART (widget);

  if (self->model != NULL)
    activate_class (self, self->model->selected);
}

/* One step of the keyboard: a hundredth of what the chart shows, at least 1. */
static double
get_step (BallastClassChart *self)
{
  const BallastChartGeometry *geometry = ensure_geometry (self);

  return geometry != NULL ? MAX (1, round (geometry->value_max / 100)) : 1;
}

static void
on_nudge_target (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BallastClassChart *self = BALLAST_CLASS_CHART (widget);
  double target;

  if (self->model == NULL || self->model->target < 0)
    return;

  target = self->model->target + g_variant_get_int32 (parameter) * get_step (self);
  g_signal_emit (self, signals[TARGET_DRAGGED], 0, MAX (target, 0), TRUE);
}

static void
on_nudge_handle (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  BallastClassChart *self = BALLAST_CLASS_CHART (widget);
  double value;

  if (self->model == NULL || !self->model->handles || self->model->after == NULL ||
      !is_class (self, self->model->selected))
    return;

  value = (double) self->model->after[self->model->selected] +
          g_variant_get_int32 (parameter) * get_step (self);
  g_signal_emit (self, signals[HANDLE_DRAGGED], 0, (guint) self->model->selected, MAX (value, 0),
                 TRUE);
}

static gboolean
ballast_class_chart_query_tooltip (GtkWidget  *widget,
                                   int         x,
                                   int         y,
                                   gboolean    keyboard,
                                   GtkTooltip *tooltip)
{
  BallastClassChart *self = BALLAST_CLASS_CHART (widget);
  const BallastChartGeometry *geometry = ensure_geometry (self);
  g_autofree char *text = NULL;
  BallastChartRect rect;
  GdkRectangle area;
  int class_index;

  if (geometry == NULL)
    return FALSE;

  class_index = keyboard ? self->model->selected : hit (self, x, y).class_index;
  if (!is_class (self, class_index))
    return FALSE;

  text = ballast_chart_model_describe_class (self->model, class_index);
  rect = ballast_chart_geometry_get_class_rect (geometry, class_index);
  gtk_tooltip_set_text (tooltip, text);
  area = (GdkRectangle) { rect.x, rect.y, MAX (rect.width, 1), MAX (rect.height, 1) };
  gtk_tooltip_set_tip_area (tooltip, &area);
  return TRUE;
}

static void
ballast_class_chart_measure (GtkWidget     *widget,
                             GtkOrientation orientation,
                             int            for_size,
                             int           *minimum,
                             int           *natural,
                             int           *minimum_baseline,
                             int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? MIN_HEIGHT_PX : MIN_WIDTH_PX;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? NATURAL_HEIGHT_PX : MIN_WIDTH_PX;
}

static void
ballast_class_chart_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  BallastClassChart *self = BALLAST_CLASS_CHART (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  const BallastTheme *theme = ballast_theme_get (adw_style_manager_get_dark (style),
                                                 adw_style_manager_get_high_contrast (style));
  const BallastChartGeometry *geometry = ensure_geometry (self);
  cairo_t *cr;

  if (geometry == NULL)
    return;

  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, geometry->width, geometry->height));
  ballast_chart_draw (cr, self->model, geometry, theme, self->font,
                      gtk_widget_has_visible_focus (widget));
  cairo_destroy (cr);
}

static gboolean
ballast_class_chart_focus (GtkWidget       *widget,
                           GtkDirectionType direction)
{
  if (gtk_widget_has_focus (widget))
    return FALSE;

  return gtk_widget_grab_focus (widget);
}

static void
ballast_class_chart_css_changed (GtkWidget         *widget,
                                 GtkCssStyleChange *change)
{
  BallastClassChart *self = BALLAST_CLASS_CHART (widget);

  GTK_WIDGET_CLASS (ballast_class_chart_parent_class)->css_changed (widget, change);
  g_clear_pointer (&self->font, ballast_chart_font_free);
  invalidate_geometry (self);
}

static void
ballast_class_chart_finalize (GObject *object)
{
  BallastClassChart *self = BALLAST_CLASS_CHART (object);

  g_clear_pointer (&self->geometry, ballast_chart_geometry_free);
  g_clear_pointer (&self->font, ballast_chart_font_free);
  g_clear_pointer (&self->model, ballast_chart_model_free);

  G_OBJECT_CLASS (ballast_class_chart_parent_class)->finalize (object);
}

static void
install_signals (GType type)
{
  signals[CLASS_ACTIVATED] = g_signal_new ("class-activated", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CLASS_SELECTED] = g_signal_new ("class-selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[TARGET_DRAGGED] = g_signal_new ("target-dragged", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_BOOLEAN);
  signals[HANDLE_DRAGGED] = g_signal_new ("handle-dragged", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_DOUBLE,
                                          G_TYPE_BOOLEAN);
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
    int             argument;
  } keys[] = {
    { GDK_KEY_Left, 0, "chart.move", -1 },
    { GDK_KEY_Right, 0, "chart.move", 1 },
    { GDK_KEY_Page_Up, 0, "chart.move", -10 },
    { GDK_KEY_Page_Down, 0, "chart.move", 10 },
    { GDK_KEY_Home, 0, "chart.move", G_MININT },
    { GDK_KEY_End, 0, "chart.move", G_MAXINT },
    { GDK_KEY_Up, 0, "chart.nudge-handle", 1 },
    { GDK_KEY_Down, 0, "chart.nudge-handle", -1 },
    { GDK_KEY_Up, GDK_CONTROL_MASK, "chart.nudge-target", 1 },
    { GDK_KEY_Down, GDK_CONTROL_MASK, "chart.nudge-target", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers,
                                         keys[i].action, "i", keys[i].argument);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "chart.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "chart.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "chart.activate", NULL);
}

static void
ballast_class_chart_class_init (BallastClassChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = ballast_class_chart_finalize;
  widget_class->measure = ballast_class_chart_measure;
  widget_class->snapshot = ballast_class_chart_snapshot;
  widget_class->focus = ballast_class_chart_focus;
  widget_class->css_changed = ballast_class_chart_css_changed;
  widget_class->query_tooltip = ballast_class_chart_query_tooltip;

  install_signals (G_TYPE_FROM_CLASS (klass));
  gtk_widget_class_set_css_name (widget_class, "classchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_install_action (widget_class, "chart.move", "i", on_move);
  gtk_widget_class_install_action (widget_class, "chart.activate", NULL, on_activate);
  gtk_widget_class_install_action (widget_class, "chart.nudge-target", "i", on_nudge_target);
  gtk_widget_class_install_action (widget_class, "chart.nudge-handle", "i", on_nudge_handle);
  bind_keys (widget_class);
}

static void
ballast_class_chart_init (BallastClassChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();
  AdwStyleManager *style = adw_style_manager_get_default ();

  self->dragged.class_index = -1;
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Class distribution"), -1);

  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (drag));

  /* The chart's colours are not CSS: nothing else would draw it anew. */
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
ballast_class_chart_new (void)
{
  return g_object_new (BALLAST_TYPE_CLASS_CHART, NULL);
}

void
ballast_class_chart_take_model (BallastClassChart *self,
                                BallastChartModel *model)
{
  g_return_if_fail (BALLAST_IS_CLASS_CHART (self));

  if (model != NULL && self->model != NULL && model->n_classes == self->model->n_classes)
    {
      model->selected = self->model->selected;
      model->hovered = self->model->hovered;
    }

  g_clear_pointer (&self->model, ballast_chart_model_free);
  self->model = model;
  invalidate_geometry (self);
  update_description (self);
}

const BallastChartModel *
ballast_class_chart_get_model (BallastClassChart *self)
{
  g_return_val_if_fail (BALLAST_IS_CLASS_CHART (self), NULL);

  return self->model;
}

void
ballast_class_chart_set_scale (BallastClassChart *self,
                               BallastChartScale  scale)
{
  g_return_if_fail (BALLAST_IS_CLASS_CHART (self));

  if (self->model == NULL || self->model->scale == scale)
    return;

  self->model->scale = scale;
  invalidate_geometry (self);
}

void
ballast_class_chart_set_sort (BallastClassChart *self,
                              BallastChartSort   sort)
{
  g_return_if_fail (BALLAST_IS_CLASS_CHART (self));

  if (self->model == NULL || self->model->sort == sort)
    return;

  self->model->sort = sort;
  invalidate_geometry (self);
}

int
ballast_class_chart_get_selected (BallastClassChart *self)
{
  g_return_val_if_fail (BALLAST_IS_CLASS_CHART (self), -1);

  return self->model != NULL ? self->model->selected : -1;
}

void
ballast_class_chart_set_selected (BallastClassChart *self,
                                  int                class_index)
{
  g_return_if_fail (BALLAST_IS_CLASS_CHART (self));

  if (self->model == NULL || self->model->selected == class_index)
    return;

  self->model->selected = is_class (self, class_index) ? class_index : -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  update_description (self);
  g_signal_emit (self, signals[CLASS_SELECTED], 0, self->model->selected);
}
