/*
 * Mixing four pixels into one, by weights in 1/128 across and then down.
 *
 * The sums are whole numbers, so that every way to them gives the same bytes.  Colour has a way of its own
 * for each generation of processors: one, two or four pixels in a vector.  The wide ones multiply
 * bytes, which must be signed: they take 128 off every sample, and 128 · 2^14 goes back onto the sum.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-sample.h"

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

#define ROUND (1 << 13)
#define SIGNED_ROUND (ROUND + (128 << 14))

typedef guint8 Bytes16 __attribute__ ((vector_size (16)));

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

  return (upper * (down & 0xffff) + lower * (down >> 16) + ROUND) >> 14;
}

BALLAST_INLINE void
sample_from (const BallastRaster *source,
             const BallastTaps   *taps,
             const guint          range[2],
             guint8              *target,
             guint                channels)
{
  for (guint i = range[0]; i < range[1]; i++)
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
                  const BallastTaps   *taps,
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

#define DEFINE_SAMPLE(channels)                                                                    \
  static void sample_ ## channels (const BallastRaster *source, const BallastTaps *taps, guint n,    \
                                   guint8 *target)                                                   \
  {                                                                                                \
    const guint range[2] = { 0, n };                                                               \
                                                                                                   \
    sample_from (source, taps, range, target, channels);                                           \
  }

DEFINE_SAMPLE (1)
DEFINE_SAMPLE (2)

#ifndef HAS_VECTORS
DEFINE_SAMPLE (3)
DEFINE_SAMPLE (4)
#else

/* Four pixels of four bytes as they are stored. */
BALLAST_INLINE void
store_four (guint8 *target,
            Bytes16 pixels,
            guint   channels)
{
  guint32 last;

  if (channels == 4)
    {
      memcpy (target, &pixels, 16);
      return;
    }
  pixels = __builtin_shufflevector (pixels, pixels, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15);
  _mm_storel_epi64 ((__m128i *) (gpointer) target, (__m128i) pixels);
  last = (guint32) _mm_cvtsi128_si32 (_mm_srli_si128 ((__m128i) pixels, 8));
  memcpy (target + 8, &last, 4);
}

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

  return _mm_srli_epi32 (_mm_add_epi32 (sum, _mm_set1_epi32 (ROUND)), 14);
}

BALLAST_INLINE void
sample_narrow (const BallastRaster *source,
               const BallastTaps   *taps,
               guint                n,
               guint8              *target,
               guint                channels)
{
  guint rest[2] = { n & ~3u, n };

  for (guint i = 0; i < rest[0]; i += 4)
    {
      __m128i pixel[4];

      for (guint j = 0; j < 4; j++)
        pixel[j] = sample_one (source->data + taps->offset[i + j], source->stride,
                               taps->across[i + j], taps->down[i + j], channels);
      store_four (target + i * channels,
                  (Bytes16) _mm_packus_epi16 (_mm_packs_epi32 (pixel[0], pixel[1]),
                                              _mm_packs_epi32 (pixel[2], pixel[3])),
                  channels);
    }
  sample_from (source, taps, rest, target, channels);
}

/* The order of bytes that puts left beside right, and above beside below, channel by channel, of two
 * pixels above (bytes 0 … 7) and two below (8 … 15). */
#define ORDER_3 0, 3, 8, 11, 1, 4, 9, 12, 2, 5, 10, 13, -1, -1, -1, -1
#define ORDER_4 0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15

#define TARGET_V3 __attribute__ ((target ("avx2")))
#define TARGET_V4 __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq")))

TARGET_V3 BALLAST_INLINE __m128i
load_four (const guint8 *upper_left,
           gsize         stride)
{
  __m128 upper = _mm_castsi128_ps (_mm_loadl_epi64 ((const __m128i *) (gconstpointer) upper_left));

  return _mm_castps_si128 (_mm_loadh_pi (upper, (const __m64 *) (gconstpointer) (upper_left
                                                                                 + stride)));
}

