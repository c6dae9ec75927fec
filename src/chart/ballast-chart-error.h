#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALLAST_CHART_ERROR (ballast_chart_error_quark ())

typedef enum
{
  BALLAST_CHART_ERROR_FORMAT, /* the file name has no known ending */
  BALLAST_CHART_ERROR_WRITE,  /* cairo could not write the file */
} BallastChartError;

GQuark ballast_chart_error_quark (void);

G_END_DECLS
