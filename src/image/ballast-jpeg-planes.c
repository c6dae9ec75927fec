#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-jpeg-planes.h"

#include "ballast-image-error.h"
#include "ballast-jpeg-errors.h"
#include "ballast-orientation-private.h"
#include "ballast-probe.h"
#include "ballast-raster.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/*
 * JPEG to JPEG by way of the stored samples.
 *
 * The planes are decoded whole, each into a grey raster that is as wide as its blocks.  Mirrors are
 * carried out on the few rows that the encoder is given next, while they are in the first cache; only
 * a quarter turn makes a second set of planes.  As in the decoder, jumps stay inside run().
 */

#define MAX_PLANES 3
#define MAX_ROWS 32 /* of a plane that are read or written together: four blocks */
#define MAX_SCANS 500

typedef struct
{
  struct jpeg_progress_mgr      progress; /* first: the library hands out pointers to it */
  struct jpeg_decompress_struct in;
  struct jpeg_compress_struct   out;
  BallastJpegErrors             errors;   /* of both */
  const guint8                 *data;
  gsize                         length;
  BallastOrientation            orientation;
  guint                         quality;
  GCancellable                 *cancellable;
  BallastRaster                *planes[MAX_PLANES];
  BallastRaster                *strips[MAX_PLANES]; /* the rows that are encoded next */
  guint8                       *bytes;              /* what came out; libjpeg's or @room */
  gulong                        n_bytes;
  guint8                       *room;
  guint8                       *profile;
} Turn;

static void
on_progress (j_common_ptr codec)
{
  Turn *turn = (Turn *) codec->progress;

  if (turn->in.input_scan_number > MAX_SCANS || g_cancellable_is_cancelled (turn->cancellable))
    longjmp (turn->errors.jump, 1);
}

/* Grey or YCbCr, every plane a whole share of the finest one, tables that a baseline file can hold. */
static gboolean
is_usual (const struct jpeg_decompress_struct *in)
{
  gboolean known = (in->num_components == 1 && in->jpeg_color_space == JCS_GRAYSCALE)
                   || (in->num_components == 3 && in->jpeg_color_space == JCS_YCbCr);

  for (int i = 0; known && i < in->num_components; i++)
    {
      const jpeg_component_info *part = &in->comp_info[i];

      known = in->max_h_samp_factor % part->h_samp_factor == 0
              && in->max_v_samp_factor % part->v_samp_factor == 0
              && part->quant_tbl_no >= 0 && part->quant_tbl_no < NUM_QUANT_TBLS
              && in->quant_tbl_ptrs[part->quant_tbl_no] != NULL;
      for (guint j = 0; known && j < DCTSIZE2; j++)
        known = in->quant_tbl_ptrs[part->quant_tbl_no]->quantval[j] <= 255;
    }

  return known;
}

/* An axis that is turned round must end where a sample of every plane ends. */
static gboolean
is_whole (const struct jpeg_decompress_struct *in,
          BallastOrientation                   orientation)
{
  gboolean turns_x, turns_y;

  ballast_orientation_get_turned (orientation, &turns_x, &turns_y);
  return (!turns_x || in->image_width % (guint) in->max_h_samp_factor == 0)
         && (!turns_y || in->image_height % (guint) in->max_v_samp_factor == 0);
}

static BallastRaster *
make_plane (gsize width,
            gsize height)
{
  return ballast_raster_try_new ((guint) width, (guint) height, 1, 8);
}

