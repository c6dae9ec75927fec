/*
 * A scale with two handles, which GTK has not.
 *
 * The parts carry the CSS names of GtkScale (scale, trough, highlight, slider), so the theme draws
 * them: light, dark and high contrast come for nothing.  Handles are widgets of their own, because
 * focus and accessible values belong to widgets.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-range-slider.h"

#include <glib/gi18n.h>
#include <math.h>

#define NATURAL_WIDTH_PX 120
#define PAGE_STEPS 10

enum
{
  LOWER,
  UPPER,
  N_HANDLES,
};

enum
{
  CHANGED,
  COMMITTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void place_parts (BallastRangeSlider *self,
                         int                 width,
                         int                 height);

/* The trough, and in it the highlight and the handles: boxes that only the theme draws. */
#define BALLAST_TYPE_RANGE_PART (ballast_range_part_get_type ())
G_DECLARE_FINAL_TYPE (BallastRangePart, ballast_range_part, BALLAST, RANGE_PART, GtkWidget)

struct _BallastRangePart
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (BallastRangePart, ballast_range_part, GTK_TYPE_WIDGET)

static void
ballast_range_part_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  /* Only the trough has children, and only the slider knows where they belong. */
  if (BALLAST_IS_RANGE_SLIDER (parent))
    place_parts (BALLAST_RANGE_SLIDER (parent), width, height);
}

static void
ballast_range_part_class_init (BallastRangePartClass *klass)
{
  GTK_WIDGET_CLASS (klass)->size_allocate = ballast_range_part_size_allocate;
}

static void
ballast_range_part_init (BallastRangePart *self)
{
}

struct _BallastRangeSlider
{
  GtkWidget parent_instance;

  GtkWidget *trough;
  GtkWidget *highlight;
  GtkWidget *handles[N_HANDLES];

  double minimum;
  double maximum;
  double step;
  double values[N_HANDLES];
  int    dragged;     /* a handle, or -1 */
  guint  two_handles : 1;
};

G_DEFINE_FINAL_TYPE (BallastRangeSlider, ballast_range_slider, GTK_TYPE_WIDGET)

static int
get_handle_width (BallastRangeSlider *self)
{
  int width;

  gtk_widget_measure (self->handles[UPPER], GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL,
                      NULL);
  return width;
}

/* The theme's negative margins make a handle as high as the trough is thick. */
static int
get_trough_height (BallastRangeSlider *self)
{
  int height;

  gtk_widget_measure (self->handles[UPPER], GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL,
                      NULL);
  return height;
}

/*
 * How far along the trough a value stands, 0 … 1.  Where zero lies inside, it stands in the middle
 * and small values get more room than large ones (a square root to each side): of the angles from
 * −180° to 180°, those of a few degrees are what people choose among.
 */
static double
value_to_share (BallastRangeSlider *self,
                double              value)
{
  if (self->minimum >= 0 || self->maximum <= 0)
    return (value - self->minimum) / (self->maximum - self->minimum);

  return value < 0 ? 0.5 - 0.5 * sqrt (value / self->minimum)
                   : 0.5 + 0.5 * sqrt (value / self->maximum);
}

static double
share_to_value (BallastRangeSlider *self,
                double              share)
{
  double side = 2 * share - 1;

  if (self->minimum >= 0 || self->maximum <= 0)
    return self->minimum + share * (self->maximum - self->minimum);

  return side * side * (side < 0 ? self->minimum : self->maximum);
}

/* Where the middle of a handle at @value stands in a trough of @width. */
static double
value_to_x (BallastRangeSlider *self,
            double              value,
            int                 width)
{
  double room = MAX (width - get_handle_width (self), 1);
  double share = value_to_share (self, value);

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    share = 1 - share;
  return (width - room) / 2 + share * room;
}

static double
x_to_value (BallastRangeSlider *self,
            double              x)
{
  int width = gtk_widget_get_width (self->trough);
  double room = MAX (width - get_handle_width (self), 1);
  double share = CLAMP ((x - (width - room) / 2) / room, 0, 1);

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    share = 1 - share;
  return share_to_value (self, share);
}

static double
round_to_step (BallastRangeSlider *self,
               double              value)
{
  double rounded = self->minimum + round ((value - self->minimum) / self->step) * self->step;

  /* -0.0 would be shown with its sign. */
  return CLAMP (rounded, self->minimum, self->maximum) + 0.0;
}

static void
update_accessible (BallastRangeSlider *self)
{
  for (int i = 0; i < N_HANDLES; i++)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->handles[i]),
                                    GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, self->minimum,
                                    GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, self->maximum,
                                    GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->values[i], -1);
}

