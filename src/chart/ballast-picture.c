/*
 * What all pictures have in common: the way to their own functions, tables, and files.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-picture.h"

#include "ballast-chart-file-private.h"

#define FILE_WIDTH 960.0

void
ballast_picture_free (BallastPicture *self)
{
  self->class->free (self);
}

void
ballast_picture_layout (BallastPicture   *self,
                        double            width,
                        double            height,
                        BallastChartFont *font)
{
  self->width = width;
  self->height = height;
  self->class->layout (self, width, height, font);
}

void
ballast_picture_draw (BallastPicture     *self,
                      cairo_t            *cr,
                      const BallastTheme *theme,
                      BallastChartFont   *font)
{
  self->class->draw (self, cr, theme, font);
}

int
ballast_picture_hit (BallastPicture *self,
                     double          x,
                     double          y)
{
  return self->class->hit (self, x, y);
}

BallastChartRect
ballast_picture_get_area (BallastPicture *self,
                          guint           part)
{
  return self->class->get_area (self, part);
}

int
ballast_picture_step (BallastPicture *self,
                      int             part,
                      int             dx,
                      int             dy)
{
  return self->class->step (self, part, dx, dy);
}

char *
ballast_picture_describe (BallastPicture *self,
                          guint           part)
{
  return self->class->describe (self, part);
}

BallastPictureTable *
ballast_picture_make_table (BallastPicture *self)
{
  return self->class->make_table (self);
}

double
ballast_picture_get_height (BallastPicture   *self,
                            double            width,
                            BallastChartFont *font)
{
  return self->class->get_height (self, width, font);
}

BallastPictureTable *
ballast_picture_table_new (const char *const *titles,
                           guint              n_texts,
                           guint              n_rows)
{
  BallastPictureTable *table = g_new0 (BallastPictureTable, 1);

  table->titles = g_strdupv ((char **) titles);
  table->n_columns = g_strv_length (table->titles);
  table->n_texts = n_texts;
  table->n_rows = n_rows;
  table->cells = g_new0 (char *, (gsize) n_rows * table->n_columns + 1);
  return table;
}

void
ballast_picture_table_free (BallastPictureTable *table)
{
  for (gsize i = 0; i < (gsize) table->n_rows * table->n_columns; i++)
    g_free (table->cells[i]);
  g_free (table->cells);
  g_strfreev (table->titles);
  g_free (table);
}

void
ballast_picture_table_take (BallastPictureTable *table,
                            guint                row,
                            guint                column,
                            char                *text)
{
  char **cell = &table->cells[(gsize) row * table->n_columns + column];

  g_free (*cell);
  *cell = text;
}

static void
paint (cairo_t                       *cr,
       const BallastChartFileOptions *options,
       gconstpointer                  data)
{
  BallastPicture *self = (BallastPicture *) data;
  const BallastTheme *theme = ballast_theme_get (options->dark, FALSE);
  g_autoptr(BallastChartFont) font = ballast_chart_font_new (BALLAST_CHART_FILE_TEXT);
  double top;

  ballast_chart_set_ink (cr, &theme->card, 1);
  cairo_paint (cr);
  top = ballast_chart_file_draw_head (cr, options, theme, font);
  ballast_picture_layout (self, options->width - 2 * BALLAST_CHART_FILE_MARGIN,
                          options->height - 2 * BALLAST_CHART_FILE_MARGIN - top, font);
  cairo_translate (cr, BALLAST_CHART_FILE_MARGIN, BALLAST_CHART_FILE_MARGIN + top);
  ballast_picture_draw (self, cr, theme, font);
}

static double
find_height (BallastPicture                *self,
             const BallastChartFileOptions *options)
{
  g_autoptr(BallastChartFont) font = ballast_chart_font_new (BALLAST_CHART_FILE_TEXT);
  double line = ballast_chart_font_get_measure (font)->line_height;
  double head = (options->title != NULL ? 1.45 * line + 2 : 0) +
                (options->subtitle != NULL ? line + 2 : 0) + 8;

  return head + 2 * BALLAST_CHART_FILE_MARGIN +
         ballast_picture_get_height (self, options->width - 2 * BALLAST_CHART_FILE_MARGIN, font);
}

gboolean
ballast_picture_save (BallastPicture                *self,
                      const char                    *path,
                      const BallastChartFileOptions *options,
                      GError                       **error)
{
  const BallastChartPainter painter = { paint, self };
  BallastChartFileOptions filled = options != NULL ? *options : (BallastChartFileOptions){ 0 };

  if (filled.width <= 0)
    filled.width = FILE_WIDTH;
  if (filled.height <= 0)
    filled.height = find_height (self, &filled);
  self->lit = -1;
  return ballast_chart_file_save_painted (&painter, path, &filled, error);
}
