/*
 * Shifts of hue, saturation and value, 64 pixels at a time.
 *
 * The same whole numbers as in ballast-kernel-hsv.c, in 16 bits.  OpenCV's tables have entries of up
 * to 20 bits; an entry is brought below 2^16 by moving its factor instead, so that the upper half of a
 * product is floor (product / 2^11), and one more halving rounds as OpenCV does.  Only a negative hue
 * that lies exactly halfway asks for the lower half.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-hsv-vectors.h"

#include <string.h>

#if defined(__x86_64__) && !defined(BALLAST_PLAIN_KERNELS)
/* GCC 12 takes its own undefined vectors for mistakes (its bug 105593). */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#include <immintrin.h>
#pragma GCC diagnostic pop

#define TARGET_VBMI __attribute__ ((target ("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi")))
#define LENGTH 64       /* pixels */
#define SMALL_VALUE 16  /* below it a quotient by value has more than 16 bits */

/* Two tables of 256 quotients, lower and upper bytes apart, and the weights of ballast_hsv_get_weight(). */
typedef struct
{
  guint8  by_value[2][256];
  guint8  by_difference[2][256];
  guint16 weight[32];
  guint8  split[3][LENGTH];
  guint8  join[3][LENGTH];
} Tables;

static Tables tables __attribute__ ((aligned (64)));

/* round (numerator / i), which is never halfway. */
static guint
divide (guint numerator,
        guint i)
{
  return (2 * numerator + i) / (2 * i);
}

static void
make_tables (void)
{
  for (guint i = 1; i < 256; i++)
    {
      guint by_value = divide (255 << 12, i), by_difference = divide (30 << 12, i);

      if (i < SMALL_VALUE)
        by_value = (by_value + 8) >> 4;
      if (i == 1)
        by_difference >>= 1;
      tables.by_value[0][i] = by_value & 255;
      tables.by_value[1][i] = (guint8) (by_value >> 8);
      tables.by_difference[0][i] = by_difference & 255;
      tables.by_difference[1][i] = (guint8) (by_difference >> 8);
    }
  for (gint32 t = 0; t <= 30; t++)
    tables.weight[t] = (guint16) ballast_hsv_get_weight (t);
  for (guint channel = 0; channel < 3; channel++)
    for (guint i = 0; i < LENGTH; i++)
      {
        guint position = channel * LENGTH + i;

        tables.split[channel][i] = (guint8) (3 * i + channel);
        tables.join[channel][i] = (guint8) (position / 3 + (position % 3 == 1 ? LENGTH : 0));
      }
}

static void
need_tables (void)
{
  static gsize made = 0;

  if (g_once_init_enter (&made))
    {
      make_tables ();
      g_once_init_leave (&made, 1);
    }
}

gboolean
ballast_kernel_can_shift_vectors (void)
{
  return ballast_kernel_get_level () >= 4 && __builtin_cpu_supports ("avx512vbmi");
}

/* Sixty-four of each. */
typedef struct
{
  __m512i red;
  __m512i green;
  __m512i blue;
} Colours;

/* Sixty-four numbers of 16 bits, in the order of unpacking, which packing undoes. */
typedef struct
{
  __m512i low;
  __m512i high;
} Wide;

TARGET_VBMI BALLAST_INLINE Wide
pair_up (__m512i lower,
         __m512i upper)
{
  return (Wide) { _mm512_unpacklo_epi8 (lower, upper), _mm512_unpackhi_epi8 (lower, upper) };
}

TARGET_VBMI BALLAST_INLINE __m512i
look_up (const guint8 *table,
         __m512i       index)
{
  __m512i low = _mm512_permutex2var_epi8 (_mm512_load_si512 (table), index,
                                          _mm512_load_si512 (table + 64));
  __m512i high = _mm512_permutex2var_epi8 (_mm512_load_si512 (table + 128), index,
                                           _mm512_load_si512 (table + 192));

  return _mm512_mask_blend_epi8 (_mm512_movepi8_mask (index), low, high);
}

TARGET_VBMI BALLAST_INLINE Wide
look_up_wide (const guint8 table[2][256],
              __m512i      index)
{
  return pair_up (look_up (table[0], index), look_up (table[1], index));
}

TARGET_VBMI BALLAST_INLINE __m512i
shift_clipped (__m512i bytes,
               gint32  by)
{
  __m512i up = _mm512_set1_epi8 ((char) MAX (by, 0)), down = _mm512_set1_epi8 ((char) MAX (-by, 0));

  return _mm512_subs_epu8 (_mm512_adds_epu8 (bytes, up), down);
}

/* @hue (at most 180) and @by (at most 179) degrees of two, modulo 180: whichever does not wrap. */
TARGET_VBMI BALLAST_INLINE __m512i
turn_hue (__m512i hue,
          gint32  by)
{
  return _mm512_min_epu8 (_mm512_adds_epu8 (hue, _mm512_set1_epi8 ((char) by)),
                          _mm512_sub_epi8 (hue, _mm512_set1_epi8 ((char) (180 - by))));
}

