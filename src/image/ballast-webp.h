#pragma once

#include "ballast-raster.h"

G_BEGIN_DECLS

/*
 * WebP as a loss that can be put on a picture; as files they are read by GdkPixbuf's loader.
 */

/* FALSE where this program was built without libwebp. */
gboolean       ballast_webp_is_available (void);

/* (transfer full) (nullable): grey or RGB of 8 bits, encoded with the loss of @quality, 1 … 100, and decoded
 * again: libwebp's usual settings, as cv2.imencode() has them.  NULL where the library is not there or
 * a side is longer than the 16383 pixels that the format allows. */
BallastRaster *ballast_webp_degrade      (const BallastRaster *raster,
                                          guint                quality);

G_END_DECLS
