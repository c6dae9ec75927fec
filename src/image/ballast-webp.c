/*
 * The way through WebP and back, in memory.
 *
 * libwebp gives the same bytes whatever instructions it uses.  Greys go as colours without colour,
 * since the format knows no others.  Any number of threads; some sixty nanoseconds a pixel.
 */
#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-webp.h"

#ifdef HAVE_WEBP

#include <webp/decode.h>
#include <webp/encode.h>

gboolean
ballast_webp_is_available (void)
{
  return TRUE;
}

/* (transfer full): @grey with three channels. */
static BallastRaster *
spread (const BallastRaster *grey)
{
  BallastRaster *raster = ballast_raster_new (grey->width, grey->height, 3, 8);

  for (guint y = 0; y < grey->height; y++)
    {
      const guint8 *from = ballast_raster_get_row (grey, y);
      guint8 *to = ballast_raster_get_row (raster, y);

      for (guint x = 0; x < 3 * grey->width; x++)
        to[x] = from[x / 3];
    }
  return raster;
}

/* (transfer full): the green of @raster. */
static BallastRaster *
take_green (const BallastRaster *raster)
{
  BallastRaster *grey = ballast_raster_new (raster->width, raster->height, 1, 8);

  for (guint y = 0; y < raster->height; y++)
    {
      const guint8 *from = ballast_raster_get_row (raster, y);
      guint8 *to = ballast_raster_get_row (grey, y);

      for (guint x = 0; x < raster->width; x++)
        to[x] = from[3 * x + 1];
    }
  return grey;
}

/* (transfer full) (nullable): what is left of RGB. */
static BallastRaster *
encode_and_decode (const BallastRaster *raster,
                   guint                quality)
{
  BallastRaster *decoded = ballast_raster_new (raster->width, raster->height, 3, 8);
  guint8 *bytes = NULL;
  gsize length = WebPEncodeRGB (raster->data, (int) raster->width, (int) raster->height,
                                (int) raster->stride, (float) quality, &bytes);

  if (length == 0
      || WebPDecodeRGBInto (bytes, length, decoded->data, decoded->stride * decoded->height,
                            (int) decoded->stride) == NULL)
    g_clear_pointer (&decoded, ballast_raster_free);
  WebPFree (bytes);
  return decoded;
}

BallastRaster *
ballast_webp_degrade (const BallastRaster *raster,
                      guint                quality)
{
  g_autoptr(BallastRaster) colour = NULL, decoded = NULL;

  g_return_val_if_fail (raster->depth == 8, NULL);
  g_return_val_if_fail (raster->channels == 1 || raster->channels == 3, NULL);

  if (raster->width > WEBP_MAX_DIMENSION || raster->height > WEBP_MAX_DIMENSION)
    return NULL;
  if (raster->channels == 1)
    colour = spread (raster);
  decoded = encode_and_decode (colour != NULL ? colour : raster, quality);
  if (decoded == NULL || raster->channels == 3)
    return g_steal_pointer (&decoded);
  return take_green (decoded);
}

#else

gboolean
ballast_webp_is_available (void)
{
  return FALSE;
}

BallastRaster *
ballast_webp_degrade (const BallastRaster *raster,
                      guint                quality)
{
  return NULL;
}

#endif
