#pragma once

#include <gtk/gtk.h>

#include "ballast-raster.h"

G_BEGIN_DECLS

/* (transfer full): @raster's pixels as a texture; 8-bit RGB or RGBA.  Copies once. */
GdkTexture *ballast_texture_new (const BallastRaster *raster);

G_END_DECLS
