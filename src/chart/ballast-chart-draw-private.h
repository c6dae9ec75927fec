#pragma once

#include "ballast-chart-draw.h"

G_BEGIN_DECLS

/* The size of labels at axes, relative to that of names. */
#define SMALL_TEXT 0.88

/* Everything that a part of the drawing needs. */
typedef struct
{
  cairo_t                    *cr;
  const BallastChartModel    *model;
  const BallastChartGeometry *geometry;
  const BallastTheme         *theme;
  BallastChartFont           *font;
} BallastChartCanvas;

/* The area, its ranks and its markers: what stands in a plot instead of bars. */
void ballast_chart_draw_curve (const BallastChartCanvas *canvas);

G_END_DECLS
