#pragma once

#include "ballast-chart-draw.h"
#include "ballast-chart-file.h"

G_BEGIN_DECLS

#define BALLAST_CHART_FILE_MARGIN 28.0
#define BALLAST_CHART_FILE_TEXT 13.0 /* the size of names, in points */

/* Whoever fills the page: @paint gets options with all sizes filled in. */
typedef struct
{
  void        (*paint) (cairo_t                       *cr,
                        const BallastChartFileOptions *options,
                        gconstpointer                  data);
  gconstpointer data;
} BallastChartPainter;

/* Draws title and subtitle; returns the height that they take below the margin. */
double   ballast_chart_file_draw_head    (cairo_t                       *cr,
                                          const BallastChartFileOptions *options,
                                          const BallastTheme            *theme,
                                          BallastChartFont              *font);

/* Any picture as ballast_chart_file_save() writes charts. */
gboolean ballast_chart_file_save_painted (const BallastChartPainter     *painter,
                                          const char                    *path,
                                          const BallastChartFileOptions *options,
                                          GError                       **error);

G_END_DECLS
