/*
 * A picture on the screen.
 *
 * The picture lays itself out at the widget's size times the zoom; drawing and pointing go through
 * the same offset.  Which part is lit lives in the picture, so that it draws itself so.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-picture-view.h"

#include <adwaita.h>
#include <math.h>

#define MIN_WIDTH_PX 120
#define NATURAL_WIDTH_PX 360
#define MIN_HEIGHT_PX 120
#define MAX_HEIGHT_PX 620
#define ZOOM_STEP 1.25
#define MAX_ZOOM 8.0
#define WHEEL_PX 48.0

struct _BallastPictureView
{
  GtkWidget parent_instance;

  BallastPicture   *picture;
  BallastChartFont *font;
  gboolean          zoomable;
  gboolean          clickable;
  gboolean          laid_out;
  double            zoom;     /* 1 and up */
  double            x;        /* where the widget's corner is in the picture */
  double            y;
};

enum
{
  PART_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BallastPictureView, ballast_picture_view, GTK_TYPE_WIDGET)

static BallastChartFont *
ensure_font (BallastPictureView *self)
{
  if (self->font == NULL)
    self->font
      = ballast_chart_font_new_for_context (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  return self->font;
}

static void
keep_in_sight (BallastPictureView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  self->x = CLAMP (self->x, 0, width * (self->zoom - 1));
  self->y = CLAMP (self->y, 0, height * (self->zoom - 1));
}

/* FALSE where there is nothing to lay out. */
static gboolean
ensure_layout (BallastPictureView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)) * self->zoom;
  double height = gtk_widget_get_height (GTK_WIDGET (self)) * self->zoom;

  if (self->picture == NULL || width <= 0 || height <= 0)
    return FALSE;
  if (!self->laid_out || self->picture->width != width || self->picture->height != height)
    {
      ballast_picture_layout (self->picture, width, height, ensure_font (self));
      self->laid_out = TRUE;
      keep_in_sight (self);
    }
  return TRUE;
}

static void
update_description (BallastPictureView *self)
{
  int lit = ballast_picture_view_get_lit (self);
  g_autofree char *text = lit < 0 ? g_strdup ("") : ballast_picture_describe (self->picture, lit);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
set_lit (BallastPictureView *self,
         int                 part,
         gboolean            by_keyboard)
{
  if (self->picture == NULL || (self->picture->lit == part && self->picture->focused == by_keyboard))
    return;

  self->picture->lit = part;
  self->picture->focused = by_keyboard;
  if (by_keyboard)
    update_description (self);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   part >= 0 && self->clickable ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
reveal (BallastPictureView *self,
        guint               part)
{
  BallastChartRect area = ballast_picture_get_area (self->picture, part);
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));

  self->x = CLAMP (self->x, area.x + area.width + 8 - width, area.x - 8);
  self->y = CLAMP (self->y, area.y + area.height + 8 - height, area.y - 8);
  keep_in_sight (self);
}

