/*
 * OpticalDistortion: a lens, barrel or pincushion.
 *
 * Camera: OpenCV's undistortion with focal lengths of the width and the height, the centre in the
 * middle, k1 = k2 = k.  Fisheye: r → r · (1 + k · (r / R)²) with R from the centre to a corner.
 * Numbers: k, fisheye (0 or 1), tail.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-dense.h"

#include <math.h>

enum
{
  DISTORT_LIMIT,
  MODE,
  INTERPOLATION,
  BORDER_MODE,
  FILL,
};

static const BallastChoice modes[] = {
  { "camera", N_("Camera"), -1 },
  { "fisheye", N_("Fisheye"), -1 },
};

static const BallastParameter parameters[] = {
  [DISTORT_LIMIT] = {
    .name = "distort_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Strength"), .unit = "",
    .help = N_("Drawn between these; positive squeezes the edges in, negative pulls them out."),
    .minimum = -1, .maximum = 1, .step = 0.01, .digits = 2, .initial = { { -0.2, 0.2 } },
    .absent = { { -0.05, 0.05 } },
  },
  [MODE] = {
    .name = "mode", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Lens"), .unit = "",
    .help = N_("A fisheye bends the corners more, a camera the longer side."), .maximum = 1,
    .step = 1, .choices = modes, .n_choices = G_N_ELEMENTS (modes),
  },
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
  [BORDER_MODE] = BALLAST_PARAMETER_BORDER_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of what is uncovered.")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[DISTORT_LIMIT]));
  ballast_sampler_put (sampler, values[MODE].number[0]);
  ballast_dense_put_tail (sampler, &values[INTERPOLATION], &values[BORDER_MODE], &values[FILL]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_dense_check_tail (step, 2) && ballast_op_check_choice (step, 1, 2)
         && fabs (step->numbers[0]) <= 2;
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  const double *n = step->numbers;
  double width = lowering->width, height = lowering->height, corner = hypot (width, height) / 2;
  const double camera[2] = { width, height }, fisheye[2] = { corner, corner };

  if (n[0] != 0)
    ballast_dense_lower_tail (lowering,
                              ballast_dense_new_radial (width, height, n[1] != 0 ? fisheye : camera,
                                                        n[0], n[1] != 0 ? 0 : n[0]), n + 2);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  if (fabs (step->numbers[0]) < 0.005)
    return;
  g_string_append (text, "◉ ");
  ballast_op_append_signed (text, step->numbers[0], 2, "");
}

const BallastOp ballast_op_optical_distortion = {
  .name = "OpticalDistortion",
  .group = BALLAST_GROUP_DISTORTION,
  .title = N_("Lens"),
  .help = N_("Bends the picture as a wide or a long lens does.  Albumentations' own range can hardly "
              "be seen; this one is four times as wide."),
  .keywords = "barrel pincushion fisheye camera radial optical warp",
  .glyph = "◉",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .write_extra = ballast_dense_write_extra,
};
