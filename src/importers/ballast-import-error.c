#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-import-error.h"

G_DEFINE_QUARK (ballast-import-error-quark, ballast_import_error)
