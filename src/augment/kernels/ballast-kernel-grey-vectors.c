/*
 * A weighted grey of colour pixels, 64 at a time.
 *
 * Four vectors of sixteen sums each; the packed bytes of all 64 pixels are then looked up three times
 * each.  The same sums, rounded by the same half, as one pixel at a time.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-grey-vectors.h"

#if defined(__x86_64__) && !defined(BALLAST_PLAIN_KERNELS)
/* GCC 12 takes its own undefined vectors for mistakes (its bug 105593). */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
#pragma GCC diagnostic pop

#define TARGET_VBMI __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi")))
#define LENGTH 64 /* pixels */

typedef struct
{
  __m512i red_green;        /* weights */
  __m512i blue_half;        /* the second for the rounding */
  __m512i take_red_green;   /* bytes 3 i and 3 i + 1 into 32 bits each */
  __m512i take_blue;
  __m512i triple[3];        /* where the packed greys lie */
} Constants;

TARGET_VBMI static void
make_constants (const gint32 *weights,
                Constants    *constants)
{
  guint8 red_green[LENGTH] = { 0 }, blue[LENGTH] = { 0 }, triple[3][LENGTH];

  for (guint i = 0; i < 16; i++)
    {
      red_green[4 * i] = (guint8) (3 * i);
      red_green[4 * i + 2] = (guint8) (3 * i + 1);
      blue[4 * i] = (guint8) (3 * i + 2);
    }
  /* Packing leaves pixel 16 a + 4 b + c in byte 16 b + 4 a + c. */
  for (guint i = 0; i < 3 * LENGTH; i++)
    triple[i / LENGTH][i % LENGTH] = (guint8) (i / 3 % 16 / 4 * 16 + i / 48 * 4 + i / 3 % 4);

  constants->red_green = _mm512_set1_epi32 (weights[0] | weights[1] * 65536);
  constants->blue_half = _mm512_set1_epi32 (weights[2] | 1 << 30);
  constants->take_red_green = _mm512_loadu_si512 (red_green);
  constants->take_blue = _mm512_loadu_si512 (blue);
  for (guint i = 0; i < 3; i++)
    constants->triple[i] = _mm512_loadu_si512 (triple[i]);
}

TARGET_VBMI BALLAST_INLINE __m512i
weigh_sixteen (const guint8    *pixels,
               const Constants *constants)
{
  const __mmask64 words = G_GUINT64_CONSTANT (0x5555555555555555);
  const __mmask64 firsts = G_GUINT64_CONSTANT (0x1111111111111111);
  __m512i bytes = _mm512_loadu_si512 (pixels);
  __m512i red_green = _mm512_maskz_permutexvar_epi8 (words, constants->take_red_green, bytes);
  __m512i blue = _mm512_maskz_permutexvar_epi8 (firsts, constants->take_blue, bytes);

  red_green = _mm512_madd_epi16 (red_green, constants->red_green);
  blue = _mm512_madd_epi16 (_mm512_or_si512 (blue, _mm512_set1_epi32 (1 << 16)),
                            constants->blue_half);
  return _mm512_srli_epi32 (_mm512_add_epi32 (red_green, blue), 15);
}

/* The last load reads 16 bytes past them, which a raster allows. */
TARGET_VBMI static void
weigh_sixty_four (guint8          *pixels,
                  const Constants *constants)
{
  __m512i four[4], grey;

#pragma GCC unroll 4
  for (guint i = 0; i < 4; i++)
    four[i] = weigh_sixteen (pixels + 48 * i, constants);
  grey = _mm512_packus_epi16 (_mm512_packs_epi32 (four[0], four[1]),
                              _mm512_packs_epi32 (four[2], four[3]));
#pragma GCC unroll 3
  for (guint i = 0; i < 3; i++)
    _mm512_storeu_si512 (pixels + LENGTH * i, _mm512_permutexvar_epi8 (constants->triple[i], grey));
}

guint
ballast_kernel_grey_vectors (BallastRaster *raster,
                             const gint32   weights[3],
                             guint          first,
                             guint          end)
{
  guint whole = raster->width / LENGTH * LENGTH;
  Constants constants;

  if (ballast_kernel_get_level () < 4 || !__builtin_cpu_supports ("avx512vbmi"))
    return 0;
  make_constants (weights, &constants);
  for (guint y = first; y < end; y++)
    for (guint x = 0; x < whole; x += LENGTH)
      weigh_sixty_four (ballast_raster_get_row (raster, y) + (gsize) x * 3, &constants);
  return whole;
}
#else
guint
ballast_kernel_grey_vectors (BallastRaster *raster,
                             const gint32   weights[3],
                             guint          first,
                             guint          end)
{
  return 0;
}
#endif
