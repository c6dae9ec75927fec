/*
 * MedianBlur: each channel becomes the median of a square of pixels, as OpenCV's, bit by bit.
 *
 * Numbers: size (px, odd).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-area.h"
#include "ballast-ops.h"

static const BallastParameter parameters[] = {
  BALLAST_PARAMETER_WINDOW (3, 5),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_op_draw_odd (sampler, &values[0]));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 1) && ballast_op_check_odd (step, 0);
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return ballast_op_scale_window (call->numbers[0], call->scale) <= 1;
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  ballast_kernel_median (call->source, ballast_op_scale_window (call->numbers[0], call->scale),
                         call->target, first, end);
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA,
  .cost = 2,
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
  ballast_op_append_named (text, _("median"), step->numbers[0], 0);
}

const BallastOp ballast_op_median_blur = {
  .name = "MedianBlur",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Median"),
  .help = N_("Takes specks and fine lines away and keeps edges; large windows make a painting of "
              "the picture."),
  .keywords = "median blur denoise specks smooth despeckle oil",
  .glyph = "▣",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.1,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
