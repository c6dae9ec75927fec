#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-chart-error.h"

G_DEFINE_QUARK (ballast-chart-error-quark, ballast_chart_error)
