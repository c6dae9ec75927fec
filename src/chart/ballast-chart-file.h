#pragma once

#include "ballast-chart-error.h"
#include "ballast-chart-model.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;    /* NULL: none */
  const char *subtitle; /* NULL: none */
  double      width;    /* in points or CSS pixels; 0: 960 */
  double      height;   /* 0: 540 */
  double      scale;    /* pixels of a PNG per point; 0: 2 */
  gboolean    dark;
} BallastChartFileOptions;

/*
 * Writes the chart as PNG, SVG or PDF by @path's ending, through a temporary file that is renamed.
 * @options may be NULL.  Fails with BALLAST_CHART_ERROR_FORMAT for another ending and with
 * BALLAST_CHART_ERROR_WRITE or a G_FILE_ERROR where the file cannot be written.
 */
gboolean ballast_chart_file_save         (const BallastChartModel       *model,
                                          const char                    *path,
                                          const BallastChartFileOptions *options,
                                          GError                       **error);

/* TRUE where @path's ending is one that ballast_chart_file_save() writes. */
gboolean ballast_chart_file_is_supported (const char                    *path);

G_END_DECLS
