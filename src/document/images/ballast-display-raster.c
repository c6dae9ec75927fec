/*
 * Pixels for a screen: 8-bit RGB or RGBA of any raster.  Any thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-display-raster.h"

/* One row of grey, with alpha or without, spread over the colours. */
static void
spread_row (const BallastRaster *raster,
            guint                y,
            BallastRaster       *shown)
{
  const guint8 *in = ballast_raster_get_row (raster, y);
  guint8 *out = ballast_raster_get_row (shown, y);

  for (guint x = 0; x < raster->width; x++)
    {
      guint8 grey = raster->depth == 16 ? ((const guint16 *) (const void *) in)[x] >> 8
                                        : in[x * raster->channels];

      *out++ = grey;
      *out++ = grey;
      *out++ = grey;
      if (raster->channels == 2)
        *out++ = in[x * 2 + 1];
    }
}

BallastRaster *
ballast_display_raster_take (BallastRaster *raster)
{
  BallastRaster *shown;

  if (raster->channels >= 3 && raster->depth == 8)
    return raster;

  shown = ballast_raster_new (raster->width, raster->height, raster->channels == 2 ? 4 : 3, 8);
  for (guint y = 0; y < raster->height; y++)
    spread_row (raster, y, shown);
  ballast_raster_free (raster);
  return shown;
}
