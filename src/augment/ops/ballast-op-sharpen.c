/*
 * Sharpen: the picture mixed with its 3 × 3 Laplacian, or moved away from its own blur.
 *
 * Kernel: (1 − α) · picture + α · [[−1 …], [−1, 8 + l, −1], [… −1]]; Gaussian: picture + α ·
 * (picture − blurred), σ 1 and 5 taps unless set otherwise; reflect101.
 * Numbers: manner (0: kernel, 1: Gaussian), alpha, lightness, size (px, odd), sigma (px).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-area.h"
#include "ballast-kernel-unsharp.h"
#include "ballast-ops.h"

enum
{
  ALPHA,
  LIGHTNESS,
  METHOD,
  KERNEL_SIZE,
  SIGMA,
};

static const BallastChoice methods[] = {
  { "kernel", N_("Neighbours"), -1 },
  { "gaussian", N_("Gaussian"), -1 },
};

static const BallastParameter parameters[] = {
  [ALPHA] = {
    .name = "alpha", .type = BALLAST_PARAMETER_RANGE, .label = N_("Amount"), .unit = "",
    .help = N_("0 is the picture, 1 nothing but its edges."),
    .maximum = 1, .step = 0.05, .digits = 2,
    .initial = { { 0.1, 0.3 } }, .absent = { { 0.2, 0.5 } },
  },
  [LIGHTNESS] = {
    .name = "lightness", .type = BALLAST_PARAMETER_RANGE, .label = N_("Lightness"), .unit = "",
    .help = N_("1 keeps the picture as light as it is; less darkens it."),
    .maximum = 2, .step = 0.05, .digits = 2,
    .initial = { { 1, 1 } }, .neutral = { { 1, 1 } }, .absent = { { 0.5, 1 } },
  },
  [METHOD] = {
    .name = "method", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Against"), .unit = "",
    .help = N_("What each pixel is compared with."), .maximum = 1, .step = 1, .secondary = TRUE,
    .choices = methods, .n_choices = G_N_ELEMENTS (methods),
  },
  [KERNEL_SIZE] = {
    .name = "kernel_size", .type = BALLAST_PARAMETER_INT, .label = N_("Window"), .unit = "px",
    .help = N_("Width of the Gaussian's window, an odd number."), .minimum = 3, .maximum = 21,
    .step = 2, .secondary = TRUE, .initial = { { 5 } }, .neutral = { { 5 } }, .absent = { { 5 } },
  },
  [SIGMA] = {
    .name = "sigma", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Radius"), .unit = "px",
    .help = N_("Standard deviation of the Gaussian."), .minimum = 0.1, .maximum = 10, .step = 0.1,
    .digits = 1, .secondary = TRUE, .initial = { { 1 } }, .neutral = { { 1 } }, .absent = { { 1 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double alpha = ballast_sampler_range (sampler, &values[ALPHA]);
  double lightness = ballast_sampler_range (sampler, &values[LIGHTNESS]);
  double size = values[KERNEL_SIZE].number[0];

  ballast_sampler_put (sampler, values[METHOD].number[0]);
  ballast_sampler_put (sampler, alpha);
  ballast_sampler_put (sampler, lightness);
  ballast_sampler_put (sampler, ((guint) size & 1) != 0 ? size : size + 1);
  ballast_sampler_put (sampler, values[SIGMA].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 5) && ballast_op_check_choice (step, 0, 2)
         && step->numbers[1] >= 0 && step->numbers[1] <= 1 && step->numbers[2] >= 0
         && step->numbers[2] <= 10 && ballast_op_check_odd (step, 3) && step->numbers[4] >= 0.1
         && step->numbers[4] <= 36;
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[1] == 0;
}

static gboolean
is_gaussian_idle (const BallastFilterCall *call)
{
  return is_idle (call) || ballast_op_scale_window (call->numbers[3], call->scale) <= 1;
}

static void
run_neighbours (const BallastFilterCall *call,
                guint                    first,
                guint                    end)
{
  double alpha = call->numbers[1], lightness = call->numbers[2];
  const float weights[3] = { (float) (1 - alpha + alpha * (8 + lightness)), (float) -alpha };
  const guint rows[2] = { first, end };

  ballast_kernel_stencil (call->source, BALLAST_STENCIL_AROUND, weights, call->target, rows);
}

static void
run_gaussian (const BallastFilterCall *call,
              guint                    first,
              guint                    end)
{
  const BallastUnsharp unsharp = { .alpha = call->numbers[1], .sigma = call->numbers[4] * call->scale,
                                   .size = ballast_op_scale_window (call->numbers[3], call->scale) };

  ballast_kernel_unsharp (call->source, &unsharp, call->target, first, end);
}

static const BallastFilter neighbours = {
  .reach = BALLAST_FILTER_AREA,
  .cost = 0.7,
  .band_rows = 64,
  .is_idle = is_idle,
  .run = run_neighbours,
};

static const BallastFilter gaussian = {
  .reach = BALLAST_FILTER_AREA,
  .cost = 1.8,
  .band_rows = 256,
  .is_idle = is_gaussian_idle,
  .run = run_gaussian,
};

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_filter (lowering, step->numbers[0] == 0 ? &neighbours : &gaussian,
                           step->numbers, step->n_numbers);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_named (text, _("sharp"), step->numbers[1], 2);
}

const BallastOp ballast_op_sharpen = {
  .name = "Sharpen",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Sharpen"),
  .help = N_("Strengthens edges and fine detail.  Albumentations darkens the picture on the way; "
              "here its lightness stays unless you set it."),
  .keywords = "sharpen sharpness RandomAdjustSharpness edges detail laplacian crisp",
  .glyph = "△",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
