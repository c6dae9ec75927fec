/*
 * Posterize: keeps the upper bits of each channel.
 *
 * Numbers: bits.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

static const BallastParameter parameters[] = {
  {
    .name = "num_bits", .type = BALLAST_PARAMETER_RANGE, .label = N_("Bits"), .unit = "",
    .help = N_("How many of a channel's bits are kept: 4 leave 16 levels."), .minimum = 1,
    .maximum = 7, .step = 1, .whole = TRUE, .initial = { { 4, 6 } }, .neutral = { { 7, 7 } },
    .absent = { { 4, 4 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_whole (sampler, &values[0]));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 1) && ballast_op_check_choice (step, 0, 9)
         && step->numbers[0] >= 1;
}

static double
cut_bits (double        value,
          double        maximum,
          const double *numbers)
{
  guint step = (guint) (maximum + 1) >> (guint) numbers[0];

  return (guint) value / step * step;
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_point (lowering, cut_bits, step->numbers[0], 0);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_named (text, _("bits"), step->numbers[0], 0);
}

const BallastOp ballast_op_posterize = {
  .name = "Posterize",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Posterise"),
  .help = N_("Leaves only a few levels of each channel, as a poster has them."),
  .keywords = "posterize posterise bits levels quantize RandomPosterize RandAugment",
  .glyph = "▚",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.1,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
