#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-encode-private.h"
#include "ballast-image-error.h"

#include <glib/gi18n-lib.h>
#include <png.h>

/*
 * PNG through libpng, deflated at level 1 with the SUB filter on every row.
 *
 * Level 6 with a choice of filters takes five times as long and saves a few per cent.  Jumps stay
 * inside run().
 */

#define LEVEL 1

typedef struct
{
  png_structp                 png;
  png_infop                   info;
  const BallastRaster        *raster;
  const BallastEncodeOptions *options;
  GByteArray                 *bytes;
  char                        message[96];
} Encoder;

static void
on_write (png_structp png,
          png_bytep   bytes,
          gsize       length)
{
  Encoder *encoder = png_get_io_ptr (png);

  g_byte_array_append (encoder->bytes, bytes, (guint) length);
}

static void
on_flush (png_structp png)
{
}

static G_NORETURN void
on_fatal (png_structp     png,
          png_const_charp message)
{
  Encoder *encoder = png_get_error_ptr (png);

  g_strlcpy (encoder->message, message, sizeof encoder->message);
  png_longjmp (png, 1);
}

static void
on_warning (png_structp     png,
            png_const_charp message)
{
}

static void
set_extras (Encoder *encoder)
{
  const BallastDensity *density = &encoder->options->density;
  GBytes *profile = encoder->options->icc_profile;
  guint32 x;
  guint32 y;

  if (density->unit == BALLAST_DENSITY_ASPECT && density->x > 0 && density->y > 0)
    png_set_pHYs (encoder->png, encoder->info, density->x, density->y, PNG_RESOLUTION_UNKNOWN);
  else if (ballast_encode_convert_density (density, BALLAST_DENSITY_METRE, &x, &y))
    png_set_pHYs (encoder->png, encoder->info, x, y, PNG_RESOLUTION_METER);

  if (profile != NULL && g_bytes_get_size (profile) > 0)
    png_set_iCCP (encoder->png, encoder->info, "ICC profile", PNG_COMPRESSION_TYPE_BASE,
                  g_bytes_get_data (profile, NULL), (guint32) g_bytes_get_size (profile));
}

static gboolean
run (Encoder *encoder)
{
  static const int types[] = { PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                               PNG_COLOR_TYPE_RGB_ALPHA };
  const BallastRaster *raster = encoder->raster;
  png_structp png = encoder->png;

  if (setjmp (png_jmpbuf (png)) != 0)
    return FALSE;

  png_set_write_fn (png, encoder, on_write, on_flush);
  png_set_benign_errors (png, 1); /* a broken colour profile is left out */
  png_set_compression_level (png, LEVEL);
  png_set_filter (png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB);
  png_set_IHDR (png, encoder->info, raster->width, raster->height, (int) raster->depth,
                types[raster->channels - 1], PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                PNG_FILTER_TYPE_DEFAULT);
  set_extras (encoder);
  png_write_info (png, encoder->info);
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  if (raster->depth == 16)
    png_set_swap (png);
#endif
  for (guint y = 0; y < raster->height; y++)
    png_write_row (png, ballast_raster_get_row (raster, y));
  png_write_end (png, NULL);

  return TRUE;
}

GBytes *
ballast_encode_png (const BallastRaster        *raster,
                    const BallastEncodeOptions *options,
                    GError                    **error)
{
  Encoder encoder = { .raster = raster, .options = options };
  gsize guess = ballast_raster_get_row_bytes (raster) / 2 * raster->height + 4096;
  gboolean done;

  encoder.bytes = g_byte_array_sized_new ((guint) MIN (guess, 64 * 1024 * 1024));
  encoder.png
    = png_create_write_struct (PNG_LIBPNG_VER_STRING, &encoder, on_fatal, on_warning);
  encoder.info = png_create_info_struct (encoder.png);
  done = run (&encoder);
  png_destroy_write_struct (&encoder.png, &encoder.info);
  if (done)
    return g_byte_array_free_to_bytes (encoder.bytes);

  g_byte_array_unref (encoder.bytes);
  g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED,
               _("A PNG of %u × %u pixels cannot be written: %s"), raster->width, raster->height,
               encoder.message);

  return NULL;
}
