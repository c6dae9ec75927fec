/*
 * Resampling along the axes, by the weights of ballast-axis.c.
 *
 * Each source row is resampled across once and kept in 16 bits (1/128 levels of 8-bit pictures, whole
 * levels of 16-bit ones); target rows are weighted sums of those.  Bands are independent: a row is
 * computed from the source alone.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-halve.h"
#include "ballast-kernel-scale-vectors.h"
#include "ballast-kernel-shrink.h"

#include <string.h>
#if defined(__SSE2__) && !defined(BALLAST_PLAIN_KERNELS)
#include <emmintrin.h>
#endif

#define WEIGHT_BITS 14

typedef guint8 Bytes16 __attribute__ ((vector_size (16)));

/* One row across, any kind of pixel.  Taps past the last pixel of a tiny source have no weight. */
BALLAST_INLINE void
across_plain (const guint8      *source,
              guint              last,
              const BallastAxis *axis,
              guint16           *target,
              guint              channels)
{
  for (guint x = 0; x < axis->n; x++)
    for (guint c = 0; c < channels; c++)
      {
        const gint16 *weights = axis->weights + (gsize) x * axis->n_taps;
        gint32 sum = 64;

        for (guint tap = 0; tap < axis->n_taps; tap++)
          sum += source[MIN ((guint) axis->start[x] + tap, last) * channels + c] * weights[tap];
        target[x * channels + c] = (guint16) (sum >> 7);
      }
}

static void
across_halfwords (const guint8      *source,
                  guint              last,
                  const BallastAxis *axis,
                  guint16           *target)
{
  for (guint x = 0; x < axis->n; x++)
    {
      const gint16 *weights = axis->weights + (gsize) x * axis->n_taps;
      gint32 sum = 1 << (WEIGHT_BITS - 1);

      for (guint tap = 0; tap < axis->n_taps; tap++)
        {
          guint16 value;

          memcpy (&value, source + 2 * (gsize) MIN ((guint) axis->start[x] + tap, last), 2);
          sum += value * weights[tap];
        }
      target[x] = (guint16) (sum >> WEIGHT_BITS);
    }
}

#if defined(__SSE2__) && !defined(BALLAST_PLAIN_KERNELS)
/* Two neighbours of three or four bytes each, as 16-bit pairs per channel. */
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

BALLAST_INLINE __m128i
weigh_taps (const guint8 *pixels,
            const gint16 *weights,
            guint         n_taps,
            guint         channels)
{
  __m128i sum = _mm_set1_epi32 (64);

  for (guint tap = 0; tap < n_taps; tap += 2)
    {
      gint32 pair;

      memcpy (&pair, weights + tap, 4);
      sum = _mm_add_epi32 (sum, _mm_madd_epi16 (load_pair (pixels + tap * channels, channels),
                                                _mm_set1_epi32 (pair)));
    }
  return _mm_srli_epi32 (sum, 7);
}

/* Everything by value: what is written could, for all the compiler knows, be the axis. */
BALLAST_INLINE void
across_taps (const guint8 *source,
             const gint32 *start,
             const gint16 *weights,
             guint         n_taps,
             guint         n,
             guint16      *target,
             guint         channels)
{
  guint x = 0;

  for (; x + 2 <= n; x += 2)
    {
      __m128i first = weigh_taps (source + (gssize) start[x] * channels, weights, n_taps, channels);
      __m128i second = weigh_taps (source + (gssize) start[x + 1] * channels, weights + n_taps,
                                   n_taps, channels);
      __m128i both = _mm_packs_epi32 (first, second);

      _mm_storel_epi64 ((__m128i *) (gpointer) (target + x * channels), both);
      _mm_storel_epi64 ((__m128i *) (gpointer) (target + (x + 1) * channels),
                        _mm_unpackhi_epi64 (both, both));
      weights += 2 * n_taps;
    }
  if (x < n)
    {
      __m128i last = weigh_taps (source + (gssize) start[x] * channels, weights, n_taps, channels);

      _mm_storel_epi64 ((__m128i *) (gpointer) (target + x * channels),
                        _mm_packs_epi32 (last, last));
    }
}

BALLAST_INLINE void
across_colours (const guint8      *source,
                const BallastAxis *axis,
                guint16           *target,
                guint              channels)
{
  if (axis->n_taps == 2)
    {
      guint x = ballast_kernel_across_two (source, axis, target, channels);

      across_taps (source, axis->start + x, axis->weights + 2 * x, 2, axis->n - x,
                   target + x * channels, channels);
    }
  else
    across_taps (source, axis->start, axis->weights, axis->n_taps, axis->n, target, channels);
}
#endif

