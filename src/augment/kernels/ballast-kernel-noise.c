/*
 * Gaussian noise, in place.
 *
 * A sample's noise is the sum of two of 64 numbers each, chosen by twelve bits of a hash of (seed, row,
 * position): together 4096 sums, nearly all different, of variance 1 and the fourth moment of a normal
 * distribution, never farther from its distribution function than 0.0024, and up to 3.6 deviations.
 * Tables so small fit into registers, which is what makes it fast.  No state: bands may be done in any
 * order.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-random.h"

#include <math.h>
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

#define QUANTILES 4096
#define QUANTILE_BITS 11 /* a standard deviation is 2^11 */
#define PARTS 64
#define PART_BITS 12     /* a standard deviation is 2^12 */
#define LEVEL_BITS 8     /* of BallastNoise */
#define SCALED_BITS 6    /* of a scaled part: 1/64 level */
#define BLOCK 512        /* samples; a hash makes two */

/* The upper half of the parts: means of 1/64 of a normal distribution, the outer ones stretched until the
 * sums' fourth moment is 3; shares of the variance are 0.64 and 0.36. */
static const gint16 upper_parts[2][PARTS / 2] = {
  { 64, 191, 318, 447, 575, 705, 836, 968, 1102, 1237, 1375, 1516, 1659, 1806, 1956, 2111,
    2271, 2436, 2608, 2788, 2977, 3176, 3388, 3616, 3864, 4137, 4443, 4795, 5218, 5758, 6546, 8507 },
  { 48, 143, 239, 335, 431, 529, 627, 726, 826, 928, 1032, 1137, 1244, 1354, 1467, 1583,
    1703, 1827, 1956, 2091, 2232, 2382, 2541, 2712, 2898, 3102, 3332, 3597, 3913, 4319, 4910, 6380 },
};

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

static gint32
get_part (guint which,
          guint index)
{
  return index >= PARTS / 2 ? upper_parts[which][index - PARTS / 2]
                            : -upper_parts[which][PARTS / 2 - 1 - index];
}

/* What a hash's twelve bits stand for, in levels of 1/64, with the mean and half a level in it. */
typedef struct
{
  gint16 part[2][PARTS];
} Parts;

static void
scale_parts (const BallastNoise *noise,
             Parts              *parts)
{
  const gint32 half = 1 << (PART_BITS + LEVEL_BITS - SCALED_BITS - 1);
  const gint64 shift = noise->mean / (1 << (LEVEL_BITS - SCALED_BITS)) + (1 << (SCALED_BITS - 1));

  for (guint which = 0; which < 2; which++)
    for (guint i = 0; i < PARTS; i++)
      {
        gint64 scaled = ((gint64) get_part (which, i) * noise->sigma + half)
                        >> (PART_BITS + LEVEL_BITS - SCALED_BITS);

        scaled += which == 0 ? shift : 0;
        parts->part[which][i] = (gint16) CLAMP (scaled, G_MININT16, G_MAXINT16);
      }
}

/* The two halves of a row's key: rows whose counters meet somewhere still differ. */
typedef struct
{
  guint32 start;
  guint32 salt;
} RowKey;

static RowKey
get_row_key (const BallastNoise *noise,
             guint32             y)
{
  return (RowKey) { ballast_hash_row (noise->seed[0], y), ballast_hash_row (noise->seed[1], y) };
}

/* 32 bits for samples 2 · @pair and 2 · @pair + 1: lowbias32 with the salt in its middle. */
BALLAST_INLINE guint32
hash_pair (RowKey  key,
           guint32 pair)
{
  guint32 x = key.start + pair;

  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= key.salt;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  return x ^ x >> 16;
}

/* The twelve bits of each of BLOCK samples from @start on. */
BALLAST_CLONES static void
draw_block (RowKey   key,
            guint32  start,
            guint16 *drawn)
{
  guint32 hashes[BLOCK / 2];

  for (guint i = 0; i < BLOCK / 2; i++)
    hashes[i] = hash_pair (key, start / 2 + i);
  for (guint i = 0; i < BLOCK / 2; i++)
    {
      drawn[2 * i] = hashes[i] & (PARTS * PARTS - 1);
      drawn[2 * i + 1] = hashes[i] >> 16 & (PARTS * PARTS - 1);
    }
}

