/*
 * The matrix of classes that stand together.
 *
 * Cells become squares where there are many and grow wide where there are few; names of columns
 * stand upright above them.  Where cells are smaller than a line of text, names are left away and
 * pointing tells them.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-matrix-picture.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ballast-chart-model.h"
#include "ballast-colour-ramp.h"

#define MAX_CELL_WIDTH 92.0
#define MAX_CELL_HEIGHT 46.0
#define MAX_NAME_SHARE 0.32
#define MAX_NAME_PX 132.0
#define LEGEND_PX 30.0
#define SMALL 0.86
#define LEAST_NAME_SIZE 0.62

const char *
ballast_matrix_mode_get_name (BallastMatrixMode mode)
{
  static const char *const names[] = { "share", "counts", "jaccard" };

  return names[mode];
}

double
ballast_matrix_picture_get (const BallastMatrixPicture *self,
                            guint                       row,
                            guint                       column)
{
  guint64 both = self->both[row * self->n + column];
  guint64 a = self->classes[row].images, b = self->classes[column].images;

  switch (self->mode)
    {
    case BALLAST_MATRIX_SHARE:
      return a > 0 ? (double) both / a : 0;
    case BALLAST_MATRIX_JACCARD:
      return a + b - both > 0 ? (double) both / (a + b - both) : 0;
    case BALLAST_MATRIX_COUNTS:
    default:
      return both;
    }
}

/* The largest value off the diagonal. */
static double
find_most (const BallastMatrixPicture *self)
{
  double most = 0;

  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < self->n; j++)
      if (i != j)
        most = MAX (most, ballast_matrix_picture_get (self, i, j));
  return most;
}

static double
get_top_of_scale (const BallastMatrixPicture *self)
{
  return self->mode == BALLAST_MATRIX_COUNTS ? MAX (find_most (self), 1) : 1;
}

double
ballast_matrix_picture_get_heat (const BallastMatrixPicture *self,
                                 guint                       row,
                                 guint                       column)
{
  return ballast_matrix_picture_get (self, row, column) / get_top_of_scale (self);
}

static double
find_name_width (const BallastMatrixPicture *self,
                 BallastChartFont           *font)
{
  const BallastTextMeasure *measure = ballast_chart_font_get_measure (font);
  double widest = 0;

  for (guint i = 0; i < self->n; i++)
    widest = MAX (widest, measure->get_width (self->classes[i].name, measure->user_data));
  return ceil (widest) + 16;
}

static void
matrix_layout (BallastPicture   *base,
               double            width,
               double            height,
               BallastChartFont *font)
{
  BallastMatrixPicture *self = (BallastMatrixPicture *) base;
  double line = ballast_chart_font_get_measure (font)->line_height;
  double name = MIN (find_name_width (self, font), MIN (MAX_NAME_SHARE * width, MAX_NAME_PX));
  double n = MAX (self->n, 1), cell_width = MIN ((width - name) / n, MAX_CELL_WIDTH), cell_height;
  double top;

  self->name_width = name;
  self->upright = cell_width < name - 8;
  top = self->upright ? MIN (name, MAX (0.3 * height, line)) : line + 8;
  cell_height = MIN (MIN ((height - top - LEGEND_PX) / n, MAX_CELL_HEIGHT), cell_width);
  self->names = cell_height >= line * LEAST_NAME_SIZE;
  self->name_size = CLAMP (cell_height / line, LEAST_NAME_SIZE, 1);
  if (!self->names)
    {
      name = top = 0;
      cell_width = cell_height = MIN (width, height - LEGEND_PX) / n;
    }
  if (cell_height < MAX_CELL_HEIGHT && cell_width > cell_height * 2)
    cell_width = cell_height * 2;
  self->cells = (BallastChartRect){ name, top, MAX (cell_width, 1) * n, MAX (cell_height, 1) * n };
  self->numbers = cell_width >= 30 && cell_height >= line;
}

static BallastChartRect
matrix_get_area (BallastPicture *base,
                 guint           part)
{
  BallastMatrixPicture *self = (BallastMatrixPicture *) base;
  double width = self->cells.width / MAX (self->n, 1), height = self->cells.height / MAX (self->n, 1);

  return (BallastChartRect){ self->cells.x + width * (part % self->n),
                             self->cells.y + height * (part / self->n), width, height };
}

static int
matrix_hit (BallastPicture *base,
            double          x,
            double          y)
{
  BallastMatrixPicture *self = (BallastMatrixPicture *) base;
  double column = (x - self->cells.x) / self->cells.width * self->n;
  double row = (y - self->cells.y) / self->cells.height * self->n;

  if (column < 0 || row < 0 || column >= self->n || row >= self->n)
    return -1;
  return (int) row * (int) self->n + (int) column;
}

static int
matrix_step (BallastPicture *base,
             int             part,
             int             dx,
             int             dy)
{
  BallastMatrixPicture *self = (BallastMatrixPicture *) base;
  int n = self->n, row, column;

  if (n == 0)
    return -1;
  if (part < 0)
    return MIN (1, n - 1);
  row = CLAMP (part / n + CLAMP (dy, -n, n), 0, n - 1);
  column = CLAMP (part % n + CLAMP (dx, -n, n), 0, n - 1);
  return row * n + column;
}

