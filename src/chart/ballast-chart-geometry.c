/*
 * Lays a chart out: arrays of rectangles from counts and a size, without a display.
 *
 * The value axis starts at 0 and ends a little above the largest value, not at a round number, so
 * that twice the counts give the same picture.  The logarithmic axis has a linear band from 0 to
 * 1 below its first decade: an empty class sits on the baseline and a class of one does not.
 * Pure and O(n) after sorting; a curve has at most one column for each unit of width.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-chart-geometry.h"

#include <math.h>
#include <string.h>

#include "ballast-chart-geometry-private.h"

#define GUTTER_MIN 42.0   /* room for axis labels */
#define GUTTER_PAD 14.0
#define LABEL_RISE 11.0   /* from a bar's top to the middle of its value label */
#define GRIP_RISE 4.0     /* more, where a grip sits on the top */
#define NAME_GAP 8.0      /* from the baseline to the names */
#define SLOT_PAD 8.0      /* between neighbouring names */
#define BAR_SHARE 0.62
#define BAR_WIDTH_WIDE 64.0
#define BAR_WIDTH_MOST 112.0
#define ELLIPSIS_SLOT 90.0 /* names are cut rather than tilted from here on */
#define TILTED_MOST 120.0
#define PILL_PAD 26.0
#define LOG_BAND 0.35     /* decades that 0 … 1 takes */
#define HEADROOM 1.05
#define TILT_COS 0.70710678118654752

static double
get_largest (const BallastChartModel *model)
{
  guint64 largest = 0;

  for (guint i = 0; i < model->n_classes; i++)
    {
      largest = MAX (largest, model->now[i]);
      if (model->after != NULL)
        largest = MAX (largest, model->after[i]);
    }

  return MAX ((double) largest, model->target);
}

static double
get_position (const BallastChartGeometry *geometry,
              double                      value)
{
  double decades;

  if (geometry->scale == BALLAST_CHART_SCALE_LINEAR)
    return value / geometry->value_max;

  decades = LOG_BAND + log10 (geometry->value_max);
  return (value < 1 ? value * LOG_BAND : LOG_BAND + log10 (value)) / decades;
}

double
ballast_chart_geometry_value_to_y (const BallastChartGeometry *geometry,
                                   double                      value)
{
  double position = CLAMP (get_position (geometry, MAX (value, 0)), 0, 1);

  return geometry->plot.y + geometry->plot.height * (1 - position);
}

double
ballast_chart_geometry_y_to_value (const BallastChartGeometry *geometry,
                                   double                      y)
{
  double position = (geometry->plot.y + geometry->plot.height - y) / MAX (geometry->plot.height, 1);
  double decades;

  position = CLAMP (position, 0, 1);
  if (geometry->scale == BALLAST_CHART_SCALE_LINEAR)
    return position * geometry->value_max;

  decades = position * (LOG_BAND + log10 (geometry->value_max));
  return decades < LOG_BAND ? decades / LOG_BAND : pow (10, decades - LOG_BAND);
}

static void
layout_plot (BallastChartGeometry     *geometry,
             const BallastChartModel  *model,
             const BallastTextMeasure *measure)
{
  double gutter = GUTTER_MIN;
  double top = measure->line_height + 8;
  double below = NAME_GAP + measure->line_height + 4;

  for (guint i = 0; i < geometry->n_ticks; i++)
    gutter = MAX (gutter, measure->get_width (geometry->ticks[i].label, measure->user_data) + GUTTER_PAD);

  geometry->plot.x = MIN (gutter, geometry->width);
  geometry->plot.width = geometry->width - geometry->plot.x;
  geometry->plot.y = MIN (top, geometry->height);
  geometry->plot.height = MAX (geometry->height - geometry->plot.y - below, 0);
  geometry->bars_width = geometry->plot.width;
  if (geometry->has_target)
    {
      double width = measure->get_width (geometry->pill_text, measure->user_data) + PILL_PAD;

      geometry->pill.width = width;
      geometry->bars_width = MAX (geometry->plot.width - width - 6, geometry->plot.width / 2);
    }
}

static double
measure_names (const BallastChartModel  *model,
               const BallastTextMeasure *measure)
{
  double widest = 0;

  for (guint i = 0; i < model->n_classes; i++)
    widest = MAX (widest, measure->get_width (model->names[i], measure->user_data));

  return widest;
}

