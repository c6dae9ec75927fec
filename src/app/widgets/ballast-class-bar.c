/*
 * A bar of four pixels with round ends on a pale track.
 *
 * Colour nodes, not cairo: an unchanged row of a list costs nothing to draw again.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-class-bar.h"

#include <adwaita.h>

#include "ballast-palette.h"

#define HEIGHT_PX 5
#define MIN_WIDTH_PX 40

struct _BallastClassBar
{
  GtkWidget parent_instance;

  guint  class_index;
  double relative;
};

G_DEFINE_FINAL_TYPE (BallastClassBar, ballast_class_bar, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CLASS_INDEX,
  PROP_RELATIVE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
ballast_class_bar_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT_PX : MIN_WIDTH_PX;
  *natural = *minimum;
}

static void
append_bar (GtkSnapshot      *snapshot,
            const BallastInk *ink,
            double            x,
            double            width)
{
  GdkRGBA colour = { ink->red, ink->green, ink->blue, ink->alpha };
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, 0, width, HEIGHT_PX);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, HEIGHT_PX / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
ballast_class_bar_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  BallastClassBar *self = BALLAST_CLASS_BAR (widget);
  AdwStyleManager *style = adw_style_manager_get_default ();
  const BallastTheme *theme = ballast_theme_get (adw_style_manager_get_dark (style),
                                                 adw_style_manager_get_high_contrast (style));
  BallastInk ink = ballast_palette_get_class (self->class_index);
  int width = gtk_widget_get_width (widget);
  double length = self->relative > 0 ? MAX (self->relative * width, HEIGHT_PX) : 0;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  append_bar (snapshot, &theme->track, 0, width);
  if (length > 0)
    append_bar (snapshot, &ink, rtl ? width - length : 0, length);
}

static void
ballast_class_bar_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  BallastClassBar *self = BALLAST_CLASS_BAR (object);

  if (property_id == PROP_RELATIVE)
    g_value_set_double (value, self->relative);
  else
    g_value_set_uint (value, self->class_index);
}

static void
ballast_class_bar_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  BallastClassBar *self = BALLAST_CLASS_BAR (object);

  if (property_id == PROP_RELATIVE)
    ballast_class_bar_set_relative (self, g_value_get_double (value));
  else
    ballast_class_bar_set_index (self, g_value_get_uint (value));
}

static void
ballast_class_bar_class_init (BallastClassBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ballast_class_bar_get_property;
  object_class->set_property = ballast_class_bar_set_property;
  widget_class->measure = ballast_class_bar_measure;
  widget_class->snapshot = ballast_class_bar_snapshot;

  properties[PROP_CLASS_INDEX] = g_param_spec_uint ("class-index", NULL, NULL, 0, G_MAXUINT, 0,
                                                    flags);
  properties[PROP_RELATIVE] = g_param_spec_double ("relative", NULL, NULL, 0, 1, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ballast_class_bar_init (BallastClassBar *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  /* The track's colour is the style's: no CSS node would ask for a redraw. */
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

void
ballast_class_bar_set_index (BallastClassBar *self,
                             guint            class_index)
{
  g_return_if_fail (BALLAST_IS_CLASS_BAR (self));

  if (self->class_index == class_index)
    return;

  self->class_index = class_index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLASS_INDEX]);
}

void
ballast_class_bar_set_relative (BallastClassBar *self,
                                double           relative)
{
  g_return_if_fail (BALLAST_IS_CLASS_BAR (self));

  relative = CLAMP (relative, 0, 1);
  if (self->relative == relative)
    return;

  self->relative = relative;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RELATIVE]);
}