/* (transfer full): "97", "1 204" or "0.31". */
static char *
dup_value (const BallastMatrixPicture *self,
           guint                       row,
           guint                       column)
{
  double value = ballast_matrix_picture_get (self, row, column);

  if (self->mode == BALLAST_MATRIX_COUNTS)
    return ballast_chart_format_count ((guint64) value);
  if (self->mode == BALLAST_MATRIX_SHARE)
    return g_strdup_printf ("%.0f", 100 * value);
  return g_strdup_printf ("%.2f", value);
}

static void
draw_cell (BallastMatrixPicture *self,
           cairo_t              *cr,
           guint                 part,
           const BallastTheme   *theme,
           BallastChartFont     *font)
{
  guint row = part / self->n, column = part % self->n;
  BallastChartRect area = matrix_get_area (&self->base, part);
  double heat = ballast_matrix_picture_get_heat (self, row, column);
  double gap = MIN (area.width, area.height) > 10 ? 1.5 : 0;
  BallastInk ink = row == column ? theme->track : ballast_colour_ramp_get (heat, theme->dark);
  BallastInk text = row == column ? theme->dim : ballast_colour_ramp_get_text (heat, theme->dark);
  BallastTextPlace place = { area.x + area.width / 2, area.y + area.height / 2, BALLAST_TEXT_CENTRE,
                             SMALL, .max_width = area.width };
  g_autofree char *value = NULL;

  cairo_rectangle (cr, area.x, area.y, area.width - gap, area.height - gap);
  ballast_chart_set_ink (cr, &ink, row == column ? 0.6 : 1);
  cairo_fill (cr);
  if (!self->numbers || (row == column && self->mode != BALLAST_MATRIX_COUNTS) ||
      (row != column && self->both[part] == 0))
    return;
  value = dup_value (self, row, column);
  ballast_chart_font_draw (font, cr, value, &place, &text);
}

static void
draw_names (BallastMatrixPicture *self,
            cairo_t              *cr,
            const BallastTheme   *theme,
            BallastChartFont     *font)
{
  int lit_row = self->base.lit < 0 ? -1 : self->base.lit / (int) self->n;
  int lit_column = self->base.lit < 0 ? -1 : self->base.lit % (int) self->n;

  for (guint i = 0; i < self->n; i++)
    {
      BallastChartRect cell = matrix_get_area (&self->base, i * self->n + i);
      BallastTextPlace row = { self->cells.x - 8, cell.y + cell.height / 2, BALLAST_TEXT_END,
                               self->name_size, (int) i == lit_row, 0, self->cells.x - 8 };
      BallastTextPlace column = { cell.x + cell.width / 2, self->cells.y - 6, BALLAST_TEXT_START,
                                  self->name_size, (int) i == lit_column, -G_PI / 2,
                                  self->cells.y - 6 };

      if (!self->upright)
        column = (BallastTextPlace){ cell.x + cell.width / 2, self->cells.y - 12,
                                     BALLAST_TEXT_CENTRE, 1, (int) i == lit_column, 0, cell.width };
      ballast_chart_font_draw (font, cr, self->classes[i].name, &row, &theme->foreground);
      ballast_chart_font_draw (font, cr, self->classes[i].name, &column, &theme->foreground);
    }
}

/* A bar of the ramp with its ends, below the cells. */
static void
draw_legend (BallastMatrixPicture *self,
             cairo_t              *cr,
             const BallastTheme   *theme,
             BallastChartFont     *font)
{
  static const char *const words[] = {
    N_("of the row’s images hold the column"), N_("images hold both"),
    N_("of the images with either hold both"),
  };
  double y = self->cells.y + self->cells.height + 12, x = self->cells.x, width = 96;
  g_autofree char *most = self->mode == BALLAST_MATRIX_COUNTS
                            ? ballast_chart_format_count ((guint64) get_top_of_scale (self))
                            : g_strdup (self->mode == BALLAST_MATRIX_SHARE ? "100\u202f%" : "1");
  g_autofree char *text = g_strdup_printf ("%s %s", most, _(words[self->mode]));
  BallastTextPlace low = { x, y + 5, BALLAST_TEXT_START, SMALL };
  BallastTextPlace high = { x + width + 22, y + 5, BALLAST_TEXT_START, SMALL,
                            .max_width = MAX (self->base.width - x - width - 22, 20) };

  ballast_chart_font_draw (font, cr, "0", &low, &theme->dim);
  for (guint i = 0; i < 48; i++)
    {
      BallastInk ink = ballast_colour_ramp_get (i / 47.0, theme->dark);

      cairo_rectangle (cr, x + 14 + width * i / 48, y, width / 48 + 0.5, 10);
      ballast_chart_set_ink (cr, &ink, 1);
      cairo_fill (cr);
    }
  ballast_chart_font_draw (font, cr, text, &high, &theme->dim);
}

