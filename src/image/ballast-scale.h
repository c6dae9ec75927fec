#pragma once

#include "ballast-raster.h"

G_BEGIN_DECLS

/*
 * The size of @width × @height shrunk to fit @max_width × @max_height with its proportions; never
 * enlarged, never below one pixel.
 */
void           ballast_scale_get_fit (guint                width,
                                      guint                height,
                                      guint                max_width,
                                      guint                max_height,
                                      guint               *fit_width,
                                      guint               *fit_height);

/*
 * (transfer full): @raster at @width × @height, neither larger than its own.  Each pixel is the mean
 * of the area that it covers; transparent pixels count for their alpha.  Same kind as @raster.
 */
BallastRaster *ballast_scale_area    (const BallastRaster *raster,
                                      guint                width,
                                      guint                height);

/* (transfer full): the two together; a copy where it fits already. */
BallastRaster *ballast_scale_to_fit  (const BallastRaster *raster,
                                      guint                max_width,
                                      guint                max_height);

G_END_DECLS