/* Pixels @i and @i + 1, a half of the vector each. */
TARGET_V3 BALLAST_INLINE __m256i
sample_two (const BallastRaster *source,
            const BallastTaps   *taps,
            guint                i,
            guint                channels)
{
  const __m256i spread = _mm256_setr_epi32 (0, 0, 0, 0, 1, 1, 1, 1);
  const __m256i as_bytes = _mm256_set1_epi16 (0x0200);
  const __m256i order = channels == 3 ? _mm256_setr_epi8 (ORDER_3, ORDER_3)
                                      : _mm256_setr_epi8 (ORDER_4, ORDER_4);
  __m128i first = load_four (source->data + taps->offset[i], source->stride);
  __m128i second = load_four (source->data + taps->offset[i + 1], source->stride);
  __m256i bytes = _mm256_inserti128_si256 (_mm256_castsi128_si256 (first), second, 1);
  __m128i across = _mm_loadl_epi64 ((const __m128i *) (gconstpointer) (taps->across + i));
  __m128i down = _mm_loadl_epi64 ((const __m128i *) (gconstpointer) (taps->down + i));
  __m256i weights = _mm256_permutevar8x32_epi32 (_mm256_castsi128_si256 (across), spread);
  __m256i rows;

  bytes = _mm256_xor_si256 (_mm256_shuffle_epi8 (bytes, order), _mm256_set1_epi8 (-128));
  rows = _mm256_maddubs_epi16 (_mm256_shuffle_epi8 (weights, as_bytes), bytes);
  rows = _mm256_madd_epi16 (rows, _mm256_permutevar8x32_epi32 (_mm256_castsi128_si256 (down),
                                                               spread));
  return _mm256_srli_epi32 (_mm256_add_epi32 (rows, _mm256_set1_epi32 (SIGNED_ROUND)), 14);
}

TARGET_V3 BALLAST_INLINE void
sample_v3 (const BallastRaster *source,
           const BallastTaps   *taps,
           guint                n,
           guint8              *target,
           guint                channels)
{
  guint rest[2] = { n & ~3u, n };

  for (guint i = 0; i < rest[0]; i += 4)
    {
      __m256i words = _mm256_packs_epi32 (sample_two (source, taps, i, channels),
                                          sample_two (source, taps, i + 2, channels));
      __m256i pixels = _mm256_packus_epi16 (words, words);

      /* Pixels 0 and 2 are in the lower half, 1 and 3 in the upper one. */
      store_four (target + i * channels,
                  (Bytes16) _mm_unpacklo_epi32 (_mm256_castsi256_si128 (pixels),
                                                _mm256_extracti128_si256 (pixels, 1)),
                  channels);
    }
  sample_from (source, taps, rest, target, channels);
}

/* The four pixels' neighbours, a quarter of the vector each, in the order of weighing, less 128. */
TARGET_V4 BALLAST_INLINE __m512i
load_quarters (const guint8 *data,
               gsize         stride,
               const gint64 *offset,
               __m512i       order)
{
  __m256i first = _mm256_inserti128_si256 (
    _mm256_castsi128_si256 (load_four (data + offset[0], stride)),
    load_four (data + offset[1], stride), 1);
  __m256i second = _mm256_inserti128_si256 (
    _mm256_castsi128_si256 (load_four (data + offset[2], stride)),
    load_four (data + offset[3], stride), 1);
  __m512i bytes = _mm512_inserti64x4 (_mm512_castsi256_si512 (first), second, 1);

  return _mm512_xor_si512 (_mm512_shuffle_epi8 (bytes, order), _mm512_set1_epi8 (-128));
}

