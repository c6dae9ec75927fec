/*
 * Cubic sampling at any positions: sixteen pixels for one.
 *
 * Positions are rounded to 1/128 px and weights to 1/1024, in integers, so that every processor gets the
 * same.  Outside the source each of the sixteen is folded back in by itself.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-cubic.h"

#include <math.h>
#include <string.h>

#define STEPS 128      /* a pixel */
#define WEIGHT_BITS 10 /* of one direction */
#define TAPS 4

typedef gint16 Weights[STEPS][TAPS];

/* Of the pixels before, at, after and beyond a position; each sum is exact. */
static void
set_weights (Weights weights)
{
  const double a = -0.75;

  for (guint step = 0; step < STEPS; step++)
    {
      double f = (double) step / STEPS, rest = 1 - f;
      const double exact[TAPS] = {
        ((a * (f + 1) - 5 * a) * (f + 1) + 8 * a) * (f + 1) - 4 * a,
        ((a + 2) * f - (a + 3)) * f * f + 1,
        ((a + 2) * rest - (a + 3)) * rest * rest + 1,
        ((a * (rest + 1) - 5 * a) * (rest + 1) + 8 * a) * (rest + 1) - 4 * a,
      };
      gint sum = 0;

      for (guint tap = 0; tap < TAPS; tap++)
        {
          weights[step][tap] = (gint16) lrint (exact[tap] * (1 << WEIGHT_BITS));
          sum += weights[step][tap];
        }
      weights[step][step < STEPS / 2 ? 1 : 2] += (gint16) ((1 << WEIGHT_BITS) - sum);
    }
}

/* Pixel @index of an endless picture, in the one of @size that there is. */
static gint64
fold (gint64        index,
      gint64        size,
      BallastBorder border)
{
  gint64 period;

  if (index >= 0 && index < size)
    return index;
  switch (border)
    {
    case BALLAST_BORDER_REFLECT_101:
      period = MAX (1, 2 * (size - 1));
      index = ABS (index) % period;
      return index >= size ? period - index : index;
    case BALLAST_BORDER_REFLECT:
      period = 2 * size;
      index = ((index % period) + period) % period;
      return index >= size ? period - 1 - index : index;
    case BALLAST_BORDER_WRAP:
      return ((index % size) + size) % size;
    case BALLAST_BORDER_CONSTANT:
    case BALLAST_BORDER_REPLICATE:
    case BALLAST_BORDER_NONE:
    default:
      return CLAMP (index, 0, size - 1);
    }
}

/* The four indices round @position, and its weights.  A ring belongs to the picture unless it wraps. */
static const gint16 *
place (const BallastWarp *warp,
       gint64             position,
       gboolean           across,
       Weights            weights,
       gint64             indices[TAPS])
{
  gint64 ring = across ? warp->ring_x : warp->ring_y;
  gint64 size = across ? warp->source->width : warp->source->height;
  gint64 steps = (position + 256) >> 9, index = steps >> 7;
  gboolean wrap = warp->border == BALLAST_BORDER_WRAP;

  for (gint64 tap = 0; tap < TAPS; tap++)
    indices[tap] = wrap ? fold (index + tap - 1, size - 2 * ring, warp->border) + ring
                        : fold (index + tap - 1 + ring, size, warp->border);
  return weights[steps & (STEPS - 1)];
}

static guint
read_sample (const BallastRaster *source,
             const guint8        *row,
             gint64               index)
{
  guint16 wide;

  if (source->depth == 8)
    return row[index];
  memcpy (&wide, row + 2 * index, 2);
  return wide;
}

static void
sample_pixel (const BallastRaster *source,
              const gint64         indices[2][TAPS],
              const gint16 *const  weights[2],
              guint8              *target)
{
  gint64 most = source->depth == 16 ? 65535 : 255;

  for (guint c = 0; c < source->channels; c++)
    {
      gint64 sum = 1 << (2 * WEIGHT_BITS - 1);
      guint16 wide;

      for (guint y = 0; y < TAPS; y++)
        {
          const guint8 *row = ballast_raster_get_row (source, (guint) indices[1][y]);
          gint64 across = 0;

          for (guint x = 0; x < TAPS; x++)
            across += (gint64) weights[0][x] * read_sample (source, row,
                                                            indices[0][x] * source->channels + c);
          sum += across * weights[1][y];
        }
      wide = (guint16) CLAMP (sum >> (2 * WEIGHT_BITS), 0, most);
      if (source->depth == 16)
        memcpy (target, &wide, 2);
      else
        target[c] = (guint8) wide;
    }
}

void
ballast_kernel_warp_cubic (const BallastWarp *warp,
                           BallastRaster     *target,
                           guint              first,
                           guint              end)
{
  guint bytes = ballast_kernel_get_pixel_bytes (target);
  Weights weights;

  set_weights (weights);
  for (guint y = first; y < end; y++)
    for (guint x = 0; x < target->width; x += BALLAST_WARP_PIECE)
      {
        guint n = MIN (BALLAST_WARP_PIECE, target->width - x);
        guint8 *row = ballast_raster_get_row (target, y) + (gsize) x * bytes;
        gint64 at_x[BALLAST_WARP_PIECE], at_y[BALLAST_WARP_PIECE];

        warp->locate (warp->data, (const guint[2]) { x, y }, n, at_x, at_y);
        for (guint i = 0; i < n; i++)
          {
            gint64 indices[2][TAPS];
            const gint16 *pair[2] = { place (warp, at_x[i], TRUE, weights, indices[0]),
                                      place (warp, at_y[i], FALSE, weights, indices[1]) };

            sample_pixel (warp->source, (const gint64 (*)[TAPS])indices, pair, row + (gsize) i * bytes);
          }
      }
}
