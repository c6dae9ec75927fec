/*
 * Children in lines.
 *
 * Measuring and allocating break lines with the same function, so that the height asked for is the
 * height used.  O(children).
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-wrap-box.h"

struct _BallastWrapBox
{
  GtkWidget parent_instance;

  guint spacing;     /* pixels, between children and between lines */
};

static void ballast_wrap_box_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BallastWrapBox, ballast_wrap_box, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      ballast_wrap_box_buildable_init))

enum
{
  PROP_0,
  PROP_SPACING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* A line: its children from @first to before @end. */
typedef struct
{
  GtkWidget *first;
  GtkWidget *end;
  int        width;  /* natural, without what expands */
  int        height;
  int        n_expand;
} Line;

static int
get_width (GtkWidget *child,
           int        available)
{
  int minimum;
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);

  return MAX (minimum, MIN (natural, available));
}

/* The line that begins with @first where @available pixels are wide. */
static Line
break_line (BallastWrapBox *self,
            GtkWidget      *first,
            int             available)
{
  Line line = { first, first, 0, 0, 0 };

  for (; line.end != NULL; line.end = gtk_widget_get_next_sibling (line.end))
    {
      GtkWidget *child = line.end;
      int gap = line.width > 0 ? (int) self->spacing : 0;
      int width;
      int height;

      if (!gtk_widget_should_layout (child))
        continue;

      width = get_width (child, available);
      if (line.width > 0 && line.width + gap + width > available)
        break;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
      line.width += gap + width;
      line.height = MAX (line.height, height);
      line.n_expand += gtk_widget_get_hexpand (child) ? 1 : 0;
    }

  return line;
}

static void
measure_width (BallastWrapBox *self,
               int            *minimum,
               int            *natural)
{
  *minimum = 0;
  *natural = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum;
      int child_natural;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? (int) self->spacing : 0);
    }
}

static int
measure_height (BallastWrapBox *self,
                int             width)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  int height = 0;

  while (child != NULL)
    {
      Line line = break_line (self, child, width);

      if (line.height > 0)
        height += line.height + (height > 0 ? (int) self->spacing : 0);
      child = line.end;
    }

  return height;
}

static void
ballast_wrap_box_measure (GtkWidget     *widget,
                          GtkOrientation orientation,
                          int            for_size,
                          int           *minimum,
                          int           *natural,
                          int           *minimum_baseline,
                          int           *natural_baseline)
{
  BallastWrapBox *self = BALLAST_WRAP_BOX (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, minimum, natural);
      return;
    }

  *natural = measure_height (self, for_size >= 0 ? for_size : G_MAXINT);
  *minimum = *natural;
}

static void
allocate_line (BallastWrapBox *self,
               const Line     *line,
               int             available,
               int             y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int extra = MAX (available - line->width, 0);
  int n_expand = line->n_expand;
  int x = 0;

  for (GtkWidget *child = line->first; child != line->end;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation allocation = { 0, y, 0, line->height };

      if (!gtk_widget_should_layout (child))
        continue;

      allocation.width = get_width (child, available);
      if (gtk_widget_get_hexpand (child))
        {
          int share = extra / n_expand--;

          allocation.width += share;
          extra -= share;
        }
      allocation.x = rtl ? available - x - allocation.width : x;
      gtk_widget_size_allocate (child, &allocation, -1);
      x += allocation.width + self->spacing;
    }
}

static void
ballast_wrap_box_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  BallastWrapBox *self = BALLAST_WRAP_BOX (widget);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int y = 0;

  while (child != NULL)
    {
      Line line = break_line (self, child, width);

      allocate_line (self, &line, width, y);
      if (line.height > 0)
        y += line.height + self->spacing;
      child = line.end;
    }
}

static GtkSizeRequestMode
ballast_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ballast_wrap_box_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  g_value_set_uint (value, BALLAST_WRAP_BOX (object)->spacing);
}

static void
ballast_wrap_box_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  BallastWrapBox *self = BALLAST_WRAP_BOX (object);
  guint spacing = g_value_get_uint (value);

  if (self->spacing == spacing)
    return;

  self->spacing = spacing;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
ballast_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ballast_wrap_box_parent_class)->dispose (object);
}

static void
ballast_wrap_box_class_init (BallastWrapBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = ballast_wrap_box_get_property;
  object_class->set_property = ballast_wrap_box_set_property;
  object_class->dispose = ballast_wrap_box_dispose;
  widget_class->measure = ballast_wrap_box_measure;
  widget_class->size_allocate = ballast_wrap_box_size_allocate;
  widget_class->get_request_mode = ballast_wrap_box_get_request_mode;

  properties[PROP_SPACING]
    = g_param_spec_uint ("spacing", NULL, NULL, 0, 1000, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "wrapbox");
}

static void
ballast_wrap_box_init (BallastWrapBox *self)
{
}

static GtkBuildableIface *parent_buildable;

static void
ballast_wrap_box_add_child (GtkBuildable *buildable,
                            GtkBuilder   *builder,
                            GObject      *child,
                            const char   *type)
{
  if (GTK_IS_WIDGET (child))
    gtk_widget_set_parent (GTK_WIDGET (child), GTK_WIDGET (buildable));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
ballast_wrap_box_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = ballast_wrap_box_add_child;
}

GtkWidget *
ballast_wrap_box_new (guint spacing)
{
  return g_object_new (BALLAST_TYPE_WRAP_BOX, "spacing", spacing, NULL);
}

void
ballast_wrap_box_append (BallastWrapBox *self,
                         GtkWidget      *child)
{
  g_return_if_fail (BALLAST_IS_WRAP_BOX (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
