#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-encode-private.h"

#include <glib/gi18n-lib.h>
#include "ballast-image-error.h"
#include "ballast-jpeg-errors.h"
#include "ballast-raster-pool.h"

#include <string.h>

/*
 * JPEG through libjpeg-turbo: baseline, with the standard Huffman tables.
 *
 * Optimised tables would save 2 to 3 % of the bytes for a second pass over the coefficients.  The bytes
 * lie in a buffer of the pool: fresh pages for every copy of a large picture cost a twentieth of its
 * time.  As in the decoder, jumps stay inside run().
 */

#define ROWS_AT_ONCE 16
#define DEFAULT_QUALITY 95

typedef struct
{
  struct jpeg_destination_mgr destination; /* first: the library hands out pointers to it */
  struct jpeg_compress_struct codec;
  BallastJpegErrors           errors;
  const BallastRaster        *raster;
  const BallastEncodeOptions *options;
  guint8                     *bytes;
  gsize                       capacity;
} Encoder;

/* What came out, on its way through a GBytes back to the pool. */
typedef struct
{
  guint8 *bytes;
  gsize   capacity;
} Room;

static void
room_free (gpointer data)
{
  Room *room = data;

  ballast_raster_pool_give (room->bytes, room->capacity);
  g_free (room);
}

/* Ends the program where there is no memory, as g_malloc() does. */
static guint8 *
take_room (gsize  size,
           gsize *capacity)
{
  guint8 *bytes = ballast_raster_pool_take (size, capacity);

  if (bytes == NULL)
    g_error ("no memory for a JPEG of %" G_GSIZE_FORMAT " bytes", size);
  return bytes;
}

static void
on_begin (j_compress_ptr codec)
{
  Encoder *encoder = (Encoder *) codec->dest;

  encoder->bytes = take_room ((gsize) encoder->raster->width * encoder->raster->height / 2 + 4096,
                              &encoder->capacity);
  encoder->destination.next_output_byte = encoder->bytes;
  encoder->destination.free_in_buffer = encoder->capacity;
}

static boolean
on_full (j_compress_ptr codec)
{
  Encoder *encoder = (Encoder *) codec->dest;
  gsize used = encoder->capacity;
  guint8 *bytes = take_room (2 * used, &encoder->capacity);

  memcpy (bytes, encoder->bytes, used);
  ballast_raster_pool_give (encoder->bytes, used);
  encoder->bytes = bytes;
  encoder->destination.next_output_byte = encoder->bytes + used;
  encoder->destination.free_in_buffer = encoder->capacity - used;

  return TRUE;
}

static void
on_end (j_compress_ptr codec)
{
}

static void
set_sampling (Encoder *encoder)
{
  static const struct
  {
    gint8 h;
    gint8 v;
  } factors[] = {
    [BALLAST_SUBSAMPLING_UNKNOWN] = { 2, 2 }, [BALLAST_SUBSAMPLING_444] = { 1, 1 },
    [BALLAST_SUBSAMPLING_422] = { 2, 1 }, [BALLAST_SUBSAMPLING_420] = { 2, 2 },
    [BALLAST_SUBSAMPLING_GREY] = { 2, 2 }, [BALLAST_SUBSAMPLING_440] = { 1, 2 },
    [BALLAST_SUBSAMPLING_411] = { 4, 1 },
  };
  guint subsampling = encoder->options->subsampling;

  if (encoder->raster->channels == 1 || subsampling >= G_N_ELEMENTS (factors))
    return;
  encoder->codec.comp_info[0].h_samp_factor = factors[subsampling].h;
  encoder->codec.comp_info[0].v_samp_factor = factors[subsampling].v;
}

static void
set_density (Encoder *encoder)
{
  const BallastDensity *density = &encoder->options->density;
  gboolean is_metric
    = density->unit == BALLAST_DENSITY_METRE || density->unit == BALLAST_DENSITY_CENTIMETRE;
  guint32 x = density->x;
  guint32 y = density->y;

  if (density->unit == BALLAST_DENSITY_NONE
      || (density->unit != BALLAST_DENSITY_ASPECT
          && !ballast_encode_convert_density (density,
                                              is_metric ? BALLAST_DENSITY_CENTIMETRE
                                                        : BALLAST_DENSITY_INCH,
                                              &x, &y)))
    return;
  if (x == 0 || y == 0 || x > 65535 || y > 65535)
    return;

  encoder->codec.density_unit = density->unit == BALLAST_DENSITY_ASPECT ? 0 : is_metric ? 2 : 1;
  encoder->codec.X_density = (UINT16) x;
  encoder->codec.Y_density = (UINT16) y;
}

static void
write_profile (Encoder *encoder)
{
  gsize length;
  const guint8 *profile;

  if (encoder->options->icc_profile == NULL)
    return;
  profile = g_bytes_get_data (encoder->options->icc_profile, &length);
  if (length > 0)
    jpeg_write_icc_profile (&encoder->codec, profile, (guint) length);
}

static void
write_rows (Encoder *encoder)
{
  const BallastRaster *raster = encoder->raster;
  JSAMPROW rows[ROWS_AT_ONCE];

  while (encoder->codec.next_scanline < raster->height)
    {
      guint y = encoder->codec.next_scanline;
      guint n_rows = MIN (ROWS_AT_ONCE, raster->height - y);

      for (guint i = 0; i < n_rows; i++)
        rows[i] = ballast_raster_get_row (raster, y + i);
      jpeg_write_scanlines (&encoder->codec, rows, n_rows);
    }
}

static gboolean
run (Encoder *encoder)
{
  struct jpeg_compress_struct *codec = &encoder->codec;
  guint quality = encoder->options->quality;

  if (setjmp (encoder->errors.jump) != 0)
    return FALSE;

  jpeg_create_compress (codec);
  codec->dest = &encoder->destination;
  codec->image_width = encoder->raster->width;
  codec->image_height = encoder->raster->height;
  codec->input_components = (int) encoder->raster->channels;
  codec->in_color_space = encoder->raster->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults (codec);
  jpeg_set_quality (codec, quality == 0 ? DEFAULT_QUALITY : (int) MIN (quality, 100), TRUE);
  codec->dct_method = JDCT_ISLOW;
  set_sampling (encoder);
  set_density (encoder);

  jpeg_start_compress (codec, TRUE);
  write_profile (encoder);
  write_rows (encoder);
  jpeg_finish_compress (codec);

  return TRUE;
}

GBytes *
ballast_encode_jpeg (const BallastRaster        *raster,
                     const BallastEncodeOptions *options,
                     GError                    **error)
{
  Encoder encoder = { .destination = { .init_destination = on_begin,
                                       .empty_output_buffer = on_full,
                                       .term_destination = on_end },
                      .raster = raster,
                      .options = options };
  Room *room;
  gboolean done;

  encoder.codec.err = ballast_jpeg_errors_init (&encoder.errors);
  done = run (&encoder);
  jpeg_destroy_compress (&encoder.codec);
  if (!done)
    {
      ballast_raster_pool_give (encoder.bytes, encoder.capacity);
      g_set_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED,
                   _("A JPEG of %u × %u pixels cannot be written: %s"),
                   raster->width, raster->height,
                   encoder.errors.message);
      return NULL;
    }

  room = g_new (Room, 1);
  *room = (Room) { encoder.bytes, encoder.capacity };

  return g_bytes_new_with_free_func (encoder.bytes,
                                     encoder.capacity - encoder.destination.free_in_buffer,
                                     room_free, room);
}
