/*
 * RandomGamma: v' = maximum · (v / maximum) ^ (gamma / 100), truncated as in Albumentations.
 *
 * Numbers: gamma (percent; below 100 lightens).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

#include <math.h>

static const BallastParameter parameters[] = {
  {
    .name = "gamma_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Gamma"), .unit = "%",
    .help = N_("The exponent in percent: below 100 lightens the dark parts, above darkens them."),
    .minimum = 10, .maximum = 500, .step = 1, .digits = 0,
    .initial = { { 80, 120 } }, .neutral = { { 100, 100 } }, .absent = { { 80, 120 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[0]));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 1) && step->numbers[0] >= 1 && step->numbers[0] <= 10000;
}

/* The hair's breadth above makes 255 · (v / 255) v again, which truncation would make v - 1. */
static double
curve (double        value,
       double        maximum,
       const double *numbers)
{
  return floor (maximum * pow (value / maximum, numbers[0] / 100) + 1e-9);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_point (lowering, curve, step->numbers[0], 0);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  if (fabs (step->numbers[0] - 100) >= 0.5)
    ballast_op_append_plain (text, "γ ", step->numbers[0] / 100, 2);
}

const BallastOp ballast_op_random_gamma = {
  .name = "RandomGamma",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Gamma"),
  .help = N_("Lightens or darkens the middle tones; black and white stay."),
  .keywords = "exposure light dark tone curve power adjust_gamma GammaContrast",
  .glyph = "γ",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
