#pragma once

#include "ballast-chart-geometry.h"

G_BEGIN_DECLS

/* Fills ticks and their labels for value_max in a chart of @height; their y is left to the caller. */
void ballast_chart_geometry_make_ticks (BallastChartGeometry *geometry,
                                        double                height);

/* Writes the text of the target line's pill. */
void ballast_chart_geometry_write_pill (BallastChartGeometry *geometry,
                                        double                target);

G_END_DECLS
