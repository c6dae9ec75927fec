#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-encode-private.h"

#include <string.h>

/*
 * The formats that store pixels as they are: BMP, PNM and TIFF.
 *
 * No library has a say here, so their bytes are the same everywhere.  All are written
 * little-endian but for the words of PNM.
 */

#define BMP_HEADER_BYTES (14 + 40)
#define TIFF_ENTRY_BYTES 12

static void
put16 (GByteArray *bytes,
       guint       value)
{
  const guint8 two[] = { (guint8) value, (guint8) (value >> 8) };

  g_byte_array_append (bytes, two, 2);
}

static void
put32 (GByteArray *bytes,
       guint32     value)
{
  put16 (bytes, value & 0xffff);
  put16 (bytes, value >> 16);
}

static GByteArray *
new_bytes (const BallastRaster *raster)
{
  gsize guess = (ballast_raster_get_row_bytes (raster) + 4) * raster->height + 2048;

  return g_byte_array_sized_new ((guint) MIN (guess, G_MAXINT));
}

static void
put_bmp_header (GByteArray                 *bytes,
                const BallastRaster        *raster,
                const BallastEncodeOptions *options,
                guint32                     row_bytes)
{
  guint32 palette_bytes = raster->channels == 1 ? 256 * 4 : 0;
  guint32 x = 0;
  guint32 y = 0;

  ballast_encode_convert_density (&options->density, BALLAST_DENSITY_METRE, &x, &y);
  g_byte_array_append (bytes, (const guint8 *) "BM", 2);
  put32 (bytes, BMP_HEADER_BYTES + palette_bytes + row_bytes * raster->height);
  put32 (bytes, 0);
  put32 (bytes, BMP_HEADER_BYTES + palette_bytes);
  put32 (bytes, 40);
  put32 (bytes, raster->width);
  put32 (bytes, raster->height);
  put16 (bytes, 1);
  put16 (bytes, raster->channels * 8);
  put32 (bytes, 0);
  put32 (bytes, row_bytes * raster->height);
  put32 (bytes, x);
  put32 (bytes, y);
  put32 (bytes, palette_bytes / 4);
  put32 (bytes, 0);
  for (guint i = 0; i < palette_bytes / 4; i++)
    put32 (bytes, i * 0x010101);
}

/* Rows from the bottom, blue first. */
GBytes *
ballast_encode_bmp (const BallastRaster        *raster,
                    const BallastEncodeOptions *options,
                    GError                    **error)
{
  GByteArray *bytes = new_bytes (raster);
  guint channels = raster->channels;
  gsize row_bytes = (ballast_raster_get_row_bytes (raster) + 3) / 4 * 4;
  g_autofree guint8 *row = g_malloc0 (row_bytes);

  put_bmp_header (bytes, raster, options, (guint32) row_bytes);
  for (guint y = raster->height; y-- > 0;)
    {
      const guint8 *in = ballast_raster_get_row (raster, y);

      memcpy (row, in, ballast_raster_get_row_bytes (raster));
      for (guint x = 0; channels >= 3 && x < raster->width; x++)
        {
          row[(gsize) x * channels] = in[(gsize) x * channels + 2];
          row[(gsize) x * channels + 2] = in[(gsize) x * channels];
        }
      g_byte_array_append (bytes, row, (guint) row_bytes);
    }

  return g_byte_array_free_to_bytes (bytes);
}

GBytes *
ballast_encode_pnm (const BallastRaster        *raster,
                    const BallastEncodeOptions *options,
                    GError                    **error)
{
  GByteArray *bytes = new_bytes (raster);
  g_autofree char *header
    = g_strdup_printf ("P%c\n%u %u\n%u\n", raster->channels == 1 ? '5' : '6', raster->width,
                       raster->height, raster->depth == 16 ? 65535u : 255u);

  g_byte_array_append (bytes, (const guint8 *) header, (guint) strlen (header));
  for (guint y = 0; y < raster->height; y++)
    {
      gsize n = ballast_raster_get_row_bytes (raster);

      g_byte_array_append (bytes, ballast_raster_get_row (raster, y), (guint) n);
      if (raster->depth == 16)
        {
          guint16 *words = (guint16 *) (gpointer) (bytes->data + bytes->len - n);

          for (guint x = 0; x < raster->width; x++)
            {
              guint16 word;

              memcpy (&word, words + x, 2);
              word = GUINT16_TO_BE (word);
              memcpy (words + x, &word, 2);
            }
        }
    }

  return g_byte_array_free_to_bytes (bytes);
}

enum
{
  TIFF_SHORT = 3,
  TIFF_LONG = 4,
  TIFF_RATIONAL = 5,
  TIFF_UNDEFINED = 7,
};

static void
put_tiff_entry (GByteArray *bytes,
                guint       tag,
                guint       type,
                guint32     count,
                guint32     value)
{
  put16 (bytes, tag);
  put16 (bytes, type);
  put32 (bytes, count);
  put32 (bytes, value);
}

