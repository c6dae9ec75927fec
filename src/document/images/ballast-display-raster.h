#pragma once

#include "ballast-raster.h"

G_BEGIN_DECLS

/* (transfer full): @raster as 8-bit RGB or RGBA, what screens take.  Takes @raster. */
BallastRaster *ballast_display_raster_take (BallastRaster *raster);

G_END_DECLS
