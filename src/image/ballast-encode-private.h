#pragma once

#include "ballast-encode.h"

G_BEGIN_DECLS

/* An encoder each: (transfer full), NULL with the error set. The raster's kind fits the format. */
GBytes *ballast_encode_bmp  (const BallastRaster         *raster,
                             const BallastEncodeOptions  *options,
                             GError                     **error);
GBytes *ballast_encode_jpeg (const BallastRaster         *raster,
                             const BallastEncodeOptions  *options,
                             GError                     **error);
GBytes *ballast_encode_png  (const BallastRaster         *raster,
                             const BallastEncodeOptions  *options,
                             GError                     **error);
GBytes *ballast_encode_pnm  (const BallastRaster         *raster,
                             const BallastEncodeOptions  *options,
                             GError                     **error);
GBytes *ballast_encode_tiff (const BallastRaster         *raster,
                             const BallastEncodeOptions  *options,
                             GError                     **error);

/* @density in pixels a metre, inch or centimetre (@unit); FALSE where it is not known. */
gboolean ballast_encode_convert_density (const BallastDensity *density,
                                         BallastDensityUnit    unit,
                                         guint32              *x,
                                         guint32              *y);

G_END_DECLS
