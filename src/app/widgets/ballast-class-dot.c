/*
 * A dot of ten pixels in a class's colour.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-class-dot.h"

#include "ballast-palette.h"

#define DIAMETER_PX 10

struct _BallastClassDot
{
  GtkWidget parent_instance;

  guint class_index;
};

G_DEFINE_FINAL_TYPE (BallastClassDot, ballast_class_dot, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CLASS_INDEX,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
ballast_class_dot_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  *minimum = DIAMETER_PX;
  *natural = DIAMETER_PX;
}

static void
ballast_class_dot_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  BallastClassDot *self = BALLAST_CLASS_DOT (widget);
  BallastInk ink = ballast_palette_get_class (self->class_index);
  GdkRGBA colour = { ink.red, ink.green, ink.blue, ink.alpha };
  graphene_rect_t bounds;
  GskRoundedRect outline;

  graphene_rect_init (&bounds, (gtk_widget_get_width (widget) - DIAMETER_PX) / 2,
                      (gtk_widget_get_height (widget) - DIAMETER_PX) / 2, DIAMETER_PX, DIAMETER_PX);
  gsk_rounded_rect_init_from_rect (&outline, &bounds, DIAMETER_PX / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &colour, &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
ballast_class_dot_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  g_value_set_uint (value, BALLAST_CLASS_DOT (object)->class_index);
}

static void
ballast_class_dot_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  ballast_class_dot_set_index (BALLAST_CLASS_DOT (object), g_value_get_uint (value));
}

static void
ballast_class_dot_class_init (BallastClassDotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ballast_class_dot_get_property;
  object_class->set_property = ballast_class_dot_set_property;
  widget_class->measure = ballast_class_dot_measure;
  widget_class->snapshot = ballast_class_dot_snapshot;

  properties[PROP_CLASS_INDEX]
    = g_param_spec_uint ("class-index", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ballast_class_dot_init (BallastClassDot *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
ballast_class_dot_new (guint class_index)
{
  return g_object_new (BALLAST_TYPE_CLASS_DOT, "class-index", class_index, NULL);
}

void
ballast_class_dot_set_index (BallastClassDot *self,
                             guint            class_index)
{
  g_return_if_fail (BALLAST_IS_CLASS_DOT (self));

  if (self->class_index == class_index)
    return;

  self->class_index = class_index;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLASS_INDEX]);
}