/* Moves one handle, which stops at the other.  Returns whether its value is another one now. */
static gboolean
move_handle (BallastRangeSlider *self,
             int                 handle,
             double              value)
{
  value = round_to_step (self, value);
  if (self->two_handles)
    value = handle == LOWER ? MIN (value, self->values[UPPER]) : MAX (value, self->values[LOWER]);
  if (value == self->values[handle])
    return FALSE;

  self->values[handle] = value;
  update_accessible (self);
  gtk_widget_queue_allocate (self->trough);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

/* The nearer handle on the screen; between two in one place, the one that can go where the pointer is. */
static int
find_handle_near (BallastRangeSlider *self,
                  double              value)
{
  double share = value_to_share (self, value);
  double to_lower = fabs (share - value_to_share (self, self->values[LOWER]));
  double to_upper = fabs (share - value_to_share (self, self->values[UPPER]));

  if (!self->two_handles)
    return UPPER;
  if (to_lower == to_upper)
    return value < self->values[LOWER] ? LOWER : UPPER;
  return to_lower < to_upper ? LOWER : UPPER;
}

static void
on_drag_begin (GtkGestureDrag     *gesture,
               double              x,
               double              y,
               BallastRangeSlider *self)
{
  double value = x_to_value (self, x);

  self->dragged = find_handle_near (self, value);
  gtk_widget_grab_focus (self->handles[self->dragged]);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  move_handle (self, self->dragged, value);
}

static void
on_drag_update (GtkGestureDrag     *gesture,
                double              offset_x,
                double              offset_y,
                BallastRangeSlider *self)
{
  double start_x;

  gtk_gesture_drag_get_start_point (gesture, &start_x, NULL);
  if (self->dragged >= 0)
    move_handle (self, self->dragged, x_to_value (self, start_x + offset_x));
}

static void
on_drag_end (GtkGestureDrag     *gesture,
             double              offset_x,
             double              offset_y,
             BallastRangeSlider *self)
{
  if (self->dragged < 0)
    return;

  self->dragged = -1;
  g_signal_emit (self, signals[COMMITTED], 0);
}

static gboolean
find_key_value (BallastRangeSlider *self,
                double              current,
                guint               keyval,
                double             *value)
{
  gboolean reversed = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if (keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left)
    *value = current + (reversed ? self->step : -self->step);
  else if (keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right)
    *value = current + (reversed ? -self->step : self->step);
  else if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    *value = current + self->step;
  else if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    *value = current - self->step;
  else if (keyval == GDK_KEY_Page_Up)
    *value = current + PAGE_STEPS * self->step;
  else if (keyval == GDK_KEY_Page_Down)
    *value = current - PAGE_STEPS * self->step;
  else if (keyval == GDK_KEY_Home)
    *value = self->minimum;
  else if (keyval == GDK_KEY_End)
    *value = self->maximum;
  else
    return FALSE;

  return TRUE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        modifiers,
                BallastRangeSlider    *self)
{
  GtkWidget *handle = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  int index = handle == self->handles[LOWER] ? LOWER : UPPER;
  double value;

  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
      !find_key_value (self, self->values[index], keyval, &value))
    return GDK_EVENT_PROPAGATE;

  if (move_handle (self, index, value))
    g_signal_emit (self, signals[COMMITTED], 0);
  return GDK_EVENT_STOP;
}

static void
ballast_range_slider_measure (GtkWidget     *widget,
                              GtkOrientation orientation,
                              int            for_size,
                              int           *minimum,
                              int           *natural,
                              int           *minimum_baseline,
                              int           *natural_baseline)
{
  BallastRangeSlider *self = BALLAST_RANGE_SLIDER (widget);
  int trough, handle;

  gtk_widget_measure (self->trough, orientation, -1, &trough, NULL, NULL, NULL);
  gtk_widget_measure (self->handles[UPPER], orientation, -1, &handle, NULL, NULL, NULL);
  *minimum = MAX (trough, handle);
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (*minimum, NATURAL_WIDTH_PX) : *minimum;
  *minimum_baseline = *natural_baseline = -1;
}

static void
allocate_handle (BallastRangeSlider *self,
                 int                 handle,
                 int                 width,
                 int                 height)
{
  GtkAllocation place;

  gtk_widget_measure (self->handles[handle], GTK_ORIENTATION_HORIZONTAL, -1, &place.width, NULL,
                      NULL, NULL);
  gtk_widget_measure (self->handles[handle], GTK_ORIENTATION_VERTICAL, -1, &place.height, NULL,
                      NULL, NULL);
  place.x = (int) (value_to_x (self, self->values[handle], width) - place.width / 2.0);
  place.y = (height - place.height) / 2;
  gtk_widget_size_allocate (self->handles[handle], &place, -1);
}

/* Within the trough, which is @width × @height. */
static void
place_parts (BallastRangeSlider *self,
             int                 width,
             int                 height)
{
  double from = self->two_handles ? value_to_x (self, self->values[LOWER], width)
                                  : value_to_x (self, self->minimum, width);
  double to = value_to_x (self, self->values[UPPER], width);
  GtkAllocation place = { (int) MIN (from, to), 0, MAX ((int) fabs (to - from), 1), height };

  gtk_widget_size_allocate (self->highlight, &place, -1);
  for (int i = 0; i < N_HANDLES; i++)
    if (gtk_widget_get_child_visible (self->handles[i]))
      allocate_handle (self, i, width, height);
}

