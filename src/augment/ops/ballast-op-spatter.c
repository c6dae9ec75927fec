/*
 * Spatter: rain drops or mud on the lens.
 *
 * A field of noise of mean and standard deviation as given, blurred by gauss_sigma, is cut off at a
 * threshold: what is above it is wet.  Drops of water lighten and darken along the slope of the
 * field, as a lens does; mud hides.
 * Numbers: mean, std, sigma (px of a picture of 500 px), threshold, intensity, mode (0 rain, 1 mud),
 * red, green, blue, two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-weather.h"

#include <math.h>

enum
{
  MEAN,
  STD,
  SIGMA,
  THRESHOLD,
  INTENSITY,
  MODE,
  COLOUR,
};

enum
{
  RAIN,
  MUD,
};

static const BallastChoice modes[] = {
  [RAIN] = { "rain", N_("Drops of Water"), -1 },
  [MUD] = { "mud", N_("Mud"), -1 },
};

#define SHARE(argument, text, words, first)                                                        \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "", .help = words,   \
    .minimum = 0, .maximum = 1, .step = 0.01, .digits = 2, .secondary = TRUE,                      \
    .initial = { { first, first } }, .neutral = { { first, first } },                                                           \
    .absent = { { first, first } }                                                                 \
  }

static const BallastParameter parameters[] = {
  [MEAN] = SHARE ("mean", N_("Level"), N_("The mean of the noise that is cut off."), 0.65),
  [STD] = SHARE ("std", N_("Spread"), N_("The standard deviation of that noise."), 0.3),
  [SIGMA] = {
    .name = "gauss_sigma", .type = BALLAST_PARAMETER_RANGE, .label = N_("Size"), .unit = "px",
    .help = N_("How large drops are, in a picture of 500 px; larger ones have larger drops."),
    .minimum = 0.5, .maximum = 20, .step = 0.5, .digits = 1, .initial = { { 2, 5 } },
    .neutral = { { 2, 2 } }, .absent = { { 2, 2 } },
  },
  [THRESHOLD] = SHARE ("cutout_threshold", N_("Threshold"),
                       N_("Higher leaves fewer drops."), 0.68),
  [INTENSITY] = {
    .name = "intensity", .type = BALLAST_PARAMETER_RANGE, .label = N_("Strength"), .unit = "",
    .help = N_("How clearly drops are seen."), .minimum = 0, .maximum = 1, .step = 0.05,
    .digits = 2, .initial = { { 0.4, 0.8 } }, .absent = { { 0.6, 0.6 } },
  },
  [MODE] = {
    .name = "mode", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Kind"), .unit = "",
    .help = N_("What is on the lens."), .maximum = 1, .step = 1, .choices = modes,
    .n_choices = G_N_ELEMENTS (modes),
  },
  [COLOUR] = {
    .name = "color", .type = BALLAST_PARAMETER_COLOUR, .label = N_("Colour"), .unit = "",
    .help = N_("Of the drops; black means water's or mud's own."), .maximum = 255, .step = 1,
    .secondary = TRUE,
  },
};

typedef struct
{
  BallastField *field;
  gint32        threshold; /* of the field, 0 … 65535 */
} Lens;

static gpointer
prepare (const BallastFilterCall *call)
{
  const double *n = call->numbers;
  Lens *lens = g_new (Lens, 1);
  /* Blurring white noise by sigma leaves 1 / (2 √π sigma) of its deviation; the field has one of
   * 0.2 of its range. */
  double deviation = n[1] / (2 * sqrt (G_PI) * n[2]);
  double z = deviation > 1e-6 ? (n[3] - n[0]) / deviation : n[3] > n[0] ? 9 : -9;

  lens->field = ballast_field_new_noise (call, 9, CLAMP (n[2] * 4 / 500, 0.01, 0.3), 2);
  lens->threshold = (gint32) CLAMP (32768 + z * 13100, 0, 65535);
  return lens;
}

static void
release (gpointer data)
{
  Lens *lens = data;

  ballast_field_free (lens->field);
  g_free (lens);
}

