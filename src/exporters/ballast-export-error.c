#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-export-error.h"

G_DEFINE_QUARK (ballast-export-error-quark, ballast_export_error)