static void
ballast_range_slider_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  BallastRangeSlider *self = BALLAST_RANGE_SLIDER (widget);
  GtkAllocation place = { .width = width, .height = get_trough_height (self) };

  place.y = (height - place.height) / 2;
  gtk_widget_size_allocate (self->trough, &place, -1);
}

static void
ballast_range_slider_dispose (GObject *object)
{
  BallastRangeSlider *self = BALLAST_RANGE_SLIDER (object);

  for (int i = 0; i < N_HANDLES; i++)
    g_clear_pointer (&self->handles[i], gtk_widget_unparent);
  g_clear_pointer (&self->highlight, gtk_widget_unparent);
  g_clear_pointer (&self->trough, gtk_widget_unparent);

  G_OBJECT_CLASS (ballast_range_slider_parent_class)->dispose (object);
}

static void
ballast_range_slider_class_init (BallastRangeSliderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ballast_range_slider_dispose;
  widget_class->measure = ballast_range_slider_measure;
  widget_class->size_allocate = ballast_range_slider_size_allocate;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[COMMITTED] = g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "scale");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
new_part (GtkWidget        *parent,
          const char       *css_name,
          GtkAccessibleRole role)
{
  GtkWidget *part = g_object_new (BALLAST_TYPE_RANGE_PART, "css-name", css_name,
                                  "accessible-role", role, NULL);

  gtk_widget_set_parent (part, parent);
  return part;
}

static void
ballast_range_slider_init (BallastRangeSlider *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->maximum = 1;
  self->step = 0.01;
  self->dragged = -1;
  self->trough = new_part (GTK_WIDGET (self), "trough", GTK_ACCESSIBLE_ROLE_PRESENTATION);
  self->highlight = new_part (self->trough, "highlight", GTK_ACCESSIBLE_ROLE_PRESENTATION);
  for (int i = 0; i < N_HANDLES; i++)
    {
      GtkEventController *keys = gtk_event_controller_key_new ();

      self->handles[i] = new_part (self->trough, "slider", GTK_ACCESSIBLE_ROLE_SLIDER);
      gtk_widget_set_focusable (self->handles[i], TRUE);
      g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
      gtk_widget_add_controller (self->handles[i], keys);
    }

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_css_class (GTK_WIDGET (self), "horizontal");
  gtk_widget_add_css_class (GTK_WIDGET (self), "range-slider");
}

GtkWidget *
ballast_range_slider_new (double   minimum,
                          double   maximum,
                          double   step,
                          gboolean two_handles)
{
  BallastRangeSlider *self;

  g_return_val_if_fail (minimum < maximum && step > 0, NULL);

  self = g_object_new (BALLAST_TYPE_RANGE_SLIDER, NULL);
  self->minimum = minimum;
  self->maximum = maximum;
  self->step = step;
  self->two_handles = two_handles;
  self->values[LOWER] = minimum;
  self->values[UPPER] = maximum;
  gtk_widget_set_child_visible (self->handles[LOWER], two_handles);
  gtk_widget_set_focusable (self->handles[LOWER], two_handles);
  update_accessible (self);
  return GTK_WIDGET (self);
}

void
ballast_range_slider_set_label (BallastRangeSlider *self,
                                const char         *label)
{
  /* Translators: the two handles of a slider; %s is what it sets, for example "Angle". */
  const char *const patterns[N_HANDLES] = { _("%s, from"), _("%s, to") };

  g_return_if_fail (BALLAST_IS_RANGE_SLIDER (self));

  for (int i = 0; i < N_HANDLES; i++)
    {
      g_autoptr(GString) name = g_string_new (self->two_handles ? patterns[i] : "%s");

      g_string_replace (name, "%s", label, 1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->handles[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
    }
}

void
ballast_range_slider_set_values (BallastRangeSlider *self,
                                 double              lower,
                                 double              upper)
{
  g_return_if_fail (BALLAST_IS_RANGE_SLIDER (self));

  self->values[UPPER] = CLAMP (upper, self->minimum, self->maximum);
  self->values[LOWER] = CLAMP (lower, self->minimum, self->values[UPPER]);
  update_accessible (self);
  gtk_widget_queue_allocate (self->trough);
}

double
ballast_range_slider_get_lower (BallastRangeSlider *self)
{
  g_return_val_if_fail (BALLAST_IS_RANGE_SLIDER (self), 0);

  return self->values[LOWER];
}

double
ballast_range_slider_get_upper (BallastRangeSlider *self)
{
  g_return_val_if_fail (BALLAST_IS_RANGE_SLIDER (self), 0);

  return self->values[UPPER];
}
