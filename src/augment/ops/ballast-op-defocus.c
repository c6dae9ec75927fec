/*
 * Defocus: a disc, as a point out of focus makes one, with a slightly softened rim.
 *
 * Numbers: radius (px), σ of the rim (px).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-disc.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  RADIUS,
  ALIAS_BLUR,
};

static const BallastParameter parameters[] = {
  [RADIUS] = {
    .name = "radius", .type = BALLAST_PARAMETER_RANGE, .label = N_("Radius"), .unit = "px",
    .help = N_("Of the disc that a point becomes, in pixels of the full picture."), .minimum = 1,
    .maximum = 40, .step = 1, .whole = TRUE, .initial = { { 1, 4 } }, .neutral = { { 1, 1 } },
    .absent = { { 3, 10 } },
  },
  [ALIAS_BLUR] = {
    .name = "alias_blur", .type = BALLAST_PARAMETER_RANGE, .label = N_("Soft Rim"), .unit = "px",
    .help = N_("Standard deviation of the blur of the disc's rim."), .minimum = 0.05, .maximum = 2,
    .step = 0.05, .digits = 2, .secondary = TRUE, .initial = { { 0.1, 0.5 } },
    .neutral = { { 0.1, 0.1 } }, .absent = { { 0.1, 0.5 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_whole (sampler, &values[RADIUS]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[ALIAS_BLUR]));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 2) && step->numbers[0] >= 0 && step->numbers[0] <= 40
         && step->numbers[1] >= 0.01 && step->numbers[1] <= 36;
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[0] * call->scale < 0.5;
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const BallastDisc disc = { .radius = call->numbers[0] * call->scale,
                             .sigma = call->numbers[1] * call->scale,
                             .taps = call->numbers[0] <= 8 ? 3 : 5 };

  ballast_kernel_disc (call->source, &disc, call->target, first, end);
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA,
  .cost = 8,
  .band_rows = 128,
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
  ballast_op_append_named (text, _("defocus"), step->numbers[0], 0);
}

const BallastOp ballast_op_defocus = {
  .name = "Defocus",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Out of Focus"),
  .help = N_("Each point becomes a disc, as with a camera that is out of focus.  Smaller discs than "
              "Albumentations' default, which hides what is in small pictures."),
  .keywords = "defocus focus lens bokeh disk disc blur camera",
  .glyph = "●",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.1,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
