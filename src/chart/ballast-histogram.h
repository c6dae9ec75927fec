#pragma once

#include "ballast-chart-font.h"

G_BEGIN_DECLS

#define BALLAST_HISTOGRAM_MAX_BINS 32

/* A small histogram: how many values lie in each of @n_bins equal parts of low … high. */
typedef struct
{
  double  low;
  double  high;
  guint   n_bins;
  guint64 counts[BALLAST_HISTOGRAM_MAX_BINS];
} BallastHistogram;

/* Bins of equal width between the least and the greatest value; one bin where all are equal, none
 * where there are no values.  O(n). */
void     ballast_histogram_init     (BallastHistogram       *histogram,
                                     const double           *values,
                                     gsize                   n_values,
                                     guint                   n_bins);

/* Where bin @bin lies in @area; empty bins have height 0, others at least 1. */
BallastChartRect ballast_histogram_get_bar (const BallastHistogram *histogram,
                                     const BallastChartRect *area,
                                     guint                   bin);

/* The bin at @x in @area, or -1. */
int      ballast_histogram_hit      (const BallastHistogram *histogram,
                                     const BallastChartRect *area,
                                     double                  x);

/* Bars with a line of three captions below: low end, @title, high end. */
void     ballast_histogram_draw     (const BallastHistogram *histogram,
                                     cairo_t                *cr,
                                     const BallastChartRect *area,
                                     const char *const       captions[3],
                                     const BallastTheme     *theme,
                                     BallastChartFont       *font);

G_END_DECLS