/* Sixteen pixels: the sums of four at a time, in 32 bits, and then the bytes of all. */
TARGET_V4 BALLAST_INLINE __m512i
sample_sixteen (const BallastRaster *source,
                const BallastTaps   *taps,
                guint                i,
                __m512i              order)
{
  const __m512i spread = _mm512_setr_epi32 (0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
  const guint8 *data = source->data;
  gsize stride = source->stride;
  __m512i across = _mm512_shuffle_epi8 (_mm512_loadu_si512 (taps->across + i),
                                        _mm512_set4_epi32 (0x0e0c0e0c, 0x0a080a08, 0x06040604,
                                                           0x02000200));
  __m512i down = _mm512_loadu_si512 (taps->down + i);
  __m512i sums[4];

#pragma GCC unroll 4
  for (gint quarter = 0; quarter < 4; quarter++)
    {
      __m512i which = _mm512_add_epi32 (spread, _mm512_set1_epi32 (4 * quarter));
      __m512i bytes = load_quarters (data, stride, taps->offset + i + 4 * quarter, order);
      __m512i rows = _mm512_maddubs_epi16 (_mm512_permutexvar_epi32 (which, across), bytes);

      rows = _mm512_madd_epi16 (rows, _mm512_permutexvar_epi32 (which, down));
      sums[quarter] = _mm512_srli_epi32 (_mm512_add_epi32 (rows, _mm512_set1_epi32 (SIGNED_ROUND)),
                                         14);
    }
  return _mm512_packus_epi16 (_mm512_packs_epi32 (sums[0], sums[1]),
                              _mm512_packs_epi32 (sums[2], sums[3]));
}

/* A quarter of @packed holds one pixel of each four. */
TARGET_V4 BALLAST_INLINE void
store_sixteen (guint8 *target,
               __m512i packed,
               guint   channels)
{
  const __m512i in_order = _mm512_setr_epi32 (0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  const __m512i close_up = _mm512_setr_epi32 (0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15);
  const __m512i three = _mm512_broadcast_i32x4 (_mm_setr_epi8 (0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14,
                                                               3, 7, 11, 15));

  packed = _mm512_permutexvar_epi32 (in_order, packed);
  if (channels == 4)
    {
      _mm512_storeu_si512 (target, packed);
      return;
    }
  packed = _mm512_permutexvar_epi32 (close_up, _mm512_shuffle_epi8 (packed, three));
  _mm512_mask_storeu_epi32 (target, 0x0fff, packed);
}

TARGET_V4 BALLAST_INLINE void
sample_v4 (const BallastRaster *source,
           const BallastTaps   *taps,
           guint                n,
           guint8              *target,
           guint                channels)
{
  const __m512i order = _mm512_broadcast_i32x4 (channels == 3 ? _mm_setr_epi8 (ORDER_3)
                                                              : _mm_setr_epi8 (ORDER_4));
  guint rest[2] = { n & ~15u, n };

  for (guint i = 0; i < rest[0]; i += 16)
    store_sixteen (target + i * channels, sample_sixteen (source, taps, i, order), channels);
  sample_from (source, taps, rest, target, channels);
}

#define DEFINE_COLOURS(attribute, name, channels)                                                  \
  attribute static void name ## _ ## channels (const BallastRaster *source, const BallastTaps *taps,   \
                                               guint n, guint8 *target)                                \
  {                                                                                                \
    name (source, taps, n, target, channels);                                                      \
  }

DEFINE_COLOURS (BALLAST_CLONES, sample_narrow, 3)
DEFINE_COLOURS (BALLAST_CLONES, sample_narrow, 4)
DEFINE_COLOURS (TARGET_V3, sample_v3, 3)
DEFINE_COLOURS (TARGET_V3, sample_v3, 4)
DEFINE_COLOURS (TARGET_V4, sample_v4, 3)
DEFINE_COLOURS (TARGET_V4, sample_v4, 4)
#endif

BallastSampleFunc
ballast_kernel_choose_sample (const BallastRaster *source)
{
#ifdef HAS_VECTORS
  static const BallastSampleFunc colours[3][2] = { { sample_narrow_3, sample_narrow_4 },
                                                   { sample_v3_3, sample_v3_4 },
                                                   { sample_v4_3, sample_v4_4 } };
  guint level = ballast_kernel_get_level ();
  guint way = level >= 4 ? 2 : level >= 3 ? 1 : 0;
#else
  static const BallastSampleFunc colours[1][2] = { { sample_3, sample_4 } };
  guint way = 0;
#endif

  if (source->depth == 16)
    return sample_halfwords;
  if (source->channels >= 3)
    return colours[way][source->channels - 3];
  return source->channels == 2 ? sample_2 : sample_1;
}
