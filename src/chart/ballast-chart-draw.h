#pragma once

#include "ballast-chart-font.h"
#include "ballast-chart-geometry.h"

G_BEGIN_DECLS

/*
 * Draws @model as @geometry (made from it) lays it out, on a ground that the caller has painted.
 * The hovered and the selected class are lit up; @focused adds a ring round the selected one.
 */
void ballast_chart_draw        (cairo_t                    *cr,
                                const BallastChartModel    *model,
                                const BallastChartGeometry *geometry,
                                const BallastTheme         *theme,
                                BallastChartFont           *font,
                                gboolean                    focused);

/* One line that says which shade is which split, right-aligned in @area; nothing where bars are
 * not stacked. */
void ballast_chart_draw_legend (cairo_t                    *cr,
                                const BallastChartModel    *model,
                                const BallastChartRect     *area,
                                const BallastTheme         *theme,
                                BallastChartFont           *font);

/* The path of a rectangle with the two upper corners rounded; @radius is cut to what fits. */
void ballast_chart_path_bar    (cairo_t                    *cr,
                                const BallastChartRect     *rect,
                                double                      radius);

void ballast_chart_set_ink     (cairo_t                    *cr,
                                const BallastInk           *ink,
                                double                      opacity);

G_END_DECLS
