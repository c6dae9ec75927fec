/*
 * Gaussian blur: weighted sums along rows, then along columns; the edge is mirrored (reflect101).
 *
 * Up to 21 taps everything is in 16 bits, in 1/128 levels: a product keeps its upper half, and what
 * that cuts off is added back on average, so that the error stays below a quarter level.  Longer
 * kernels and 16-bit pictures sum in 32 bits.  Rows are independent of the band they are in.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel.h"

#include <math.h>
#include <string.h>

#define MAX_FAST_RADIUS 10

#define STRIP_SAMPLES 12288 /* 24 KiB: most of a first cache */
#define LINE 32             /* samples of a cache line */
#define ROUND_UP(n) (((gsize) (n) + LINE - 1) & ~(gsize) (LINE - 1))

/* Where @index lies when the picture is mirrored at its edge pixels. */
static gint64
mirror (gint64 index,
        gint64 size)
{
  gint64 period = 2 * (size - 1);

  if (index >= 0 && index < size)
    return index;
  if (size == 1)
    return 0;
  index %= period;
  index = index < 0 ? index + period : index;
  return index < size ? index : period - index;
}

BALLAST_INLINE guint16
high_half (guint16 a,
           guint16 b)
{
  return (guint16) (((guint32) a * b) >> 16);
}

/* target[i] = Σ weights[k] · (source[i - k · step] + source[i + k · step]), in 1/128. */
BALLAST_INLINE void
sum_across (const guint16 *restrict source,
            const guint16          *weights,
            gssize                  radius,
            gssize                  step,
            gssize                  n,
            guint16 *restrict       target)
{
  for (gssize i = 0; i < n; i++)
    {
      guint16 sum = (guint16) ((radius + 1) / 2 + high_half (source[i], weights[0]));

      for (gssize k = 1; k <= radius; k++)
        {
          guint16 pair = (guint16) (source[i - k * step] + source[i + k * step]);

          sum = (guint16) (sum + high_half (pair, weights[k]));
        }
      target[i] = sum;
    }
}

BALLAST_INLINE void
sum_down (const guint16 *const *rows,
          const guint16        *weights,
          gssize                radius,
          gssize                n,
          guint8 *restrict      target)
{
  const guint16 *centre = rows[radius];

  for (gssize i = 0; i < n; i++)
    {
      guint16 sum = (guint16) (64 + (radius + 1) / 2 + high_half (centre[i], weights[0]));

      for (gssize k = 1; k <= radius; k++)
        {
          guint16 pair = (guint16) (rows[radius - k][i] + rows[radius + k][i]);

          sum = (guint16) (sum + high_half (pair, weights[k]));
        }
      target[i] = (guint8) (sum >> 7);
    }
}

/* With the radius known the inner loop disappears, and sums stay in registers. */
#define EACH_RADIUS(call)                                                                          \
  switch (radius)                                                                                  \
    {                                                                                              \
    case 1: call (1); break;                                                                       \
    case 2: call (2); break;                                                                       \
    case 3: call (3); break;                                                                       \
    case 4: call (4); break;                                                                       \
    case 5: call (5); break;                                                                       \
    case 6: call (6); break;                                                                       \
    case 7: call (7); break;                                                                       \
    case 8: call (8); break;                                                                       \
    case 9: call (9); break;                                                                       \
    default: call (10); break;                                                                     \
    }

BALLAST_CLONES static void
across_fast (const guint16 *source,
             const guint16 *weights,
             guint          radius,
             guint          step,
             guint          n,
             guint16       *target)
{
#define ACROSS(r) sum_across (source, weights, r, step, n, target)
  EACH_RADIUS (ACROSS)
}

BALLAST_CLONES static void
down_fast (const guint16 *const *rows,
           const guint16        *weights,
           guint                 radius,
           guint                 n,
           guint8               *target)
{
#define DOWN(r) sum_down (rows, weights, r, n, target)
  EACH_RADIUS (DOWN)
}

/* Any radius, blocks of sums in 32 bits: the weights' sum is 2^16, so nothing overflows. */
#define BLOCK 512

