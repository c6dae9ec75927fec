/*
 * Emboss: a diagonal relief, mixed with the picture.
 *
 * (1 − α) · picture + α · [[−1−s, −s, 0], [−s, 1, s], [0, s, 1+s]]; reflect101.
 * Numbers: alpha, strength.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-area.h"
#include "ballast-ops.h"

enum
{
  ALPHA,
  STRENGTH,
};

static const BallastParameter parameters[] = {
  [ALPHA] = {
    .name = "alpha", .type = BALLAST_PARAMETER_RANGE, .label = N_("Amount"), .unit = "",
    .help = N_("0 is the picture, 1 nothing but the relief."),
    .maximum = 1, .step = 0.05, .digits = 2,
    .initial = { { 0.2, 0.5 } }, .absent = { { 0.2, 0.5 } },
  },
  [STRENGTH] = {
    .name = "strength", .type = BALLAST_PARAMETER_RANGE, .label = N_("Strength"), .unit = "",
    .help = N_("How steep the relief is."), .maximum = 2, .step = 0.05, .digits = 2,
    .initial = { { 0.2, 0.7 } }, .absent = { { 0.2, 0.7 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[ALPHA]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[STRENGTH]));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 2) && step->numbers[0] >= 0 && step->numbers[0] <= 1
         && step->numbers[1] >= 0 && step->numbers[1] <= 100;
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[0] == 0;
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  double alpha = call->numbers[0], strength = call->numbers[1];
  const float weights[3] = { 1, (float) (alpha * (1 + strength)), (float) (alpha * strength) };
  const guint rows[2] = { first, end };

  ballast_kernel_stencil (call->source, BALLAST_STENCIL_RELIEF, weights, call->target, rows);
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA,
  .cost = 0.8,
  .band_rows = 64,
  .is_idle = is_idle,
  .run = run,
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
  ballast_op_append_named (text, _("relief"), step->numbers[ALPHA], 2);
}

const BallastOp ballast_op_emboss = {
  .name = "Emboss",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Relief"),
  .help = N_("Makes edges stand out as if lit from a corner."),
  .keywords = "emboss relief edges bump",
  .glyph = "◪",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.1,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