/* For filters with negative weights, which can overshoot: in signed 1/64 levels of 8-bit pictures.  16-bit
 * ones have no room for it and are clipped. */
static void
across_ringing (const BallastRaster *source,
                const guint8        *row,
                const BallastAxis   *axis,
                guint16             *target)
{
  guint last = source->width - 1, channels = source->channels;

  for (guint x = 0; x < axis->n; x++)
    for (guint c = 0; c < channels; c++)
      {
        const gint16 *weights = axis->weights + (gsize) x * axis->n_taps;
        gint32 sum = 0;

        for (guint tap = 0; tap < axis->n_taps; tap++)
          {
            gsize at = (gsize) MIN ((guint) axis->start[x] + tap, last) * channels + c;
            guint16 value = row[at];

            if (source->depth == 16)
              memcpy (&value, row + 2 * at, 2);
            sum += value * weights[tap];
          }
        target[x * channels + c] =
          source->depth == 16 ? (guint16) CLAMP ((sum + 8192) >> WEIGHT_BITS, 0, 65535)
                              : (guint16) (gint16) ((sum + 128) >> 8);
      }
}

/* Writes up to one sample past the row: @target has room for it. */
BALLAST_CLONES static void
across_row (const BallastRaster *source,
            guint                y,
            const BallastAxis   *axis,
            guint16             *target)
{
  const guint8 *row = ballast_raster_get_row (source, y);
  guint last = source->width - 1;

  if (axis->rings)
    across_ringing (source, row, axis, target);
  else if (source->depth == 16)
    across_halfwords (row, last, axis, target);
#if defined(__SSE2__) && !defined(BALLAST_PLAIN_KERNELS)
  else if (source->channels == 3 && source->width >= axis->n_taps)
    across_colours (row, axis, target, 3);
  else if (source->channels == 4 && source->width >= axis->n_taps)
    across_colours (row, axis, target, 4);
#endif
  else if (source->channels == 3)
    across_plain (row, last, axis, target, 3);
  else if (source->channels == 4)
    across_plain (row, last, axis, target, 4);
  else if (source->channels == 2)
    across_plain (row, last, axis, target, 2);
  else
    across_plain (row, last, axis, target, 1);
}

/* The rounded upper half of a product, as SSSE3's pmulhrsw. */
BALLAST_INLINE gint16
rounded_product (gint16 a,
                 gint16 b)
{
  return (gint16) ((((gint32) a * b >> 14) + 1) >> 1);
}

BALLAST_CLONES static void
down_two_from (const guint16 *const *rows,
               const gint16          weights[2],
               const guint           range[2],
               guint8               *target)
{
  const gint16 *above = (const gint16 *) rows[0], *below = (const gint16 *) rows[1];
  gint16 w0 = weights[0], w1 = weights[1];

  for (guint i = range[0]; i < range[1]; i++)
    {
      gint16 sum = (gint16) (rounded_product (above[i], w0) + rounded_product (below[i], w1) + 32);

      target[i] = (guint8) (sum >> 6);
    }
}

static void
down_two (const guint16 **rows,
          const gint16    weights[2],
          guint           n,
          guint8         *target)
{
  const guint range[2] = { ballast_kernel_down_two (rows, weights, n, target), n };

  down_two_from (rows, weights, range, target);
}

BALLAST_CLONES static void
down_many (const guint16 *const *rows,
           const gint16         *weights,
           guint                 n_taps,
           guint                 n,
           guint8               *target)
{
  gint32 sums[256];

  for (guint start = 0; start < n; start += G_N_ELEMENTS (sums))
    {
      guint count = MIN (G_N_ELEMENTS (sums), n - start);

      for (guint i = 0; i < count; i++)
        sums[i] = 1 << 20;
      for (guint tap = 0; tap < n_taps; tap++)
        {
          const gint16 *row = (const gint16 *) rows[tap] + start;
          gint32 weight = weights[tap];

          for (guint i = 0; i < count; i++)
            sums[i] += row[i] * weight;
        }
      for (guint i = 0; i < count; i++)
        target[start + i] = (guint8) (sums[i] >> 21);
    }
}

