/*
 * RandomFog: a bank of fog: thicker and thinner by drifting clouds, thickest in the upper half.
 *
 * Of a pixel, 1 - exp (-18 · fog_coef · alpha_coef · thickness) is fog (Beer and Lambert).
 * Numbers: fog coefficient, alpha coefficient, two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-weather.h"

#include <math.h>

#define LEVELS 256

enum
{
  FOG,
  ALPHA,
};

static const BallastParameter parameters[] = {
  [FOG] = {
    .name = "fog_coef_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Fog"), .unit = "",
    .help = N_("How thick it is."), .minimum = 0, .maximum = 1, .step = 0.05, .digits = 2,
    .initial = { { 0.3, 0.9 } }, .absent = { { 0.3, 1 } },
  },
  [ALPHA] = {
    .name = "alpha_coef", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Density"), .unit = "",
    .help = N_("How much a given depth of fog hides."), .minimum = 0, .maximum = 1, .step = 0.01,
    .digits = 2, .secondary = TRUE, .initial = { { 0.08 } }, .absent = { { 0.08 } },
  },
};

static const guint8 colour[3] = { 222, 226, 230 };

typedef struct
{
  BallastField *clouds;
  guint16       alpha[LEVELS]; /* of a thickness, in 1/256 */
} Fog;

static gpointer
prepare (const BallastFilterCall *call)
{
  Fog *fog = g_new (Fog, 1);
  double strength = 18 * call->numbers[0] * call->numbers[1];

  fog->clouds = ballast_field_new_noise (call, 2, 0.45, 4);
  for (guint i = 0; i < LEVELS; i++)
    fog->alpha[i] = (guint16) lrint (256 * (1 - exp (-strength * i / (LEVELS - 1.0))));
  return fog;
}

static void
release (gpointer data)
{
  Fog *fog = data;

  ballast_field_free (fog->clouds);
  g_free (fog);
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const Fog *fog = call->prepared;
  guint16 values[BALLAST_BLOCK_PIXELS];
  BallastBlock block;

  for (guint y = first; y < end; y++)
    {
      /* The ground lies nearer than what is above it. */
      guint near = y * 2 < call->height ? 0 : (y * 2 - call->height) * 96 / call->height;

      for (guint x = 0; x < call->target->width; x += BALLAST_BLOCK_PIXELS)
        {
          ballast_block_load (&block, call->target, x, y);
          ballast_field_read (fog->clouds, call->target, x, y, block.n_pixels, values);
          for (guint i = 0; i < block.n_pixels; i++)
            values[i] = fog->alpha[(96 + (values[i] >> 8) * 160 / 256) * (256 - near) >> 8];
          ballast_block_blend (&block, values, colour);
          ballast_block_store (&block, call->target, x, y);
        }
    }
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[0] <= 0 || call->numbers[1] <= 0;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 6, .is_idle = is_idle, .prepare = prepare,
  .release = release, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_weather_put_range (sampler, &values[FOG]);
  ballast_sampler_put (sampler, values[ALPHA].number[0]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  return ballast_op_check_numbers (step, 4) && n[0] >= 0 && n[0] <= 1 && n[1] >= 0 && n[1] <= 1
         && ballast_op_check_seed (step, 2);
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
  ballast_op_append_named (text, _("fog"), step->numbers[0], 2);
}

/* 1.x: fog_coef_lower and fog_coef_upper. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  double low = ballast_op_read_number (arguments, "fog_coef_lower", -1);
  double high = ballast_op_read_number (arguments, "fog_coef_upper", -1);

  if (low >= 0 || high >= 0)
    values[FOG] = (BallastValue) { { low >= 0 ? low : 0.3, high >= 0 ? high : 1 } };
}

const BallastOp ballast_op_random_fog = {
  .name = "RandomFog",
  .group = BALLAST_GROUP_WEATHER,
  .title = N_("Fog"),
  .help = N_("Lays fog over the picture, in drifts, thinner near the ground."),
  .keywords = "fog mist haze weather Fog Clouds AtmosphericFog",
  .glyph = "🌫",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .read_legacy = read_legacy,
};
