/*
 * Resampling with two taps, four pixels or 32 samples a vector.
 *
 * Pairs of neighbours are gathered pixel by pixel, which no vector does better, and weighed together.
 * Products down keep their rounded upper half, as ballast-kernel-scale.c says it in plain C.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-scale-vectors.h"

#if defined(__x86_64__) && !defined(BALLAST_PLAIN_KERNELS)
/* GCC 12 takes its own undefined vectors for mistakes (its bug 105593). */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
#pragma GCC diagnostic pop

#define TARGET_V3 __attribute__ ((target ("avx2")))
#define TARGET_V4 __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq")))
#define ROUND_ACROSS 64
#define BITS_ACROSS 7
#define ROUND_DOWN 32
#define BITS_DOWN 6

TARGET_V4 BALLAST_INLINE __m128i
load_pair (const guint8 *source,
           gint32        start,
           guint         channels)
{
  return _mm_loadl_epi64 ((const __m128i *) (gconstpointer) (source + (gssize) start * channels));
}

/* Four pixels, a quarter of the vector each, their channels in 32 bits. */
TARGET_V4 BALLAST_INLINE __m512i
weigh_four (const guint8 *source,
            const gint32 *start,
            const gint16 *weights,
            guint         channels)
{
  const __m512i spread = _mm512_setr_epi32 (0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
  const __m128i order
    = channels == 3 ? _mm_setr_epi8 (0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1)
                    : _mm_setr_epi8 (0, -1, 4, -1, 1, -1, 5, -1, 2, -1, 6, -1, 3, -1, 7, -1);
  __m128i four = _mm_loadu_si128 ((const __m128i *) (gconstpointer) weights);
  __m512i pairs = _mm512_castsi128_si512 (load_pair (source, start[0], channels));
  __m512i spread_weights = _mm512_permutexvar_epi32 (spread, _mm512_castsi128_si512 (four));

  pairs = _mm512_inserti32x4 (pairs, load_pair (source, start[1], channels), 1);
  pairs = _mm512_inserti32x4 (pairs, load_pair (source, start[2], channels), 2);
  pairs = _mm512_inserti32x4 (pairs, load_pair (source, start[3], channels), 3);
  pairs = _mm512_shuffle_epi8 (pairs, _mm512_broadcast_i32x4 (order));
  return _mm512_srli_epi32 (_mm512_add_epi32 (_mm512_madd_epi16 (pairs, spread_weights),
                                              _mm512_set1_epi32 (ROUND_ACROSS)), BITS_ACROSS);
}

/* Eight pixels' halfwords: packed, a quarter holds one of the first four and one of the others. */
TARGET_V4 BALLAST_INLINE void
store_eight (guint16 *target,
             __m512i  packed,
             guint    channels)
{
  const __m512i three = _mm512_set_epi16 (0, 0, 0, 0, 0, 0, 0, 0, 30, 29, 28, 22, 21, 20, 14, 13, 12, 6, 5,
                                          4, 26, 25, 24, 18, 17, 16, 10, 9, 8, 2, 1, 0);
  const __m512i four = _mm512_setr_epi64 (0, 2, 4, 6, 1, 3, 5, 7);

  if (channels == 3)
    _mm512_mask_storeu_epi16 (target, 0xffffff, _mm512_permutexvar_epi16 (three, packed));
  else
    _mm512_storeu_si512 (target, _mm512_permutexvar_epi64 (four, packed));
}

TARGET_V4 BALLAST_INLINE guint
across_v4 (const guint8      *source,
           const BallastAxis *axis,
           guint16           *target,
           guint              channels)
{
  const gint32 *start = axis->start;
  const gint16 *weights = axis->weights;
  guint x = 0, n = axis->n;

  for (; x + 8 <= n; x += 8)
    {
      __m512i first = weigh_four (source, start + x, weights + 2 * x, channels);
      __m512i second = weigh_four (source, start + x + 4, weights + 2 * x + 8, channels);

      store_eight (target + x * channels, _mm512_packs_epi32 (first, second), channels);
    }
  return x;
}

TARGET_V4 static guint
across_colours (const guint8      *source,
                const BallastAxis *axis,
                guint16           *target,
                guint              channels)
{
  return channels == 3 ? across_v4 (source, axis, target, 3) : across_v4 (source, axis, target, 4);
}

TARGET_V4 BALLAST_INLINE __m512i
mix_32 (const guint16 *const *rows,
        guint                 at,
        __m512i               upper,
        __m512i               lower)
{
  __m512i sum = _mm512_add_epi16 (_mm512_mulhrs_epi16 (_mm512_loadu_si512 (rows[0] + at), upper),
                                  _mm512_mulhrs_epi16 (_mm512_loadu_si512 (rows[1] + at), lower));

  return _mm512_srai_epi16 (_mm512_add_epi16 (sum, _mm512_set1_epi16 (ROUND_DOWN)), BITS_DOWN);
}

TARGET_V4 static guint
down_v4 (const guint16 *const *rows,
         const gint16         *weights,
         guint                 n,
         guint8               *target)
{
  const __m512i in_order = _mm512_setr_epi64 (0, 2, 4, 6, 1, 3, 5, 7);
  __m512i upper = _mm512_set1_epi16 (weights[0]), lower = _mm512_set1_epi16 (weights[1]);
  guint i = 0;

  for (; i + 64 <= n; i += 64)
    {
      __m512i bytes = _mm512_packus_epi16 (mix_32 (rows, i, upper, lower),
                                           mix_32 (rows, i + 32, upper, lower));

      _mm512_storeu_si512 (target + i, _mm512_permutexvar_epi64 (in_order, bytes));
    }
  return i;
}

TARGET_V3 BALLAST_INLINE __m256i
mix_16 (const guint16 *const *rows,
        guint                 at,
        __m256i               upper,
        __m256i               lower)
{
  __m256i above = _mm256_loadu_si256 ((const __m256i *) (gconstpointer) (rows[0] + at));
  __m256i below = _mm256_loadu_si256 ((const __m256i *) (gconstpointer) (rows[1] + at));
  __m256i sum = _mm256_add_epi16 (_mm256_mulhrs_epi16 (above, upper),
                                  _mm256_mulhrs_epi16 (below, lower));

  return _mm256_srai_epi16 (_mm256_add_epi16 (sum, _mm256_set1_epi16 (ROUND_DOWN)), BITS_DOWN);
}

TARGET_V3 static guint
down_v3 (const guint16 *const *rows,
         const gint16         *weights,
         guint                 n,
         guint8               *target)
{
  __m256i upper = _mm256_set1_epi16 (weights[0]), lower = _mm256_set1_epi16 (weights[1]);
  guint i = 0;

  for (; i + 32 <= n; i += 32)
    {
      __m256i bytes = _mm256_packus_epi16 (mix_16 (rows, i, upper, lower),
                                           mix_16 (rows, i + 16, upper, lower));

      _mm256_storeu_si256 ((__m256i *) (gpointer) (target + i),
                           _mm256_permute4x64_epi64 (bytes, 0xd8));
    }
  return i;
}

guint
ballast_kernel_across_two (const guint8      *source,
                           const BallastAxis *axis,
                           guint16           *target,
                           guint              channels)
{
  return ballast_kernel_get_level () >= 4 ? across_colours (source, axis, target, channels) : 0;
}

guint
ballast_kernel_down_two (const guint16 *rows[2],
                         const gint16   weights[2],
                         guint          n,
                         guint8        *target)
{
  guint level = ballast_kernel_get_level ();

  if (level >= 4)
    return down_v4 (rows, weights, n, target);
  return level >= 3 ? down_v3 (rows, weights, n, target) : 0;
}
#else
guint
ballast_kernel_across_two (const guint8      *source,
                           const BallastAxis *axis,
                           guint16           *target,
                           guint              channels)
{
  return 0;
}

guint
ballast_kernel_down_two (const guint16 *rows[2],
                         const gint16   weights[2],
                         guint          n,
                         guint8        *target)
{
  return 0;
}
#endif
