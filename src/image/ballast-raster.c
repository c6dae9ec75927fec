#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-raster.h"

#include "ballast-raster-pool.h"

#include <string.h>

/*
 * Pixels in memory.
 *
 * Rows begin at multiples of 64 bytes and the buffer ends with 64 spare bytes, so that a kernel may
 * load whole vectors.  Making and freeing is cheap from the second picture of a size on: see the
 * pool.  No locks beyond the pool's: a raster has one owner.
 */

#define ROW_ALIGNMENT 64
#define SPARE_BYTES 64

static gboolean
kind_is_valid (guint channels,
               guint depth)
{
  return channels >= 1 && channels <= 4 && (depth == 8 || (depth == 16 && channels == 1));
}

BallastRaster *
ballast_raster_try_new (guint width,
                        guint height,
                        guint channels,
                        guint depth)
{
  BallastRaster *raster;
  gsize stride;
  gsize size;
  gsize capacity = 0;
  guint8 *data;

  g_return_val_if_fail (width > 0 && height > 0, NULL);
  g_return_val_if_fail (kind_is_valid (channels, depth), NULL);

  stride = (gsize) width * channels * (depth / 8);
  stride = (stride + ROW_ALIGNMENT - 1) / ROW_ALIGNMENT * ROW_ALIGNMENT;
  /* An odd number of cache lines: rows that are a power of two apart share so few places in the cache
   * that walking down a column evicts them again (a quarter turn of 1024 × 1024 takes twice as long). */
  if (stride > 512 && stride / ROW_ALIGNMENT % 2 == 0)
    stride += ROW_ALIGNMENT;
  if (!g_size_checked_mul (&size, stride, height) || !g_size_checked_add (&size, size, SPARE_BYTES))
    return NULL;

  data = ballast_raster_pool_take (size, &capacity);
  if (data == NULL)
    return NULL;

  raster = g_new (BallastRaster, 1);
  *raster = (BallastRaster) { .width = width,
                              .height = height,
                              .channels = channels,
                              .depth = depth,
                              .stride = stride,
                              .data = data,
                              .capacity = capacity };

  return raster;
}

BallastRaster *
ballast_raster_new (guint width,
                    guint height,
                    guint channels,
                    guint depth)
{
  BallastRaster *raster = ballast_raster_try_new (width, height, channels, depth);

  if (raster == NULL)
    g_error ("no memory for %u × %u pixels", width, height);

  return raster;
}

BallastRaster *
ballast_raster_copy (const BallastRaster *raster)
{
  BallastRaster *copy;

  g_return_val_if_fail (raster != NULL, NULL);

  copy = ballast_raster_new (raster->width, raster->height, raster->channels, raster->depth);
  for (guint y = 0; y < raster->height; y++)
    memcpy (ballast_raster_get_row (copy, y), ballast_raster_get_row (raster, y),
            ballast_raster_get_row_bytes (raster));

  return copy;
}

void
ballast_raster_free (BallastRaster *raster)
{
  if (raster == NULL)
    return;

  ballast_raster_pool_give (raster->data, raster->capacity);
  g_free (raster);
}

gboolean
ballast_raster_equal (const BallastRaster *a,
                      const BallastRaster *b)
{
  if (a->width != b->width || a->height != b->height || a->channels != b->channels
      || a->depth != b->depth)
    return FALSE;

  for (guint y = 0; y < a->height; y++)
    if (memcmp (ballast_raster_get_row (a, y), ballast_raster_get_row (b, y),
                ballast_raster_get_row_bytes (a))
        != 0)
      return FALSE;

  return TRUE;
}