static void
zoom_to (BallastPictureView *self,
         double              zoom)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double factor;

  zoom = CLAMP (zoom, 1, MAX_ZOOM);
  if (!self->zoomable || zoom == self->zoom)
    return;

  factor = zoom / self->zoom;
  self->x = (self->x + width / 2) * factor - width / 2;
  self->y = (self->y + height / 2) * factor - height / 2;
  self->zoom = zoom;
  keep_in_sight (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (GtkEventControllerMotion *motion,
           double                    x,
           double                    y,
           BallastPictureView       *self)
{
  if (ensure_layout (self))
    set_lit (self, ballast_picture_hit (self->picture, x + self->x, y + self->y), FALSE);
}

static void
on_leave (GtkEventControllerMotion *motion,
          BallastPictureView       *self)
{
  set_lit (self, -1, FALSE);
}

static void
on_released (GtkGestureClick    *gesture,
             int                 n_press,
             double              x,
             double              y,
             BallastPictureView *self)
{
  int part = ensure_layout (self) ? ballast_picture_hit (self->picture, x + self->x, y + self->y)
                                  : -1;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (part >= 0)
    g_signal_emit (self, signals[PART_ACTIVATED], 0, part);
}

static gboolean
on_scroll (GtkEventControllerScroll *scroll,
           double                    dx,
           double                    dy,
           BallastPictureView       *self)
{
  GdkModifierType state
    = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  double x = self->x, y = self->y;

  if (self->zoomable && (state & GDK_CONTROL_MASK) != 0)
    {
      zoom_to (self, self->zoom * pow (ZOOM_STEP, -dy));
      return GDK_EVENT_STOP;
    }
  if (self->zoom <= 1)
    return GDK_EVENT_PROPAGATE;

  self->x += ((state & GDK_SHIFT_MASK) != 0 ? dy : dx) * WHEEL_PX;
  self->y += ((state & GDK_SHIFT_MASK) != 0 ? 0 : dy) * WHEEL_PX;
  keep_in_sight (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return self->x != x || self->y != y;
}

static void
on_step (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastPictureView *self = BALLAST_PICTURE_VIEW (widget);
  int dx, dy, part;

  if (!ensure_layout (self))
    return;
  g_variant_get (parameter, "(ii)", &dx, &dy);
  part = ballast_picture_step (self->picture, self->picture->lit, dx, dy);
  if (part < 0)
    return;
  set_lit (self, part, TRUE);
  reveal (self, part);
  gtk_widget_trigger_tooltip_query (widget);
}

static void
on_activate (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  int lit = ballast_picture_view_get_lit (BALLAST_PICTURE_VIEW (widget));

  if (lit >= 0)
    g_signal_emit (widget, signals[PART_ACTIVATED], 0, lit);
}

static void
on_zoom (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastPictureView *self = BALLAST_PICTURE_VIEW (widget);
  int way = g_variant_get_int32 (parameter);

  zoom_to (self, way == 0 ? 1 : self->zoom * pow (ZOOM_STEP, way));
}

static gboolean
ballast_picture_view_query_tooltip (GtkWidget  *widget,
                                    int         x,
                                    int         y,
                                    gboolean    keyboard,
                                    GtkTooltip *tooltip)
{
  BallastPictureView *self = BALLAST_PICTURE_VIEW (widget);
  g_autofree char *text = NULL;
  BallastChartRect area;
  GdkRectangle tip;
  int part;

  if (!ensure_layout (self))
    return FALSE;
  part = keyboard ? self->picture->lit
                  : ballast_picture_hit (self->picture, x + self->x, y + self->y);
  if (part < 0)
    return FALSE;

  area = ballast_picture_get_area (self->picture, part);
  text = ballast_picture_describe (self->picture, part);
  gtk_tooltip_set_text (tooltip, text);
  tip = (GdkRectangle){ (int) (area.x - self->x), (int) (area.y - self->y),
                        (int) MAX (area.width, 1), (int) MAX (area.height, 1) };
  gtk_tooltip_set_tip_area (tooltip, &tip);
  return TRUE;
}

static GtkSizeRequestMode
ballast_picture_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ballast_picture_view_measure (GtkWidget     *widget,
                              GtkOrientation orientation,
                              int            for_size,
                              int           *minimum,
                              int           *natural,
                              int           *minimum_baseline,
                              int           *natural_baseline)
{
  BallastPictureView *self = BALLAST_PICTURE_VIEW (widget);
  double width = for_size > 0 ? for_size : NATURAL_WIDTH_PX;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH_PX;
      *natural = NATURAL_WIDTH_PX;
      return;
    }
  *minimum = *natural = MIN_HEIGHT_PX;
  if (self->picture != NULL)
    *natural = (int) CLAMP (ceil (ballast_picture_get_height (self->picture, width,
                                                              ensure_font (self))),
                            MIN_HEIGHT_PX, MAX_HEIGHT_PX);
}

static void
ballast_picture_view_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  BallastPictureView *self = BALLAST_PICTURE_VIEW (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  const BallastTheme *theme = ballast_theme_get (adw_style_manager_get_dark (style),
                                                 adw_style_manager_get_high_contrast (style));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                               gtk_widget_get_height (widget));
  cairo_t *cr;

  if (!ensure_layout (self))
    return;

  gtk_snapshot_push_clip (snapshot, &bounds);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_translate (cr, -self->x, -self->y);
  ballast_picture_draw (self->picture, cr, theme, ensure_font (self));
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);
}

static gboolean
ballast_picture_view_focus (GtkWidget       *widget,
                            GtkDirectionType direction)
{
  return !gtk_widget_has_focus (widget) && gtk_widget_grab_focus (widget);
}