/* Decides how names are written and takes their height off the plot. */
static void
layout_names (BallastChartGeometry     *geometry,
              const BallastChartModel  *model,
              const BallastTextMeasure *measure)
{
  double slot = geometry->bars_width / model->n_classes;
  double widest = measure_names (model, measure);
  double room;

  if (widest <= slot - SLOT_PAD || slot >= ELLIPSIS_SLOT)
    {
      geometry->name_width = MIN (widest, slot - SLOT_PAD);
      return;
    }

  /* Tilted names end below their bar and must not leave the chart on the left. */
  room = MIN (TILTED_MOST, (geometry->plot.x + slot / 2) / TILT_COS - measure->line_height / 2);
  room = MIN (room, geometry->height * 0.4);
  geometry->names_rotated = TRUE;
  geometry->name_width = MIN (widest, room);
  geometry->plot.height = MAX (geometry->plot.height - geometry->name_width * TILT_COS, 0);
}

static void
layout_values (BallastChartGeometry     *geometry,
               const BallastChartModel  *model,
               const BallastTextMeasure *measure)
{
  double slot = geometry->bars_width / MAX (geometry->n_bars, 1);

  geometry->values_shown = TRUE;
  for (guint i = 0; i < geometry->n_bars && geometry->values_shown; i++)
    {
      g_autofree char *text = ballast_chart_format_count (model->after != NULL ? model->after[i] : model->now[i]);

      geometry->values_shown = measure->get_width (text, measure->user_data) <= slot - 2;
    }
}

static BallastChartRect
rect_from_top (const BallastChartGeometry *geometry,
               double                      x,
               double                      width,
               double                      top)
{
  BallastChartRect rect = { x, top, width, geometry->plot.y + geometry->plot.height - top };

  return rect;
}

static void
layout_bar (BallastChartGeometry    *geometry,
            const BallastChartModel *model,
            guint                    rank)
{
  BallastChartBar *bar = &geometry->bars[rank];
  double slot = geometry->bars_width / geometry->n_bars;
  double width = MIN (slot * BAR_SHARE, CLAMP (slot * 0.34, BAR_WIDTH_WIDE, BAR_WIDTH_MOST));
  double x = geometry->plot.x + slot * rank;
  double left = x + (slot - width) / 2;

  bar->class_index = geometry->order[rank];
  bar->rank = rank;
  bar->slot = rect_from_top (geometry, x, slot, geometry->plot.y);
  bar->now = rect_from_top (geometry, left, width,
                            ballast_chart_geometry_value_to_y (geometry, (double) model->now[bar->class_index]));
  if (model->after != NULL)
    bar->after = rect_from_top (geometry, left, width,
                                ballast_chart_geometry_value_to_y (geometry,
                                                                   (double) model->after[bar->class_index]));
  bar->label_y = (model->after != NULL ? MIN (bar->now.y, bar->after.y) : bar->now.y) - LABEL_RISE
                 - (model->handles ? GRIP_RISE : 0);
}

static void
layout_segments (BallastChartGeometry    *geometry,
                 const BallastChartModel *model,
                 guint                    rank)
{
  const BallastChartBar *bar = &geometry->bars[rank];
  const guint64 *counts = &model->by_split[(gsize) bar->class_index * model->n_splits];
  double below = geometry->plot.y + geometry->plot.height;
  guint64 sum = 0;

  for (guint split = 0; split < model->n_splits; split++)
    {
      BallastChartRect *segment = &geometry->segments[(gsize) rank * model->n_splits + split];
      double top;

      sum += counts[split];
      top = ballast_chart_geometry_value_to_y (geometry, (double) sum);
      *segment = (BallastChartRect) { bar->now.x, top, bar->now.width, below - top };
      below = top;
    }
}

static void
layout_bars (BallastChartGeometry     *geometry,
             const BallastChartModel  *model,
             const BallastTextMeasure *measure)
{
  geometry->mode = BALLAST_CHART_BARS;
  geometry->n_bars = model->n_classes;
  geometry->bars = g_new0 (BallastChartBar, MAX (model->n_classes, 1));
  geometry->n_splits = model->n_splits;
  if (model->n_splits > 0)
    geometry->segments = g_new0 (BallastChartRect, (gsize) MAX (model->n_classes, 1) * model->n_splits);

  if (model->n_classes > 0)
    layout_names (geometry, model, measure);
  layout_values (geometry, model, measure);
  for (guint rank = 0; rank < geometry->n_bars; rank++)
    {
      layout_bar (geometry, model, rank);
      if (geometry->segments != NULL)
        layout_segments (geometry, model, rank);
    }
}

