/*
 * Morphological: each channel becomes the largest (dilation) or smallest (erosion) of a few pixels.
 *
 * The window is a rectangle; Albumentations' ellipse of the default sizes 2 and 3 differs from it by
 * a corner or two.  Outside the picture counts for nothing.
 * Numbers: width, height (px), operation (0: dilation, 1: erosion).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-area.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  SCALE,
  OPERATION,
};

static const BallastChoice operations[] = {
  { "dilation", N_("Dilation"), -1 },
  { "erosion", N_("Erosion"), -1 },
};

static const BallastParameter parameters[] = {
  [SCALE] = {
    .name = "scale", .type = BALLAST_PARAMETER_RANGE, .label = N_("Window"), .unit = "px",
    .help = N_("Width of the window; its height is drawn from the same range."), .minimum = 1,
    .maximum = 31, .step = 1, .whole = TRUE,
    .initial = { { 2, 3 } }, .neutral = { { 1, 1 } }, .absent = { { 2, 3 } },
  },
  [OPERATION] = {
    .name = "operation", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Operation"), .unit = "",
    .help = N_("Dilation makes bright things larger, erosion dark ones."), .maximum = 1, .step = 1,
    .choices = operations, .n_choices = G_N_ELEMENTS (operations),
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_whole (sampler, &values[SCALE]));
  ballast_sampler_put (sampler, ballast_sampler_whole (sampler, &values[SCALE]));
  ballast_sampler_put (sampler, values[OPERATION].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 3) && ballast_op_check_choice (step, 0, 32)
         && step->numbers[0] >= 1 && ballast_op_check_choice (step, 1, 32) && step->numbers[1] >= 1
         && ballast_op_check_choice (step, 2, 2);
}

static BallastMorphology
get_morphology (const BallastFilterCall *call)
{
  return (BallastMorphology) { .width = (guint) MAX (1, lround (call->numbers[0] * call->scale_x)),
                               .height = (guint) MAX (1, lround (call->numbers[1] * call->scale_y)),
                               .smallest = call->numbers[2] != 0 };
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  BallastMorphology morphology = get_morphology (call);

  return morphology.width == 1 && morphology.height == 1;
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  BallastMorphology morphology = get_morphology (call);

  ballast_kernel_morphology (call->source, &morphology, call->target, first, end);
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA,
  .cost = 0.6,
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
  g_string_append_printf (text, "%s %g×%g", step->numbers[2] == 0 ? _("wide") : _("thin"),
                          step->numbers[0], step->numbers[1]);
}

const BallastOp ballast_op_morphological = {
  .name = "Morphological",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Thicker and Thinner"),
  .help = N_("Makes bright strokes thicker (dilation) or thinner (erosion): for documents and "
              "digits."),
  .keywords = "morphological dilation erosion dilate erode thick thin stroke documents",
  .glyph = "✚",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