static void
ballast_picture_view_css_changed (GtkWidget         *widget,
                                  GtkCssStyleChange *change)
{
  BallastPictureView *self = BALLAST_PICTURE_VIEW (widget);

  GTK_WIDGET_CLASS (ballast_picture_view_parent_class)->css_changed (widget, change);
  g_clear_pointer (&self->font, ballast_chart_font_free);
  self->laid_out = FALSE;
}

static void
ballast_picture_view_finalize (GObject *object)
{
  BallastPictureView *self = BALLAST_PICTURE_VIEW (object);

  g_clear_pointer (&self->picture, ballast_picture_free);
  g_clear_pointer (&self->font, ballast_chart_font_free);

  G_OBJECT_CLASS (ballast_picture_view_parent_class)->finalize (object);
}

static void
install_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    int   dx;
    int   dy;
  } steps[] = {
    { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, 0, -1 }, { GDK_KEY_Down, 0, 1 },
    { GDK_KEY_Home, -G_MAXINT, 0 }, { GDK_KEY_End, G_MAXINT, 0 },
    { GDK_KEY_Page_Up, 0, -10 }, { GDK_KEY_Page_Down, 0, 10 },
  };
  static const struct
  {
    guint key;
    int   way;
  } zooms[] = { { GDK_KEY_plus, 1 }, { GDK_KEY_equal, 1 }, { GDK_KEY_minus, -1 }, { GDK_KEY_0, 0 } };

  gtk_widget_class_install_action (widget_class, "picture.step", "(ii)", on_step);
  gtk_widget_class_install_action (widget_class, "picture.activate", NULL, on_activate);
  gtk_widget_class_install_action (widget_class, "picture.zoom", "i", on_zoom);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    gtk_widget_class_add_binding_action (widget_class, steps[i].key, 0, "picture.step", "(ii)",
                                         steps[i].dx, steps[i].dy);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    gtk_widget_class_add_binding_action (widget_class, zooms[i].key, GDK_CONTROL_MASK,
                                         "picture.zoom", "i", zooms[i].way);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "picture.activate", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "picture.activate", NULL);
}

static void
ballast_picture_view_class_init (BallastPictureViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ballast_picture_view_finalize;
  widget_class->measure = ballast_picture_view_measure;
  widget_class->get_request_mode = ballast_picture_view_get_request_mode;
  widget_class->snapshot = ballast_picture_view_snapshot;
  widget_class->focus = ballast_picture_view_focus;
  widget_class->css_changed = ballast_picture_view_css_changed;
  widget_class->query_tooltip = ballast_picture_view_query_tooltip;

  signals[PART_ACTIVATED] = g_signal_new ("part-activated", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                          G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "pictureview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  install_keys (widget_class);
}

static void
ballast_picture_view_init (BallastPictureView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  AdwStyleManager *style = adw_style_manager_get_default ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll
    = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *click = gtk_gesture_click_new ();

  self->zoom = 1;
  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_has_tooltip (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);

  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (widget, motion);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (widget, scroll);
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));

  /* The picture's colours are not CSS: nothing else would draw it anew. */
  g_signal_connect_object (style, "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
ballast_picture_view_new (void)
{
  return g_object_new (BALLAST_TYPE_PICTURE_VIEW, NULL);
}

void
ballast_picture_view_take_picture (BallastPictureView *self,
                                   BallastPicture     *picture)
{
  g_return_if_fail (BALLAST_IS_PICTURE_VIEW (self));

  g_clear_pointer (&self->picture, ballast_picture_free);
  self->picture = picture;
  self->laid_out = FALSE;
  update_description (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

BallastPicture *
ballast_picture_view_get_picture (BallastPictureView *self)
{
  g_return_val_if_fail (BALLAST_IS_PICTURE_VIEW (self), NULL);

  return self->picture;
}

void
ballast_picture_view_set_zoomable (BallastPictureView *self,
                                   gboolean            zoomable)
{
  g_return_if_fail (BALLAST_IS_PICTURE_VIEW (self));

  self->zoomable = zoomable;
  if (!zoomable)
    self->zoom = 1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ballast_picture_view_set_clickable (BallastPictureView *self,
                                    gboolean            clickable)
{
  g_return_if_fail (BALLAST_IS_PICTURE_VIEW (self));

  self->clickable = clickable;
}

int
ballast_picture_view_get_lit (BallastPictureView *self)
{
  g_return_val_if_fail (BALLAST_IS_PICTURE_VIEW (self), -1);

  return self->picture != NULL ? self->picture->lit : -1;
}
