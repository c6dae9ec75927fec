/*
 * ImageCompression: what is left of a picture that was once saved as a JPEG or a WebP.
 *
 * The picture is written and read by libjpeg-turbo as cv2.imencode() and cv2.imdecode() do it: 4:2:0
 * where there is colour; or by libwebp, likewise.  A build without libwebp does not offer it: a file that
 * asks for it is read with a word about that, and a recipe of another build is refused.  A reduced
 * picture is compressed less, as a mean of pixels hides most of it.  Alpha and 16-bit grey, which
 * neither can hold, are left as they are.
 * Numbers: the quality; and 1 for WebP (nothing, or 0: JPEG).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-decode.h"
#include "ballast-encode.h"
#include "ballast-filter.h"
#include "ballast-kernel.h"
#include "ballast-ops.h"
#include "ballast-webp.h"

#include <math.h>
#include <string.h>

#ifdef HAVE_WEBP
#define N_KINDS 2
#else
#define N_KINDS 1
#endif

enum
{
  QUALITY,
  KIND,
};

static const BallastChoice kinds[] = {
  { "jpeg", N_("JPEG"), -1 },
  { "webp", N_("WebP"), -1 },
};

static const BallastParameter parameters[] = {
  [QUALITY] = {
    .name = "quality_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Quality"), .unit = "",
    .help = N_("As in a file: 95 is hardly seen, 30 shows blocks."),
    .minimum = 1, .maximum = 100, .step = 1, .whole = TRUE,
    .initial = { { 40, 90 } }, .neutral = { { 100, 100 } }, .absent = { { 99, 100 } },
  },
  [KIND] = {
    .name = "compression_type", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Format"), .unit = "",
    .help = N_("WebP smears where JPEG shows blocks, and takes fifteen times as long."),
    .maximum = N_KINDS - 1, .step = 1, .choices = kinds, .n_choices = N_KINDS,
  },
};

/* The quality whose tables are @scale times as coarse as those of @quality (libjpeg's scaling). */
static guint
scale_quality (double quality,
               double scale)
{
  double factor = (quality < 50 ? 5000 / quality : 200 - 2 * quality) * MIN (1, scale);

  return (guint) CLAMP (factor >= 100 ? lrint (5000 / factor) : lrint (100 - factor / 2), 1, 100);
}

/* @raster without its alpha, or itself. */
static const BallastRaster *
strip_alpha (const BallastRaster *raster,
             BallastRaster      **stripped)
{
  guint n = raster->channels - 1;

  if (!ballast_raster_has_alpha (raster))
    return raster;
  *stripped = ballast_raster_new (raster->width, raster->height, n, 8);
  for (guint y = 0; y < raster->height; y++)
    {
      const guint8 *from = ballast_raster_get_row (raster, y);
      guint8 *to = ballast_raster_get_row (*stripped, y);

      for (guint x = 0; x < raster->width; x++)
        memcpy (to + (gsize) x * n, from + (gsize) x * (n + 1), n);
    }
  return *stripped;
}

static void
copy_colour (const BallastRaster *from,
             BallastRaster       *to)
{
  for (guint y = 0; y < to->height; y++)
    {
      const guint8 *source = ballast_raster_get_row (from, y);
      guint8 *target = ballast_raster_get_row (to, y);

      if (from->channels == to->channels)
        memcpy (target, source, ballast_raster_get_row_bytes (to));
      else
        for (guint x = 0; x < to->width; x++)
          memcpy (target + (gsize) x * to->channels, source + (gsize) x * from->channels,
                  MIN (from->channels, to->channels));
    }
}

/* (transfer full) (nullable): what a JPEG leaves of @raster. */
static BallastRaster *
degrade_as_jpeg (const BallastRaster *raster,
                 guint                quality,
                 GCancellable        *cancellable)
{
  BallastEncodeOptions encode = { .format = BALLAST_FORMAT_JPEG, .quality = quality };
  BallastDecodeOptions decode = BALLAST_DECODE_OPTIONS_INIT;
  g_autoptr(GBytes) bytes = ballast_encode_bytes (raster, &encode, NULL);
  const guint8 *data;
  gsize length;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  return ballast_decode_bytes (data, length, &decode, NULL, cancellable, NULL);
}

/* WebP's scale of qualities is even. */
static guint
scale_quality_evenly (double quality,
                      double scale)
{
  return (guint) CLAMP (lrint (100 - (100 - quality) * MIN (1, scale)), 1, 100);
}

static gboolean
is_webp (const double *numbers,
         guint         n_numbers)
{
  return n_numbers > KIND && numbers[KIND] == 1;
}

/* Where the picture is too long for the format it stays as it is. */
static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  double quality = call->numbers[QUALITY];
  g_autoptr(BallastRaster) stripped = NULL, decoded = NULL;

  if (call->source->depth == 8 && is_webp (call->numbers, call->n_numbers))
    decoded = ballast_webp_degrade (strip_alpha (call->source, &stripped),
                                    scale_quality_evenly (quality, call->scale));
  else if (call->source->depth == 8)
    decoded = degrade_as_jpeg (strip_alpha (call->source, &stripped),
                               scale_quality (quality, call->scale), call->cancellable);
  copy_colour (decoded != NULL ? decoded : call->source, call->target);
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA, .cost = 5, .whole = TRUE, .run = run,
};

static const BallastFilter webp_filter = {
  .reach = BALLAST_FILTER_AREA, .cost = 65, .whole = TRUE, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_whole (sampler, &values[QUALITY]));
  ballast_sampler_put (sampler, values[KIND].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  return (ballast_op_check_numbers (step, 1)
          || (ballast_op_check_numbers (step, 2) && ballast_op_check_choice (step, KIND, N_KINDS)))
         && n[0] >= 1 && n[0] <= 100 && n[0] == floor (n[0]);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_filter (lowering,
                           is_webp (step->numbers, step->n_numbers) ? &webp_filter : &filter,
                           step->numbers, step->n_numbers);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_named (text, is_webp (step->numbers, step->n_numbers) ? "WebP" : "JPEG",
                           step->numbers[QUALITY], 0);
}

/* 1.x: quality_lower and quality_upper. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  double lower_end = ballast_op_read_number (arguments, "quality_lower", -1);
  double upper_end = ballast_op_read_number (arguments, "quality_upper", -1);

  if (lower_end >= 0 || upper_end >= 0)
    values[QUALITY] = (BallastValue) { { lower_end >= 0 ? lower_end : 99,
                                         upper_end >= 0 ? upper_end : 100 } };
}

const BallastOp ballast_op_image_compression = {
  .name = "ImageCompression",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Compression"),
  .help = N_("Blocks and smeared colours of a JPEG or a WebP. Starts at a quality of 40 to 90; Albumentations' "
              "default of 99 to 100 cannot be seen. Pictures of 16 bits are left as they are."),
  .keywords = "jpeg jpg webp compression quality artefacts artifacts JpegCompression JPEG",
  .glyph = "▚",
  .needs_bytes = TRUE,
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .read_legacy = read_legacy,
};
