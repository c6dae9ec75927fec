/*
 * Gaussian noise, in place.
 *
 * A sample's noise is q[hash (seed, row, position)], where q holds 4096 quantiles of the normal
 * distribution in 8 KiB, so that it stays in the first cache beside the pixels: standard deviation
 * 1 (to 1e-4) and tails to 3.7.  No state: bands may be done in any order.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-random.h"

#include <math.h>
#include <string.h>

#define QUANTILES 4096
#define QUANTILE_BITS 11 /* a standard deviation is 2^11 */
#define LEVEL_BITS 8     /* of BallastNoise */
#define BLOCK 512        /* samples; a hash makes two */

static gint16 quantiles[QUANTILES];

/* The upper tail's inverse for 0 < @p <= 0.5 by Newton's method on erfc. */
static double
inverse_normal (double p)
{
  double x = sqrt (-2 * log (p)); /* a start that is never too small */

  for (guint i = 0; i < 60; i++)
    {
      double error = 0.5 * erfc (x * M_SQRT1_2) - p;

      x += error / (exp (-0.5 * x * x) * 0.3989422804014327);
      if (fabs (error) < 1e-15)
        break;
    }
  return x;
}

static void
make_quantiles (void)
{
  g_autofree double *upper = g_new (double, QUANTILES / 2);
  double square = 0;

  for (guint i = 0; i < QUANTILES / 2; i++)
    {
      upper[i] = inverse_normal ((i + 0.5) / QUANTILES);
      square += upper[i] * upper[i] / (QUANTILES / 2);
    }
  for (guint i = 0; i < QUANTILES / 2; i++)
    {
      quantiles[QUANTILES - 1 - i] = (gint16) lrint (upper[i] / sqrt (square) * (1 << QUANTILE_BITS));
      quantiles[i] = (gint16) -quantiles[QUANTILES - 1 - i];
    }
}

const gint16 *
ballast_kernel_get_quantiles (void)
{
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      make_quantiles ();
      g_once_init_leave (&made, 1);
    }
  return quantiles;
}

/* The hashes of pairs of samples from @pair on. */
BALLAST_CLONES static void
hash_pairs (guint32  row_seed,
            guint32  salt,
            guint32  pair,
            guint32 *hashes)
{
  for (guint i = 0; i < BLOCK / 2; i++)
    hashes[i] = ballast_hash_at (row_seed, salt, pair + i);
}

/* Standard normal numbers, times 2^11, for samples @start … @start + BLOCK - 1 of row @y. */
static void
draw_block (const BallastNoise *noise,
            guint32             y,
            guint32             start,
            gint16             *drawn)
{
  const gint16 *table = ballast_kernel_get_quantiles ();
  guint32 row_seed = ballast_hash_row (noise->seed[0], y);
  guint32 hashes[BLOCK / 2];

  hash_pairs (row_seed, noise->seed[1], start / 2, hashes);
  for (guint i = 0; i < BLOCK / 2; i++)
    {
      drawn[2 * i] = table[hashes[i] & (QUANTILES - 1)];
      drawn[2 * i + 1] = table[hashes[i] >> 20];
    }
}

BALLAST_CLONES static void
add_bytes (guint8       *samples,
           const gint16 *drawn,
           guint         n,
           gint32        sigma,
           gint32        offset)
{
  for (guint i = 0; i < n; i++)
    {
      gint32 value = samples[i] + ((drawn[i] * sigma + offset) >> (QUANTILE_BITS + LEVEL_BITS));

      value = value < 0 ? 0 : value;
      samples[i] = (guint8) (value > 255 ? 255 : value);
    }
}

static gint64
scaled (const BallastNoise *noise,
        gint16              drawn)
{
  gint64 half = 1 << (QUANTILE_BITS + LEVEL_BITS - 1);

  return ((gint64) drawn * noise->sigma + (gint64) noise->mean * (1 << QUANTILE_BITS) + half)
         >> (QUANTILE_BITS + LEVEL_BITS);
}

/* Any kind of raster: one draw for a pixel, or one for each of its colours. */
static void
add_pixels (BallastRaster      *raster,
            const BallastNoise *noise,
            guint               y,
            guint               first,
            const gint16       *drawn)
{
  guint colours = ballast_kernel_get_n_colours (raster);
  guint per_pixel = noise->per_channel ? colours : 1;
  guint n = MIN (BLOCK / per_pixel, raster->width - first);
  guint8 *row = ballast_raster_get_row (raster, y)
                + (gsize) first * ballast_kernel_get_pixel_bytes (raster);

  for (guint x = 0; x < n; x++)
    for (guint c = 0; c < colours; c++)
      {
        gint64 change = scaled (noise, drawn[x * per_pixel + (per_pixel > 1 ? c : 0)]);

        if (raster->depth == 16)
          {
            guint16 *value = (guint16 *) (gpointer) row + x;

            *value = (guint16) CLAMP (*value + change, 0, 65535);
          }
        else
          {
            guint8 *value = row + x * raster->channels + c;

            *value = (guint8) CLAMP (*value + change, 0, 255);
          }
      }
}

static void
add_row (BallastRaster      *raster,
         const BallastNoise *noise,
         guint               y)
{
  guint colours = ballast_kernel_get_n_colours (raster);
  guint per_pixel = noise->per_channel ? colours : 1;
  guint n = raster->width * per_pixel, whole = BLOCK / per_pixel * per_pixel;
  gboolean packed = raster->depth == 8 && raster->channels == per_pixel;
  gint16 drawn[BLOCK];

  if (packed)
    {
      gint32 offset = noise->mean * (1 << QUANTILE_BITS)
                      + (1 << (QUANTILE_BITS + LEVEL_BITS - 1));

      for (guint start = 0; start < n; start += BLOCK)
        {
          draw_block (noise, y, start, drawn);
          add_bytes (ballast_raster_get_row (raster, y) + start, drawn, MIN (BLOCK, n - start),
                     noise->sigma, offset);
        }
      return;
    }

  for (guint start = 0; start < n; start += whole)
    {
      draw_block (noise, y, start, drawn);
      add_pixels (raster, noise, y, start / per_pixel, drawn);
    }
}

void
ballast_kernel_noise (BallastRaster      *raster,
                      const BallastNoise *noise,
                      guint               first,
                      guint               end)
{
  for (guint y = first; y < end; y++)
    add_row (raster, noise, y);
}