BALLAST_CLONES static void
across_wide (const guint16 *source,
             const guint16 *weights,
             guint          radius,
             guint          step,
             guint          n,
             guint16       *target)
{
  guint32 sums[BLOCK];

  for (guint start = 0; start < n; start += BLOCK)
    {
      guint count = MIN (BLOCK, n - start);

      for (guint i = 0; i < count; i++)
        sums[i] = (1u << 15) + (guint32) weights[0] * source[start + i];
      for (guint k = 1; k <= radius; k++)
        {
          const guint16 *left = source + start - (gsize) k * step;
          const guint16 *right = source + start + (gsize) k * step;
          guint32 weight = weights[k];

          for (guint i = 0; i < count; i++)
            sums[i] += weight * ((guint32) left[i] + right[i]);
        }
      for (guint i = 0; i < count; i++)
        target[start + i] = (guint16) (sums[i] >> 16);
    }
}

/* To bytes, or to halfwords where @depth is 16. */
BALLAST_CLONES static void
down_wide (const guint16 *const *rows,
           const guint16        *weights,
           guint                 radius,
           guint                 n,
           guint                 depth,
           guint8               *target)
{
  guint16 *halfwords = (guint16 *) (gpointer) target;
  guint32 half = depth == 16 ? 1u << 15 : 1u << 22, sums[BLOCK];

  for (guint start = 0; start < n; start += BLOCK)
    {
      guint count = MIN (BLOCK, n - start);

      for (guint i = 0; i < count; i++)
        sums[i] = half + (guint32) weights[0] * rows[radius][start + i];
      for (guint k = 1; k <= radius; k++)
        {
          const guint16 *upper = rows[radius - k] + start, *lower = rows[radius + k] + start;
          guint32 weight = weights[k];

          for (guint i = 0; i < count; i++)
            sums[i] += weight * ((guint32) upper[i] + lower[i]);
        }
      if (depth == 16)
        for (guint i = 0; i < count; i++)
          halfwords[start + i] = (guint16) (sums[i] >> 16);
      else
        for (guint i = 0; i < count; i++)
          target[start + i] = (guint8) (sums[i] >> 23);
    }
}

BALLAST_CLONES static void
widen (const guint8 *source,
       guint         n,
       guint16      *target)
{
  for (guint i = 0; i < n; i++)
    target[i] = (guint16) (source[i] << 7);
}

/* A strip of columns at work: as wide as keeps its window of rows in the first cache. */
typedef struct
{
  const BallastRaster *source;
  const guint16       *weights;
  guint                radius;
  gboolean             wide;
  guint                start;   /* its first pixel */
  guint                width;   /* in pixels */
  guint16             *padded;  /* a row in 1/128 with @radius pixels more on each side */
  guint16             *sums;    /* 2 · radius + 1 rows across; row y lives at y mod that */
  gsize                length;  /* of one of them */
  gint64              *held;
} Strip;

/* A row of the strip and of what lies beside it, where the picture ends as a mirror shows it. */
static void
pad_row (const Strip  *strip,
         const guint8 *row)
{
  guint channels = strip->source->channels, bytes = ballast_kernel_get_pixel_bytes (strip->source);
  gint64 first = (gint64) strip->start - strip->radius, width = strip->source->width;
  gint64 end = (gint64) strip->start + strip->width + strip->radius;
  gint64 from = MAX (first, 0), to = MIN (end, width);
  guint16 *padded = strip->padded;

  if (strip->source->depth == 16)
    memcpy (padded + (from - first) * channels, row + from * bytes, (gsize) (to - from) * bytes);
  else
    widen (row + from * bytes, (guint) (to - from) * channels, padded + (from - first) * channels);
  for (gint64 x = first; x < 0; x++)
    memcpy (padded + (x - first) * channels, padded + (mirror (x, width) - first) * channels,
            2 * channels);
  for (gint64 x = width; x < end; x++)
    memcpy (padded + (x - first) * channels, padded + (mirror (x, width) - first) * channels,
            2 * channels);
}

static const guint16 *
row_across (const Strip *strip,
            guint        y)
{
  guint n_rows = 2 * strip->radius + 1, channels = strip->source->channels;
  guint n = strip->width * channels;
  guint16 *target = strip->sums + (y % n_rows) * strip->length;
  const guint16 *middle = strip->padded + strip->radius * channels;

  if (strip->held[y % n_rows] == y)
    return target;
  strip->held[y % n_rows] = y;
  pad_row (strip, ballast_raster_get_row (strip->source, y));
  if (strip->wide)
    across_wide (middle, strip->weights, strip->radius, channels, n, target);
  else
    across_fast (middle, strip->weights, strip->radius, channels, n, target);
  return target;
}

