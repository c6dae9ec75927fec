/*
 * Bilinear sampling through an affine map, or wherever another says.
 *
 * A row is done in pieces of 64 pixels: positions first (integers in 1/65536 px from a start that is
 * exact per piece, so that no error builds up), then the pixels.  Outside the source, positions are
 * folded back in: for the mirrored, stretched and wrapped borders that is the same as sampling an
 * endless picture, and a ring of one pixel does it for a constant colour.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel.h"

#include <math.h>
#include <string.h>
#if defined(__SSE2__) && !defined(BALLAST_PLAIN_KERNELS)
#include <emmintrin.h>
#endif

#define PIECE BALLAST_WARP_PIECE
#define ONE (G_GINT64_CONSTANT (1) << 16) /* px */
#define HALF_STEP 256                     /* of 1/128 px */

typedef guint8 Bytes16 __attribute__ ((vector_size (16)));

/* Where the pixels of a piece come from: byte offsets of the upper left of four, and the weights of
 * the left and the right (the upper and the lower), low and high half. */
typedef struct
{
  gint64  offset[PIECE];
  guint32 across[PIECE];
  guint32 down[PIECE];
} Taps;

typedef struct
{
  gint64 start_x, start_y; /* 1/65536 px, of the piece's first pixel */
  gint64 step_x, step_y;
} Line;

static gint64
fold (gint64        position,
      gint64        size,
      BallastBorder border)
{
  gint64 last = (size - 1) * ONE, period;

  switch (border)
    {
    case BALLAST_BORDER_REFLECT_101:
      period = 2 * last;
      position %= period;
      position = position < 0 ? -position : position;
      return position > last ? period - position : position;
    case BALLAST_BORDER_REFLECT:
      period = 2 * size * ONE;
      position = (position + ONE / 2) % period;
      position = position < 0 ? position + period : position;
      position = (position >= size * ONE ? period - position : position) - ONE / 2;
      return CLAMP (position, 0, last);
    case BALLAST_BORDER_WRAP:
      position %= size * ONE;
      return position < 0 ? position + size * ONE : position;
    case BALLAST_BORDER_CONSTANT:
    case BALLAST_BORDER_REPLICATE:
    case BALLAST_BORDER_NONE:
    default:
      return CLAMP (position, 0, last);
    }
}

/* The index and the weights of @position in a source of @size, ring included. */
BALLAST_INLINE gint64
split (gint64   position,
       gint64   size,
       guint32 *weights)
{
  gint64 steps = (position + HALF_STEP) >> 9, index = steps >> 7;
  guint32 right = (guint32) (steps & 127);

  if (index > size - 2)
    {
      index = size - 2;
      right = 128;
    }
  *weights = (128 - right) | right << 16;
  return index;
}

static void
place_folded (const BallastWarp *warp,
              const gint64      *at_x,
              const gint64      *at_y,
              guint              n,
              Taps              *taps)
{
  const BallastRaster *source = warp->source;
  gint64 width = source->width, height = source->height;
  gint64 bytes = ballast_kernel_get_pixel_bytes (source);
  gint64 ring_x = warp->ring_x * ONE, ring_y = warp->ring_y * ONE;
  gboolean wrap = warp->border == BALLAST_BORDER_WRAP;

  for (guint i = 0; i < n; i++)
    {
      gint64 x = at_x[i], y = at_y[i], column, row;

      /* A ring belongs to the picture, but a wrapped one must not be counted twice. */
      x = wrap ? fold (x, width - 2 * warp->ring_x, warp->border) + ring_x
               : fold (x + ring_x, width, warp->border);
      y = wrap ? fold (y, height - 2 * warp->ring_y, warp->border) + ring_y
               : fold (y + ring_y, height, warp->border);
      column = split (x, width, &taps->across[i]);
      row = split (y, height, &taps->down[i]);
      taps->offset[i] = row * (gint64) source->stride + column * bytes;
    }
}

/* The same where the whole piece is well inside: nothing to fold, and 32 bits are enough. */
BALLAST_INLINE void
place_inside (const BallastWarp *warp,
              const Line        *line,
              guint              n,
              Taps              *taps)
{
  gint32 bytes = (gint32) ballast_kernel_get_pixel_bytes (warp->source);
  gint32 stride = (gint32) warp->source->stride;
  gint64 whole_x = line->start_x >> 16, whole_y = line->start_y >> 16;
  gint64 base = (whole_y + warp->ring_y) * stride + (whole_x + warp->ring_x) * bytes;
  gint32 x0 = (gint32) (line->start_x & (ONE - 1)) + HALF_STEP;
  gint32 y0 = (gint32) (line->start_y & (ONE - 1)) + HALF_STEP;
  gint32 step_x = (gint32) line->step_x, step_y = (gint32) line->step_y;

  for (guint i = 0; i < n; i++)
    {
      gint32 x = x0 + (gint32) i * step_x, y = y0 + (gint32) i * step_y;
      guint32 right = (guint32) (x >> 9) & 127, lower = (guint32) (y >> 9) & 127;

      taps->across[i] = (128 - right) | right << 16;
      taps->down[i] = (128 - lower) | lower << 16;
      taps->offset[i] = base + ((y >> 16) * stride + (x >> 16) * bytes);
    }
}