BALLAST_INLINE gint32
add_parts (gint32 first,
           gint32 second)
{
  return CLAMP (first + second, G_MININT16, G_MAXINT16) >> SCALED_BITS;
}

/* All 4096 sums, in whole levels. */
BALLAST_CLONES static void
sum_parts (const Parts *parts,
           gint16      *sums)
{
  for (guint second = 0; second < PARTS; second++)
    for (guint first = 0; first < PARTS; first++)
      sums[second * PARTS + first] = (gint16) add_parts (parts->part[0][first],
                                                         parts->part[1][second]);
}

static void
look_up (const gint16 *sums,
         guint16      *drawn)
{
  for (guint i = 0; i < BLOCK; i++)
    drawn[i] = (guint16) sums[drawn[i]];
}

BALLAST_CLONES static void
add_bytes (guint8        *samples,
           const guint16 *changes,
           guint          n)
{
  for (guint i = 0; i < n; i++)
    {
      gint16 value = (gint16) (samples[i] + (gint16) changes[i]);

      value = value < 0 ? 0 : value;
      samples[i] = (guint8) (value > 255 ? 255 : value);
    }
}

static void
add_packed_row (guint8       *samples,
                guint         n,
                RowKey        key,
                const gint16 *sums)
{
  for (guint start = 0; start < n; start += BLOCK)
    {
      guint16 drawn[BLOCK];

      draw_block (key, start, drawn);
      look_up (sums, drawn);
      add_bytes (samples + start, drawn, MIN (BLOCK, n - start));
    }
}

#ifdef HAS_VECTORS
#define TARGET_V4 __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq")))

/* Both tables, as they are looked up in. */
typedef struct
{
  __m512i low[2];
  __m512i high[2];
} Registers;

/* hash_pair() of sixteen. */
TARGET_V4 BALLAST_INLINE __m512i
hash_sixteen (__m512i x,
              __m512i salt)
{
  x = _mm512_xor_si512 (x, _mm512_srli_epi32 (x, 16));
  x = _mm512_mullo_epi32 (x, _mm512_set1_epi32 (0x7feb352d));
  x = _mm512_xor_si512 (x, salt);
  x = _mm512_xor_si512 (x, _mm512_srli_epi32 (x, 15));
  x = _mm512_mullo_epi32 (x, _mm512_set1_epi32 ((int) 0x846ca68bu));
  return _mm512_xor_si512 (x, _mm512_srli_epi32 (x, 16));
}

/* 32 samples: a look-up takes no more than the six bits that it needs. */
TARGET_V4 BALLAST_INLINE __m256i
add_thirty_two (__m256i          samples,
                __m512i          drawn,
                const Registers *parts)
{
  __m512i first = _mm512_permutex2var_epi16 (parts->low[0], drawn, parts->high[0]);
  __m512i second = _mm512_permutex2var_epi16 (parts->low[1], _mm512_srli_epi16 (drawn, 6),
                                              parts->high[1]);
  __m512i change = _mm512_srai_epi16 (_mm512_adds_epi16 (first, second), SCALED_BITS);
  __m512i sum = _mm512_add_epi16 (_mm512_cvtepu8_epi16 (samples), change);

  return _mm512_cvtusepi16_epi8 (_mm512_max_epi16 (sum, _mm512_setzero_si512 ()));
}

