/*
 * Shifts of hue, saturation and value in OpenCV's 8-bit HSV, in place.
 *
 * The way there is OpenCV's, bit by bit: H in 0 … 179 and S in 0 … 255 from integer tables of
 * round (255 · 2^12 / v) and round (30 · 2^12 / diff).  The tables' entries are computed, because a
 * vector divides faster than it looks up; that the quotients round to the same integers is tested
 * for every entry.  The way back is exact up to one rounding; OpenCV's differs by at most 1.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel.h"

#include <string.h>

#define BLOCK 256
#define HSV_SHIFT 12

/* Adding it to a float below 2^22 rounds that to an integer, in the lowest bits. */
#define ROUNDER 12582912.0f
#define ROUNDER_BITS 0x4b400000

typedef guint8 Bytes16 __attribute__ ((vector_size (16)));

typedef struct
{
  guint8 channel[3][BLOCK];
} Planes;

BALLAST_INLINE gint32
round_to_int (float value)
{
  float shifted = value + ROUNDER;
  gint32 bits;

  memcpy (&bits, &shifted, 4);
  return bits - ROUNDER_BITS;
}

BALLAST_INLINE void
split_16 (const guint8 *pixels,
          Planes       *planes,
          guint         x)
{
  Bytes16 a, b, c, plane[3];

  memcpy (&a, pixels, 16);
  memcpy (&b, pixels + 16, 16);
  memcpy (&c, pixels + 32, 16);
  plane[0] = __builtin_shufflevector (a, b, 0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0);
  plane[0] = __builtin_shufflevector (plane[0], c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26,
                                      29);
  plane[1] = __builtin_shufflevector (a, b, 1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 0, 0, 0, 0, 0);
  plane[1] = __builtin_shufflevector (plane[1], c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 21, 24, 27,
                                      30);
  plane[2] = __builtin_shufflevector (a, b, 2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 0, 0, 0, 0, 0, 0);
  plane[2] = __builtin_shufflevector (plane[2], c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 19, 22, 25, 28,
                                      31);
  for (guint i = 0; i < 3; i++)
    memcpy (planes->channel[i] + x, &plane[i], 16);
}

BALLAST_INLINE void
join_16 (guint8       *pixels,
         const Planes *planes,
         guint         x)
{
  Bytes16 r, g, b, mixed[3];

  memcpy (&r, planes->channel[0] + x, 16);
  memcpy (&g, planes->channel[1] + x, 16);
  memcpy (&b, planes->channel[2] + x, 16);
  mixed[0] = __builtin_shufflevector (r, g, 0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5);
  mixed[0] = __builtin_shufflevector (mixed[0], b, 0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13,
                                      20, 15);
  mixed[1] = __builtin_shufflevector (r, g, 21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26);
  mixed[1] = __builtin_shufflevector (mixed[1], b, 0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25,
                                      14, 15);
  mixed[2] = __builtin_shufflevector (r, g, 0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31,
                                      0);
  mixed[2] = __builtin_shufflevector (mixed[2], b, 26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13,
                                      14, 31);
  for (guint i = 0; i < 3; i++)
    memcpy (pixels + 16 * i, &mixed[i], 16);
}

BALLAST_INLINE void
split_block (const guint8 *pixels,
             guint         n,
             guint         channels,
             Planes       *planes)
{
  guint x = 0;

  for (; channels == 3 && x + 16 <= n; x += 16)
    split_16 (pixels + x * 3, planes, x);
  for (; x < n; x++)
    for (guint i = 0; i < 3; i++)
      planes->channel[i][x] = pixels[x * channels + i];
}

BALLAST_INLINE void
join_block (guint8       *pixels,
            guint         n,
            guint         channels,
            const Planes *planes)
{
  guint x = 0;

  for (; channels == 3 && x + 16 <= n; x += 16)
    join_16 (pixels + x * 3, planes, x);
  for (; x < n; x++)
    for (guint i = 0; i < 3; i++)
      pixels[x * channels + i] = planes->channel[i][x];
}

/* What a channel keeps: value · (1 - saturation · t), where t rises and falls with the hue. */
BALLAST_INLINE gint32
back (gint32 hue,
      gint32 saturation,
      gint32 value,
      gint32 sector)
{
  gint32 k = hue + 30 * sector, t;

  k = k >= 180 ? k - 180 : k;
  t = k < 120 - k ? k : 120 - k;
  t = t < 0 ? 0 : t > 30 ? 30 : t;
  return value - (gint32) ((float) (value * saturation * t) * (1.0f / 7650) + 0.5f);
}

BALLAST_INLINE void
shift_pixel (guint8 *red,
             guint8 *green,
             guint8 *blue,
             gint32  hue_shift,
             gint32  saturation_shift,
             gint32  value_shift)
{
  gint32 r = *red, g = *green, b = *blue;
  gint32 most = r > g ? r : g, least = r < g ? r : g, difference, h, s, v, numerator;

  most = most > b ? most : b;
  least = least < b ? least : b;
  difference = most - least;

  /* A difference of 0 has a numerator of 0. */
  s = (difference * round_to_int ((float) (255 << HSV_SHIFT) / (float) (most > 0 ? most : 1))
       + (1 << (HSV_SHIFT - 1))) >> HSV_SHIFT;
  numerator = most == r ? g - b : most == g ? b - r + 2 * difference : r - g + 4 * difference;
  h = (numerator * round_to_int ((float) (30 << HSV_SHIFT)
                                 / (float) (difference > 0 ? difference : 1))
       + (1 << (HSV_SHIFT - 1))) >> HSV_SHIFT;
  h = h < 0 ? h + 180 : h;

  h += hue_shift;
  h = h >= 180 ? h - 180 : h;
  v = most + value_shift;
  v = v < 0 ? 0 : v > 255 ? 255 : v;
  /* A grey has no hue that could be made stronger. */
  saturation_shift = s == 0 ? 0 : saturation_shift;
  s += saturation_shift;
  s = s < 0 ? 0 : s > 255 ? 255 : s;

  *red = (guint8) back (h, s, v, 5);
  *green = (guint8) back (h, s, v, 3);
  *blue = (guint8) back (h, s, v, 1);
}

BALLAST_CLONES static void
shift_block (guint8       *pixels,
             guint         n,
             guint         channels,
             const gint32 *shifts)
{
  gint32 hue = shifts[0], saturation = shifts[1], value = shifts[2];
  Planes planes;
  guint8 *restrict red = planes.channel[0];
  guint8 *restrict green = planes.channel[1];
  guint8 *restrict blue = planes.channel[2];

  if (channels == 3)
    split_block (pixels, n, 3, &planes);
  else
    split_block (pixels, n, 4, &planes);
  for (guint x = 0; x < n; x++)
    shift_pixel (&red[x], &green[x], &blue[x], hue, saturation, value);
  if (channels == 3)
    join_block (pixels, n, 3, &planes);
  else
    join_block (pixels, n, 4, &planes);
}

void
ballast_kernel_hsv (BallastRaster *raster,
                    const gint32   shifts[3],
                    guint          first,
                    guint          end)
{
  /* The hue's shift from 0 to 179, so that one comparison brings the sum back. */
  gint32 turned[3] = { ((shifts[0] % 180) + 180) % 180, shifts[1], shifts[2] };

  for (guint y = first; y < end && raster->channels >= 3; y++)
    for (guint x = 0; x < raster->width; x += BLOCK)
      shift_block (ballast_raster_get_row (raster, y) + (gsize) x * raster->channels,
                   MIN (BLOCK, raster->width - x), raster->channels, turned);
}