/* Positions that follow no line, well inside. */
BALLAST_INLINE void
place_bent (const BallastWarp *warp,
            const gint64      *at_x,
            const gint64      *at_y,
            guint              n,
            Taps              *taps)
{
  gint64 bytes = ballast_kernel_get_pixel_bytes (warp->source), stride = (gint64) warp->source->stride;
  gint64 base = warp->ring_y * stride + warp->ring_x * bytes;

  for (guint i = 0; i < n; i++)
    {
      gint64 x = at_x[i] + HALF_STEP, y = at_y[i] + HALF_STEP;
      guint32 right = (guint32) (x >> 9) & 127, lower = (guint32) (y >> 9) & 127;

      taps->across[i] = (128 - right) | right << 16;
      taps->down[i] = (128 - lower) | lower << 16;
      taps->offset[i] = base + (y >> 16) * stride + (x >> 16) * bytes;
    }
}

/* All weight on the nearest of the four. */
static void
take_nearest (Taps *taps,
              guint n)
{
  for (guint i = 0; i < n; i++)
    {
      taps->across[i] = taps->across[i] >> 16 >= 64 ? 128u << 16 : 128;
      taps->down[i] = taps->down[i] >> 16 >= 64 ? 128u << 16 : 128;
    }
}

static gboolean
are_inside (const gint64 *positions,
            guint         n,
            gint64        size)
{
  gint64 least = positions[0], most = positions[0];

  for (guint i = 1; i < n; i++)
    {
      least = MIN (least, positions[i]);
      most = MAX (most, positions[i]);
    }
  return least >= 0 && most < (size - 1) * ONE - 2 * HALF_STEP;
}

BALLAST_INLINE guint
mix (guint   upper_left,
     guint   upper_right,
     guint   lower_left,
     guint   lower_right,
     guint32 across,
     guint32 down)
{
  guint upper = upper_left * (across & 0xffff) + upper_right * (across >> 16);
  guint lower = lower_left * (across & 0xffff) + lower_right * (across >> 16);

  return (upper * (down & 0xffff) + lower * (down >> 16) + (1 << 13)) >> 14;
}

BALLAST_INLINE void
sample_bytes (const BallastRaster *source,
              const Taps          *taps,
              guint                n,
              guint8              *target,
              guint                channels)
{
  for (guint i = 0; i < n; i++)
    {
      const guint8 *upper = source->data + taps->offset[i], *lower = upper + source->stride;

      for (guint c = 0; c < channels; c++)
        target[i * channels + c] = (guint8) mix (upper[c], upper[c + channels], lower[c],
                                                 lower[c + channels], taps->across[i],
                                                 taps->down[i]);
    }
}

static void
sample_halfwords (const BallastRaster *source,
                  const Taps          *taps,
                  guint                n,
                  guint8              *target)
{
  for (guint i = 0; i < n; i++)
    {
      guint16 upper[2], lower[2], mixed;

      memcpy (upper, source->data + taps->offset[i], 4);
      memcpy (lower, source->data + taps->offset[i] + source->stride, 4);
      mixed = (guint16) mix (upper[0], upper[1], lower[0], lower[1], taps->across[i],
                             taps->down[i]);
      memcpy (target + 2 * i, &mixed, 2);
    }
}

#if defined(__SSE2__) && !defined(BALLAST_PLAIN_KERNELS)
/* Two pixels of three or four bytes, as pairs (left, right) of each channel in 16 bits. */
BALLAST_INLINE __m128i
load_pair (const guint8 *pixels,
           guint         channels)
{
  Bytes16 bytes = (Bytes16) _mm_loadl_epi64 ((const __m128i *) (gconstpointer) pixels);
  const Bytes16 zero = { 0 };

  if (channels == 3)
    return (__m128i) __builtin_shufflevector (bytes, zero, 0, 16, 3, 16, 1, 16, 4, 16, 2, 16, 5, 16,
                                              16, 16, 16, 16);
  return (__m128i) __builtin_shufflevector (bytes, zero, 0, 16, 4, 16, 1, 16, 5, 16, 2, 16, 6, 16, 3,
                                            16, 7, 16);
}

/* One pixel, its channels in 32 bits each.  The same sums as mix(). */
BALLAST_INLINE __m128i
sample_one (const guint8 *upper_left,
            gsize         stride,
            guint32       across,
            guint32       down,
            guint         channels)
{
  __m128i weights = _mm_set1_epi32 ((int) across);
  __m128i upper = _mm_madd_epi16 (load_pair (upper_left, channels), weights);
  __m128i lower = _mm_madd_epi16 (load_pair (upper_left + stride, channels), weights);
  __m128i both = _mm_or_si128 (upper, _mm_slli_epi32 (lower, 16));
  __m128i sum = _mm_madd_epi16 (both, _mm_set1_epi32 ((int) down));

  return _mm_srli_epi32 (_mm_add_epi32 (sum, _mm_set1_epi32 (1 << 13)), 14);
}