static void
draw_lit (BallastMatrixPicture *self,
          cairo_t              *cr,
          const BallastTheme   *theme)
{
  BallastChartRect area;

  if (self->base.lit < 0 || self->base.lit >= (int) (self->n * self->n))
    return;
  area = matrix_get_area (&self->base, self->base.lit);
  cairo_rectangle (cr, area.x - 0.5, area.y - 0.5, area.width, area.height);
  ballast_chart_set_ink (cr, self->base.focused ? &theme->accent : &theme->foreground, 1);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

static void
matrix_draw (BallastPicture     *base,
             cairo_t            *cr,
             const BallastTheme *theme,
             BallastChartFont   *font)
{
  BallastMatrixPicture *self = (BallastMatrixPicture *) base;

  for (guint part = 0; part < self->n * self->n; part++)
    draw_cell (self, cr, part, theme, font);
  if (self->names)
    draw_names (self, cr, theme, font);
  draw_legend (self, cr, theme, font);
  draw_lit (self, cr, theme);
}

static char *
matrix_describe (BallastPicture *base,
                 guint           part)
{
  BallastMatrixPicture *self = (BallastMatrixPicture *) base;
  const BallastMatrixClass *a = &self->classes[part / self->n], *b = &self->classes[part % self->n];
  guint64 both = self->both[part];
  g_autofree char *count = ballast_chart_format_count (both);
  g_autofree char *images = ballast_chart_format_count (a->images);

  if (a == b)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s image holds “%s”",
                                         "%s images hold “%s”", a->images), images, a->name);
  if (both == 0)
    return g_strdup_printf (_("No image holds both “%s” and “%s”"), a->name, b->name);
  /* Translators: "97 % of “bus” images hold “car” (31 of 32)". */
  return g_strdup_printf (_("%.0f\u202f%% of “%s” images hold “%s” (%s of %s)"),
                          100.0 * both / MAX (a->images, 1), a->name, b->name, count, images);
}

static gboolean
is_met (const BallastMatrixPicture *self,
        guint                       part)
{
  return part / self->n != part % self->n && self->both[part] > 0;
}

static BallastPictureTable *
matrix_make_table (BallastPicture *base)
{
  BallastMatrixPicture *self = (BallastMatrixPicture *) base;
  const char *const titles[] = { _("Of the images of"), _("hold"), _("Share"), _("Images"),
                                 _("Jaccard"), NULL };
  BallastPictureTable *table;
  guint n_rows = 0, row = 0;

  for (guint part = 0; part < self->n * self->n; part++)
    n_rows += is_met (self, part);
  table = ballast_picture_table_new (titles, 2, n_rows);
  for (guint part = 0; part < self->n * self->n; part++)
    {
      const BallastMatrixClass *a = &self->classes[part / self->n];
      const BallastMatrixClass *b = &self->classes[part % self->n];
      double both = self->both[part];

      if (!is_met (self, part))
        continue;
      ballast_picture_table_take (table, row, 0, g_strdup (a->name));
      ballast_picture_table_take (table, row, 1, g_strdup (b->name));
      ballast_picture_table_take (table, row, 2, g_strdup_printf (_("%.1f\u202f%%"),
                                                                  100 * both / MAX (a->images, 1)));
      ballast_picture_table_take (table, row, 3, ballast_chart_format_count (self->both[part]));
      ballast_picture_table_take (table, row, 4,
                                  g_strdup_printf ("%.3f", both / (a->images + b->images - both)));
      row++;
    }
  return table;
}

static double
matrix_get_height (BallastPicture   *base,
                   double            width,
                   BallastChartFont *font)
{
  BallastMatrixPicture *self = (BallastMatrixPicture *) base;
  double name = MIN (find_name_width (self, font), MIN (MAX_NAME_SHARE * width, MAX_NAME_PX));
  double cell = MIN ((width - name) / MAX (self->n, 1), MAX_CELL_HEIGHT);
  gboolean upright = MIN ((width - name) / MAX (self->n, 1), MAX_CELL_WIDTH) < name - 8;
  double line = ballast_chart_font_get_measure (font)->line_height;

  return (upright ? name : line + 8) + cell * self->n + LEGEND_PX;
}

static void
matrix_free (BallastPicture *base)
{
  BallastMatrixPicture *self = (BallastMatrixPicture *) base;

  for (guint i = 0; i < self->n; i++)
    g_free (self->classes[i].name);
  g_free (self->classes);
  g_free (self->both);
  g_free (self);
}

BallastMatrixPicture *
ballast_matrix_picture_new (guint n)
{
  static const BallastPictureClass class = {
    matrix_layout, matrix_draw, matrix_hit, matrix_get_area, matrix_step,
    matrix_describe, matrix_make_table, matrix_get_height, matrix_free,
  };
  BallastMatrixPicture *self = g_new0 (BallastMatrixPicture, 1);

  self->base.class = &class;
  self->base.lit = -1;
  self->n = n;
  self->classes = g_new0 (BallastMatrixClass, n);
  self->both = g_new0 (guint64, (gsize) n * n);
  return self;
}