static void
get_colour (const BallastFilterCall *call,
            guint8                   colour[3])
{
  static const guint8 own[2][3] = { [RAIN] = { 238, 242, 245 }, [MUD] = { 62, 44, 30 } };
  const double *n = call->numbers;
  gboolean set = n[6] + n[7] + n[8] > 0;

  for (guint i = 0; i < 3; i++)
    colour[i] = set ? (guint8) n[6 + i] : own[(guint) n[5]][i];
}

/* Mud: opaque above the threshold, with a soft rim. */
static void
cover_mud (const Lens *lens,
           gint32      strength,
           guint       n,
           guint16    *values)
{
  for (guint i = 0; i < n; i++)
    values[i] = (guint16) (CLAMP ((values[i] - lens->threshold) >> 4, 0, 256) * strength >> 8);
}

/* Water: a light rim below, a dark one above, and a slight veil. */
static void
cover_water (const Lens    *lens,
             gint32         strength,
             guint          n,
             const guint16 *below,
             guint16       *values,
             BallastBlock  *block)
{
  for (guint i = 0; i < n; i++)
    {
      gint32 depth = CLAMP ((values[i] - lens->threshold) >> 4, 0, 256);
      gint32 slope = CLAMP ((below[i] - values[i]) >> 3, -160, 160) * depth >> 8;
      gint32 rim = depth * (256 - depth) >> 8;

      for (guint c = 0; c < block->n_colours; c++)
        {
          gint32 *value = &block->value[i * block->n_colours + c];

          *value -= (gint32) ((gint64) *value * (MAX (0, slope) + rim / 2) * strength >> 17);
        }
      values[i] = (guint16) (CLAMP (depth / 6 + MAX (0, -slope), 0, 256) * strength >> 8);
    }
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const Lens *lens = call->prepared;
  gint32 strength = (gint32) lrint (256 * call->numbers[4]);
  guint step = (guint) MAX (1, lrint (ballast_weather_side (call) / 250));
  guint16 values[BALLAST_BLOCK_PIXELS], below[BALLAST_BLOCK_PIXELS];
  guint8 colour[3];
  BallastBlock block;

  get_colour (call, colour);
  for (guint y = first; y < end; y++)
    for (guint x = 0; x < call->target->width; x += BALLAST_BLOCK_PIXELS)
      {
        ballast_block_load (&block, call->target, x, y);
        ballast_field_read (lens->field, call->target, x, y, block.n_pixels, values);
        if (call->numbers[5] == MUD)
          {
            cover_mud (lens, strength, block.n_pixels, values);
          }
        else
          {
            ballast_field_read (lens->field, call->target, x, MIN (y + step, call->height - 1),
                                block.n_pixels, below);
            cover_water (lens, strength, block.n_pixels, below, values, &block);
          }
        ballast_block_blend (&block, values, colour);
        ballast_block_store (&block, call->target, x, y);
      }
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[4] <= 0;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 9, .is_idle = is_idle, .prepare = prepare,
  .release = release, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  for (guint i = MEAN; i <= INTENSITY; i++)
    ballast_weather_put_range (sampler, &values[i]);
  ballast_sampler_put (sampler, values[MODE].number[0]);
  ballast_sampler_put_colour (sampler, &values[COLOUR]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  if (!ballast_op_check_numbers (step, 11))
    return FALSE;
  for (guint i = 6; i < 9; i++)
    if (n[i] < 0 || n[i] > 255)
      return FALSE;
  return n[0] >= 0 && n[0] <= 1 && n[1] >= 0 && n[1] <= 1 && n[2] >= 0.1 && n[2] <= 100 && n[3] >= 0
         && n[3] <= 1 && n[4] >= 0 && n[4] <= 1 && (n[5] == RAIN || n[5] == MUD)
         && ballast_op_check_seed (step, 9);
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
  ballast_op_append_named (text, step->numbers[5] == MUD ? _("mud") : _("drops"), step->numbers[4], 2);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  const double *colour = values[COLOUR].number;

  if (colour[0] + colour[1] + colour[2] == 0)
    json_object_set_null_member (arguments, "color");
}

const BallastOp ballast_op_spatter = {
  .name = "Spatter",
  .group = BALLAST_GROUP_WEATHER,
  .title = N_("Spatter"),
  .help = N_("Drops of water or mud on the lens."),
  .keywords = "spatter splatter drops mud dirt lens water rain Spatter",
  .glyph = "☌",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .write_extra = write_extra,
};
