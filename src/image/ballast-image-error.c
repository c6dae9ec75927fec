#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-image-error.h"

G_DEFINE_QUARK (ballast-image-error-quark, ballast_image_error)
