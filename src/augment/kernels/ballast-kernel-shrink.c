/*
 * Resampling to fewer rows: down first, then across.
 *
 * The other way round, every row of the source would be resampled across, most of them for a part of
 * one row.  Down is the easy direction: whole rows, weighed side by side, in 1/128 levels; what is left
 * to be gathered pixel by pixel is one row for each that comes out.  Sums are whole numbers, so every
 * way to them gives the same bytes.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-shrink.h"

#include <string.h>

#if defined(__x86_64__) && !defined(BALLAST_PLAIN_KERNELS)
#define HAS_VECTORS 1
#include <immintrin.h>
#endif

#define DOWN_ROUND 64
#define DOWN_BITS 7 /* of the 14 of a weight */
#define ACROSS_ROUND (1 << 20)
#define ACROSS_BITS 21

typedef guint8 Bytes16 __attribute__ ((vector_size (16)));

/* The rows of the source under one row of the target, and their weights: an even number. */
typedef struct
{
  const guint8 *const *rows;
  const gint16        *weights;
  guint                n_taps;
} Column;

BALLAST_INLINE void
down_from (const Column *column,
           guint         first,
           guint         n,
           guint16      *target)
{
  for (guint i = first; i < n; i++)
    {
      gint32 sum = DOWN_ROUND;

      for (guint tap = 0; tap < column->n_taps; tap++)
        sum += column->rows[tap][i] * column->weights[tap];
      target[i] = (guint16) (sum >> DOWN_BITS);
    }
}

/* One pixel; @samples goes on behind the row's last pixel with zeros. */
BALLAST_INLINE void
across_pixel (const guint16     *samples,
              const BallastAxis *axis,
              guint              x,
              guint8            *target,
              guint              channels)
{
  const gint16 *weights = axis->weights + (gsize) x * axis->n_taps;
  const guint16 *from = samples + (gssize) axis->start[x] * channels;

  for (guint c = 0; c < channels; c++)
    {
      gint32 sum = ACROSS_ROUND;

      for (guint tap = 0; tap < axis->n_taps; tap++)
        sum += from[tap * channels + c] * weights[tap];
      target[x * channels + c] = (guint8) (sum >> ACROSS_BITS);
    }
}

static void
across_plain (const guint16     *samples,
              const BallastAxis *axis,
              guint8            *target,
              guint              channels)
{
  for (guint x = 0; x < axis->n; x++)
    across_pixel (samples, axis, x, target, channels);
}

#ifdef HAS_VECTORS
#define TARGET_V3 __attribute__ ((target ("avx2")))

/* Two weights as they are multiplied with two rows. */
BALLAST_INLINE gint32
get_pair (const gint16 *weights,
          guint         tap)
{
  gint32 pair;

  memcpy (&pair, weights + tap, 4);
  return pair;
}

BALLAST_INLINE __m128i
load_16 (const guint8 *bytes)
{
  return _mm_loadu_si128 ((const __m128i *) (gconstpointer) bytes);
}

static void
down_narrow (const Column *column,
             guint         n,
             guint16      *target)
{
  const __m128i zero = _mm_setzero_si128 ();
  guint i = 0;

  for (; i + 8 <= n; i += 8)
    {
      __m128i low = _mm_set1_epi32 (DOWN_ROUND), high = low;

      for (guint tap = 0; tap < column->n_taps; tap += 2)
        {
          __m128i weights = _mm_set1_epi32 (get_pair (column->weights, tap));
          __m128i pairs = _mm_unpacklo_epi8 (
            _mm_loadl_epi64 ((const __m128i *) (gconstpointer) (column->rows[tap] + i)),
            _mm_loadl_epi64 ((const __m128i *) (gconstpointer) (column->rows[tap + 1] + i)));

          low = _mm_add_epi32 (low, _mm_madd_epi16 (_mm_unpacklo_epi8 (pairs, zero), weights));
          high = _mm_add_epi32 (high, _mm_madd_epi16 (_mm_unpackhi_epi8 (pairs, zero), weights));
        }
      _mm_storeu_si128 ((__m128i *) (gpointer) (target + i),
                        _mm_packs_epi32 (_mm_srli_epi32 (low, DOWN_BITS),
                                         _mm_srli_epi32 (high, DOWN_BITS)));
    }
  down_from (column, i, n, target);
}