static gboolean
make_planes (Turn *turn)
{
  for (int i = 0; i < turn->in.num_components; i++)
    {
      const jpeg_component_info *part = &turn->in.comp_info[i];
      guint rows = turn->in.total_iMCU_rows * (guint) part->v_samp_factor * DCTSIZE;

      turn->planes[i] = make_plane ((gsize) part->width_in_blocks * DCTSIZE, rows);
      if (turn->planes[i] == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
read_planes (Turn *turn)
{
  struct jpeg_decompress_struct *in = &turn->in;
  JSAMPROW rows[MAX_PLANES][MAX_ROWS];
  JSAMPARRAY planes[MAX_PLANES] = { rows[0], rows[1], rows[2] };
  guint n_lines = (guint) in->max_v_samp_factor * DCTSIZE;

  while (in->output_scanline < in->output_height)
    {
      guint block = in->output_scanline / n_lines;

      for (int i = 0; i < in->num_components; i++)
        {
          guint n_rows = (guint) in->comp_info[i].v_samp_factor * DCTSIZE;

          for (guint j = 0; j < n_rows; j++)
            rows[i][j] = ballast_raster_get_row (turn->planes[i], block * n_rows + j);
        }
      jpeg_read_raw_data (in, planes, n_lines);
    }

  /* From here on a plane is as large as its picture; what lay beyond were the encoder's own fillings. */
  for (int i = 0; i < in->num_components; i++)
    {
      turn->planes[i]->width = in->comp_info[i].downsampled_width;
      turn->planes[i]->height = in->comp_info[i].downsampled_height;
    }
}

static void
turn_planes (Turn *turn)
{
  for (int i = 0; i < turn->in.num_components; i++)
    {
      BallastRaster *turned = ballast_orientation_apply (turn->planes[i], turn->orientation);

      ballast_raster_free (turn->planes[i]);
      turn->planes[i] = turned;
    }
  turn->orientation = BALLAST_ORIENTATION_NORMAL;
}

/* The tables of the file, turned over with its picture: rows of a block become columns. */
static void
copy_tables (Turn    *turn,
             gboolean swaps)
{
  for (int i = 0; i < turn->in.num_components; i++)
    {
      int number = turn->in.comp_info[i].quant_tbl_no;
      const JQUANT_TBL *from = turn->in.quant_tbl_ptrs[number];
      guint factors[DCTSIZE2];

      for (guint j = 0; j < DCTSIZE2; j++)
        factors[j] = from->quantval[swaps ? j % DCTSIZE * DCTSIZE + j / DCTSIZE : j];
      jpeg_add_quant_table (&turn->out, number, factors, 100, TRUE);
      turn->out.comp_info[i].quant_tbl_no = number;
    }
}

static void
set_up_output (Turn *turn)
{
  struct jpeg_decompress_struct *in = &turn->in;
  struct jpeg_compress_struct *out = &turn->out;
  gboolean swaps = ballast_orientation_swaps_sides (turn->orientation);

  out->image_width = swaps ? in->image_height : in->image_width;
  out->image_height = swaps ? in->image_width : in->image_height;
  out->input_components = in->num_components;
  out->in_color_space = in->jpeg_color_space;
  jpeg_set_defaults (out);
  out->dct_method = JDCT_ISLOW;
  out->raw_data_in = TRUE;
  for (int i = 0; i < in->num_components; i++)
    {
      const jpeg_component_info *part = &in->comp_info[i];

      out->comp_info[i].h_samp_factor = swaps ? part->v_samp_factor : part->h_samp_factor;
      out->comp_info[i].v_samp_factor = swaps ? part->h_samp_factor : part->v_samp_factor;
    }
  if (turn->quality > 0)
    jpeg_set_quality (out, (int) MIN (turn->quality, 100), TRUE);
  else
    copy_tables (turn, swaps);
  if (in->saw_JFIF_marker)
    {
      out->density_unit = in->density_unit;
      out->X_density = in->X_density;
      out->Y_density = in->Y_density;
    }
}

static gboolean
make_strips (Turn *turn)
{
  for (int i = 0; i < turn->out.num_components; i++)
    {
      const jpeg_component_info *part = &turn->out.comp_info[i];

      turn->strips[i] = make_plane ((gsize) part->width_in_blocks * DCTSIZE, MAX_ROWS);
      if (turn->strips[i] == NULL)
        return FALSE;
    }

  return TRUE;
}

/* Row @y of the result, with its last sample again and again up to the end of the last block. */
static guint8 *
make_row (Turn *turn,
          int   plane,
          guint y,
          guint place)
{
  BallastRaster *from = turn->planes[plane];
  guint height = from->height, width = from->width;
  gboolean turns_x, turns_y;
  guint8 *row;

  ballast_orientation_get_turned (turn->orientation, &turns_x, &turns_y);
  y = MIN (y, height - 1);
  row = ballast_raster_get_row (from, turns_y ? height - 1 - y : y);
  if (turns_x)
    {
      guint8 *reversed = ballast_raster_get_row (turn->strips[plane], place);

      ballast_orientation_reverse_row (row, reversed, width, 1);
      row = reversed;
    }
  memset (row + width, row[width - 1], turn->strips[plane]->width - width);

  return row;
}

static void
write_planes (Turn *turn)
{
  struct jpeg_compress_struct *out = &turn->out;
  JSAMPROW rows[MAX_PLANES][MAX_ROWS];
  JSAMPARRAY planes[MAX_PLANES] = { rows[0], rows[1], rows[2] };
  guint n_lines = (guint) out->max_v_samp_factor * DCTSIZE;

  while (out->next_scanline < out->image_height)
    {
      guint block = out->next_scanline / n_lines;

      for (int i = 0; i < out->num_components; i++)
        {
          guint n_rows = (guint) out->comp_info[i].v_samp_factor * DCTSIZE;

          for (guint j = 0; j < n_rows; j++)
            rows[i][j] = make_row (turn, i, block * n_rows + j, j);
        }
      jpeg_write_raw_data (out, planes, n_lines);
    }
}

/* FALSE where the planes cannot be turned, or there is no room for them. */
static gboolean
read_picture (Turn *turn)
{
  struct jpeg_decompress_struct *in = &turn->in;
  guint profile_length;

  jpeg_create_decompress (in);
  in->progress = &turn->progress;
  jpeg_mem_src (in, turn->data, turn->length);
  jpeg_save_markers (in, JPEG_APP0 + 2, 0xffff);
  jpeg_read_header (in, TRUE);
  if (!is_usual (in) || !is_whole (in, turn->orientation))
    return FALSE;

  in->out_color_space = in->jpeg_color_space;
  in->dct_method = JDCT_ISLOW;
  in->raw_data_out = TRUE;
  jpeg_start_decompress (in);
  if (!make_planes (turn))
    return FALSE;
  read_planes (turn);
  set_up_output (turn);
  if (ballast_orientation_swaps_sides (turn->orientation))
    turn_planes (turn);

  jpeg_start_compress (&turn->out, TRUE);
  if (jpeg_read_icc_profile (in, &turn->profile, &profile_length))
    jpeg_write_icc_profile (&turn->out, turn->profile, profile_length);
  jpeg_finish_decompress (in);
  return TRUE;
}

/* FALSE after a jump too; the one function that jumps come back to. */
static gboolean
run (Turn *turn)
{
  if (setjmp (turn->errors.jump) != 0)
    return FALSE;

  jpeg_create_compress (&turn->out);
  jpeg_mem_dest (&turn->out, &turn->bytes, &turn->n_bytes);
  if (!read_picture (turn) || !make_strips (turn))
    return FALSE;
  write_planes (turn);
  jpeg_finish_compress (&turn->out);

  return TRUE;
}

/* (transfer full): what came out, where the reader had nothing to complain of either. */
static GBytes *
take_result (Turn *turn)
{
  guint8 *bytes = turn->bytes;

  if (turn->errors.damaged)
    return NULL;

  if (bytes == turn->room)
    turn->room = NULL;
  turn->bytes = NULL;
  return g_bytes_new_with_free_func (bytes, turn->n_bytes, free, bytes);
}

static void
turn_clear (Turn *turn)
{
  jpeg_destroy_decompress (&turn->in);
  jpeg_destroy_compress (&turn->out);
  for (guint i = 0; i < MAX_PLANES; i++)
    {
      ballast_raster_free (turn->planes[i]);
      ballast_raster_free (turn->strips[i]);
    }
  if (turn->bytes != turn->room)
    free (turn->room);
  free (turn->bytes);
  free (turn->profile);
}

GBytes *
ballast_jpeg_turn_planes (const guint8      *data,
                          gsize              length,
                          BallastOrientation orientation,
                          guint              quality,
                          GCancellable      *cancellable,
                          GError           **error)
{
  Turn turn = { .progress.progress_monitor = on_progress, .data = data, .length = length,
                .quality = quality, .cancellable = cancellable };
  BallastImageFacts facts;
  BallastProbeResult result;
  GBytes *bytes = NULL;

  g_return_val_if_fail (orientation >= 1 && orientation <= 8, NULL);

  ballast_probe_bytes (data, length, NULL, NULL, &facts, &result);
  if (result.usable && facts.format == BALLAST_FORMAT_JPEG)
    {
      turn.orientation = ballast_orientation_compose (facts.orientation, orientation);
      turn.n_bytes = (gulong) (length + length / 4);
      turn.bytes = turn.room = malloc (turn.n_bytes); /* the copy is about as long as the source */
      turn.in.err = turn.out.err = ballast_jpeg_errors_init (&turn.errors);
      bytes = run (&turn) ? take_result (&turn) : NULL;
      turn_clear (&turn);
    }

  if (bytes == NULL && !g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error_literal (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED,
                         _("the picture cannot be turned by its samples"));
  return bytes;
}
