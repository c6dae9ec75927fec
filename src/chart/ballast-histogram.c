/*
 * The small picture beside numbers: a histogram of sizes.
 *
 * Geometry and drawing are apart, as in the large chart.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-histogram.h"

#include <math.h>

#include "ballast-chart-draw.h"

#define BIN_GAP 4.0
#define BIN_RADIUS 3.0
#define BAR_OPACITY 0.75

void
ballast_histogram_init (BallastHistogram *histogram,
                        const double     *values,
                        gsize             n_values,
                        guint             n_bins)
{
  double span;

  *histogram = (BallastHistogram) { 0 };
  if (n_values == 0)
    return;

  histogram->low = histogram->high = values[0];
  for (gsize i = 1; i < n_values; i++)
    {
      histogram->low = MIN (histogram->low, values[i]);
      histogram->high = MAX (histogram->high, values[i]);
    }

  span = histogram->high - histogram->low;
  histogram->n_bins = span > 0 ? CLAMP (n_bins, 1, BALLAST_HISTOGRAM_MAX_BINS) : 1;
  for (gsize i = 0; i < n_values; i++)
    {
      guint bin = span > 0 ? (guint) ((values[i] - histogram->low) / span * histogram->n_bins) : 0;

      histogram->counts[MIN (bin, histogram->n_bins - 1)]++;
    }
}

BallastChartRect
ballast_histogram_get_bar (const BallastHistogram *histogram,
                           const BallastChartRect *area,
                           guint                   bin)
{
  BallastChartRect rect = { 0 };
  guint64 most = 1;
  double slot;

  g_return_val_if_fail (bin < histogram->n_bins, rect);

  for (guint i = 0; i < histogram->n_bins; i++)
    most = MAX (most, histogram->counts[i]);

  slot = (area->width + BIN_GAP) / histogram->n_bins;
  rect.x = area->x + slot * bin;
  rect.width = MAX (slot - BIN_GAP, 1);
  rect.height = area->height * (double) histogram->counts[bin] / (double) most;
  if (histogram->counts[bin] > 0)
    rect.height = MAX (rect.height, 1);
  rect.y = area->y + area->height - rect.height;
  return rect;
}

int
ballast_histogram_hit (const BallastHistogram *histogram,
                       const BallastChartRect *area,
                       double                  x)
{
  if (x < area->x || x >= area->x + area->width || histogram->n_bins == 0)
    return -1;

  return (int) floor ((x - area->x) / (area->width + BIN_GAP) * histogram->n_bins);
}

void
ballast_histogram_draw (const BallastHistogram *histogram,
                        cairo_t                *cr,
                        const BallastChartRect *area,
                        const char *const       captions[3],
                        const BallastTheme     *theme,
                        BallastChartFont       *font)
{
  double line = ballast_chart_font_get_measure (font)->line_height + 2;
  BallastChartRect bars = { area->x, area->y, area->width, MAX (area->height - line, 0) };

  for (guint i = 0; i < histogram->n_bins; i++)
    {
      BallastChartRect bar = ballast_histogram_get_bar (histogram, &bars, i);

      ballast_chart_path_bar (cr, &bar, BIN_RADIUS);
      ballast_chart_set_ink (cr, &theme->accent, BAR_OPACITY);
      cairo_fill (cr);
    }
  for (guint i = 0; i < 3; i++)
    {
      BallastTextPlace place = { area->x + area->width * i / 2, area->y + area->height - line / 2 + 1,
                                 (BallastTextAlign) i, 0.92 };

      if (captions[i] != NULL)
        ballast_chart_font_draw (font, cr, captions[i], &place, &theme->dim);
    }
}
