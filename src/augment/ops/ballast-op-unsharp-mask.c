/*
 * UnsharpMask: v + α · (v − blurred), where that difference is above a threshold.
 *
 * The mask of where it is above is blurred too, so that sharp and plain areas run into each other.
 * Numbers: size (px, odd; 0: from sigma), sigma (px; 0: from the size), alpha, threshold (levels).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-unsharp.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  BLUR_LIMIT,
  SIGMA_LIMIT,
  ALPHA,
  THRESHOLD,
};

static const BallastParameter parameters[] = {
  [BLUR_LIMIT] = {
    .name = "blur_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Window"), .unit = "px",
    .help = N_("Width of the blur's window; even numbers are raised by 1."), .minimum = 3,
    .maximum = 31, .step = 1, .whole = TRUE,
    .initial = { { 3, 7 } }, .neutral = { { 3, 3 } }, .absent = { { 3, 7 } },
  },
  [SIGMA_LIMIT] = {
    .name = "sigma_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Radius"), .unit = "px",
    .help = N_("Standard deviation of the blur; 0 takes it from the window."), .maximum = 10,
    .step = 0.1, .digits = 1, .secondary = TRUE,
  },
  [ALPHA] = {
    .name = "alpha", .type = BALLAST_PARAMETER_RANGE, .label = N_("Amount"), .unit = "",
    .help = N_("How much of the difference is added."), .maximum = 3, .step = 0.05, .digits = 2,
    .initial = { { 0.2, 0.5 } }, .absent = { { 0.2, 0.5 } },
  },
  [THRESHOLD] = {
    .name = "threshold", .type = BALLAST_PARAMETER_INT, .label = N_("Threshold"), .unit = "",
    .help = N_("Differences of at most so many levels are left alone, so that noise is not "
                "sharpened."),
    .maximum = 255, .step = 1, .secondary = TRUE,
    .initial = { { 10 } }, .neutral = { { 10 } }, .absent = { { 10 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_op_draw_odd (sampler, &values[BLUR_LIMIT]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[SIGMA_LIMIT]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[ALPHA]));
  ballast_sampler_put (sampler, values[THRESHOLD].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 4) && ballast_op_check_odd (step, 0)
         && step->numbers[1] >= 0 && step->numbers[1] <= 36 && step->numbers[2] >= 0
         && step->numbers[2] <= 100 && ballast_op_check_choice (step, 3, 256);
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[2] == 0 || ballast_op_scale_window (call->numbers[0], call->scale) <= 1;
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  double size = call->numbers[0];
  double sigma = call->numbers[1] > 0 ? call->numbers[1] : 0.3 * ((size - 1) * 0.5 - 1) + 0.8;
  const BallastUnsharp unsharp = { .alpha = call->numbers[2], .sigma = sigma * call->scale,
                                   .size = ballast_op_scale_window (size, call->scale),
                                   .masked = TRUE, .threshold = call->numbers[3] };

  ballast_kernel_unsharp (call->source, &unsharp, call->target, first, end);
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA,
  .cost = 4,
  .band_rows = 256,
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
  ballast_op_append_named (text, _("unsharp"), step->numbers[2], 2);
}

const BallastOp ballast_op_unsharp_mask = {
  .name = "UnsharpMask",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Unsharp Mask"),
  .help = N_("Strengthens edges but not noise, as photo editors do."),
  .keywords = "unsharp mask sharpen sharpness edges detail",
  .glyph = "▲",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
