/*
 * Solarize: inverts whatever is at least as bright as a threshold.
 *
 * Numbers: threshold (share of full white).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

static const BallastParameter parameters[] = {
  {
    .name = "threshold_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Threshold"),
    .unit = "", .help = N_("Share of full white from which on values are inverted."),
    .maximum = 1, .step = 0.05, .digits = 2, .initial = { { 0.5, 0.9 } },
    .neutral = { { 1, 1 } }, .absent = { { 0.5, 0.5 } },
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
  return ballast_op_check_numbers (step, 1) && step->numbers[0] >= 0 && step->numbers[0] <= 1;
}

static double
solarize (double        value,
          double        maximum,
          const double *numbers)
{
  return value >= numbers[0] * maximum ? maximum - value : value;
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_point (lowering, solarize, step->numbers[0], 0);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_named (text, _("solarised"), step->numbers[0], 2);
}

const BallastOp ballast_op_solarize = {
  .name = "Solarize",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Solarise"),
  .help = N_("Turns the brightest parts into their negative."),
  .keywords = "solarize solarise invert threshold RandomSolarize RandAugment",
  .glyph = "☼",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.1,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
