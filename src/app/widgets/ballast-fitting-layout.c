/*
 * Cells of one size, as large as fit.
 *
 * Every number of columns is tried, which is as many steps as there are children.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-fitting-layout.h"

#define SPACING_PX 12
#define LEAST_WIDTH_PX 116
#define NATURAL_WIDTH_PX 182
#define MOST_WIDTH_PX 360
#define NATURAL_COLUMNS 3
#define LEAST_ASPECT 0.5
#define MOST_ASPECT 1.5

struct _BallastFittingLayout
{
  GtkLayoutManager parent_instance;

  double aspect;
  int    picture_px;
};

G_DEFINE_FINAL_TYPE (BallastFittingLayout, ballast_fitting_layout, GTK_TYPE_LAYOUT_MANAGER)

enum
{
  RESIZED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What all children need. */
typedef struct
{
  int n;
  int caption; /* height of a cell without its picture */
} Cells;

static Cells
measure_cells (GtkWidget *widget)
{
  Cells cells = { 0, 0 };

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
      cells.caption = MAX (cells.caption, minimum);
      cells.n++;
    }

  return cells;
}

static int
get_cell_width (int width,
                int columns)
{
  return MIN ((width - (columns - 1) * SPACING_PX) / columns, MOST_WIDTH_PX);
}

static int
get_cell_height (BallastFittingLayout *self,
                 const Cells          *cells,
                 int                   cell_width)
{
  return cells->caption + (int) (cell_width * self->aspect);
}

static int
get_height (BallastFittingLayout *self,
            const Cells          *cells,
            int                   width,
            int                   columns)
{
  int rows = (cells->n + columns - 1) / columns;
  int cell = get_cell_height (self, cells, get_cell_width (width, columns));

  return rows * cell + (rows - 1) * SPACING_PX;
}

/* As many columns as there can be, for the least height. */
static int
get_most_columns (const Cells *cells,
                  int          width)
{
  return CLAMP ((width + SPACING_PX) / (LEAST_WIDTH_PX + SPACING_PX), 1, MAX (cells->n, 1));
}

static int
find_columns (BallastFittingLayout *self,
              const Cells          *cells,
              int                   width,
              int                   height)
{
  int most = get_most_columns (cells, width);

  for (int columns = 1; columns < most; columns++)
    if (get_height (self, cells, width, columns) <= height)
      return columns;

  return most;
}

static GtkSizeRequestMode
ballast_fitting_layout_get_request_mode (GtkLayoutManager *manager,
                                         GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ballast_fitting_layout_measure (GtkLayoutManager *manager,
                                GtkWidget        *widget,
                                GtkOrientation    orientation,
                                int               for_size,
                                int              *minimum,
                                int              *natural,
                                int              *minimum_baseline,
                                int              *natural_baseline)
{
  BallastFittingLayout *self = BALLAST_FITTING_LAYOUT (manager);
  int width = NATURAL_COLUMNS * (NATURAL_WIDTH_PX + SPACING_PX) - SPACING_PX;
  Cells cells;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST_WIDTH_PX;
      *natural = width;
      return;
    }

  cells = measure_cells (widget);
  if (for_size > 0)
    width = for_size;
  *minimum = *natural = get_height (self, &cells, width, get_most_columns (&cells, width));
}

static void
set_picture_px (BallastFittingLayout *self,
                int                   picture_px)
{
  if (self->picture_px == picture_px)
    return;

  self->picture_px = picture_px;
  g_signal_emit (self, signals[RESIZED], 0);
}

static void
ballast_fitting_layout_allocate (GtkLayoutManager *manager,
                                 GtkWidget        *widget,
                                 int               width,
                                 int               height,
                                 int               baseline)
{
  BallastFittingLayout *self = BALLAST_FITTING_LAYOUT (manager);
  gboolean reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Cells cells = measure_cells (widget);
  int columns = find_columns (self, &cells, width, height);
  GtkAllocation place = { .width = get_cell_width (width, columns) };
  int i = 0;

  place.height = get_cell_height (self, &cells, place.width);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++)
    {
      place.x = (i % columns) * (place.width + SPACING_PX);
      if (reversed)
        place.x = width - place.width - place.x;
      place.y = (i / columns) * (place.height + SPACING_PX);
      gtk_widget_size_allocate (child, &place, -1);
    }

  set_picture_px (self, MAX (place.width, place.height - cells.caption));
}

static void
ballast_fitting_layout_class_init (BallastFittingLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = ballast_fitting_layout_get_request_mode;
  layout_class->measure = ballast_fitting_layout_measure;
  layout_class->allocate = ballast_fitting_layout_allocate;

  signals[RESIZED] = g_signal_new ("resized", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
ballast_fitting_layout_init (BallastFittingLayout *self)
{
  self->aspect = 0.75;
}

void
ballast_fitting_layout_set_aspect (BallastFittingLayout *self,
                                   double                aspect)
{
  g_return_if_fail (BALLAST_IS_FITTING_LAYOUT (self));

  aspect = CLAMP (aspect, LEAST_ASPECT, MOST_ASPECT);
  if (self->aspect == aspect)
    return;

  self->aspect = aspect;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}

int
ballast_fitting_layout_get_picture_px (BallastFittingLayout *self)
{
  g_return_val_if_fail (BALLAST_IS_FITTING_LAYOUT (self), 0);

  return self->picture_px;
}