/* 32 samples: bytes of two rows side by side, as pairs of words, in the order that packing undoes. */
TARGET_V3 static void
down_v3 (const Column *column,
         guint         n,
         guint16      *target)
{
  guint i = 0;

  for (; i + 32 <= n; i += 32)
    {
      const __m256i zero = _mm256_setzero_si256 ();
      __m256i sums[4];

      for (guint j = 0; j < 4; j++)
        sums[j] = _mm256_set1_epi32 (DOWN_ROUND);
      for (guint tap = 0; tap < column->n_taps; tap += 2)
        {
          __m256i weights = _mm256_set1_epi32 (get_pair (column->weights, tap));
          __m256i upper = _mm256_loadu_si256 ((const __m256i *) (gconstpointer) (column->rows[tap]
                                                                                 + i));
          __m256i lower = _mm256_loadu_si256 ((const __m256i *) (gconstpointer)
                                              (column->rows[tap + 1] + i));
          __m256i low = _mm256_unpacklo_epi8 (upper, lower);
          __m256i high = _mm256_unpackhi_epi8 (upper, lower);

          sums[0] = _mm256_add_epi32 (sums[0], _mm256_madd_epi16 (_mm256_unpacklo_epi8 (low, zero),
                                                                  weights));
          sums[1] = _mm256_add_epi32 (sums[1], _mm256_madd_epi16 (_mm256_unpackhi_epi8 (low, zero),
                                                                  weights));
          sums[2] = _mm256_add_epi32 (sums[2], _mm256_madd_epi16 (_mm256_unpacklo_epi8 (high, zero),
                                                                  weights));
          sums[3] = _mm256_add_epi32 (sums[3], _mm256_madd_epi16 (_mm256_unpackhi_epi8 (high, zero),
                                                                  weights));
        }
      for (guint j = 0; j < 4; j++)
        sums[j] = _mm256_srli_epi32 (sums[j], DOWN_BITS);
      sums[0] = _mm256_packs_epi32 (sums[0], sums[1]); /* samples 0 … 7 and 16 … 23 */
      sums[2] = _mm256_packs_epi32 (sums[2], sums[3]); /* 8 … 15 and 24 … 31 */
      _mm256_storeu_si256 ((__m256i *) (gpointer) (target + i),
                           _mm256_permute2x128_si256 (sums[0], sums[2], 0x20));
      _mm256_storeu_si256 ((__m256i *) (gpointer) (target + i + 16),
                           _mm256_permute2x128_si256 (sums[0], sums[2], 0x31));
    }
  down_from (column, i, n, target);
}

/* Two neighbours of three or four samples each, side by side. */
BALLAST_INLINE __m128i
pair_up (const guint16 *samples,
         guint          channels)
{
  Bytes16 bytes = (Bytes16) load_16 ((const guint8 *) samples);

  if (channels == 3)
    return (__m128i) __builtin_shufflevector (bytes, bytes, 0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, 4, 5,
                                              10, 11);
  return (__m128i) __builtin_shufflevector (bytes, bytes, 0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6,
                                            7, 14, 15);
}

BALLAST_INLINE __m128i
across_one (const guint16 *samples,
            const gint16  *weights,
            guint          n_taps,
            guint          channels)
{
  __m128i sum = _mm_set1_epi32 (ACROSS_ROUND);

#pragma GCC unroll 3
  for (guint tap = 0; tap < n_taps; tap += 2)
    sum = _mm_add_epi32 (sum, _mm_madd_epi16 (pair_up (samples + tap * channels, channels),
                                              _mm_set1_epi32 (get_pair (weights, tap))));
  return _mm_srli_epi32 (sum, ACROSS_BITS);
}

