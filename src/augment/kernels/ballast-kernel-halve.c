/*
 * To half the size: the mean of two by two pixels, rounded up from a half.
 *
 * The general way's weights are both 2^13, its rows in 1/128 levels exact, so that its result is
 * (sum + 2) >> 2 as well: the same bytes, at the speed of memory.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-halve.h"

#include <string.h>

#if defined(__x86_64__) && !defined(BALLAST_PLAIN_KERNELS)
#define HAS_VECTORS 1
/* GCC 12 takes its own undefined vectors for mistakes (its bug 105593). */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
#pragma GCC diagnostic pop
#endif

#define HALF (1 << 13) /* a weight */

/* Two rows of the source, from the first pixel on, that become @n pixels. */
typedef struct
{
  const guint8 *upper;
  const guint8 *lower;
  guint         n;
} Rows;

static gboolean
is_halving (const BallastAxis *axis)
{
  if (axis->n_taps != 2 || axis->rings)
    return FALSE;
  for (guint i = 0; i < axis->n; i++)
    if (axis->start[i] != axis->start[0] + 2 * (gint32) i || axis->weights[2 * i] != HALF
        || axis->weights[2 * i + 1] != HALF)
      return FALSE;
  return TRUE;
}

gboolean
ballast_kernel_can_halve (const BallastRaster *source,
                          const BallastAxis   *horizontal,
                          const BallastAxis   *vertical)
{
  return source->depth == 8 && is_halving (horizontal) && is_halving (vertical)
         && horizontal->start[0] + 2 * (gint64) horizontal->n <= source->width
         && vertical->start[0] + 2 * (gint64) vertical->n <= source->height;
}

BALLAST_INLINE void
halve_from (const Rows *rows,
            guint       first,
            guint8     *target,
            guint       channels)
{
  const guint8 *upper = rows->upper, *lower = rows->lower;

  for (guint x = first; x < rows->n; x++)
    for (guint c = 0; c < channels; c++)
      {
        guint at = 2 * x * channels + c;

        target[x * channels + c] = (guint8) ((upper[at] + upper[at + channels] + lower[at]
                                              + lower[at + channels] + 2) >> 2);
      }
}

BALLAST_CLONES static void
halve_plain (const Rows *rows,
             guint8     *target,
             guint       channels)
{
  if (channels == 1)
    halve_from (rows, 0, target, 1);
  else if (channels == 2)
    halve_from (rows, 0, target, 2);
  else if (channels == 3)
    halve_from (rows, 0, target, 3);
  else
    halve_from (rows, 0, target, 4);
}

#ifdef HAS_VECTORS
/* Of four pixels in 12 bytes: each beside the next, channel by channel. */
#define PAIRS 0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11, -1, -1, -1, -1

#define TARGET_V3 __attribute__ ((target ("avx2")))
#define TARGET_V4 __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq")))

TARGET_V3 BALLAST_INLINE __m256i
sum_pairs_v3 (const guint8 *pixels)
{
  const __m256i order = _mm256_setr_epi8 (PAIRS, PAIRS);
  __m128i first = _mm_loadu_si128 ((const __m128i *) (gconstpointer) pixels);
  __m128i second = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (pixels + 12));
  __m256i bytes = _mm256_inserti128_si256 (_mm256_castsi128_si256 (first), second, 1);

  return _mm256_maddubs_epi16 (_mm256_shuffle_epi8 (bytes, order), _mm256_set1_epi8 (1));
}

/* Eight pixels to four: six halfwords in each half. */
TARGET_V3 BALLAST_INLINE __m256i
mean_v3 (const Rows *rows,
         guint       at)
{
  __m256i sum = _mm256_add_epi16 (sum_pairs_v3 (rows->upper + at), sum_pairs_v3 (rows->lower + at));

  return _mm256_srli_epi16 (_mm256_add_epi16 (sum, _mm256_set1_epi16 (2)), 2);
}

