/*
 * RandomBrightnessContrast: v' = (1 + contrast) · v + brightness · maximum.
 *
 * As Albumentations: computed in single precision, clipped, and truncated rather than rounded.
 * Numbers: brightness, contrast.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

#include <math.h>

enum
{
  BRIGHTNESS,
  CONTRAST,
};

#define LIMIT(argument, text, sentence)                                                            \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "",                  \
    .help = sentence, .minimum = -1, .maximum = 1, .step = 0.01, .digits = 2,                      \
    .initial = { { -0.2, 0.2 } }, .absent = { { -0.2, 0.2 } }                                      \
  }

static const BallastParameter parameters[] = {
  [BRIGHTNESS] = LIMIT ("brightness_limit", N_("Brightness"),
                        N_("Added to every channel, as a share of full white.")),
  [CONTRAST] = LIMIT ("contrast_limit", N_("Contrast"),
                      N_("Every channel is multiplied by 1 plus this.")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[BRIGHTNESS]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[CONTRAST]));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 2) && fabs (step->numbers[0]) <= 10
         && fabs (step->numbers[1]) <= 10;
}

static double
stretch (double        value,
         double        maximum,
         const double *numbers)
{
  float gain = (float) (1 + numbers[1]), offset = (float) (numbers[0] * maximum);
  float scaled = (float) value * gain;

  return truncf (scaled + offset);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_point (lowering, stretch, step->numbers[0], step->numbers[1]);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  if (fabs (step->numbers[0]) >= 0.005)
    ballast_op_append_signed (text, step->numbers[0], 2, "");
  if (text->len > 0)
    g_string_prepend (text, "☀ ");
  if (fabs (step->numbers[1]) >= 0.005)
    {
      g_string_append (text, text->len > 0 ? " ◐ " : "◐ ");
      ballast_op_append_signed (text, step->numbers[1], 2, "");
    }
}

const BallastOp ballast_op_random_brightness_contrast = {
  .name = "RandomBrightnessContrast",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Brightness and Contrast"),
  .help = N_("Makes the picture lighter or darker, and its differences stronger or weaker."),
  .keywords = "exposure light dark ColorJitter brightness contrast multiply add linear",
  .glyph = "☀",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
