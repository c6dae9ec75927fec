#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-augment-error.h"

G_DEFINE_QUARK (ballast-augment-error-quark, ballast_augment_error)
