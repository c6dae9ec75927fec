/*
 * ImageCompression: what is left of a picture that was once saved as a JPEG.
 *
 * The picture is written and read by libjpeg-turbo as cv2.imencode() and cv2.imdecode() do it: 4:2:0
 * where there is colour.  A reduced picture is compressed less, as a mean of pixels hides most of it.
 * Alpha and 16-bit grey, which a JPEG cannot hold, are left as they are.
 * Number: the quality.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-decode.h"
#include "ballast-encode.h"
#include "ballast-filter.h"
#include "ballast-kernel.h"
#include "ballast-ops.h"

#include <math.h>
#include <string.h>

enum
{
  QUALITY,
};

static const BallastParameter parameters[] = {
  [QUALITY] = {
    .name = "quality_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Quality"), .unit = "",
    .help = N_("As a JPEG's: 95 is hardly seen, 30 shows blocks."),
    .minimum = 1, .maximum = 100, .step = 1, .whole = TRUE,
    .initial = { { 40, 90 } }, .neutral = { { 100, 100 } }, .absent = { { 99, 100 } },
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

/* Where the picture is too long for a JPEG it stays as it is. */
static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  BallastEncodeOptions encode = { .format = BALLAST_FORMAT_JPEG,
                                  .quality = scale_quality (call->numbers[0], call->scale) };
  BallastDecodeOptions decode = BALLAST_DECODE_OPTIONS_INIT;
  g_autoptr(BallastRaster) stripped = NULL, decoded = NULL;
  g_autoptr(GBytes) bytes = NULL;
  const guint8 *data;
  gsize length;

  if (call->source->depth == 8)
    bytes = ballast_encode_bytes (strip_alpha (call->source, &stripped), &encode, NULL);
  if (bytes != NULL)
    {
      data = g_bytes_get_data (bytes, &length);
      decoded = ballast_decode_bytes (data, length, &decode, NULL, call->cancellable, NULL);
    }
  copy_colour (decoded != NULL ? decoded : call->source, call->target);
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA, .cost = 5, .whole = TRUE, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_whole (sampler, &values[QUALITY]));
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  return ballast_op_check_numbers (step, 1) && n[0] >= 1 && n[0] <= 100 && n[0] == floor (n[0]);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_filter (lowering, &filter, step->numbers, step->n_numbers);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_named (text, "JPEG", step->numbers[0], 0);
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

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_string_member (arguments, "compression_type", "jpeg");
}

const BallastOp ballast_op_image_compression = {
  .name = "ImageCompression",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("JPEG Compression"),
  .help = N_("Blocks and smeared colours of a JPEG. Starts at a quality of 40 to 90; Albumentations' "
              "default of 99 to 100 cannot be seen. Pictures of 16 bits are left as they are."),
  .keywords = "jpeg jpg webp compression quality artefacts artifacts JpegCompression JPEG",
  .glyph = "▚",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .read_legacy = read_legacy,
  .write_extra = write_extra,
};
