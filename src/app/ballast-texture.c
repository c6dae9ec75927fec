/*
 * From the raster of the lower layers to what GTK draws.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-texture.h"

GdkTexture *
ballast_texture_new (const BallastRaster *raster)
{
  g_autoptr(GBytes) bytes = NULL;
  GdkMemoryFormat format;

  g_return_val_if_fail (raster != NULL, NULL);
  g_return_val_if_fail (raster->depth == 8 && raster->channels >= 3, NULL);

  format = raster->channels == 4 ? GDK_MEMORY_R8G8B8A8 : GDK_MEMORY_R8G8B8;
  bytes = g_bytes_new (raster->data, raster->stride * raster->height);

  return gdk_memory_texture_new (raster->width, raster->height, format, bytes, raster->stride);
}
