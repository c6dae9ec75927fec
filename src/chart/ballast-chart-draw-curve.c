/*
 * The long-tail curve: classes by rank where there are too many for bars.
 *
 * An area of steps, one for each column of the geometry; a class is too thin to light up, so the
 * hovered one gets a dot and its name beside it.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include <math.h>

#include "ballast-chart-draw-private.h"

#define NAME_ROOM_LEAST 40.0

typedef enum
{
  COLUMN_NOW,
  COLUMN_AFTER,
} ColumnSide;

static void
path_columns (const BallastChartCanvas *canvas,
              ColumnSide                side)
{
  const BallastChartGeometry *geometry = canvas->geometry;

  for (guint i = 0; i < geometry->n_columns; i++)
    {
      const BallastChartColumn *column = &geometry->columns[i];
      double y = side == COLUMN_NOW ? column->y_now : column->y_after;

      if (i == 0)
        cairo_move_to (canvas->cr, column->x, y);
      else
        cairo_line_to (canvas->cr, column->x, y);
      cairo_line_to (canvas->cr, column->x + column->width, y);
    }
}

static void
close_to_baseline (const BallastChartCanvas *canvas)
{
  const BallastChartRect *plot = &canvas->geometry->plot;

  cairo_line_to (canvas->cr, plot->x + canvas->geometry->bars_width, plot->y + plot->height);
  cairo_line_to (canvas->cr, plot->x, plot->y + plot->height);
  cairo_close_path (canvas->cr);
}

static void
draw_area (const BallastChartCanvas *canvas,
           ColumnSide                side,
           double                    opacity)
{
  static const double dashes[] = { 4, 3 };
  const BallastChartRect *plot = &canvas->geometry->plot;
  const BallastInk *ink = side == COLUMN_NOW ? &canvas->theme->accent : &canvas->theme->target;
  cairo_pattern_t *fill = cairo_pattern_create_linear (0, plot->y, 0, plot->y + plot->height);

  cairo_pattern_add_color_stop_rgba (fill, 0, ink->red, ink->green, ink->blue, opacity);
  cairo_pattern_add_color_stop_rgba (fill, 1, ink->red, ink->green, ink->blue, opacity * 0.4);
  path_columns (canvas, side);
  close_to_baseline (canvas);
  cairo_set_source (canvas->cr, fill);
  cairo_fill (canvas->cr);
  cairo_pattern_destroy (fill);

  path_columns (canvas, side);
  ballast_chart_set_ink (canvas->cr, ink, 1);
  cairo_set_line_join (canvas->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (canvas->cr, side == COLUMN_NOW ? 2 : 1.5);
  if (side == COLUMN_AFTER)
    cairo_set_dash (canvas->cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (canvas->cr);
  cairo_set_dash (canvas->cr, NULL, 0, 0);
}

/* Below a curve stand ranks, or names where the order is theirs. */
static void
draw_rank (const BallastChartCanvas *canvas,
           guint                     rank,
           double                    room)
{
  const BallastChartGeometry *geometry = canvas->geometry;
  double line = ballast_chart_font_get_measure (canvas->font)->line_height;
  double centre = geometry->plot.x + geometry->bars_width / geometry->n_classes * (rank + 0.5);
  BallastTextPlace place = { centre, geometry->plot.y + geometry->plot.height + 6 + line / 2, BALLAST_TEXT_CENTRE,
                             SMALL_TEXT };
  g_autofree char *number = ballast_chart_format_count (rank + 1);

  if (canvas->model->sort != BALLAST_CHART_SORT_NAME)
    {
      /* The last number must not leave the chart. */
      if (centre + 20 > geometry->width)
        {
          place.align = BALLAST_TEXT_END;
          place.x = geometry->width;
        }
      ballast_chart_font_draw (canvas->font, canvas->cr, number, &place, &canvas->theme->dim);
      return;
    }

  place.align = BALLAST_TEXT_START;
  place.max_width = MIN (room, geometry->width - centre);
  if (place.max_width < NAME_ROOM_LEAST)
    return;
  ballast_chart_font_draw (canvas->font, canvas->cr, canvas->model->names[geometry->order[rank]], &place,
                           &canvas->theme->dim);
}

