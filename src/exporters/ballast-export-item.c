/*
 * The pixels of an export: one source, all of its copies.
 *
 * The file is read once and decoded to pixels at most once, whatever the number of copies: once more for
 * each reduced size that copies of it can do with.  A mere mirror or turn of a JPEG moves its
 * coefficients or its samples instead.  Encoded bytes are hashed in memory, so what the
 * manifest says is what was meant, not what the disk made of it.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-export-item.h"

#include <string.h>

#include "ballast-decode.h"
#include "ballast-digest.h"
#include "ballast-encode.h"
#include "ballast-export-file.h"
#include "ballast-image-error.h"
#include "ballast-jpeg-planes.h"
#include "ballast-jpeg-transform.h"
#include "ballast-partner.h"
#include "ballast-program.h"
#include "ballast-reduction.h"

#define N_REDUCTIONS 4

/* The source while its copies are made. */
typedef struct
{
  BallastExportItem *item;
  GBytes            *bytes;
  BallastRaster     *rasters[N_REDUCTIONS]; /* at 1, ½, ¼ and ⅛; NULL until a copy needs it */
  BallastDecodeInfo  info;
  GBytes            *turned[9]; /* by orientation: several copies may be the same mirror */
  gboolean           lossless[9];
  GCancellable      *cancellable;
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->bytes, g_bytes_unref);
  for (guint i = 0; i < N_REDUCTIONS; i++)
    g_clear_pointer (&work->rasters[i], ballast_raster_free);
  ballast_decode_info_clear (&work->info);
  for (guint i = 0; i < G_N_ELEMENTS (work->turned); i++)
    g_clear_pointer (&work->turned[i], g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

/* The kind of raster that a file like @facts decodes to.  A palette may hold a transparent colour. */
static guint
guess_channels (const BallastImageFacts *facts)
{
  switch (facts->colour)
    {
    case BALLAST_COLOUR_GREY:
      return 1;
    case BALLAST_COLOUR_GREY_ALPHA:
      return 2;
    case BALLAST_COLOUR_RGBA:
    case BALLAST_COLOUR_PALETTE:
      return 4;
    case BALLAST_COLOUR_UNKNOWN:
    case BALLAST_COLOUR_RGB:
    case BALLAST_COLOUR_CMYK:
    default:
      return 3;
    }
}

BallastFormat
ballast_export_item_choose_format (const BallastImageFacts *facts,
                                   BallastExportFormat      policy)
{
  guint channels = guess_channels (facts);
  guint depth = channels == 1 && facts->depth > 8 ? 16 : 8;

  if (policy == BALLAST_EXPORT_FORMAT_PNG)
    return BALLAST_FORMAT_PNG;

  return ballast_encode_choose (policy == BALLAST_EXPORT_FORMAT_JPEG ? BALLAST_FORMAT_JPEG
                                                                     : facts->format,
                                channels, depth);
}

static BallastOrientation
orientation_of (BallastSymmetry symmetry)
{
  static const BallastOrientation orientations[] = {
    [BALLAST_SYMMETRY_NONE] = BALLAST_ORIENTATION_NORMAL,
    [BALLAST_SYMMETRY_FLIP_HORIZONTALLY] = BALLAST_ORIENTATION_FLIP_HORIZONTAL,
    [BALLAST_SYMMETRY_FLIP_VERTICALLY] = BALLAST_ORIENTATION_FLIP_VERTICAL,
    [BALLAST_SYMMETRY_TRANSPOSE] = BALLAST_ORIENTATION_TRANSPOSE,
    [BALLAST_SYMMETRY_TRANSVERSE] = BALLAST_ORIENTATION_TRANSVERSE,
    [BALLAST_SYMMETRY_TURN_90] = BALLAST_ORIENTATION_ROTATE_90,
    [BALLAST_SYMMETRY_TURN_180] = BALLAST_ORIENTATION_ROTATE_180,
    [BALLAST_SYMMETRY_TURN_270] = BALLAST_ORIENTATION_ROTATE_270,
  };

  return orientations[symmetry];
}

static gboolean
write_output (BallastExportOutput *output,
              GBytes              *bytes,
              const char          *display_name,
              GError             **error)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  g_autofree char *sha256 = ballast_digest_sha256 (data, size);

  g_strlcpy (output->sha256, sha256, sizeof output->sha256);
  output->size = size;
  return ballast_export_file_write_all (output->fd, data, size, display_name, error);
}

