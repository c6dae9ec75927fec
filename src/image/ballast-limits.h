#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a file may claim before it is refused; checked before any memory is taken. */
typedef struct
{
  guint64 max_pixels; /* of one frame */
  guint32 max_side;   /* pixels */
  guint64 max_bytes;  /* of the file */
} BallastImageLimits;

#define BALLAST_IMAGE_LIMITS_INIT { .max_pixels = 100000000, .max_side = 32768, \
                                    .max_bytes = 256 * 1024 * 1024 }

G_END_DECLS
