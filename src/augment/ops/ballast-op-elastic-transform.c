/*
 * ElasticTransform: pushes pixels about by a smooth random field.
 *
 * The field is white noise (at most alpha strong, Albumentations' normalisation), blurred by sigma; its
 * standard deviation is what that leaves: alpha / (2 √π sigma) of the noise's own.  A Gaussian's noise is
 * a 4.5th of its largest value, a uniform one's a √3rd.
 * Numbers: alpha, sigma (px), noise (0 Gaussian, 1 uniform), same for both axes (0 or 1), seed (2), tail.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-dense.h"

#include <math.h>

enum
{
  ALPHA,
  SIGMA,
  NOISE_DISTRIBUTION,
  SAME_DXDY,
  INTERPOLATION,
  BORDER_MODE,
  FILL,
};

static const BallastChoice noises[] = {
  { "gaussian", N_("Gaussian"), -1 },
  { "uniform", N_("Even"), -1 },
};

static const BallastParameter parameters[] = {
  [ALPHA] = {
    .name = "alpha", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Strength"), .unit = "",
    .help = N_("How strong the field is before it is smoothed; 300 with a smoothness of 10 moves "
                "pixels by about 2."),
    .maximum = 2000, .step = 10, .digits = 0, .initial = { { 300 } }, .absent = { { 1 } },
  },
  [SIGMA] = {
    .name = "sigma", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Smoothness"), .unit = "px",
    .help = N_("How wide the waves are."), .minimum = 2, .maximum = 200, .step = 1, .digits = 0,
    .initial = { { 10 } }, .neutral = { { 10 } }, .absent = { { 50 } },
  },
  [NOISE_DISTRIBUTION] = {
    .name = "noise_distribution", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Noise"),
    .unit = "", .help = N_("What the field is made of; even noise is stronger."), .maximum = 1,
    .step = 1, .secondary = TRUE, .choices = noises, .n_choices = G_N_ELEMENTS (noises),
  },
  [SAME_DXDY] = {
    .name = "same_dxdy", .type = BALLAST_PARAMETER_BOOL, .label = N_("Both Directions Alike"),
    .unit = "", .help = N_("Pixels move along the diagonal alone."), .maximum = 1, .step = 1,
    .secondary = TRUE,
  },
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
  [BORDER_MODE] = BALLAST_PARAMETER_BORDER_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of what is uncovered.")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, values[ALPHA].number[0]);
  ballast_sampler_put (sampler, values[SIGMA].number[0]);
  ballast_sampler_put (sampler, values[NOISE_DISTRIBUTION].number[0]);
  ballast_sampler_put (sampler, values[SAME_DXDY].number[0]);
  ballast_sampler_put_seed (sampler);
  ballast_dense_put_tail (sampler, &values[INTERPOLATION], &values[BORDER_MODE], &values[FILL]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  return ballast_dense_check_tail (step, 6) && ballast_op_check_seed (step, 4)
         && ballast_op_check_choice (step, 2, 2) && ballast_op_check_choice (step, 3, 2)
         && n[0] >= 0 && n[0] <= 1e5 && n[1] >= 1 && n[1] <= 1000;
}

static double
get_amplitude (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  return n[0] * (n[2] != 0 ? 1 / sqrt (3) : 1 / 4.5) / (2 * sqrt (G_PI) * n[1]);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  const double *n = step->numbers;
  BallastDenseNoise noise = { .sigma = n[1], .amplitude = get_amplitude (step),
                              .seed = { (guint32) n[4], (guint32) n[5] }, .same = n[3] != 0 };

  if (noise.amplitude > 0)
    ballast_dense_lower_tail (lowering, ballast_dense_new_noise (lowering->width, lowering->height,
                                                                 &noise), n + 6);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  if (get_amplitude (step) >= 0.05)
    {
      ballast_op_append_plain (text, "≈ ±", get_amplitude (step), 1);
      g_string_append (text, " px");
    }
}

const BallastOp ballast_op_elastic_transform = {
  .name = "ElasticTransform",
  .group = BALLAST_GROUP_DISTORTION,
  .title = N_("Elastic"),
  .help = N_("Pushes pixels about in smooth waves, as paper or tissue gives way.  Albumentations' own "
              "values move nothing by more than a twentieth of a pixel; these move it by about two."),
  .keywords = "deform warp wave displacement ElasticTransformation simard handwriting tissue",
  .glyph = "≈",
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
