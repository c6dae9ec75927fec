#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-decode-private.h"
#include "ballast-image-error.h"
#include "ballast-jpeg-errors.h"
#include "ballast-jpeg-quality.h"

#include <stdlib.h>
#include <string.h>

/*
 * JPEG through libjpeg-turbo.
 *
 * Its jumps stay inside run(), whose state lives in one struct of the caller, so that nothing is lost
 * over a jump.  With a smaller size wanted, the inverse transform makes 1/2, 1/4 or 1/8 of it directly.
 * Scans are counted: a progressive file of thousands of empty scans would take minutes.
 */

#define ROWS_AT_ONCE 4

/* The vector code writes past the cache where a row of its output is aligned to a vector, which makes it a
 * quarter slower and whoever reads the pixels next as well.  So it gets rows that never are, and the
 * few of them that are in the cache are copied. */
#define MISALIGNMENT 8
#define MAX_SCANS 500

typedef struct
{
  struct jpeg_progress_mgr      progress; /* first: the library hands out pointers to it */
  struct jpeg_decompress_struct codec;
  BallastJpegErrors             errors;
  BallastDecodeJob             *job;
  BallastRaster                *raster;
  guint8                       *rows; /* as they come from the library */
  GError                      **error;
} Decoder;

static void
on_progress (j_common_ptr codec)
{
  Decoder *decoder = (Decoder *) codec->progress;

  if (decoder->codec.input_scan_number > MAX_SCANS)
    g_strlcpy (decoder->errors.message, "too many scans", sizeof decoder->errors.message);
  else if (!g_cancellable_is_cancelled (decoder->job->cancellable))
    return;

  longjmp (decoder->errors.jump, 1);
}

/* The strongest reduction that still covers the wanted size. */
static void
choose_scale (Decoder *decoder)
{
  struct jpeg_decompress_struct *codec = &decoder->codec;
  guint denominator = 8;

  if (decoder->job->wanted_width == 0 || decoder->job->wanted_height == 0)
    return;
  while (denominator > 1
         && ((codec->image_width + denominator - 1) / denominator < decoder->job->wanted_width
             || (codec->image_height + denominator - 1) / denominator
             < decoder->job->wanted_height))
    denominator /= 2;

  codec->scale_num = 1;
  codec->scale_denom = denominator;
}

static BallastSubsampling
get_subsampling (const struct jpeg_decompress_struct *codec)
{
  const jpeg_component_info *parts = codec->comp_info;

  if (codec->num_components == 1)
    return BALLAST_SUBSAMPLING_GREY;
  for (int i = 1; i < codec->num_components; i++)
    if (parts[i].h_samp_factor != 1 || parts[i].v_samp_factor != 1)
      return BALLAST_SUBSAMPLING_UNKNOWN;

  switch (parts[0].h_samp_factor * 10 + parts[0].v_samp_factor)
    {
    case 11:
      return BALLAST_SUBSAMPLING_444;
    case 21:
      return BALLAST_SUBSAMPLING_422;
    case 22:
      return BALLAST_SUBSAMPLING_420;
    case 12:
      return BALLAST_SUBSAMPLING_440;
    case 41:
      return BALLAST_SUBSAMPLING_411;
    default:
      return BALLAST_SUBSAMPLING_UNKNOWN;
    }
}

static guint
get_quality (const struct jpeg_decompress_struct *codec)
{
  const JQUANT_TBL *tables[2] = { NULL, NULL };

  for (int i = 0; i < MIN (codec->num_components, 2); i++)
    {
      int number = codec->comp_info[i].quant_tbl_no;

      tables[i] = number >= 0 && number < NUM_QUANT_TBLS ? codec->quant_tbl_ptrs[number] : NULL;
    }
  if (tables[0] == NULL)
    return 0;

  return ballast_jpeg_quality_estimate (tables[0]->quantval,
                                        tables[1] != NULL ? tables[1]->quantval : NULL);
}

static void
read_extras (Decoder *decoder)
{
  static const BallastDensityUnit units[] = { BALLAST_DENSITY_ASPECT, BALLAST_DENSITY_INCH,
                                              BALLAST_DENSITY_CENTIMETRE };
  struct jpeg_decompress_struct *codec = &decoder->codec;
  BallastDecodeInfo *info = decoder->job->info;
  JOCTET *profile = NULL;
  guint length = 0;

  info->subsampling = get_subsampling (codec);
  info->progressive = codec->progressive_mode;
  info->quality = get_quality (codec);
  if (codec->saw_JFIF_marker && codec->density_unit < G_N_ELEMENTS (units))
    info->density = (BallastDensity) { units[codec->density_unit], codec->X_density,
                                       codec->Y_density };
  if (jpeg_read_icc_profile (codec, &profile, &length))
    info->icc_profile = g_bytes_new_with_free_func (profile, length, free, profile);
}

