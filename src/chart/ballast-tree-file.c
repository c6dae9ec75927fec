/*
 * A hierarchy as a file, by the code that writes charts.
 *
 * A tree has a page of its own size; where that is more than a PNG or a PDF can have, it is drawn
 * smaller.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include <math.h>

#include "ballast-chart-file-private.h"
#include "ballast-tree-draw.h"

/* Cairo's pictures end at 32 767 pixels a side, PDF's pages at 14 400 points. */
#define MAX_SIDE 14000.0

static void
paint_tree (cairo_t                       *cr,
            const BallastChartFileOptions *options,
            gconstpointer                  data)
{
  const BallastTreeModel *model = data;
  const BallastTheme *theme = ballast_theme_get (options->dark, FALSE);
  g_autoptr(BallastChartFont) font = ballast_chart_font_new (BALLAST_CHART_FILE_TEXT);
  g_autoptr(BallastTreeGeometry) geometry = NULL;
  double width = options->width - 2 * BALLAST_CHART_FILE_MARGIN, height, top, scale;

  ballast_chart_set_ink (cr, &theme->card, 1);
  cairo_paint (cr);
  top = ballast_chart_file_draw_head (cr, options, theme, font);
  height = options->height - 2 * BALLAST_CHART_FILE_MARGIN - top;
  geometry = ballast_tree_geometry_new (model, width, height, ballast_chart_font_get_measure (font));
  scale = MIN (1, MIN (width / geometry->width, height / geometry->height));
  cairo_translate (cr, BALLAST_CHART_FILE_MARGIN, BALLAST_CHART_FILE_MARGIN + top);
  cairo_scale (cr, scale, scale);
  ballast_tree_draw (cr, model, geometry, theme, font, FALSE, scale * options->scale);
}

/* The page that the tree needs at its own size, or the largest there is. */
static void
fit_page (const BallastTreeModel  *model,
          BallastChartFileOptions *options)
{
  g_autoptr(BallastChartFont) font = ballast_chart_font_new (BALLAST_CHART_FILE_TEXT);
  const BallastTextMeasure *measure = ballast_chart_font_get_measure (font);
  g_autoptr(BallastTreeGeometry) geometry = ballast_tree_geometry_new (model, 0, 0, measure);
  double head = (options->title != NULL ? 1.45 * measure->line_height + 2 : 0) +
                (options->subtitle != NULL ? measure->line_height + 2 : 0) + 8;
  double width = geometry->width + 2 * BALLAST_CHART_FILE_MARGIN;
  double height = geometry->height + 2 * BALLAST_CHART_FILE_MARGIN + head;
  double shrink = MIN (1, MAX_SIDE / MAX (width, height));

  if (options->width <= 0)
    options->width = MAX (ceil (width * shrink), 320);
  if (options->height <= 0)
    options->height = MAX (ceil (height * shrink), 120);
}

gboolean
ballast_tree_file_save (const BallastTreeModel        *model,
                        const char                    *path,
                        const BallastChartFileOptions *options,
                        GError                       **error)
{
  const BallastChartPainter painter = { paint_tree, model };
  BallastChartFileOptions filled = options != NULL ? *options : (BallastChartFileOptions){ 0 };

  if (model->style == BALLAST_TREE_STYLE_TREE)
    fit_page (model, &filled);
  return ballast_chart_file_save_painted (&painter, path, &filled, error);
}