/* What lies between the directory and the pixels: sample bits, density, profile. */
typedef struct
{
  guint32 bits;
  guint32 density;
  guint32 profile;
  guint32 pixels;
} TiffPlaces;

static void
put_tiff_directory (GByteArray          *bytes,
                    const BallastRaster *raster,
                    const TiffPlaces    *places,
                    guint32              profile_bytes,
                    gboolean             is_metric)
{
  gboolean has_alpha = ballast_raster_has_alpha (raster);
  guint n_entries = 13 + has_alpha + (profile_bytes > 0);
  guint32 n_bytes = (guint32) (ballast_raster_get_row_bytes (raster) * raster->height);

  put16 (bytes, n_entries);
  put_tiff_entry (bytes, 256, TIFF_LONG, 1, raster->width);
  put_tiff_entry (bytes, 257, TIFF_LONG, 1, raster->height);
  put_tiff_entry (bytes, 258, TIFF_SHORT, raster->channels,
                  raster->channels == 1   ? raster->depth
                  : raster->channels == 2 ? 0x00080008
                                          : places->bits);
  put_tiff_entry (bytes, 259, TIFF_SHORT, 1, 1);
  put_tiff_entry (bytes, 262, TIFF_SHORT, 1, raster->channels <= 2 ? 1 : 2);
  put_tiff_entry (bytes, 273, TIFF_LONG, 1, places->pixels);
  put_tiff_entry (bytes, 277, TIFF_SHORT, 1, raster->channels);
  put_tiff_entry (bytes, 278, TIFF_LONG, 1, raster->height);
  put_tiff_entry (bytes, 279, TIFF_LONG, 1, n_bytes);
  put_tiff_entry (bytes, 282, TIFF_RATIONAL, 1, places->density);
  put_tiff_entry (bytes, 283, TIFF_RATIONAL, 1, places->density + 8);
  put_tiff_entry (bytes, 284, TIFF_SHORT, 1, 1);
  put_tiff_entry (bytes, 296, TIFF_SHORT, 1, is_metric ? 3 : 2);
  if (has_alpha)
    put_tiff_entry (bytes, 338, TIFF_SHORT, 1, 2);
  if (profile_bytes > 0)
    put_tiff_entry (bytes, 34675, TIFF_UNDEFINED, profile_bytes, places->profile);
  put32 (bytes, 0);
}

/* One strip, not packed; alpha is not premultiplied. */
GBytes *
ballast_encode_tiff (const BallastRaster        *raster,
                     const BallastEncodeOptions *options,
                     GError                    **error)
{
  GByteArray *bytes = new_bytes (raster);
  GBytes *profile = options->icc_profile;
  guint32 profile_bytes = profile != NULL ? (guint32) g_bytes_get_size (profile) : 0;
  gboolean has_alpha = ballast_raster_has_alpha (raster);
  gboolean is_metric = options->density.unit == BALLAST_DENSITY_METRE
                       || options->density.unit == BALLAST_DENSITY_CENTIMETRE;
  guint32 x = 72;
  guint32 y = 72;
  TiffPlaces places;

  ballast_encode_convert_density (
    &options->density, is_metric ? BALLAST_DENSITY_CENTIMETRE : BALLAST_DENSITY_INCH, &x, &y);
  places.bits = 8 + 2 + TIFF_ENTRY_BYTES * (13u + has_alpha + (profile_bytes > 0)) + 4;
  places.density = places.bits + 8;
  places.profile = places.density + 16;
  places.pixels = places.profile + (profile_bytes + 1) / 2 * 2;

  g_byte_array_append (bytes, (const guint8 *) "II*\0\10\0\0\0", 8);
  put_tiff_directory (bytes, raster, &places, profile_bytes, is_metric);
  for (guint i = 0; i < 4; i++)
    put16 (bytes, 8);
  put32 (bytes, x);
  put32 (bytes, 1);
  put32 (bytes, y);
  put32 (bytes, 1);
  if (profile_bytes > 0)
    g_byte_array_append (bytes, g_bytes_get_data (profile, NULL), profile_bytes);
  if (profile_bytes % 2 == 1)
    g_byte_array_append (bytes, (const guint8 *) "", 1);

  for (guint row = 0; row < raster->height; row++)
    {
      gsize n = ballast_raster_get_row_bytes (raster);

      if (raster->depth == 16 && G_BYTE_ORDER == G_BIG_ENDIAN)
        for (guint i = 0; i < raster->width; i++)
          put16 (bytes, ((const guint16 *) (gconstpointer) ballast_raster_get_row (raster, row))[i]);
      else
        g_byte_array_append (bytes, ballast_raster_get_row (raster, row), (guint) n);
    }

  return g_byte_array_free_to_bytes (bytes);
}
