/*
 * GaussNoise: adds a normally distributed number to every pixel, each drawn by itself.
 *
 * A pixel's noise is a hash of (seed, row, column, channel): no thread or tile changes it.  Alpha is
 * left alone.
 * Numbers: standard deviation, mean (both of full white), per channel (0 or 1), two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

#include <math.h>

enum
{
  STD_RANGE,
  MEAN_RANGE,
  PER_CHANNEL,
};

static const BallastParameter parameters[] = {
  [STD_RANGE] = {
    .name = "std_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Strength"), .unit = "",
    .help = N_("Standard deviation as a share of full white. A camera at dusk has 0.05; "
                "Albumentations' default of 0.2 to 0.44 drowns the picture."),
    .minimum = 0, .maximum = 1, .step = 0.005, .digits = 3,
    .initial = { { 0.02, 0.1 } }, .absent = { { 0.2, 0.44 } },
  },
  [MEAN_RANGE] = {
    .name = "mean_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Mean"), .unit = "",
    .help = N_("Added everywhere, as a share of full white."),
    .minimum = -1, .maximum = 1, .step = 0.01, .digits = 2, .secondary = TRUE,
  },
  [PER_CHANNEL] = {
    .name = "per_channel", .type = BALLAST_PARAMETER_BOOL, .label = N_("Coloured"), .unit = "",
    .help = N_("Draws every channel by itself; otherwise the noise is grey."),
    .maximum = 1, .step = 1, .initial = { { 1 } }, .absent = { { 1 } }, .secondary = TRUE,
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[STD_RANGE]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[MEAN_RANGE]));
  ballast_sampler_put (sampler, values[PER_CHANNEL].number[0]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  return ballast_op_check_numbers (step, 5) && n[0] >= 0 && n[0] <= 1 && fabs (n[1]) <= 1
         && ballast_op_check_seed (step, 3);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_NOISE);

  action->noise.sigma = step->numbers[0];
  action->noise.mean = step->numbers[1];
  action->noise.per_channel = step->numbers[2] != 0;
  action->noise.seed[0] = (guint32) step->numbers[3];
  action->noise.seed[1] = (guint32) step->numbers[4];
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_named (text, _("noise"), step->numbers[0], 2);
}

static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  double variance[2];
  double single = ballast_op_read_number (arguments, "var_limit", -1);

  if (single >= 0)
    values[STD_RANGE] = (BallastValue) { { 0, sqrt (single) / 255 } };
  else if (ballast_op_read_pair (arguments, "var_limit", variance))
    values[STD_RANGE] = (BallastValue) { { sqrt (fabs (variance[0])) / 255,
                                           sqrt (fabs (variance[1])) / 255 } };
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_double_member (arguments, "noise_scale_factor", 1.0);
}

const BallastOp ballast_op_gauss_noise = {
  .name = "GaussNoise",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Gaussian Noise"),
  .help = N_("Adds grain, as a camera has in the dark. Starts far weaker than Albumentations' "
              "default, "
              "which drowns the picture."),
  .keywords = "grain gaussian noise camera gain iso sensor AdditiveGaussianNoise",
  .glyph = "∴",
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