/* (transfer none) (nullable): the source, mirrored or turned without a way through RGB: its coefficients
 * where their blocks allow it, else its samples. */
static GBytes *
turn_jpeg (Work              *work,
           BallastOrientation orientation)
{
  const BallastExportItem *item = work->item;
  gsize size;
  gconstpointer data = g_bytes_get_data (work->bytes, &size);
  GBytes **turned = &work->turned[orientation];

  if (*turned != NULL)
    return *turned;

  /* Whatever is wrong with the file, decoding will find and tell. */
  *turned = ballast_jpeg_transform (data, size, orientation, item->display_name, NULL);
  work->lossless[orientation] = *turned != NULL;
  if (*turned == NULL)
    *turned = ballast_jpeg_turn_planes (data, size, orientation, item->quality, work->cancellable,
                                        NULL);
  return *turned;
}

/* (transfer full) (nullable): a copy that is a mere mirror or turn of a JPEG, where that can be. */
static GBytes *
turn (Work                *work,
      BallastExportOutput *output)
{
  BallastSymmetry symmetry;
  BallastOrientation orientation;

  if (output->format != BALLAST_FORMAT_JPEG || work->item->facts.format != BALLAST_FORMAT_JPEG ||
      !ballast_recipe_get_symmetry (output->recipe, &symmetry))
    return NULL;

  orientation = orientation_of (symmetry);
  if (turn_jpeg (work, orientation) == NULL)
    return NULL;

  output->lossless = work->lossless[orientation];
  ballast_recipe_get_output_size (output->recipe, &output->width, &output->height);
  return g_bytes_ref (work->turned[orientation]);
}

/* (transfer none): the source at 1 / @reduction, where its format can be decoded so. */
static const BallastRaster *
get_raster (Work    *work,
            guint    reduction,
            GError **error)
{
  const BallastImageFacts *facts = &work->item->facts;
  BallastRaster **raster = &work->rasters[g_bit_storage (reduction) - 1];
  BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
  gsize size;
  gconstpointer data = g_bytes_get_data (work->bytes, &size);

  if (*raster != NULL)
    return *raster;

  options.display_name = work->item->display_name;
  options.limits = work->item->limits;
  if (reduction > 1)
    {
      options.wanted_width = (ballast_image_facts_get_view_width (facts) + reduction - 1) / reduction;
      options.wanted_height = (ballast_image_facts_get_view_height (facts) + reduction - 1)
                              / reduction;
    }
  *raster = ballast_decode_bytes (data, size, &options, &work->info, work->cancellable, error);
  return *raster;
}

static BallastProgram *
compile (const BallastRecipe *recipe,
         const BallastRaster *source,
         guint                reduction)
{
  if (reduction > 1)
    return ballast_program_new_scaled (recipe, source->width, source->height, source->channels,
                                       source->depth, 1);

  return ballast_program_new (recipe, source->width, source->height, source->channels,
                              source->depth);
}

static void
free_rasters (gpointer data)
{
  for (BallastRaster **raster = data; *raster != NULL; raster++)
    ballast_raster_free (*raster);
  g_free (data);
}

/* (transfer full): a picture that the copy takes a part from, of the kind of @source. */
static BallastRaster *
read_partner (const Work               *work,
              const BallastExportInput *input,
              const BallastRaster      *source,
              GError                  **error)
{
  BallastDecodeOptions options = { .display_name = input->display_name,
                                   .limits = work->item->limits };
  g_autoptr(BallastRaster) raster = ballast_decode_fd (input->fd, &options, NULL,
                                                        work->cancellable, error);

  return raster != NULL ? ballast_partner_convert (raster, source->channels, source->depth) : NULL;
}