/* Adobe's files hold what is left of the light, others the ink. */
static void
convert_cmyk (const guint8 *cmyk,
              guint8       *rgb,
              guint         width,
              gboolean      is_inverted)
{
  guint8 flip = is_inverted ? 0 : 255;

  for (guint x = 0; x < width; x++, cmyk += 4, rgb += 3)
    {
      guint light = cmyk[3] ^ flip;

      for (guint i = 0; i < 3; i++)
        rgb[i] = (guint8) (((cmyk[i] ^ flip) * light + 127) / 255);
    }
}

static gsize
get_row_room (Decoder *decoder)
{
  gsize n = (gsize) decoder->codec.output_width * (guint) decoder->codec.out_color_components;

  return (n + 63) / 64 * 64;
}

static void
read_rows (Decoder *decoder)
{
  struct jpeg_decompress_struct *codec = &decoder->codec;
  gsize n_bytes = ballast_raster_get_row_bytes (decoder->raster);
  JSAMPROW rows[ROWS_AT_ONCE];

  for (guint i = 0; i < ROWS_AT_ONCE; i++)
    rows[i] = decoder->rows + MISALIGNMENT + i * get_row_room (decoder);

  while (codec->output_scanline < codec->output_height)
    {
      guint y = codec->output_scanline;
      guint n_rows = jpeg_read_scanlines (codec, rows, ROWS_AT_ONCE);

      for (guint i = 0; i < n_rows; i++)
        {
          guint8 *row = ballast_raster_get_row (decoder->raster, y + i);

          if (codec->out_color_space == JCS_CMYK)
            convert_cmyk (rows[i], row, codec->output_width, codec->saw_Adobe_marker);
          else
            memcpy (row, rows[i], n_bytes);
        }
    }
}

/* What is up to the pixels: the output's kind, and room for it. */
static gboolean
prepare (Decoder *decoder)
{
  struct jpeg_decompress_struct *codec = &decoder->codec;
  gboolean is_cmyk = codec->num_components == 4;

  codec->out_color_space = codec->num_components == 1 ? JCS_GRAYSCALE
                           : is_cmyk                  ? JCS_CMYK
                                                      : JCS_RGB;
  codec->dct_method = JDCT_ISLOW;
  choose_scale (decoder);
  jpeg_calc_output_dimensions (codec);

  decoder->raster = ballast_decode_make_raster (decoder->job, codec->output_width,
                                                codec->output_height,
                                                codec->num_components == 1 ? 1 : 3, 8,
                                                decoder->error);
  decoder->rows = g_malloc (MISALIGNMENT + ROWS_AT_ONCE * get_row_room (decoder));
  if (is_cmyk)
    decoder->job->info->losses |= BALLAST_DECODE_LOST_CMYK;

  return decoder->raster != NULL;
}

/* FALSE after a jump, or where there is no room; the one function that jumps come back to. */
static gboolean
run (Decoder *decoder)
{
  struct jpeg_decompress_struct *codec = &decoder->codec;

  if (setjmp (decoder->errors.jump) != 0)
    return FALSE;

  jpeg_create_decompress (codec);
  codec->progress = &decoder->progress;
  jpeg_mem_src (codec, decoder->job->data, decoder->job->length);
  if (decoder->job->wants_extras)
    jpeg_save_markers (codec, JPEG_APP0 + 2, 0xffff);
  jpeg_read_header (codec, TRUE);
  if (decoder->job->wants_extras)
    read_extras (decoder);
  if (!prepare (decoder))
    return FALSE;

  jpeg_start_decompress (codec);
  read_rows (decoder);
  jpeg_finish_decompress (codec);

  return TRUE;
}

BallastRaster *
ballast_decode_jpeg (BallastDecodeJob *job,
                     GError          **error)
{
  g_autoptr(BallastRaster) raster = NULL;
  g_autoptr(GError) room_error = NULL;
  Decoder decoder = { .progress.progress_monitor = on_progress, .job = job, .error = &room_error };
  gboolean done;

  decoder.codec.err = ballast_jpeg_errors_init (&decoder.errors);
  done = run (&decoder);
  jpeg_destroy_decompress (&decoder.codec);
  g_free (decoder.rows);
  raster = decoder.raster;

  if (done && !decoder.errors.damaged)
    return g_steal_pointer (&raster);
  if (room_error != NULL)
    g_propagate_error (error, g_steal_pointer (&room_error));
  else if (!g_cancellable_set_error_if_cancelled (job->cancellable, error))
    ballast_decode_set_damaged (job, decoder.errors.message, error);

  return NULL;
}
