/*
 * Shifts of hue, saturation and value in OpenCV's 8-bit HSV, in place.
 *
 * The way there is OpenCV's, bit by bit: H in 0 … 179 and S in 0 … 255 from integer tables of
 * round (255 · 2^12 / v) and round (30 · 2^12 / diff).  The tables' entries are computed, because a
 * vector divides faster than it looks up; that the quotients round to the same integers is tested
 * for every entry.  The way back is exact up to 1/64 level before it is rounded; OpenCV's differs by at
 * most 1.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-hsv-vectors.h"
#include "ballast-kernel-planes.h"

#define HSV_SHIFT 12

BALLAST_INLINE gint32
least_of (gint32 a,
          gint32 b)
{
  return a < b ? a : b;
}

BALLAST_INLINE gint32
most_of (gint32 a,
         gint32 b)
{
  return a > b ? a : b;
}

/* round (numerator / denominator), which is never halfway between two integers here. */
BALLAST_INLINE gint32
divide (gint32 numerator,
        gint32 denominator)
{
  return (gint32) ((float) numerator / (float) most_of (denominator, 1) + 0.5f);
}

/* What a channel keeps: value · (1 - saturation · t), where t rises and falls with the hue; in 1/128
 * levels, which are then rounded.  The product has 31 bits. */
BALLAST_INLINE gint32
back (gint32 hue,
      gint32 saturation,
      gint32 value,
      gint32 sector)
{
  gint32 k = hue + 30 * sector, t;

  k -= 180 & -(k >= 180);
  t = most_of (0, least_of (30, least_of (k, 120 - k)));
  return value - ((((value * saturation * ballast_hsv_get_weight (t)) >> 16) + 64) >> 7);
}

/* Without branches, so that the loop round it becomes vectors.  A mask is -1 or 0. */
BALLAST_INLINE void
shift_pixel (guint8 *red,
             guint8 *green,
             guint8 *blue,
             gint32  hue_shift,
             gint32  saturation_shift,
             gint32  value_shift)
{
  gint32 r = *red, g = *green, b = *blue;
  gint32 most = most_of (r, most_of (g, b)), least = least_of (r, least_of (g, b));
  gint32 difference = most - least, half = 1 << (HSV_SHIFT - 1);
  gint32 is_red = -(most == r), is_green = ~is_red & -(most == g), is_blue = ~is_red & ~is_green;
  gint32 numerator = (is_red & (g - b)) + (is_green & (b - r + 2 * difference))
                     + (is_blue & (r - g + 4 * difference));
  gint32 s = (difference * divide (255 << HSV_SHIFT, most) + half) >> HSV_SHIFT;
  gint32 h = (numerator * divide (30 << HSV_SHIFT, difference) + half) >> HSV_SHIFT;
  gint32 v = most_of (0, least_of (255, most + value_shift));

  h += 180 & -(h < 0);
  h += hue_shift;
  h -= 180 & -(h >= 180);
  /* A grey has no hue that could be made stronger. */
  s = most_of (0, least_of (255, s + (saturation_shift & -(s != 0))));

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
  BallastPlanes planes;
  /* cppcheck-suppress uninitvar ; an address is not a use */
  guint8 *restrict red = planes.channel[0];
  guint8 *restrict green = planes.channel[1];
  guint8 *restrict blue = planes.channel[2];

  if (channels == 3)
    ballast_planes_split (pixels, n, 3, &planes);
  else
    ballast_planes_split (pixels, n, 4, &planes);
  for (guint x = 0; x < BALLAST_PLANES_ROUND_UP (n); x++)
    shift_pixel (&red[x], &green[x], &blue[x], hue, saturation, value);
  if (channels == 3)
    ballast_planes_join (pixels, n, 3, &planes);
  else
    ballast_planes_join (pixels, n, 4, &planes);
}

void
ballast_kernel_hsv (BallastRaster *raster,
                    const gint32   shifts[3],
                    guint          first,
                    guint          end)
{
  /* The hue's shift from 0 to 179, so that one comparison brings the sum back. */
  gint32 turned[3] = { ((shifts[0] % 180) + 180) % 180, shifts[1], shifts[2] };

  if (raster->channels == 3 && ballast_kernel_can_shift_vectors ())
    {
      for (guint y = first; y < end; y++)
        ballast_kernel_shift_vectors (ballast_raster_get_row (raster, y), raster->width, turned);
      return;
    }
  for (guint y = first; y < end && raster->channels >= 3; y++)
    for (guint x = 0; x < raster->width; x += BALLAST_PLANES_LENGTH)
      shift_block (ballast_raster_get_row (raster, y) + (gsize) x * raster->channels,
                   MIN (BALLAST_PLANES_LENGTH, raster->width - x), raster->channels, turned);
}