TARGET_V4 static void
add_row_v4 (guint8      *samples,
            guint        n,
            RowKey       key,
            const Parts *parts)
{
  const __m512i salt = _mm512_set1_epi32 ((int) key.salt);
  __m512i pairs = _mm512_add_epi32 (_mm512_set1_epi32 ((int) key.start),
                                    _mm512_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
                                                       14, 15));
  Registers registers;
  guint8 rest[32] = { 0 };

  for (guint which = 0; which < 2; which++)
    {
      registers.low[which] = _mm512_loadu_si512 (parts->part[which]);
      registers.high[which] = _mm512_loadu_si512 (parts->part[which] + PARTS / 2);
    }
  for (guint i = 0; i < n; i += 32, pairs = _mm512_add_epi32 (pairs, _mm512_set1_epi32 (16)))
    {
      guint8 *from = n - i < 32 ? rest : samples + i;
      __m256i *block = (__m256i *) (gpointer) from;

      if (n - i < 32)
        memcpy (rest, samples + i, n - i);
      _mm256_storeu_si256 (block, add_thirty_two (_mm256_loadu_si256 (block),
                                                  hash_sixteen (pairs, salt), &registers));
      if (n - i < 32)
        memcpy (samples + i, rest, n - i);
    }
}
#endif

static void
add_packed (BallastRaster      *raster,
            const BallastNoise *noise,
            guint               first,
            guint               end)
{
  guint n = raster->width * raster->channels;
  gint16 sums[PARTS * PARTS];
  Parts parts;

  scale_parts (noise, &parts);
#ifdef HAS_VECTORS
  if (ballast_kernel_get_level () >= 4)
    {
      for (guint y = first; y < end; y++)
        add_row_v4 (ballast_raster_get_row (raster, y), n, get_row_key (noise, y), &parts);
      return;
    }
#endif
  sum_parts (&parts, sums);
  for (guint y = first; y < end; y++)
    add_packed_row (ballast_raster_get_row (raster, y), n, get_row_key (noise, y), sums);
}

/* In whole levels of @raster. */
static gint64
get_change (const BallastNoise *noise,
            const Parts        *parts,
            guint16             drawn,
            guint               depth)
{
  guint first = drawn % PARTS, second = drawn / PARTS;
  gint64 sum = get_part (0, first) + get_part (1, second);

  if (depth == 8)
    return add_parts (parts->part[0][first], parts->part[1][second]);
  return (sum * noise->sigma + (gint64) noise->mean * (1 << PART_BITS)
          + (1 << (PART_BITS + LEVEL_BITS - 1))) >> (PART_BITS + LEVEL_BITS);
}

/* Any kind of raster: one draw for a pixel, or one for each of its colours. */
static void
add_pixels (BallastRaster      *raster,
            const BallastNoise *noise,
            const Parts        *parts,
            const guint         at[2],
            const guint16      *drawn)
{
  guint colours = ballast_kernel_get_n_colours (raster);
  guint per_pixel = noise->per_channel ? colours : 1;
  guint n = MIN (BLOCK / (2 * per_pixel) * 2, raster->width - at[0]);
  guint8 *row = ballast_raster_get_row (raster, at[1])
                + (gsize) at[0] * ballast_kernel_get_pixel_bytes (raster);

  for (guint x = 0; x < n; x++)
    for (guint c = 0; c < colours; c++)
      {
        gint64 change = get_change (noise, parts, drawn[x * per_pixel + (per_pixel > 1 ? c : 0)],
                                    raster->depth);

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

void
ballast_kernel_noise (BallastRaster      *raster,
                      const BallastNoise *noise,
                      guint               first,
                      guint               end)
{
  guint per_pixel = noise->per_channel ? ballast_kernel_get_n_colours (raster) : 1;
  /* Blocks of whole pixels, and of whole pairs of samples. */
  guint whole = BLOCK / (2 * per_pixel) * 2;
  guint16 drawn[BLOCK];
  Parts parts;

  if (raster->depth == 8 && raster->channels == per_pixel)
    {
      add_packed (raster, noise, first, end);
      return;
    }
  scale_parts (noise, &parts);
  for (guint y = first; y < end; y++)
    for (guint x = 0; x < raster->width; x += whole)
      {
        draw_block (get_row_key (noise, y), x * per_pixel, drawn);
        add_pixels (raster, noise, &parts, (const guint[2]) { x, y }, drawn);
      }
}
