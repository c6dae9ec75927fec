/*
 * Random values in place: rectangles of them, and the hashes of a row for those who choose pixels.
 *
 * A value depends on (seed, row, place) alone: bands may be done in any order.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-random.h"

#include <string.h>

#define BLOCK 256

BALLAST_CLONES void
ballast_kernel_hash_places (const guint32 seed[2],
                            guint32       y,
                            guint32       first,
                            guint         n,
                            guint32      *hashes)
{
  guint32 row = ballast_hash_row (seed[0], y), salt = seed[1];

  for (guint i = 0; i < n; i++)
    hashes[i] = ballast_hash_at (row, salt, first + i);
}

/* A hash has bytes enough for the colours of a pixel. */
static void
speckle_row (BallastRaster *raster,
             const guint32  seed[2],
             guint          y,
             guint          left,
             guint          right)
{
  guint colours = ballast_kernel_get_n_colours (raster), bytes = ballast_kernel_get_pixel_bytes (raster);
  guint size = raster->depth == 16 ? 2 : colours;
  guint8 *row = ballast_raster_get_row (raster, y);
  guint32 hashes[BLOCK];

  for (guint start = left; start < right; start += BLOCK)
    {
      guint n = MIN (BLOCK, right - start);

      ballast_kernel_hash_places (seed, y, start, n, hashes);
      for (guint i = 0; i < n; i++)
        memcpy (row + (gsize) (start + i) * bytes, &hashes[i], size);
    }
}

void
ballast_kernel_speckle (BallastRaster          *raster,
                        const BallastRectangle *rectangle,
                        const guint32           seed[2],
                        guint                   first,
                        guint                   end)
{
  gint64 left = CLAMP (rectangle->x, 0, (gint64) raster->width);
  gint64 right = CLAMP ((gint64) rectangle->x + rectangle->width, left, (gint64) raster->width);
  gint64 top = MAX (rectangle->y, (gint64) first);
  gint64 bottom = MIN ((gint64) rectangle->y + rectangle->height, (gint64) end);

  for (gint64 y = top; y < bottom; y++)
    speckle_row (raster, seed, (guint) y, (guint) left, (guint) right);
}