/* 32 hues without their sign: |@numerator| · @quotient / 2^12, rounded towards the larger hue. */
TARGET_VBMI BALLAST_INLINE __m512i
get_hue (__m512i numerator,
         __m512i quotient,
         __m512i difference)
{
  const __m512i one = _mm512_set1_epi16 (1);
  __mmask32 negative = _mm512_movepi16_mask (numerator);
  __mmask32 least = _mm512_cmpeq_epi16_mask (difference, one);
  __m512i factor = _mm512_abs_epi16 (numerator), twice, exact;

  factor = _mm512_mask_slli_epi16 (_mm512_slli_epi16 (factor, 5), least, factor, 6);
  twice = _mm512_add_epi16 (_mm512_mulhi_epu16 (factor, quotient), one);
  exact = _mm512_mullo_epi16 (factor, quotient);
  negative &= _mm512_testn_epi16_mask (exact, exact);
  return _mm512_srli_epi16 (_mm512_mask_sub_epi16 (twice, negative, twice, one), 1);
}

/* Where @most is the largest of the three and @difference what it is above the least: 0 … 180. */
TARGET_VBMI BALLAST_INLINE __m512i
find_hue (const Colours *from,
          __m512i        most,
          __m512i        difference)
{
  __mmask64 is_red = _mm512_cmpeq_epi8_mask (most, from->red);
  __mmask64 is_green = _mm512_cmpeq_epi8_mask (most, from->green) & ~is_red;
  /* The numerator is ahead - behind + turns · difference; blue's first. */
  __m512i ahead = _mm512_mask_blend_epi8 (is_green, from->red, from->blue);
  __m512i behind = _mm512_mask_blend_epi8 (is_green, from->green, from->red);
  __m512i turns = _mm512_mask_blend_epi8 (is_green, _mm512_set1_epi8 (4), _mm512_set1_epi8 (2));
  const __m512i zero = _mm512_setzero_si512 (), one = _mm512_set1_epi8 (1);
  Wide factors, pairs, minus, quotient, wide_difference = pair_up (difference, zero);
  __m512i hue;

  ahead = _mm512_mask_blend_epi8 (is_red, ahead, from->green);
  behind = _mm512_mask_blend_epi8 (is_red, behind, from->blue);
  turns = _mm512_mask_blend_epi8 (is_red, turns, zero);
  pairs = pair_up (ahead, difference);
  factors = pair_up (one, turns);
  minus = pair_up (behind, zero);
  quotient = look_up_wide (tables.by_difference, difference);
  hue = _mm512_packus_epi16 (
    get_hue (_mm512_sub_epi16 (_mm512_maddubs_epi16 (pairs.low, factors.low), minus.low),
             quotient.low, wide_difference.low),
    get_hue (_mm512_sub_epi16 (_mm512_maddubs_epi16 (pairs.high, factors.high), minus.high),
             quotient.high, wide_difference.high));
  return _mm512_mask_sub_epi8 (hue, is_red & _mm512_cmplt_epu8_mask (ahead, behind),
                               _mm512_set1_epi8 ((char) 180), hue);
}

TARGET_VBMI BALLAST_INLINE __m512i
get_saturation (__m512i value,
                __m512i quotient,
                __m512i difference)
{
  __mmask32 small = _mm512_cmplt_epu16_mask (value, _mm512_set1_epi16 (SMALL_VALUE));
  __m512i factor = _mm512_mask_slli_epi16 (_mm512_slli_epi16 (difference, 5), small, difference, 9);

  return _mm512_srli_epi16 (_mm512_add_epi16 (_mm512_mulhi_epu16 (factor, quotient),
                                              _mm512_set1_epi16 (1)), 1);
}

TARGET_VBMI BALLAST_INLINE __m512i
find_saturation (__m512i most,
                 __m512i difference)
{
  const __m512i zero = _mm512_setzero_si512 ();
  Wide value = pair_up (most, zero), wide_difference = pair_up (difference, zero);
  Wide quotient = look_up_wide (tables.by_value, most);

  return _mm512_packus_epi16 (get_saturation (value.low, quotient.low, wide_difference.low),
                              get_saturation (value.high, quotient.high, wide_difference.high));
}

/* What @t takes from 32 values: @chroma · weight, rounded. */
TARGET_VBMI BALLAST_INLINE __m512i
get_drop (__m512i chroma,
          __m512i t,
          __m512i weights)
{
  __m512i drop = _mm512_mulhi_epu16 (chroma, _mm512_permutexvar_epi16 (t, weights));

  return _mm512_srli_epi16 (_mm512_add_epi16 (drop, _mm512_set1_epi16 (64)), 7);
}

