#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-jpeg-quality.h"

/*
 * The quality that a JPEG was written with, from its quantisation tables.
 *
 * Tables of libjpeg are found exactly; those of cameras and other encoders come out as the nearest.
 * A few microseconds.
 */

/* ITU-T T.81, tables K.1 and K.2. */
static const guint8 standard_luma[64] = {
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
  14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
  18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
  49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
};
static const guint8 standard_chroma[64] = {
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99,
  24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
};

/* jpeg_quality_scaling() and jpeg_add_quant_table() of libjpeg. */
static guint
get_difference (const guint16 *table,
                const guint8  *standard,
                guint          quality)
{
  guint scale = quality < 50 ? 5000 / quality : 200 - quality * 2;
  guint difference = 0;

  for (guint i = 0; i < 64; i++)
    {
      gint factor = (gint) CLAMP ((standard[i] * scale + 50) / 100, 1u, 255u);

      difference += (guint) ABS (factor - (gint) table[i]);
    }

  return difference;
}

guint
ballast_jpeg_quality_estimate (const guint16 *luma,
                               const guint16 *chroma)
{
  guint best = G_MAXUINT;
  guint best_quality = 0;

  for (guint quality = 100; quality >= 1 && best > 0; quality--)
    {
      guint difference = get_difference (luma, standard_luma, quality);

      if (chroma != NULL && difference < best)
        difference += get_difference (chroma, standard_chroma, quality);
      if (difference < best)
        {
          best = difference;
          best_quality = quality;
        }
    }

  return best_quality;
}