static void
down_halfwords (const guint16 *const *rows,
                const gint16         *weights,
                guint                 n_taps,
                guint                 n,
                guint8               *target)
{
  for (guint i = 0; i < n; i++)
    {
      gint32 sum = 1 << (WEIGHT_BITS - 1);
      guint16 value;

      for (guint tap = 0; tap < n_taps; tap++)
        sum += rows[tap][i] * weights[tap];
      value = (guint16) (sum >> WEIGHT_BITS);
      memcpy (target + 2 * i, &value, 2);
    }
}

static void
down_ringing (const guint16 *const *rows,
              const BallastAxis    *axis,
              const gint16         *weights,
              BallastRaster        *target,
              guint8               *row)
{
  for (guint i = 0; i < target->width * target->channels; i++)
    {
      gint32 sum = 0;
      guint16 wide;

      for (guint tap = 0; tap < axis->n_taps; tap++)
        sum += (target->depth == 16 ? (gint32) rows[tap][i] : (gint16) rows[tap][i]) * weights[tap];
      wide = (guint16) CLAMP ((sum + 8192) >> WEIGHT_BITS, 0, 65535);
      if (target->depth == 16)
        memcpy (row + 2 * (gsize) i, &wide, 2);
      else
        row[i] = (guint8) CLAMP ((sum + (1 << 19)) >> 20, 0, 255);
    }
}

/* The rows that are resampled across: row y of the source lives at y mod n_taps. */
typedef struct
{
  guint16        *samples;
  const guint16 **rows;   /* n_taps, in the order of the taps */
  gint64         *held;   /* which source row a place holds, or -1 */
  guint           n_taps;
  gsize           length;
} Window;

static void
window_fill (Window              *window,
             const BallastRaster *source,
             const BallastAxis   *horizontal,
             gint32               start)
{
  for (guint tap = 0; tap < window->n_taps; tap++)
    {
      guint y = MIN ((guint) start + tap, source->height - 1);
      guint place = y % window->n_taps;

      window->rows[tap] = window->samples + place * window->length;
      if (window->held[place] == y)
        continue;
      across_row (source, y, horizontal, window->samples + place * window->length);
      window->held[place] = y;
    }
}

static void
scale_rows (Window                    *window,
            const BallastRaster       *source,
            const BallastAxis   *const axes[2],
            BallastRaster             *target,
            const guint                range[2])
{
  const BallastAxis *vertical = axes[1];
  guint n = target->width * target->channels;

  for (guint y = range[0]; y < range[1]; y++)
    {
      const gint16 *weights = vertical->weights + (gsize) y * vertical->n_taps;
      guint8 *row = ballast_raster_get_row (target, y);

      window_fill (window, source, axes[0], vertical->start[y]);
      if (vertical->rings)
        down_ringing (window->rows, vertical, weights, target, row);
      else if (target->depth == 16)
        down_halfwords (window->rows, weights, window->n_taps, n, row);
      else if (window->n_taps == 2)
        down_two (window->rows, weights, n, row);
      else
        down_many (window->rows, weights, window->n_taps, n, row);
    }
}

void
ballast_kernel_scale (const BallastRaster *source,
                      const BallastAxis   *horizontal,
                      const BallastAxis   *vertical,
                      BallastRaster       *target,
                      guint                first,
                      guint                end)
{
  const BallastAxis *const axes[2] = { horizontal, vertical };
  const guint range[2] = { first, end };
  /* Rows begin at cache lines. */
  gsize length = ((gsize) target->width * target->channels + 16 + 31) & ~(gsize) 31;
  Window window = { .n_taps = vertical->n_taps, .length = length };

  if (ballast_kernel_can_halve (source, horizontal, vertical))
    {
      ballast_kernel_halve (source, horizontal, vertical, target, range);
      return;
    }
  if (ballast_kernel_can_shrink (source, horizontal, vertical))
    {
      ballast_kernel_shrink (source, horizontal, vertical, target, first, end);
      return;
    }

  window.samples = g_aligned_alloc (length * window.n_taps, sizeof *window.samples, 64);
  window.rows = g_new (const guint16 *, window.n_taps);
  window.held = g_new (gint64, window.n_taps);
  for (guint i = 0; i < window.n_taps; i++)
    window.held[i] = -1;
  scale_rows (&window, source, axes, target, range);
  g_aligned_free (window.samples);
  g_free (window.rows);
  g_free (window.held);
}