/* (transfer full): all of them, NULL-terminated. */
static BallastRaster **
read_partners (const Work                *work,
               const BallastExportOutput *output,
               const BallastRaster       *source,
               GError                   **error)
{
  guint n = output->partners != NULL ? ballast_recipe_get_n_partners (output->recipe) : 0;
  BallastRaster **rasters = g_new0 (BallastRaster *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      rasters[i] = read_partner (work, &output->partners[i], source, error);
      if (rasters[i] == NULL)
        {
          free_rasters (rasters);
          return NULL;
        }
    }
  return rasters;
}

static BallastRaster *
run_program (const Work                *work,
             const BallastExportOutput *output,
             const BallastProgram      *program,
             const BallastRaster       *source,
             GError                   **error)
{
  BallastRaster **partners = read_partners (work, output, source, error);
  BallastRaster *drawn = NULL;

  if (partners == NULL)
    return NULL;
  drawn = ballast_program_run_with (program, source,
                                    output->partners != NULL
                                      ? (const BallastRaster *const *) partners : NULL,
                                    work->cancellable, error);
  free_rasters (partners);
  return drawn;
}

/* (transfer full): the copy drawn and encoded. */
static GBytes *
draw (Work                *work,
      BallastExportOutput *output,
      GError             **error)
{
  guint reduction = work->item->facts.format == BALLAST_FORMAT_JPEG
                      ? ballast_recipe_get_reduction (output->recipe) : 1;
  const BallastRaster *source = get_raster (work, reduction, error);
  g_autoptr(BallastProgram) program = NULL;
  g_autoptr(BallastRaster) drawn = NULL;
  BallastEncodeOptions options = BALLAST_ENCODE_OPTIONS_INIT;

  if (source == NULL)
    return NULL;
  program = compile (output->recipe, source, reduction);
  drawn = run_program (work, output, program, source, error);
  if (drawn == NULL)
    return NULL;

  ballast_encode_options_from_info (&options, &work->info, drawn);
  options.format = output->format;
  if (work->item->quality > 0 || work->info.quality == 0)
    options.quality = work->item->quality > 0 ? work->item->quality : BALLAST_EXPORT_QUALITY;
  output->width = drawn->width;
  output->height = drawn->height;
  return ballast_encode_bytes (drawn, &options, error);
}

static gboolean
make_output (Work                *work,
             BallastExportOutput *output,
             GError             **error)
{
  g_autoptr(GBytes) bytes = NULL;

  if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
    return FALSE;

  bytes = turn (work, output);
  if (bytes == NULL)
    bytes = draw (work, output, error);

  return bytes != NULL && write_output (output, bytes, work->item->display_name, error);
}

/* A source that cannot be read is the source's fault, not the dataset's. */
static gboolean
read_source (Work    *work,
             GError **error)
{
  g_autoptr(GError) local = NULL;
  const BallastExportItem *item = work->item;

  work->bytes = ballast_decode_read_fd (item->source_fd, item->limits.max_bytes,
                                        item->display_name, work->cancellable, &local);
  if (work->bytes != NULL)
    return TRUE;

  if (local->domain == G_IO_ERROR && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_DAMAGED, local->message);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
ballast_export_item_run (BallastExportItem *item,
                         GCancellable      *cancellable,
                         GError           **error)
{
  g_auto(Work) work = { .item = item, .info = BALLAST_DECODE_INFO_INIT,
                         .cancellable = cancellable };

  if (!read_source (&work, error))
    return FALSE;

  for (guint i = 0; i < item->n_outputs; i++)
    if (!make_output (&work, &item->outputs[i], error))
      return FALSE;

  return TRUE;
}
