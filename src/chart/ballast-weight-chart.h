#pragma once

#include "ballast-chart-font.h"

G_BEGIN_DECLS

/* One class of a chart of weights. */
typedef struct
{
  const char *name;
  guint       index;   /* the place in the dataset's order: its colour */
  guint64     count;
  double      weight;  /* finite; margins and priors may be negative */
} BallastWeightBar;

/* More classes than this are drawn as two curves by rank instead of bars with names. */
#define BALLAST_WEIGHT_CHART_MAX_BARS 24

/*
 * Counts beside weights: a pale bar for the count and a full one for the weight of each class, each
 * in proportion to the largest of its kind; or, for many classes, both as curves in the order given.
 * @captions: what the pale ones and the full ones are.  Draws nothing without a class.
 */
void     ballast_weight_chart_draw    (const BallastWeightBar *bars,
                                       guint                   n_bars,
                                       cairo_t                *cr,
                                       const BallastChartRect *area,
                                       const char *const       captions[2],
                                       const BallastTheme     *theme,
                                       BallastChartFont       *font);

/* Where the pair of bars of class @i lies: the slot with the bars' full height. */
BallastChartRect ballast_weight_chart_get_slot (const BallastChartRect *area,
                                       guint                   n_bars,
                                       guint                   i);

/* The class at @x in @area, or -1. */
int      ballast_weight_chart_hit     (const BallastChartRect *area,
                                       guint                   n_bars,
                                       double                  x);

G_END_DECLS