static void
draw_ranks (const BallastChartCanvas *canvas)
{
  const BallastChartGeometry *geometry = canvas->geometry;
  guint step = MAX ((guint) ballast_chart_nice_step (geometry->n_classes, 8), 1);
  double room = geometry->bars_width / geometry->n_classes * step - 12;

  for (guint rank = 0; rank < geometry->n_classes; rank = rank == 0 && step > 1 ? step - 1 : rank + step)
    draw_rank (canvas, rank, room);
}

/* A class in a curve is too thin to light up: a dot on the line, and its name beside it. */
static void
draw_marker (const BallastChartCanvas *canvas,
             int                       class_index)
{
  const BallastChartGeometry *geometry = canvas->geometry;
  BallastChartRect rect;
  double x, y;

  if (class_index < 0 || (guint) class_index >= geometry->n_classes)
    return;

  rect = ballast_chart_geometry_get_class_rect (geometry, (guint) class_index);
  x = rect.x + rect.width / 2;
  y = ballast_chart_geometry_value_to_y (geometry, (double) canvas->model->now[class_index]);
  ballast_chart_set_ink (canvas->cr, &canvas->theme->foreground, 0.35);
  cairo_set_line_width (canvas->cr, 1);
  cairo_move_to (canvas->cr, floor (x) + 0.5, y);
  cairo_line_to (canvas->cr, floor (x) + 0.5, rect.y + rect.height);
  cairo_stroke (canvas->cr);

  cairo_arc (canvas->cr, x, y, 5, 0, 2 * G_PI);
  ballast_chart_set_ink (canvas->cr, &canvas->model->colours[class_index], 1);
  cairo_fill_preserve (canvas->cr);
  ballast_chart_set_ink (canvas->cr, &canvas->theme->card, 1);
  cairo_set_line_width (canvas->cr, 2);
  cairo_stroke (canvas->cr);
}

static void
draw_marker_label (const BallastChartCanvas *canvas,
                   int                       class_index)
{
  const BallastChartGeometry *geometry = canvas->geometry;
  g_autofree char *count = NULL, *text = NULL;
  BallastChartRect rect;
  BallastTextPlace place = { 0 };

  if (class_index < 0 || (guint) class_index >= geometry->n_classes)
    return;

  rect = ballast_chart_geometry_get_class_rect (geometry, (guint) class_index);
  count = ballast_chart_format_count (canvas->model->now[class_index]);
  text = g_strdup_printf ("%s  %s", canvas->model->names[class_index], count);
  place.align = rect.x < geometry->plot.x + geometry->plot.width / 2 ? BALLAST_TEXT_START : BALLAST_TEXT_END;
  place.x = rect.x + rect.width / 2 + (place.align == BALLAST_TEXT_START ? 10 : -10);
  place.y = ballast_chart_geometry_value_to_y (geometry, (double) canvas->model->now[class_index]) - 14;
  place.y = MAX (place.y, geometry->plot.y - 6);
  place.bold = TRUE;
  place.size = 0.96;
  place.max_width = geometry->plot.width / 2;
  ballast_chart_font_draw (canvas->font, canvas->cr, text, &place, &canvas->theme->foreground);
}

void
ballast_chart_draw_curve (const BallastChartCanvas *canvas)
{
  const BallastChartModel *model = canvas->model;

  if (model->after != NULL)
    draw_area (canvas, COLUMN_AFTER, 0.22);
  draw_area (canvas, COLUMN_NOW, 0.42);
  draw_ranks (canvas);
  if (model->selected != model->hovered)
    draw_marker (canvas, model->selected);
  draw_marker (canvas, model->hovered);
  draw_marker_label (canvas, model->hovered >= 0 ? model->hovered : model->selected);
}
