/*
 * GaussianBlur: each pixel becomes the Gaussian mean of its neighbours; the edge is mirrored.
 *
 * The kernel has int (3.5 σ) · 2 + 1 taps unless its size is drawn; a size without σ has
 * σ = 0.3 ((size - 1) / 2 - 1) + 0.8, as in OpenCV.
 * Numbers: sigma (px), size (0: from sigma).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

#include <math.h>

#define MAX_SIZE 255

enum
{
  SIGMA_LIMIT,
  BLUR_LIMIT,
};

static const BallastParameter parameters[] = {
  [SIGMA_LIMIT] = {
    .name = "sigma_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Radius"), .unit = "px",
    .help = N_("Standard deviation of the blur in pixels of the full picture."),
    .minimum = 0, .maximum = 30, .step = 0.1, .digits = 1,
    .initial = { { 0.5, 2 } }, .absent = { { 0.5, 3 } },
  },
  [BLUR_LIMIT] = {
    .name = "blur_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Kernel Size"), .unit = "px",
    .help = N_("Width of the window, an odd number; 0 makes it follow the radius."),
    .minimum = 0, .maximum = MAX_SIZE, .step = 1, .whole = TRUE, .secondary = TRUE,
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double sigma = ballast_sampler_range (sampler, &values[SIGMA_LIMIT]);
  double size = ballast_sampler_whole (sampler, &values[BLUR_LIMIT]);

  if (size > 0 && fmod (size, 2) == 0)
    size += 1;
  if (sigma <= 0 && size > 0)
    sigma = 0.3 * ((size - 1) * 0.5 - 1) + 0.8;
  ballast_sampler_put (sampler, sigma);
  ballast_sampler_put (sampler, size);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 2) && step->numbers[0] >= 0 && step->numbers[0] <= 36
         && step->numbers[1] >= 0 && step->numbers[1] <= MAX_SIZE
         && (step->numbers[1] == 0 || fmod (step->numbers[1], 2) == 1);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_BLUR);

  action->blur.sigma = step->numbers[0];
  action->blur.size = (guint) step->numbers[1];
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_named (text, _("blur"), step->numbers[0], 1);
}

/* Before 1.4.19 the size was the rule and sigma_limit 0 the exception. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  if (!json_object_has_member (arguments, "sigma_limit")
      && json_object_has_member (arguments, "always_apply")
      && json_object_has_member (arguments, "blur_limit"))
    values[SIGMA_LIMIT] = (BallastValue) { { 0, 0 } };
}

const BallastOp ballast_op_gaussian_blur = {
  .name = "GaussianBlur",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Gaussian Blur"),
  .help = N_("Softens the picture, as a lens out of focus does."),
  .keywords = "blur soft focus defocus smooth gaussian",
  .glyph = "◌",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .read_legacy = read_legacy,
};
