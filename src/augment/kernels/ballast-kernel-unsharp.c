/*
 * Unsharp masking on the Gaussian blur's kernel.
 *
 * The blurred rows go into a raster of their own; the mask is a raster too (0 or 255), blurred by the
 * same kernel and mixed by whole numbers.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-unsharp.h"
#include "ballast-kernel.h"

#include <math.h>

/* v + alpha · (v − blurred), alpha in 1/256. */
BALLAST_CLONES static void
sharpen_bytes (const guint8 *restrict source,
               const guint8 *restrict blurred,
               guint                  n,
               gint32                 alpha,
               guint8 *restrict       target)
{
  for (guint i = 0; i < n; i++)
    {
      gint32 value = source[i] + ((alpha * (source[i] - blurred[i]) + 128) >> 8);

      value = value < 0 ? 0 : value;
      target[i] = (guint8) (value > 255 ? 255 : value);
    }
}

static void
sharpen_halfwords (const guint16 *source,
                   const guint16 *blurred,
                   guint          n,
                   gint64         alpha,
                   guint16       *target)
{
  for (guint i = 0; i < n; i++)
    target[i] = (guint16) CLAMP (source[i] + ((alpha * (source[i] - blurred[i]) + 128) >> 8), 0,
                                 65535);
}

static void
sharpen_row (const BallastRaster *source,
             const BallastRaster *blurred,
             gint32               alpha,
             BallastRaster       *target,
             guint                y)
{
  guint n = source->width * source->channels;
  const guint8 *from = ballast_raster_get_row (source, y);
  const guint8 *soft = ballast_raster_get_row (blurred, y);
  guint8 *to = ballast_raster_get_row (target, y);

  if (source->depth == 16)
    sharpen_halfwords ((const guint16 *) (gconstpointer) from,
                       (const guint16 *) (gconstpointer) soft, n, alpha, (guint16 *) (gpointer) to);
  else
    sharpen_bytes (from, soft, n, alpha, to);
}

/* 255 where source and blurred differ by more than the threshold, into @mask of 8 bits. */
static void
mask_row (const BallastRaster *source,
          const BallastRaster *blurred,
          gint32               threshold,
          BallastRaster       *mask,
          guint                y)
{
  const guint8 *from = ballast_raster_get_row (source, y);
  const guint8 *soft = ballast_raster_get_row (blurred, y);
  guint8 *to = ballast_raster_get_row (mask, y);

  for (guint i = 0; i < source->width * source->channels; i++)
    {
      gint32 a = source->depth == 16 ? ((const guint16 *) (gconstpointer) from)[i] : from[i];
      gint32 b = source->depth == 16 ? ((const guint16 *) (gconstpointer) soft)[i] : soft[i];

      to[i] = ABS (a - b) > threshold ? 255 : 0;
    }
}

/* Mixes the sharp row that is in @target with the source. */
static void
mix_row (const BallastRaster *source,
         const BallastRaster *mask,
         BallastRaster       *target,
         guint                y)
{
  const guint8 *from = ballast_raster_get_row (source, y), *share = ballast_raster_get_row (mask, y);
  guint8 *to = ballast_raster_get_row (target, y);
  const guint16 *wide_from = (const guint16 *) (gconstpointer) from;
  guint16 *wide_to = (guint16 *) (gpointer) to;

  for (guint i = 0; i < source->width * source->channels; i++)
    {
      gint32 s = share[i];

      if (source->depth == 16)
        wide_to[i] = (guint16) ((wide_to[i] * s + wide_from[i] * (255 - s) + 127) / 255);
      else
        to[i] = (guint8) ((to[i] * s + from[i] * (255 - s) + 127) / 255);
    }
}

static void
mask_rows (const BallastRaster  *source,
           const BallastRaster  *blurred,
           const BallastUnsharp *unsharp,
           const guint16        *weights,
           BallastRaster        *target,
           const guint           rows[2])
{
  guint radius = unsharp->size / 2;
  guint first = rows[0] > radius ? rows[0] - radius : 0;
  guint end = MIN (rows[1] + radius, source->height);
  gint32 threshold = (gint32) lrint (unsharp->threshold * (source->depth == 16 ? 257 : 1));
  g_autoptr(BallastRaster) mask = ballast_raster_new (source->width, source->height,
                                                       source->channels, 8);
  g_autoptr(BallastRaster) soft = ballast_raster_new (source->width, source->height,
                                                       source->channels, 8);

  for (guint y = first; y < end; y++)
    mask_row (source, blurred, threshold, mask, y);
  ballast_kernel_blur (mask, weights, unsharp->size, soft, rows[0], rows[1]);
  for (guint y = rows[0]; y < rows[1]; y++)
    mix_row (source, soft, target, y);
}

void
ballast_kernel_unsharp (const BallastRaster  *source,
                        const BallastUnsharp *unsharp,
                        BallastRaster        *target,
                        guint                 first,
                        guint                 end)
{
  guint margin = unsharp->masked ? unsharp->size / 2 : 0;
  guint top = first > margin ? first - margin : 0, bottom = MIN (end + margin, source->height);
  g_autofree guint16 *weights = ballast_gaussian_weights (unsharp->sigma, unsharp->size);
  g_autoptr(BallastRaster) blurred = ballast_raster_new (source->width, source->height,
                                                          source->channels, source->depth);
  const guint rows[2] = { first, end };

  ballast_kernel_blur (source, weights, unsharp->size, blurred, top, bottom);
  for (guint y = first; y < end; y++)
    sharpen_row (source, blurred, (gint32) lrint (unsharp->alpha * 256), target, y);
  if (unsharp->masked)
    mask_rows (source, blurred, unsharp, weights, target, rows);
}
