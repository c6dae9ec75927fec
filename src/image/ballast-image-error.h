#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALLAST_IMAGE_ERROR (ballast_image_error_quark ())

typedef enum
{
  BALLAST_IMAGE_ERROR_EMPTY,       /* the file is zero bytes long */
  BALLAST_IMAGE_ERROR_FORMAT,      /* no decoder knows the file */
  BALLAST_IMAGE_ERROR_DAMAGED,     /* cut short, or its structure is broken */
  BALLAST_IMAGE_ERROR_TOO_LARGE,   /* over a limit on pixels, side or bytes */
  BALLAST_IMAGE_ERROR_UNSUPPORTED, /* a valid picture of a kind that cannot be kept */
} BallastImageError;

GQuark ballast_image_error_quark (void);

G_END_DECLS
