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

#include "ballast-kernel-sample.h"

#include <math.h>
#include <string.h>

#define PIECE BALLAST_WARP_PIECE
#define ONE (G_GINT64_CONSTANT (1) << 16) /* px */
#define HALF_STEP 256                     /* of 1/128 px */
#define STEPS 128                         /* a pixel */

typedef struct
{
  gint64 start_x, start_y; /* 1/65536 px, of the piece's first pixel */
  gint64 step_x, step_y;
} Line;

/* @position, in steps, of an endless picture, in the one of @size that there is. */
static gint64
fold (gint64        position,
      gint64        size,
      BallastBorder border)
{
  gint64 last = (size - 1) * STEPS, period;

  switch (border)
    {
    case BALLAST_BORDER_REFLECT_101:
      period = 2 * last;
      position %= period;
      position = position < 0 ? -position : position;
      return position > last ? period - position : position;
    case BALLAST_BORDER_REFLECT:
      period = 2 * size * STEPS;
      position = (position + STEPS / 2) % period;
      position = position < 0 ? position + period : position;
      position = (position >= size * STEPS ? period - position : position) - STEPS / 2;
      return CLAMP (position, 0, last);
    case BALLAST_BORDER_WRAP:
      position %= size * STEPS;
      return position < 0 ? position + size * STEPS : position;
    case BALLAST_BORDER_CONSTANT:
    case BALLAST_BORDER_REPLICATE:
    case BALLAST_BORDER_NONE:
    default:
      return CLAMP (position, 0, last);
    }
}

/* The index and the weights of @position (in steps) in a source of @size, ring included: the last pixel
 * is the right one of a pair. */
BALLAST_INLINE gint32
split (gint32   position,
       gint32   size,
       guint32 *weights)
{
  gint32 index = position >> 7;
  guint32 right;

  index = index > size - 2 ? size - 2 : index;
  right = (guint32) (position - index * STEPS);
  *weights = (STEPS - right) | right << 16;
  return index;
}

/* fold() without a division or a branch, for positions that are less than one picture away: nearly all
 * of those that are outside at all. */
BALLAST_INLINE gint32
fold_once (gint32   position,
           gint32   size,
           gboolean mirrors,
           gboolean edge_twice)
{
  gint32 last = (size - 1) * STEPS, beyond = edge_twice ? STEPS / 2 : 0, turn = last + 2 * beyond;

  if (mirrors)
    {
      position += beyond;
      position = position < 0 ? -position : position;
      position = (position > turn ? 2 * turn - position : position) - beyond;
    }
  position = position < 0 ? 0 : position;
  return position > last ? last : position;
}

/* Positions in steps; offsets fit into 32 bits. */
BALLAST_INLINE void
place_once (const BallastWarp          *warp,
            const gint32               *at_x,
            const gint32               *at_y,
            guint                       n,
            BallastTaps       *restrict taps)
{
  const BallastRaster *source = warp->source;
  gboolean edge_twice = warp->border == BALLAST_BORDER_REFLECT;
  gboolean mirrors = edge_twice || warp->border == BALLAST_BORDER_REFLECT_101;
  gint32 bytes = (gint32) ballast_kernel_get_pixel_bytes (source), stride = (gint32) source->stride;
  gint32 width = (gint32) source->width, height = (gint32) source->height;

  for (guint i = 0; i < n; i++)
    {
      gint32 column = split (fold_once (at_x[i], width, mirrors, edge_twice), width,
                             &taps->across[i]);
      gint32 row = split (fold_once (at_y[i], height, mirrors, edge_twice), height,
                          &taps->down[i]);

      taps->offset[i] = row * stride + column * bytes;
    }
}

static void
place_anywhere (const BallastWarp *warp,
                const gint64      *at_x,
                const gint64      *at_y,
                guint              n,
                BallastTaps       *taps)
{
  const BallastRaster *source = warp->source;
  gint64 width = source->width, height = source->height;
  gint64 bytes = ballast_kernel_get_pixel_bytes (source);
  gint64 ring_x = (gint64) warp->ring_x * STEPS, ring_y = (gint64) warp->ring_y * STEPS;
  gboolean wrap = warp->border == BALLAST_BORDER_WRAP;

  for (guint i = 0; i < n; i++)
    {
      gint64 x = (at_x[i] + HALF_STEP) >> 9, y = (at_y[i] + HALF_STEP) >> 9;
      gint32 column, row;

      /* A ring belongs to the picture, but a wrapped one must not be counted twice. */
      x = wrap ? fold (x, width - 2 * warp->ring_x, warp->border) + ring_x
               : fold (x + ring_x, width, warp->border);
      y = wrap ? fold (y, height - 2 * warp->ring_y, warp->border) + ring_y
               : fold (y + ring_y, height, warp->border);
      column = split ((gint32) x, (gint32) width, &taps->across[i]);
      row = split ((gint32) y, (gint32) height, &taps->down[i]);
      taps->offset[i] = row * (gint64) source->stride + column * bytes;
    }
}

/* Whether all of @n positions are less than one picture of @size away. */
BALLAST_INLINE gboolean
are_near (const gint64 *positions,
          guint         n,
          gint64        size)
{
  gint64 least = positions[0], most = positions[0];

  for (guint i = 1; i < n; i++)
    {
      least = MIN (least, positions[i]);
      most = MAX (most, positions[i]);
    }
  return least > -(size - 2) * ONE && most < (2 * size - 4) * ONE;
}