static void
blur_strip (const Strip    *strip,
            const guint16 **rows,
            BallastRaster  *target,
            const guint     range[2])
{
  guint n_rows = 2 * strip->radius + 1, n = strip->width * strip->source->channels;
  gsize left = (gsize) strip->start * ballast_kernel_get_pixel_bytes (strip->source);

  for (guint i = 0; i < n_rows; i++)
    strip->held[i] = -1;
  for (guint y = range[0]; y < range[1]; y++)
    {
      guint8 *row = ballast_raster_get_row (target, y) + left;

      for (guint i = 0; i < n_rows; i++)
        rows[i] = row_across (strip, (guint) mirror ((gint64) y + i - strip->radius,
                                                     strip->source->height));
      if (strip->wide)
        down_wide (rows, strip->weights, strip->radius, n, strip->source->depth, row);
      else
        down_fast (rows, strip->weights, strip->radius, n, row);
    }
}

/* Vectors that cross cache lines cost twice as much: rows begin at one, and so does the first that
 * pad_row() fills, which in the picture's first strip is the one after the mirrored pixels. */
static guint16 *
place_padded (guint16 *aligned,
              guint    x,
              guint    margin)
{
  return x == 0 ? aligned + ROUND_UP (margin) - margin : aligned;
}

static void
blur_rows (const BallastRaster *source,
           const guint16       *weights,
           guint                radius,
           BallastRaster       *target,
           const guint          range[2])
{
  guint channels = source->channels, n_rows = 2 * radius + 1, margin = radius * channels;
  guint width = MAX (64, STRIP_SAMPLES / n_rows / channels & ~63u);
  gsize length = ROUND_UP (width * channels), padding = ROUND_UP (2 * (margin + LINE));
  guint16 *padded = g_aligned_alloc (length + padding, sizeof *padded, LINE * sizeof *padded);
  guint16 *sums = g_aligned_alloc (length * n_rows, sizeof *sums, LINE * sizeof *sums);
  g_autofree gint64 *held = g_new (gint64, n_rows);
  g_autofree const guint16 **rows = g_new (const guint16 *, n_rows);

  for (guint x = 0; x < source->width; x += width)
    {
      const Strip strip = { .source = source, .weights = weights, .radius = radius,
                            .wide = source->depth == 16 || radius > MAX_FAST_RADIUS, .start = x,
                            .width = MIN (width, source->width - x), .sums = sums,
                            .padded = place_padded (padded, x, margin), .length = length,
                            .held = held };

      blur_strip (&strip, rows, target, range);
    }
  g_aligned_free (padded);
  g_aligned_free (sums);
}

static void
copy_alpha (const BallastRaster *source,
            BallastRaster       *target,
            guint                y)
{
  guint channels = source->channels;
  const guint8 *from = ballast_raster_get_row (source, y) + channels - 1;
  guint8 *to = ballast_raster_get_row (target, y) + channels - 1;

  for (guint x = 0; x < source->width; x++)
    to[x * channels] = from[x * channels];
}

void
ballast_kernel_blur (const BallastRaster *source,
                     const guint16       *weights,
                     guint                size,
                     BallastRaster       *target,
                     guint                first,
                     guint                end)
{
  blur_rows (source, weights, size / 2, target, (const guint[2]) { first, end });
  for (guint y = first; y < end && ballast_raster_has_alpha (source); y++)
    copy_alpha (source, target, y);
}

guint16 *
ballast_gaussian_weights (double sigma,
                          guint  size)
{
  guint radius = size / 2;
  guint16 *weights = g_new (guint16, radius + 1);
  double sum = 1, rest = 65536;

  for (guint i = 1; i <= radius; i++)
    sum += 2 * exp (-0.5 * i * i / (sigma * sigma));
  for (guint i = radius; i >= 1; i--)
    {
      weights[i] = (guint16) lrint (65536 * exp (-0.5 * i * i / (sigma * sigma)) / sum);
      rest -= 2 * weights[i];
    }
  weights[0] = (guint16) MIN (rest, 65535);
  return weights;
}
