#define G_LOG_DOMAIN "ballast-sample"

#include "config.h"

#include "ballast-sample-error.h"

G_DEFINE_QUARK (ballast-sample-error-quark, ballast_sample_error)