BALLAST_INLINE void
place_folded (const BallastWarp *warp,
              const gint64      *at_x,
              const gint64      *at_y,
              guint              n,
              BallastTaps       *taps)
{
  const BallastRaster *source = warp->source;
  gint32 ring_x = (gint32) warp->ring_x * STEPS, ring_y = (gint32) warp->ring_y * STEPS;
  gint32 x[PIECE], y[PIECE];

  if (warp->border == BALLAST_BORDER_WRAP || source->stride * source->height > G_MAXINT32
      || !are_near (at_x, n, source->width) || !are_near (at_y, n, source->height))
    {
      place_anywhere (warp, at_x, at_y, n, taps);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      x[i] = (gint32) ((at_x[i] + HALF_STEP) >> 9) + ring_x;
      y[i] = (gint32) ((at_y[i] + HALF_STEP) >> 9) + ring_y;
    }
  place_once (warp, x, y, n, taps);
}

/* The same where the whole piece is well inside: nothing to fold, and 32 bits are enough. */
BALLAST_INLINE void
place_inside (const BallastWarp *warp,
              const Line        *line,
              guint              n,
              BallastTaps       *taps)
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
            BallastTaps       *taps)
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
take_nearest (BallastTaps *taps,
              guint        n)
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

/* What place_folded() does, for a line that 32 bits hold. */
BALLAST_INLINE void
place_folded_line (const BallastWarp *warp,
                   const Line        *line,
                   guint              n,
                   BallastTaps       *taps)
{
  gint32 x0 = (gint32) (line->start_x & (ONE - 1)) + HALF_STEP;
  gint32 y0 = (gint32) (line->start_y & (ONE - 1)) + HALF_STEP;
  gint32 whole_x = (gint32) ((line->start_x >> 16) + warp->ring_x) * STEPS;
  gint32 whole_y = (gint32) ((line->start_y >> 16) + warp->ring_y) * STEPS;
  gint32 step_x = (gint32) line->step_x, step_y = (gint32) line->step_y;
  gint32 x[PIECE], y[PIECE];

  for (guint i = 0; i < n; i++)
    {
      x[i] = whole_x + ((x0 + (gint32) i * step_x) >> 9);
      y[i] = whole_y + ((y0 + (gint32) i * step_y) >> 9);
    }
  place_once (warp, x, y, n, taps);
}

BALLAST_INLINE gboolean
is_near (gint64 start,
         gint64 step,
         guint  n,
         gint64 size)
{
  gint64 last = start + (gint64) (n - 1) * step;

  return MIN (start, last) > -(size - 2) * ONE && MAX (start, last) < (2 * size - 4) * ONE;
}

BALLAST_INLINE void
place_line (const BallastWarp *warp,
            const Line        *line,
            guint              n,
            BallastTaps       *taps)
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
  if (gentle && ABS (line->step_y) < 256 * ONE && warp->border != BALLAST_BORDER_WRAP
      && source->stride * source->height <= G_MAXINT32
      && is_near (line->start_x, line->step_x, n, source->width)
      && is_near (line->start_y, line->step_y, n, source->height))
    {
      place_folded_line (warp, line, n, taps);
      return;
    }
  x[0] = y[0] = 0; /* there is at least one */
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
               BallastTaps       *taps)
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
place_piece (const BallastWarp *warp,
             const guint        at[2],
             guint              n,
             BallastTaps       *taps)
{
  Line line = { 0 };

  if (warp->locate != NULL)
    {
      place_located (warp, at, n, taps);
    }
  else
    {
      line = line_at (warp, at[0], at[1]);
      place_line (warp, &line, n, taps);
    }
  if (warp->nearest)
    take_nearest (taps, n);
}

/* Lines of a slanted row come in no order that the processor foresees: so many pixels at most to the next
 * line of memory, and so many rows are placed before they are sampled. */
#define FORESEEN_PIXELS 4
#define AHEAD 3

/* Places a piece, and sets its pixels on their way. */
static void
place_ahead (const BallastWarp *warp,
             const guint        at[2],
             guint              n,
             BallastTaps       *taps)
{
  const BallastRaster *source = warp->source;

  place_piece (warp, at, n, taps);
  for (guint i = 0; i < n; i += FORESEEN_PIXELS)
    __builtin_prefetch (source->data + taps->offset[i] + source->stride);
}

void
ballast_kernel_warp (const BallastWarp *warp,
                     BallastRaster     *target,
                     guint              first,
                     guint              end)
{
  guint bytes = ballast_kernel_get_pixel_bytes (target);
  BallastSampleFunc sample = ballast_kernel_choose_sample (warp->source);
  BallastTaps taps[AHEAD + 1];

  /* Column by column of pieces: a slanted row of a large picture crosses more pages than the
   * processor keeps in mind, a small block does not. */
  for (guint x = 0; x < target->width && first < end; x += PIECE)
    {
      guint n = MIN (PIECE, target->width - x);

      for (guint y = first; y < first + AHEAD && y < end; y++)
        place_ahead (warp, (const guint[2]) { x, y }, n, &taps[y % (AHEAD + 1)]);
      for (guint y = first; y < end; y++)
        {
          if (y + AHEAD < end)
            place_ahead (warp, (const guint[2]) { x, y + AHEAD }, n,
                         &taps[(y + AHEAD) % (AHEAD + 1)]);
          sample (warp->source, &taps[y % (AHEAD + 1)], n,
                  ballast_raster_get_row (target, y) + (gsize) x * bytes);
        }
    }
}
