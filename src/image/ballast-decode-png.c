#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-decode-private.h"

#include <png.h>
#include <string.h>

/*
 * PNG through libpng.
 *
 * Its jumps stay inside run(), as with JPEG.  Texts are passed over and other chunks may take 8 MB: a
 * few bytes of them can inflate without bound.  Checksums of the pixels are the library's business;
 * a wrong one is damage.
 */

#define MAX_CHUNK_BYTES (8 * 1024 * 1024)
#define MAX_CHUNKS 1000
#define ROWS_BETWEEN_LOOKS 64 /* at the cancellable */

typedef struct
{
  png_structp       png;
  png_infop         info;
  BallastDecodeJob *job;
  gsize             position;
  BallastRaster    *raster;
  GError          **error;
  char              message[96];
} Decoder;

static void
on_read (png_structp png,
         png_bytep   bytes,
         gsize       length)
{
  Decoder *decoder = png_get_io_ptr (png);

  if (length > decoder->job->length - decoder->position)
    png_error (png, "the file ends too early");
  memcpy (bytes, decoder->job->data + decoder->position, length);
  decoder->position += length;
}

static G_NORETURN void
on_fatal (png_structp     png,
          png_const_charp message)
{
  Decoder *decoder = png_get_error_ptr (png);

  g_strlcpy (decoder->message, message, sizeof decoder->message);
  png_longjmp (png, 1);
}

static void
on_warning (png_structp     png,
            png_const_charp message)
{
}

static void
set_limits (Decoder *decoder)
{
  const BallastImageLimits *limits = &decoder->job->options->limits;

  png_set_user_limits (decoder->png, limits->max_side, limits->max_side);
  png_set_chunk_malloc_max (decoder->png, MAX_CHUNK_BYTES);
  png_set_chunk_cache_max (decoder->png, MAX_CHUNKS);
  png_set_keep_unknown_chunks (decoder->png, PNG_HANDLE_CHUNK_NEVER,
                               (png_const_bytep) "tEXt\0zTXt\0iTXt", 3);
}

static void
read_extras (Decoder *decoder)
{
  BallastDecodeInfo *info = decoder->job->info;
  png_charp name;
  png_bytep profile;
  png_uint_32 length;
  png_uint_32 x;
  png_uint_32 y;
  int method;
  int unit;

  if (png_get_iCCP (decoder->png, decoder->info, &name, &method, &profile, &length) != 0)
    info->icc_profile = g_bytes_new (profile, length);
  if (png_get_pHYs (decoder->png, decoder->info, &x, &y, &unit) != 0)
    info->density = (BallastDensity) {
      unit == PNG_RESOLUTION_METER ? BALLAST_DENSITY_METRE : BALLAST_DENSITY_ASPECT, x, y
    };
}

/* Expands what is packed, and keeps 16 bits for grey without alpha alone. */
static void
set_transforms (Decoder *decoder)
{
  png_structp png = decoder->png;
  guint type = png_get_color_type (png, decoder->info);
  gboolean has_key = png_get_valid (png, decoder->info, PNG_INFO_tRNS) != 0;
  gboolean keeps_16 = type == PNG_COLOR_TYPE_GRAY && !has_key && !decoder->job->options->only_8_bits;

  if (type == PNG_COLOR_TYPE_PALETTE)
    decoder->job->info->losses |= BALLAST_DECODE_LOST_PALETTE;
  png_set_expand (png);
  if (png_get_bit_depth (png, decoder->info) == 16 && !keeps_16)
    {
      decoder->job->info->losses |= BALLAST_DECODE_LOST_DEPTH;
      png_set_scale_16 (png);
    }
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  else if (png_get_bit_depth (png, decoder->info) == 16)
    png_set_swap (png);
#endif
}

/* FALSE after a cancel. An interlaced picture passes several times. */
static gboolean
read_rows (Decoder *decoder,
           int      n_passes)
{
  for (int pass = 0; pass < n_passes; pass++)
    for (guint y = 0; y < decoder->raster->height; y++)
      {
        if (y % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_is_cancelled (decoder->job->cancellable))
          return FALSE;
        png_read_row (decoder->png, ballast_raster_get_row (decoder->raster, y), NULL);
      }

  return TRUE;
}

/* FALSE after a jump or a cancel, or where there is no room; jumps come back here alone. */
static gboolean
run (Decoder *decoder)
{
  png_structp png = decoder->png;
  int n_passes;

  if (setjmp (png_jmpbuf (png)) != 0)
    return FALSE;

  set_limits (decoder);
  png_set_read_fn (png, decoder, on_read);
  png_read_info (png, decoder->info);
  if (decoder->job->wants_extras)
    read_extras (decoder);
  set_transforms (decoder);
  n_passes = png_set_interlace_handling (png);
  png_read_update_info (png, decoder->info);

  decoder->raster
    = ballast_decode_make_raster (decoder->job, png_get_image_width (png, decoder->info),
                                  png_get_image_height (png, decoder->info),
                                  png_get_channels (png, decoder->info),
                                  png_get_bit_depth (png, decoder->info), decoder->error);
  if (decoder->raster == NULL || !read_rows (decoder, n_passes))
    return FALSE;
  png_read_end (png, NULL);

  return TRUE;
}

BallastRaster *
ballast_decode_png (BallastDecodeJob *job,
                    GError          **error)
{
  g_autoptr(BallastRaster) raster = NULL;
  g_autoptr(GError) room_error = NULL;
  Decoder decoder = { .job = job, .error = &room_error };
  gboolean done;

  decoder.png
    = png_create_read_struct (PNG_LIBPNG_VER_STRING, &decoder, on_fatal, on_warning);
  decoder.info = png_create_info_struct (decoder.png);
  done = run (&decoder);
  png_destroy_read_struct (&decoder.png, &decoder.info, NULL);
  raster = decoder.raster;

  if (done)
    return g_steal_pointer (&raster);
  if (room_error != NULL)
    g_propagate_error (error, g_steal_pointer (&room_error));
  else if (!g_cancellable_set_error_if_cancelled (job->cancellable, error))
    ballast_decode_set_damaged (job, decoder.message, error);

  return NULL;
}
