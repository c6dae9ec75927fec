/*
 * Pointing: from a place in a chart to the part that is there, by the arrays that were drawn.
 *
 * Slots are equally wide, so finding a class is a division, at any number of classes.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-chart-geometry.h"

#include <math.h>

#define LINE_REACH 5.0   /* a line is grabbed this far away */
#define HANDLE_REACH 7.0

static const BallastChartHit nothing = { BALLAST_CHART_PART_NONE, -1 };

static gboolean
contains (const BallastChartRect *rect,
          double                  x,
          double                  y)
{
  return x >= rect->x && x < rect->x + rect->width && y >= rect->y && y < rect->y + rect->height;
}

static int
find_rank (const BallastChartGeometry *geometry,
           double                      x)
{
  double rank;

  if (geometry->n_classes == 0 || geometry->bars_width <= 0)
    return -1;

  rank = floor ((x - geometry->plot.x) * geometry->n_classes / geometry->bars_width);
  return rank >= 0 && rank < geometry->n_classes ? (int) rank : -1;
}

static gboolean
is_on_handle (const BallastChartGeometry *geometry,
              int                         rank,
              double                      x,
              double                      y)
{
  const BallastChartBar *bar;
  const BallastChartRect *top;

  if (!geometry->handles || rank < 0 || geometry->mode != BALLAST_CHART_BARS)
    return FALSE;

  bar = &geometry->bars[rank];
  top = bar->after.width > 0 ? &bar->after : &bar->now;
  return x >= top->x && x < top->x + top->width && fabs (y - top->y) <= HANDLE_REACH;
}

BallastChartHit
ballast_chart_geometry_hit (const BallastChartGeometry *geometry,
                            double                      x,
                            double                      y)
{
  int rank = find_rank (geometry, x);
  BallastChartHit hit = nothing;

  if (rank >= 0)
    hit.class_index = (int) geometry->order[rank];

  if (geometry->has_target && contains (&geometry->pill, x, y))
    return (BallastChartHit) { BALLAST_CHART_PART_TARGET, -1 };
  if (is_on_handle (geometry, rank, x, y))
    {
      hit.part = BALLAST_CHART_PART_HANDLE;
      return hit;
    }
  if (geometry->has_target && fabs (y - geometry->target_y) <= LINE_REACH
      && x >= geometry->plot.x && x <= geometry->plot.x + geometry->plot.width)
    return (BallastChartHit) { BALLAST_CHART_PART_TARGET, -1 };
  if (rank < 0 || y < 0 || y > geometry->height)
    return nothing;

  hit.part = BALLAST_CHART_PART_CLASS;
  return hit;
}

BallastChartRect
ballast_chart_geometry_get_class_rect (const BallastChartGeometry *geometry,
                                       guint                       class_index)
{
  BallastChartRect rect = geometry->plot;

  g_return_val_if_fail (class_index < geometry->n_classes, rect);

  rect.width = geometry->bars_width / geometry->n_classes;
  rect.x += rect.width * geometry->rank[class_index];
  return rect;
}

int
ballast_chart_geometry_step (const BallastChartGeometry *geometry,
                             int                         class_index,
                             int                         steps)
{
  gint64 last = (gint64) geometry->n_classes - 1;
  gint64 rank;

  if (geometry->n_classes == 0)
    return -1;
  if (class_index < 0 || class_index > last)
    return (int) geometry->order[steps == G_MAXINT ? last : 0];

  rank = (gint64) geometry->rank[class_index] + steps;
  return (int) geometry->order[CLAMP (rank, 0, last)];
}