/* The taps are known where the loop is to be unrolled. */
BALLAST_INLINE void
across_taps (const guint16     *samples,
             const BallastAxis *axis,
             guint              n_taps,
             guint8            *target,
             guint              channels)
{
  const gint16 *weights = axis->weights;
  const gint32 *start = axis->start;
  guint x = 0, n = axis->n;

  for (; x + 4 <= n; x += 4, weights += 4 * n_taps)
    {
      __m128i pixel[4];
      Bytes16 bytes;

#pragma GCC unroll 4
      for (guint i = 0; i < 4; i++)
        pixel[i] = across_one (samples + (gssize) start[x + i] * channels, weights + i * n_taps,
                               n_taps, channels);
      bytes = (Bytes16) _mm_packus_epi16 (_mm_packs_epi32 (pixel[0], pixel[1]),
                                          _mm_packs_epi32 (pixel[2], pixel[3]));
      if (channels == 3)
        {
          guint32 last;

          bytes = __builtin_shufflevector (bytes, bytes, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7,
                                           11, 15);
          _mm_storel_epi64 ((__m128i *) (gpointer) (target + x * 3), (__m128i) bytes);
          last = (guint32) _mm_cvtsi128_si32 (_mm_srli_si128 ((__m128i) bytes, 8));
          memcpy (target + x * 3 + 8, &last, 4);
        }
      else
        {
          memcpy (target + x * 4, &bytes, 16);
        }
    }
  for (; x < n; x++)
    across_pixel (samples, axis, x, target, channels);
}

BALLAST_INLINE void
across_colours (const guint16     *samples,
                const BallastAxis *axis,
                guint8            *target,
                guint              channels)
{
  if (axis->n_taps == 2)
    across_taps (samples, axis, 2, target, channels);
  else if (axis->n_taps == 4)
    across_taps (samples, axis, 4, target, channels);
  else if (axis->n_taps == 6)
    across_taps (samples, axis, 6, target, channels);
  else
    across_taps (samples, axis, axis->n_taps, target, channels);
}
#endif

BALLAST_CLONES static void
across_row (const guint16     *samples,
            const BallastAxis *axis,
            guint8            *target,
            guint              channels)
{
#ifdef HAS_VECTORS
  if (channels == 3)
    across_colours (samples, axis, target, 3);
  else if (channels == 4)
    across_colours (samples, axis, target, 4);
  else
#endif
  across_plain (samples, axis, target, channels);
}

static void
down_row (const Column *column,
          guint         n,
          guint16      *target)
{
#ifdef HAS_VECTORS
  if (ballast_kernel_get_level () >= 3)
    down_v3 (column, n, target);
  else
    down_narrow (column, n, target);
#else
  down_from (column, 0, n, target);
#endif
}

gboolean
ballast_kernel_can_shrink (const BallastRaster *source,
                           const BallastAxis   *horizontal,
                           const BallastAxis   *vertical)
{
  return source->depth == 8 && !horizontal->rings && !vertical->rings
         && vertical->n < source->height && vertical->n_taps % 2 == 0 && horizontal->n_taps % 2 == 0;
}

void
ballast_kernel_shrink (const BallastRaster *source,
                       const BallastAxis   *horizontal,
                       const BallastAxis   *vertical,
                       BallastRaster       *target,
                       guint                first,
                       guint                end)
{
  guint channels = source->channels, n = source->width * channels;
  g_autofree const guint8 **rows = g_new (const guint8 *, vertical->n_taps);
  g_autofree guint16 *samples = g_new0 (guint16, n + (horizontal->n_taps + 4) * channels);

  for (guint y = first; y < end; y++)
    {
      Column column = { rows, vertical->weights + (gsize) y * vertical->n_taps, vertical->n_taps };

      /* Taps past the last row have no weight. */
      for (guint tap = 0; tap < column.n_taps; tap++)
        rows[tap] = ballast_raster_get_row (source, MIN ((guint) vertical->start[y] + tap,
                                                         source->height - 1));
      down_row (&column, n, samples);
      across_row (samples, horizontal, ballast_raster_get_row (target, y), channels);
    }
}
