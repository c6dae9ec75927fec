/*
 * PixelDropout: covers single pixels, each by a throw of its own.
 *
 * In a reduced picture they are paler, as one there stands for several.
 * Numbers: red, green, blue, probability, per channel (0 or 1), random (0 or 1), two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-holes.h"
#include "ballast-kernel-random.h"

#include <math.h>
#include <string.h>

#define BLOCK 256

enum
{
  PROBABILITY,
  PER_CHANNEL,
  FILL,
  FILL_STYLE,
};

static const BallastChoice styles[2] = {
  { "colour", N_("Fill Colour"), -1 },
  { "random", N_("Random Colours"), -1 },
};

static const BallastParameter parameters[] = {
  [PROBABILITY] = {
    .name = "dropout_prob", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Amount"), .unit = "",
    .help = N_("The share of pixels that are covered."), .minimum = 0, .maximum = 1, .step = 0.005,
    .digits = 3, .initial = { { 0.03 } }, .absent = { { 0.01 } },
  },
  [PER_CHANNEL] = {
    .name = "per_channel", .type = BALLAST_PARAMETER_BOOL, .label = N_("Coloured"), .unit = "",
    .help = N_("Draws every channel by itself."), .maximum = 1, .step = 1, .secondary = TRUE,
  },
  [FILL] = {
    .name = "drop_value", .type = BALLAST_PARAMETER_COLOUR, .label = N_("Fill Colour"), .unit = "",
    .help = N_("The colour of the covered pixels."), .maximum = 255, .step = 1, .secondary = TRUE,
  },
  [FILL_STYLE] = {
    .name = "drop_style", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Fill"), .unit = "",
    .help = N_("What the covered pixels show."), .maximum = 1, .step = 1, .secondary = TRUE,
    .choices = styles, .n_choices = G_N_ELEMENTS (styles),
  },
};

typedef struct
{
  guint32  limit;  /* of a hash, in 1/2^32 */
  guint    weight; /* in 1/256 */
  guint32  seed[2];
  gboolean random;
  guint    n;      /* draws a pixel */
} Drops;

static Drops
get_drops (const BallastFilterCall *call)
{
  double scale = MIN (1, call->scale), share = MIN (1, call->numbers[3] / scale);
  gboolean per_channel = call->numbers[4] != 0;

  return (Drops) {
           .limit = (guint32) MIN (G_MAXUINT32, share * 4294967296.0),
           .weight = share > 0 ? (guint) lrint (256 * MIN (1, call->numbers[3] / share)) : 0,
           .seed = { (guint32) call->numbers[6], (guint32) call->numbers[7] },
           .random = call->numbers[5] != 0,
           .n = per_channel ? ballast_kernel_get_n_colours (call->target) : 1,
  };
}

static void
drop (BallastRaster *raster,
      guint8        *pixel,
      guint          channel,
      guint          colour,
      guint          weight)
{
  guint16 wide;

  if (raster->depth == 8)
    {
      pixel[channel] = (guint8) ((pixel[channel] * (256 - weight) + colour * weight + 128) >> 8);
      return;
    }
  memcpy (&wide, pixel, 2);
  wide = (guint16) ((wide * (256 - weight) + colour * 257 * weight + 128) >> 8);
  memcpy (pixel, &wide, 2);
}

/* The colour as it is stored in 8 bits. */
static void
get_colours (const BallastFilterCall *call,
             guint                    colours[3])
{
  const double *n = call->numbers;

  for (guint i = 0; i < 3; i++)
    colours[i] = call->target->channels >= 3
                   ? (guint) n[i] : (guint) lround (n[0] * 0.299 + n[1] * 0.587 + n[2] * 0.114);
}

static void
drop_row (const BallastFilterCall *call,
          const Drops             *drops,
          guint                    y)
{
  BallastRaster *raster = call->target;
  guint n_colours = ballast_kernel_get_n_colours (raster), n = raster->width * drops->n;
  guint bytes = ballast_kernel_get_pixel_bytes (raster), colours[3];
  guint8 *row = ballast_raster_get_row (raster, y);
  guint32 hashes[BLOCK];

  get_colours (call, colours);
  for (guint start = 0; start < n; start += BLOCK)
    {
      guint length = MIN (BLOCK, n - start);

      ballast_kernel_hash_places (drops->seed, y, start, length, hashes);
      for (guint i = 0; i < length; i++)
        {
          guint x = (start + i) / drops->n, only = (start + i) % drops->n;
          guint32 random = ballast_hash (hashes[i]);

          if (hashes[i] >= drops->limit)
            continue;
          for (guint c = 0; c < n_colours; c++)
            if (drops->n == 1 || c == only)
              drop (raster, row + (gsize) x * bytes, c,
                    drops->random ? random >> 8 * c & 255 : colours[c], drops->weight);
        }
    }
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  Drops drops = get_drops (call);

  for (guint y = first; y < end; y++)
    drop_row (call, &drops, y);
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[3] <= 0;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 1.2, .is_idle = is_idle, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put_colour (sampler, &values[FILL]);
  ballast_sampler_put (sampler, values[PROBABILITY].number[0]);
  ballast_sampler_put (sampler, values[PER_CHANNEL].number[0]);
  ballast_sampler_put (sampler, values[FILL_STYLE].number[0]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  if (!ballast_op_check_numbers (step, 8))
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (n[i] < 0 || n[i] > 255)
      return FALSE;
  return n[3] >= 0 && n[3] <= 1 && ballast_op_check_seed (step, 6);
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
  ballast_op_append_plain (text, "░ ", step->numbers[3] * 100, 1);
  g_string_append (text, " %");
}

/* None means random colours. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  JsonNode *value = json_object_get_member (arguments, "drop_value");

  if (value != NULL && JSON_NODE_HOLDS_NULL (value))
    values[FILL_STYLE].number[0] = 1;
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_remove_member (arguments, "drop_style");
  json_object_set_null_member (arguments, "mask_drop_value");
  if (values[FILL_STYLE].number[0] != 0)
    json_object_set_null_member (arguments, "drop_value");
}

const BallastOp ballast_op_pixel_dropout = {
  .name = "PixelDropout",
  .group = BALLAST_GROUP_DROPOUT,
  .title = N_("Pixel Dropout"),
  .help = N_("Covers single pixels here and there."),
  .keywords = "dropout pixels noise dead sensor Dropout CoarseDropout per_channel",
  .glyph = "░",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .read_legacy = read_legacy,
  .write_extra = write_extra,
};
