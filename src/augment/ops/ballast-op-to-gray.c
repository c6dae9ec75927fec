/*
 * ToGray: the three colour channels become one grey; grey pictures stay as they are.
 *
 * The weighted average is OpenCV's, bit by bit: (9798 R + 19235 G + 3735 B + 2^14) >> 15.  The
 * plain average, the lightness and the maximum truncate, as in Albumentations.
 * Numbers: method (as in the choices).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

#include <math.h>

enum
{
  WEIGHTED_AVERAGE,
  AVERAGE,
  DESATURATION,
  MAXIMUM,
};

static const BallastChoice methods[] = {
  [WEIGHTED_AVERAGE] = { "weighted_average", N_("As the Eye Sees"), -1 },
  [AVERAGE] = { "average", N_("Average"), -1 },
  [DESATURATION] = { "desaturation", N_("Lightness"), -1 },
  [MAXIMUM] = { "max", N_("Brightest Channel"), -1 },
};

static const BallastParameter parameters[] = {
  {
    .name = "method", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Grey From"), .unit = "",
    .help = N_("How the three channels become one."), .maximum = MAXIMUM, .step = 1,
    .secondary = TRUE, .choices = methods, .n_choices = G_N_ELEMENTS (methods),
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, values[0].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 1) && step->numbers[0] >= 0
         && step->numbers[0] <= MAXIMUM && step->numbers[0] == floor (step->numbers[0]);
}

static void
lower_matrix (BallastLowering *lowering,
              double           red,
              double           green,
              double           blue)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_MATRIX);

  for (guint row = 0; row < 3; row++)
    {
      action->matrix[row * 3] = red;
      action->matrix[row * 3 + 1] = green;
      action->matrix[row * 3 + 2] = blue;
    }
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  static const BallastGrey greys[] = {
    [AVERAGE] = BALLAST_GREY_AVERAGE,
    [DESATURATION] = BALLAST_GREY_LIGHTNESS,
    [MAXIMUM] = BALLAST_GREY_MAXIMUM,
  };

  if (step->numbers[0] == WEIGHTED_AVERAGE)
    lower_matrix (lowering, 9798 / 32768.0, 19235 / 32768.0, 3735 / 32768.0);
  else
    ballast_lowering_add (lowering, BALLAST_ACTION_GREY)->grey = greys[(guint) step->numbers[0]];
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  g_string_append (text, "grey");
}

const BallastOp ballast_op_to_gray = {
  .name = "ToGray",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Grey"),
  .help = N_("Takes the colour away, so that a model cannot rely on it; the file stays a colour "
              "file."),
  .keywords = "greyscale grayscale black white desaturate monochrome RandomGrayscale",
  .glyph = "◑",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.1,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
