/*
 * Weights beside counts: what is rare weighs much.
 *
 * Two scales without axes: both kinds are drawn in proportion to their own largest, the numbers
 * stand above the bars.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-weight-chart.h"

#include <math.h>

#include "ballast-chart-draw.h"
#include "ballast-chart-model.h"

#define MAX_BAR_WIDTH 34.0
#define BAR_RADIUS 4.0
#define PALE 0.35
#define LINE_WIDTH 2.0

typedef struct
{
  const BallastWeightBar *bars;
  guint                   n;
  cairo_t                *cr;
  BallastChartRect        plot;
  double                  line;         /* height of a line of text */
  double                  most_count;
  double                  most_weight;  /* by absolute value */
  const BallastTheme     *theme;
  BallastChartFont       *font;
} Canvas;

BallastChartRect
ballast_weight_chart_get_slot (const BallastChartRect *area,
                               guint                   n_bars,
                               guint                   i)
{
  double width = area->width / MAX (n_bars, 1);

  return (BallastChartRect){ area->x + width * i, area->y, width, area->height };
}

int
ballast_weight_chart_hit (const BallastChartRect *area,
                          guint                   n_bars,
                          double                  x)
{
  if (n_bars == 0 || x < area->x || x >= area->x + area->width)
    return -1;
  return (int) MIN ((x - area->x) / area->width * n_bars, n_bars - 1);
}

static double
get_share (const Canvas *canvas,
           guint         i,
           gboolean      weight)
{
  const BallastWeightBar *bar = &canvas->bars[i];

  if (weight)
    return canvas->most_weight > 0 ? fabs (bar->weight) / canvas->most_weight : 0;
  return canvas->most_count > 0 ? (double) bar->count / canvas->most_count : 0;
}

static void
draw_bar (const Canvas           *canvas,
          const BallastChartRect *rect,
          BallastInk              ink,
          double                  opacity)
{
  ballast_chart_path_bar (canvas->cr, rect, BAR_RADIUS);
  ballast_chart_set_ink (canvas->cr, &ink, opacity);
  cairo_fill (canvas->cr);
}

static void
draw_label (const Canvas     *canvas,
            const char       *text,
            double            x,
            double            y,
            double            max_width,
            const BallastInk *ink)
{
  BallastTextPlace place = { x, y, BALLAST_TEXT_CENTRE, 0.88, .max_width = max_width };

  ballast_chart_font_draw (canvas->font, canvas->cr, text, &place, ink);
}

/* Both bars of a class, their numbers above them and the name below. */
static void
draw_pair (const Canvas *canvas,
           guint         i)
{
  const BallastWeightBar *bar = &canvas->bars[i];
  BallastChartRect slot = ballast_weight_chart_get_slot (&canvas->plot, canvas->n, i);
  double width = MIN (slot.width * 0.36, MAX_BAR_WIDTH), middle = slot.x + slot.width / 2;
  double height = slot.height - canvas->line;
  BallastInk ink = ballast_palette_get_class (bar->index);
  g_autofree char *count = ballast_chart_format_count (bar->count);
  g_autofree char *weight = g_strdup_printf ("%.3g", bar->weight);

  for (guint side = 0; side < 2; side++)
    {
      double tall = MAX (height * get_share (canvas, i, side == 1), 1);
      BallastChartRect rect = { side == 0 ? middle - width - 1 : middle + 1,
                                slot.y + slot.height - tall, width, tall };

      draw_bar (canvas, &rect, ink, side == 0 ? PALE : 1);
      draw_label (canvas, side == 0 ? count : weight, rect.x + width / 2,
                  rect.y - canvas->line / 2, slot.width / 2,
                  side == 0 ? &canvas->theme->dim : &canvas->theme->foreground);
    }
  draw_label (canvas, bar->name, middle, slot.y + slot.height + canvas->line * 0.7, slot.width - 4,
              &canvas->theme->foreground);
}

static void
draw_curve (const Canvas     *canvas,
            gboolean          weight,
            const BallastInk *ink,
            double            opacity)
{
  for (guint i = 0; i < canvas->n; i++)
    {
      double x = canvas->plot.x + canvas->plot.width * (i + 0.5) / canvas->n;
      double y = canvas->plot.y + canvas->plot.height * (1 - get_share (canvas, i, weight));

      if (i == 0)
        cairo_move_to (canvas->cr, x, y);
      else
        cairo_line_to (canvas->cr, x, y);
    }
  ballast_chart_set_ink (canvas->cr, ink, opacity);
  cairo_set_line_width (canvas->cr, LINE_WIDTH);
  cairo_set_line_join (canvas->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (canvas->cr);
}

static void
draw_baseline (const Canvas *canvas)
{
  double y = floor (canvas->plot.y + canvas->plot.height) + 0.5;

  cairo_move_to (canvas->cr, canvas->plot.x, y);
  cairo_line_to (canvas->cr, canvas->plot.x + canvas->plot.width, y);
  ballast_chart_set_ink (canvas->cr, &canvas->theme->axis, 1);
  cairo_set_line_width (canvas->cr, 1);
  cairo_stroke (canvas->cr);
}

/* Two squares with words, from the right. */
static void
draw_legend (const Canvas           *canvas,
             const BallastChartRect *area,
             const char *const       captions[2])
{
  double x = area->x + area->width, y = area->y + canvas->line / 2;

  for (int side = 1; side >= 0; side--)
    {
      BallastTextPlace place = { x, y, BALLAST_TEXT_END, 0.88 };
      double width = ballast_chart_font_draw (canvas->font, canvas->cr, captions[side], &place,
                                              &canvas->theme->dim);

      x -= width + 16;
      cairo_rectangle (canvas->cr, x, y - 5, 10, 10);
      ballast_chart_set_ink (canvas->cr, side == 1 ? &canvas->theme->accent : &canvas->theme->dim,
                             side == 0 ? PALE : 1);
      cairo_fill (canvas->cr);
      x -= 14;
    }
}

void
ballast_weight_chart_draw (const BallastWeightBar *bars,
                           guint                   n_bars,
                           cairo_t                *cr,
                           const BallastChartRect *area,
                           const char *const       captions[2],
                           const BallastTheme     *theme,
                           BallastChartFont       *font)
{
  double line = ballast_chart_font_get_measure (font)->line_height + 2;
  Canvas canvas = { bars, n_bars, cr, *area, line, 0, 0, theme, font };

  if (n_bars == 0)
    return;
  canvas.plot.y += line * 1.4;
  canvas.plot.height -= line * 1.4 + (n_bars <= BALLAST_WEIGHT_CHART_MAX_BARS ? line * 1.4 : 2);
  if (canvas.plot.height <= line || canvas.plot.width <= 0)
    return;

  for (guint i = 0; i < n_bars; i++)
    {
      canvas.most_count = MAX (canvas.most_count, (double) bars[i].count);
      canvas.most_weight = MAX (canvas.most_weight, fabs (bars[i].weight));
    }
  draw_legend (&canvas, area, captions);
  if (n_bars > BALLAST_WEIGHT_CHART_MAX_BARS)
    {
      draw_curve (&canvas, FALSE, &theme->dim, PALE * 1.6);
      draw_curve (&canvas, TRUE, &theme->accent, 1);
    }
  else
    for (guint i = 0; i < n_bars; i++)
      draw_pair (&canvas, i);
  draw_baseline (&canvas);
}