/* A channel: @value less what it falls with @hue, turned by @turn. */
TARGET_VBMI BALLAST_INLINE __m512i
get_channel (__m512i hue,
             __m512i value,
             Wide    chroma,
             gint32  turn)
{
  const __m512i weights = _mm512_load_si512 (tables.weight);
  __m512i k = turn_hue (hue, turn);
  __m512i t = _mm512_min_epu8 (k, _mm512_subs_epu8 (_mm512_set1_epi8 (120), k));
  Wide wide = pair_up (_mm512_min_epu8 (t, _mm512_set1_epi8 (30)), _mm512_setzero_si512 ());

  return _mm512_sub_epi8 (value, _mm512_packus_epi16 (get_drop (chroma.low, wide.low, weights),
                                                      get_drop (chroma.high, wide.high, weights)));
}

TARGET_VBMI BALLAST_INLINE void
shift_colours (Colours      *colours,
               const gint32 *shifts)
{
  const __m512i zero = _mm512_setzero_si512 ();
  __m512i most = _mm512_max_epu8 (colours->red, _mm512_max_epu8 (colours->green, colours->blue));
  __m512i least = _mm512_min_epu8 (colours->red, _mm512_min_epu8 (colours->green, colours->blue));
  __m512i difference = _mm512_sub_epi8 (most, least);
  __m512i hue = turn_hue (find_hue (colours, most, difference), shifts[0]);
  __m512i saturation = find_saturation (most, difference);
  __m512i value = shift_clipped (most, shifts[2]);
  Wide values = pair_up (value, zero), chroma;

  /* A grey has no hue that could be made stronger. */
  saturation = _mm512_maskz_mov_epi8 (_mm512_test_epi8_mask (saturation, saturation),
                                      shift_clipped (saturation, shifts[1]));
  chroma = pair_up (saturation, zero);
  chroma.low = _mm512_mullo_epi16 (chroma.low, values.low);
  chroma.high = _mm512_mullo_epi16 (chroma.high, values.high);
  colours->red = get_channel (hue, value, chroma, 150);
  colours->green = get_channel (hue, value, chroma, 90);
  colours->blue = get_channel (hue, value, chroma, 30);
}

/* A plane of the three vectors of pixels: those from @first on lie in the third. */
TARGET_VBMI BALLAST_INLINE __m512i
split (const __m512i pixels[3],
       guint         channel,
       guint         first)
{
  __m512i order = _mm512_load_si512 (tables.split[channel]);

  return _mm512_mask_permutexvar_epi8 (_mm512_permutex2var_epi8 (pixels[0], order, pixels[1]),
                                       ~G_GUINT64_CONSTANT (0) << first, order, pixels[2]);
}

/* Every third byte, of those at @blues, is blue. */
TARGET_VBMI BALLAST_INLINE __m512i
join (const Colours *colours,
      guint          vector,
      guint64        blues)
{
  __m512i order = _mm512_load_si512 (tables.join[vector]);

  return _mm512_mask_permutexvar_epi8 (_mm512_permutex2var_epi8 (colours->red, order, colours->green),
                                       blues, order, colours->blue);
}

TARGET_VBMI static void
shift_sixty_four (guint8       *bytes,
                  const gint32 *shifts)
{
  const __m512i pixels[3] = { _mm512_loadu_si512 (bytes), _mm512_loadu_si512 (bytes + 64),
                              _mm512_loadu_si512 (bytes + 128) };
  Colours colours = { split (pixels, 0, 43), split (pixels, 1, 43), split (pixels, 2, 42) };

  shift_colours (&colours, shifts);
  _mm512_storeu_si512 (bytes, join (&colours, 0, G_GUINT64_CONSTANT (0x4924924924924924)));
  _mm512_storeu_si512 (bytes + 64, join (&colours, 1, G_GUINT64_CONSTANT (0x2492492492492492)));
  _mm512_storeu_si512 (bytes + 128, join (&colours, 2, G_GUINT64_CONSTANT (0x9249249249249249)));
}

void
ballast_kernel_shift_vectors (guint8      *pixels,
                              gsize        n,
                              const gint32 shifts[3])
{
  guint8 rest[3 * LENGTH] = { 0 };
  gsize x = 0;

  need_tables ();
  for (; x + LENGTH <= n; x += LENGTH)
    shift_sixty_four (pixels + 3 * x, shifts);
  if (x == n)
    return;
  memcpy (rest, pixels + 3 * x, 3 * (n - x));
  shift_sixty_four (rest, shifts);
  memcpy (pixels + 3 * x, rest, 3 * (n - x));
}
#else
gboolean
ballast_kernel_can_shift_vectors (void)
{
  return FALSE;
}

void
ballast_kernel_shift_vectors (guint8      *pixels,
                              gsize        n,
                              const gint32 shifts[3])
{
  g_assert_not_reached ();
}
#endif