static void
layout_column (BallastChartGeometry    *geometry,
               const BallastChartModel *model,
               guint                    index)
{
  BallastChartColumn *column = &geometry->columns[index];
  guint64 n = model->n_classes;
  guint end = (guint) (n * (index + 1) / geometry->n_columns);
  guint64 now = 0, after = 0;

  column->first_rank = (guint) (n * index / geometry->n_columns);
  column->n_classes = end - column->first_rank;
  column->width = geometry->bars_width / geometry->n_columns;
  column->x = geometry->plot.x + column->width * index;
  for (guint rank = column->first_rank; rank < end; rank++)
    {
      guint class_index = geometry->order[rank];

      now = MAX (now, model->now[class_index]);
      if (model->after != NULL)
        after = MAX (after, model->after[class_index]);
    }
  column->y_now = ballast_chart_geometry_value_to_y (geometry, (double) now);
  column->y_after = ballast_chart_geometry_value_to_y (geometry, (double) after);
}

static void
layout_curve (BallastChartGeometry    *geometry,
              const BallastChartModel *model)
{
  guint pixels = (guint) MAX (floor (geometry->bars_width), 1);

  geometry->mode = BALLAST_CHART_CURVE;
  geometry->n_columns = MIN (model->n_classes, pixels);
  geometry->columns = g_new0 (BallastChartColumn, geometry->n_columns);
  for (guint i = 0; i < geometry->n_columns; i++)
    layout_column (geometry, model, i);
}

static void
layout_target (BallastChartGeometry     *geometry,
               const BallastChartModel  *model,
               const BallastTextMeasure *measure)
{
  double height = measure->line_height + 8;

  geometry->target_y = ballast_chart_geometry_value_to_y (geometry, model->target);
  geometry->pill.height = height;
  geometry->pill.x = geometry->plot.x + geometry->plot.width - geometry->pill.width - 2;
  geometry->pill.y = CLAMP (geometry->target_y - height / 2, 0, MAX (geometry->height - height, 0));
}

static void
invert_order (BallastChartGeometry *geometry)
{
  geometry->rank = g_new (guint, MAX (geometry->n_classes, 1));
  for (guint rank = 0; rank < geometry->n_classes; rank++)
    geometry->rank[geometry->order[rank]] = rank;
}

/* Heights are known only when names are laid out; until then ticks have values and labels. */
static void
place_ticks (BallastChartGeometry *geometry)
{
  for (guint i = 0; i < geometry->n_ticks; i++)
    geometry->ticks[i].y = ballast_chart_geometry_value_to_y (geometry, geometry->ticks[i].value);
}

BallastChartGeometry *
ballast_chart_geometry_new (const BallastChartModel  *model,
                            double                    width,
                            double                    height,
                            const BallastTextMeasure *measure)
{
  BallastChartGeometry *geometry = g_new0 (BallastChartGeometry, 1);

  geometry->width = MAX (width, 0);
  geometry->height = MAX (height, 0);
  geometry->scale = model->scale;
  geometry->n_classes = model->n_classes;
  geometry->order = ballast_chart_model_dup_order (model);
  geometry->handles = model->handles;
  geometry->has_target = model->target >= 0;
  geometry->value_max = MAX (get_largest (model), 1) * HEADROOM;
  if (geometry->has_target)
    ballast_chart_geometry_write_pill (geometry, model->target);
  invert_order (geometry);

  ballast_chart_geometry_make_ticks (geometry, height);
  layout_plot (geometry, model, measure);
  if (geometry->bars_width >= model->n_classes * measure->line_height * 1.1)
    layout_bars (geometry, model, measure);
  else
    layout_curve (geometry, model);
  place_ticks (geometry);
  if (geometry->has_target)
    layout_target (geometry, model, measure);

  return geometry;
}

void
ballast_chart_geometry_free (BallastChartGeometry *geometry)
{
  g_free (geometry->ticks);
  g_free (geometry->order);
  g_free (geometry->rank);
  g_free (geometry->bars);
  g_free (geometry->segments);
  g_free (geometry->columns);
  g_free (geometry);
}