/* Writes 16 bytes for 12, so it stops short of the end. */
TARGET_V3 static void
halve_v3 (const Rows *rows,
          guint8     *target)
{
  const __m256i close_up = _mm256_setr_epi8 (0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, -1, -1, -1, -1, 0,
                                             1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, -1, -1, -1, -1);
  guint x = 0;

  for (; x + 10 <= rows->n; x += 8)
    {
      __m256i bytes = _mm256_packus_epi16 (mean_v3 (rows, 6 * x), mean_v3 (rows, 6 * x + 24));

      bytes = _mm256_shuffle_epi8 (_mm256_permute4x64_epi64 (bytes, 0xd8), close_up);
      _mm_storeu_si128 ((__m128i *) (gpointer) (target + 3 * x), _mm256_castsi256_si128 (bytes));
      _mm_storeu_si128 ((__m128i *) (gpointer) (target + 3 * x + 12),
                        _mm256_extracti128_si256 (bytes, 1));
    }
  halve_from (rows, x, target, 3);
}

/* Reads 16 bytes past its 48, which a raster allows. */
TARGET_V4 BALLAST_INLINE __m512i
sum_pairs_v4 (const guint8 *pixels)
{
  const __m512i spread = _mm512_setr_epi32 (0, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8, 9, 9, 10, 11, 12);
  const __m512i order = _mm512_broadcast_i32x4 (_mm_setr_epi8 (PAIRS));
  __m512i bytes = _mm512_permutexvar_epi32 (spread, _mm512_loadu_si512 (pixels));

  return _mm512_maddubs_epi16 (_mm512_shuffle_epi8 (bytes, order), _mm512_set1_epi8 (1));
}

TARGET_V4 BALLAST_INLINE __m512i
mean_v4 (const Rows *rows,
         guint       at)
{
  __m512i sum = _mm512_add_epi16 (sum_pairs_v4 (rows->upper + at), sum_pairs_v4 (rows->lower + at));

  return _mm512_srli_epi16 (_mm512_add_epi16 (sum, _mm512_set1_epi16 (2)), 2);
}

TARGET_V4 static void
halve_v4 (const Rows *rows,
          guint8     *target)
{
  /* Three halfwords, which are two pixels, of each half quarter: first the lower halves. */
  const __m512i in_order = _mm512_set_epi16 (0, 0, 0, 0, 0, 0, 0, 0, 30, 29, 28, 22, 21, 20, 14, 13, 12,
                                             6, 5, 4, 26, 25, 24, 18, 17, 16, 10, 9, 8, 2, 1, 0);
  guint x = 0;

  for (; x + 16 <= rows->n; x += 16)
    {
      __m512i bytes = _mm512_packus_epi16 (mean_v4 (rows, 6 * x), mean_v4 (rows, 6 * x + 48));

      _mm512_mask_storeu_epi32 (target + 3 * x, 0x0fff, _mm512_permutexvar_epi16 (in_order, bytes));
    }
  halve_from (rows, x, target, 3);
}
#endif

static void
halve_rows (const Rows *rows,
            guint8     *target,
            guint       channels)
{
#ifdef HAS_VECTORS
  guint level = ballast_kernel_get_level ();

  if (channels == 3 && level >= 3)
    {
      if (level >= 4)
        halve_v4 (rows, target);
      else
        halve_v3 (rows, target);
      return;
    }
#endif
  halve_plain (rows, target, channels);
}

void
ballast_kernel_halve (const BallastRaster *source,
                      const BallastAxis   *horizontal,
                      const BallastAxis   *vertical,
                      BallastRaster       *target,
                      const guint          rows[2])
{
  gsize left = (gsize) horizontal->start[0] * source->channels;

  for (guint y = rows[0]; y < rows[1]; y++)
    {
      const guint8 *upper = ballast_raster_get_row (source, (guint) vertical->start[y]) + left;
      Rows pair = { upper, upper + source->stride, horizontal->n };

      halve_rows (&pair, ballast_raster_get_row (target, y), source->channels);
    }
}
