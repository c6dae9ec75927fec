/*
 * PlanckianJitter: the colour of another light, by its temperature.
 *
 * Red and blue are multiplied relative to green by what a black body (or a phase of daylight, CIE D)
 * of that temperature radiates: Zini et al., "Planckian Jitter", ICLR 2023, in steps of 500 K, in
 * between along straight lines.  6000 K is white.
 * Numbers: light (0: black body, 1: daylight), temperature (K).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-levels.h"
#include "ballast-ops.h"

#include <math.h>

#define WHITE 6000.0
#define WARM_SHARE 0.4 /* of the draws lie below white */
#define STEP 500.0     /* K from row to row */

enum
{
  MODE,
  TEMPERATURE,
  SAMPLING,
};

static const double glowing[][3] = {
  { 0.6743, 0.4029, 0.0013 }, /* 3000 K */
  { 0.6281, 0.4241, 0.1665 }, /* 3500 K */
  { 0.5919, 0.4372, 0.2513 }, /* 4000 K */
  { 0.5623, 0.4457, 0.3154 }, /* 4500 K */
  { 0.5376, 0.4515, 0.3672 }, /* 5000 K */
  { 0.5163, 0.4555, 0.4103 }, /* 5500 K */
  { 0.4979, 0.4584, 0.4468 }, /* 6000 K */
  { 0.4816, 0.4604, 0.4782 }, /* 6500 K */
  { 0.4672, 0.4619, 0.5053 }, /* 7000 K */
  { 0.4542, 0.4630, 0.5289 }, /* 7500 K */
  { 0.4426, 0.4638, 0.5497 }, /* 8000 K */
  { 0.4320, 0.4644, 0.5681 }, /* 8500 K */
  { 0.4223, 0.4648, 0.5844 }, /* 9000 K */
  { 0.4135, 0.4651, 0.5990 }, /* 9500 K */
  { 0.4054, 0.4653, 0.6121 }, /* 10000 K */
  { 0.3980, 0.4654, 0.6239 }, /* 10500 K */
  { 0.3911, 0.4655, 0.6346 }, /* 11000 K */
  { 0.3847, 0.4656, 0.6444 }, /* 11500 K */
  { 0.3787, 0.4656, 0.6532 }, /* 12000 K */
  { 0.3732, 0.4656, 0.6613 }, /* 12500 K */
  { 0.3680, 0.4655, 0.6688 }, /* 13000 K */
  { 0.3632, 0.4655, 0.6756 }, /* 13500 K */
  { 0.3586, 0.4655, 0.6820 }, /* 14000 K */
  { 0.3544, 0.4654, 0.6878 }, /* 14500 K */
  { 0.3503, 0.4653, 0.6933 }, /* 15000 K */
};

static const double sky[][3] = {
  { 0.5829, 0.4421, 0.2288 }, /* 4000 K */
  { 0.5510, 0.4514, 0.2948 }, /* 4500 K */
  { 0.5246, 0.4576, 0.3488 }, /* 5000 K */
  { 0.5021, 0.4618, 0.3941 }, /* 5500 K */
  { 0.4826, 0.4646, 0.4325 }, /* 6000 K */
  { 0.4654, 0.4667, 0.4654 }, /* 6500 K */
  { 0.4502, 0.4681, 0.4938 }, /* 7000 K */
  { 0.4364, 0.4692, 0.5186 }, /* 7500 K */
  { 0.4240, 0.4700, 0.5403 }, /* 8000 K */
  { 0.4127, 0.4705, 0.5594 }, /* 8500 K */
  { 0.4023, 0.4709, 0.5763 }, /* 9000 K */
  { 0.3928, 0.4713, 0.5914 }, /* 9500 K */
  { 0.3839, 0.4715, 0.6049 }, /* 10000 K */
  { 0.3757, 0.4716, 0.6171 }, /* 10500 K */
  { 0.3681, 0.4717, 0.6281 }, /* 11000 K */
  { 0.3609, 0.4718, 0.6380 }, /* 11500 K */
  { 0.3543, 0.4719, 0.6472 }, /* 12000 K */
  { 0.3480, 0.4719, 0.6555 }, /* 12500 K */
  { 0.3421, 0.4719, 0.6631 }, /* 13000 K */
  { 0.3365, 0.4719, 0.6702 }, /* 13500 K */
  { 0.3313, 0.4719, 0.6766 }, /* 14000 K */
  { 0.3263, 0.4719, 0.6826 }, /* 14500 K */
  { 0.3217, 0.4719, 0.6882 }, /* 15000 K */
};