BALLAST_INLINE void
sample_colours (const BallastRaster *source,
                const Taps          *taps,
                guint                n,
                guint8              *target,
                guint                channels)
{
  guint i = 0;

  for (; i + 4 <= n; i += 4)
    {
      __m128i pixel[4];
      Bytes16 packed;

      for (guint j = 0; j < 4; j++)
        pixel[j] = sample_one (source->data + taps->offset[i + j], source->stride,
                               taps->across[i + j], taps->down[i + j], channels);
      packed = (Bytes16) _mm_packus_epi16 (_mm_packs_epi32 (pixel[0], pixel[1]),
                                           _mm_packs_epi32 (pixel[2], pixel[3]));
      if (channels == 3)
        packed = __builtin_shufflevector (packed, packed, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3,
                                          7, 11, 15);
      memcpy (target + i * channels, &packed, 4 * channels);
    }

  for (; i < n; i++)
    {
      const guint8 *upper = source->data + taps->offset[i], *lower = upper + source->stride;

      for (guint c = 0; c < channels; c++)
        target[i * channels + c] = (guint8) mix (upper[c], upper[c + channels], lower[c],
                                                 lower[c + channels], taps->across[i],
                                                 taps->down[i]);
    }
}
#else
#define sample_colours sample_bytes
#endif

BALLAST_INLINE gboolean
is_inside (gint64 start,
           gint64 step,
           guint  n,
           gint64 size)
{
  gint64 last = start + (gint64) (n - 1) * step;

  return MIN (start, last) >= 0 && MAX (start, last) < (size - 1) * ONE - 2 * HALF_STEP;
}

static Line
line_at (const BallastWarp *warp,
         guint              x,
         guint              y)
{
  const double *m = warp->inverse;

  return (Line) {
           llrint ((m[0] * x + m[1] * y + m[2]) * ONE), llrint ((m[3] * x + m[4] * y + m[5]) * ONE),
           llrint (m[0] * ONE), llrint (m[3] * ONE),
  };
}

BALLAST_INLINE void
place_line (const BallastWarp *warp,
            const Line        *line,
            guint              n,
            Taps              *taps)
{
  const BallastRaster *source = warp->source;
  gint64 inner_width = source->width - 2 * warp->ring_x;
  gint64 inner_height = source->height - 2 * warp->ring_y;
  /* Otherwise 32 bits would not hold the positions or the offsets within a piece. */
  gboolean gentle = ABS (line->step_x) < 256 * ONE
                    && (ABS (line->step_y) + ONE) * (gint64) source->stride < 16384 * ONE * 1024;
  gint64 x[PIECE], y[PIECE];

  if (gentle && is_inside (line->start_x, line->step_x, n, inner_width)
      && is_inside (line->start_y, line->step_y, n, inner_height))
    {
      place_inside (warp, line, n, taps);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      x[i] = line->start_x + i * line->step_x;
      y[i] = line->start_y + i * line->step_y;
    }
  place_folded (warp, x, y, n, taps);
}

BALLAST_INLINE void
place_located (const BallastWarp *warp,
               const guint        at[2],
               guint              n,
               Taps              *taps)
{
  gint64 x[PIECE], y[PIECE];

  warp->locate (warp->data, at, n, x, y);
  if (are_inside (x, n, warp->source->width - 2 * warp->ring_x)
      && are_inside (y, n, warp->source->height - 2 * warp->ring_y))
    place_bent (warp, x, y, n, taps);
  else
    place_folded (warp, x, y, n, taps);
}

BALLAST_CLONES static void
warp_piece (const BallastWarp *warp,
            const guint        at[2],
            guint              n,
            guint8            *target)
{
  const BallastRaster *source = warp->source;
  Line line = { 0 };
  Taps taps;

  if (warp->locate != NULL)
    {
      place_located (warp, at, n, &taps);
    }
  else
    {
      line = line_at (warp, at[0], at[1]);
      place_line (warp, &line, n, &taps);
    }
  if (warp->nearest)
    take_nearest (&taps, n);

  if (source->depth == 16)
    sample_halfwords (source, &taps, n, target);
  else if (source->channels == 3)
    sample_colours (source, &taps, n, target, 3);
  else if (source->channels == 4)
    sample_colours (source, &taps, n, target, 4);
  else if (source->channels == 2)
    sample_bytes (source, &taps, n, target, 2);
  else
    sample_bytes (source, &taps, n, target, 1);
}

void
ballast_kernel_warp (const BallastWarp *warp,
                     BallastRaster     *target,
                     guint              first,
                     guint              end)
{
  guint bytes = ballast_kernel_get_pixel_bytes (target);

  /* Column by column of pieces: a slanted row of a large picture crosses more pages than the
   * processor keeps in mind, a small block does not. */
  for (guint x = 0; x < target->width; x += PIECE)
    for (guint y = first; y < end; y++)
      warp_piece (warp, (const guint[2]) { x, y }, MIN (PIECE, target->width - x),
                  ballast_raster_get_row (target, y) + (gsize) x * bytes);
}
