#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-error.h"

G_DEFINE_QUARK (ballast-store-error-quark, ballast_store_error)