static const BallastChoice modes[] = {
  { "blackbody", N_("Glowing Body"), -1 },
  { "cied", N_("Daylight"), -1 },
};

static const BallastChoice samplings[] = {
  { "uniform", N_("Evenly"), -1 },
  { "gaussian", N_("Mostly White"), -1 },
};

static const BallastParameter parameters[] = {
  [MODE] = {
    .name = "mode", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Light"), .unit = "",
    .help = N_("What gives light: something that glows, or the sky at some hour."), .maximum = 1,
    .step = 1, .secondary = TRUE, .choices = modes, .n_choices = G_N_ELEMENTS (modes),
  },
  [TEMPERATURE] = {
    .name = "temperature_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Temperature"),
    .unit = "K", .help = N_("3000 K is candle-like, 6000 K white, 15000 K the blue of the sky."),
    .minimum = 3000, .maximum = 15000, .step = 100, .whole = TRUE,
    .initial = { { 4000, 10000 } }, .neutral = { { WHITE, WHITE } }, .absent = { { 3000, 15000 } },
  },
  [SAMPLING] = {
    .name = "sampling_method", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Draw"), .unit = "",
    .help = N_("Evenly on both sides of white, or mostly near it."), .maximum = 1, .step = 1,
    .secondary = TRUE, .choices = samplings, .n_choices = G_N_ELEMENTS (samplings),
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  const double *limits = values[TEMPERATURE].number;
  gboolean warm = ballast_sampler_unit (sampler) < WARM_SHARE;
  double unit = ballast_sampler_unit (sampler);
  double normal = fabs (ballast_op_draw_normal (sampler)) / 3;
  double end = warm ? limits[0] : limits[1];
  double temperature = WHITE + (end - WHITE) * (values[SAMPLING].number[0] == 0 ? unit : normal);

  ballast_sampler_put (sampler, values[MODE].number[0]);
  ballast_sampler_put (sampler, floor (CLAMP (temperature, limits[0], limits[1])));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 2) && ballast_op_check_choice (step, 0, 2)
         && step->numbers[1] >= 1000 && step->numbers[1] <= 100000;
}

/* What red and blue are multiplied by. */
static void
get_gains (const double *numbers,
           double        gains[3])
{
  const double (*table)[3] = numbers[0] == 0 ? glowing : sky;
  guint n = numbers[0] == 0 ? G_N_ELEMENTS (glowing) : G_N_ELEMENTS (sky);
  double place = CLAMP ((numbers[1] - (numbers[0] == 0 ? 3000 : 4000)) / STEP, 0, n - 1);
  guint low = (guint) place, high = MIN (low + 1, n - 1);
  double share = place - low, mixed[3];

  for (guint c = 0; c < 3; c++)
    mixed[c] = (1 - share) * table[low][c] + share * table[high][c];
  gains[0] = mixed[0] / mixed[1];
  gains[1] = 1;
  gains[2] = mixed[2] / mixed[1];
}

static gpointer
prepare (const BallastFilterCall *call)
{
  BallastTables *tables = ballast_tables_new (3, 256);
  double gains[3];

  get_gains (call->numbers, gains);
  for (guint c = 0; c < 3; c++)
    for (guint v = 0; v < 256; v++)
      ballast_tables_set (tables, c, v, (float) v * (float) gains[c]);
  return tables;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_COLOUR,
  .cost = 0.4,
  .needs_colour = TRUE,
  .prepare = prepare,
  .release = (GDestroyNotify) ballast_tables_free,
  .run = ballast_filter_run_tables,
};

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
  g_string_append_printf (text, "%.0f K", step->numbers[1]);
}

const BallastOp ballast_op_planckian_jitter = {
  .name = "PlanckianJitter",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Colour of the Light"),
  .help = N_("As if another light shone: from candles over daylight to a blue sky.  The extremes of "
              "Albumentations' default, which are orange and blue, are left out."),
  .keywords = "planckian jitter temperature white balance warm cold kelvin illuminant light",
  .glyph = "☀",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.3,
  .needs_colour = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
