/*
 * Cards in columns of one width.
 *
 * A flow box would take the columns from the cards' wishes; here the room decides, and a long
 * caption wraps.  O(cards).
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-card-grid.h"

struct _BallastCardGrid
{
  GtkWidget parent_instance;

  guint min_column_width;
  guint max_columns;
  guint spacing;
};

static void ballast_card_grid_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BallastCardGrid, ballast_card_grid, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      ballast_card_grid_buildable_init))

enum
{
  PROP_0,
  PROP_MIN_COLUMN_WIDTH,
  PROP_MAX_COLUMNS,
  PROP_SPACING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The next child at or after @child that takes room. */
static GtkWidget *
next_card (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static guint
count_cards (BallastCardGrid *self)
{
  guint n_cards = 0;

  for (GtkWidget *child = next_card (gtk_widget_get_first_child (GTK_WIDGET (self)));
       child != NULL; child = next_card (gtk_widget_get_next_sibling (child)))
    n_cards++;

  return n_cards;
}

/* What the widest card needs at least: words are longer in some languages. */
static guint
get_least_width (BallastCardGrid *self)
{
  int least = 0;

  for (GtkWidget *child = next_card (gtk_widget_get_first_child (GTK_WIDGET (self)));
       child != NULL; child = next_card (gtk_widget_get_next_sibling (child)))
    {
      int minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      least = MAX (least, minimum);
    }

  return (guint) least;
}

static guint
count_columns (BallastCardGrid *self,
               int              width)
{
  guint n_cards = MAX (count_cards (self), 1);
  guint column = MAX (self->min_column_width, get_least_width (self));
  guint fit = (MAX (width, 0) + self->spacing) / MAX (column + self->spacing, 1);
  guint columns = CLAMP (fit, 1, MIN (self->max_columns, n_cards));
  guint rows = (n_cards + columns - 1) / columns;

  return (n_cards + rows - 1) / rows;
}

static int
get_column_width (BallastCardGrid *self,
                  int              width,
                  guint            columns)
{
  return MAX ((width - (int) ((columns - 1) * self->spacing)) / (int) columns, 1);
}

/* The height of the row that begins with @first; @end is the first card of the next. */
static int
measure_row (GtkWidget  *first,
             guint       columns,
             int         column_width,
             GtkWidget **end)
{
  GtkWidget *child = first;
  int height = 0;

  for (guint i = 0; i < columns && child != NULL; i++)
    {
      int natural;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, column_width, NULL, &natural, NULL, NULL);
      height = MAX (height, natural);
      child = next_card (gtk_widget_get_next_sibling (child));
    }
  *end = child;

  return height;
}

static int
measure_height (BallastCardGrid *self,
                int              width)
{
  guint columns = count_columns (self, width);
  int column_width = get_column_width (self, width, columns);
  GtkWidget *child = next_card (gtk_widget_get_first_child (GTK_WIDGET (self)));
  int height = 0;

  while (child != NULL)
    height += measure_row (child, columns, column_width, &child) +
              (height > 0 ? (int) self->spacing : 0);

  return height;
}

static void
measure_width (BallastCardGrid *self,
               int             *minimum,
               int             *natural)
{
  guint n_cards = MIN (MAX (count_cards (self), 1), self->max_columns);

  guint least = get_least_width (self);

  *minimum = (int) least;
  *natural = (int) (n_cards * (MAX (self->min_column_width, least) + self->spacing));
}

static void
ballast_card_grid_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  BallastCardGrid *self = BALLAST_CARD_GRID (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (self, minimum, natural);
      return;
    }

  *natural = measure_height (self, for_size >= 0 ? for_size : 10000);
  *minimum = *natural;
}

static void
allocate_row (BallastCardGrid *self,
              GtkWidget       *child,
              guint            columns,
              GtkAllocation    cell)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  for (guint i = 0; i < columns && child != NULL; i++)
    {
      GtkAllocation allocation = cell;
      int step = width + self->spacing;

      allocation.x = i * step / columns;
      allocation.width = (i + 1) * step / columns - allocation.x - self->spacing;
      if (rtl)
        allocation.x = width - allocation.x - allocation.width;
      gtk_widget_size_allocate (child, &allocation, -1);
      child = next_card (gtk_widget_get_next_sibling (child));
    }
}

static void
ballast_card_grid_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  BallastCardGrid *self = BALLAST_CARD_GRID (widget);
  guint columns = count_columns (self, width);
  GtkAllocation cell = { 0, 0, get_column_width (self, width, columns), 0 };
  GtkWidget *child = next_card (gtk_widget_get_first_child (widget));
  gboolean one_row = count_cards (self) <= columns;

  while (child != NULL)
    {
      GtkWidget *first = child;

      cell.height = measure_row (first, columns, cell.width, &child);
      if (one_row)
        cell.height = MAX (cell.height, height);
      allocate_row (self, first, columns, cell);
      cell.y += cell.height + self->spacing;
    }
}

static GtkSizeRequestMode
ballast_card_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static guint *
get_field (BallastCardGrid *self,
           guint            property_id)
{
  switch (property_id)
    {
    case PROP_MIN_COLUMN_WIDTH:
      return &self->min_column_width;
    case PROP_MAX_COLUMNS:
      return &self->max_columns;
    default:
      return &self->spacing;
    }
}

static void
ballast_card_grid_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  g_value_set_uint (value, *get_field (BALLAST_CARD_GRID (object), property_id));
}

static void
ballast_card_grid_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  guint *field = get_field (BALLAST_CARD_GRID (object), property_id);

  if (*field == g_value_get_uint (value))
    return;

  *field = g_value_get_uint (value);
  gtk_widget_queue_resize (GTK_WIDGET (object));
  g_object_notify_by_pspec (object, pspec);
}

static void
ballast_card_grid_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (ballast_card_grid_parent_class)->dispose (object);
}

static void
ballast_card_grid_class_init (BallastCardGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ballast_card_grid_get_property;
  object_class->set_property = ballast_card_grid_set_property;
  object_class->dispose = ballast_card_grid_dispose;
  widget_class->measure = ballast_card_grid_measure;
  widget_class->size_allocate = ballast_card_grid_size_allocate;
  widget_class->get_request_mode = ballast_card_grid_get_request_mode;

  properties[PROP_MIN_COLUMN_WIDTH] = g_param_spec_uint ("min-column-width", NULL, NULL, 1, 10000,
                                                         160, flags);
  properties[PROP_MAX_COLUMNS] = g_param_spec_uint ("max-columns", NULL, NULL, 1, 100, 5, flags);
  properties[PROP_SPACING] = g_param_spec_uint ("spacing", NULL, NULL, 0, 1000, 12, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "cardgrid");
}

static void
ballast_card_grid_init (BallastCardGrid *self)
{
  self->min_column_width = 160;
  self->max_columns = 5;
  self->spacing = 12;
}

static GtkBuildableIface *parent_buildable;

static void
ballast_card_grid_add_child (GtkBuildable *buildable,
                             GtkBuilder   *builder,
                             GObject      *child,
                             const char   *type)
{
  if (GTK_IS_WIDGET (child))
    ballast_card_grid_append (BALLAST_CARD_GRID (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
ballast_card_grid_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = ballast_card_grid_add_child;
}

void
ballast_card_grid_append (BallastCardGrid *self,
                          GtkWidget       *child)
{
  g_return_if_fail (BALLAST_IS_CARD_GRID (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
