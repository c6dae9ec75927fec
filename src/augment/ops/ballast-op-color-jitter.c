/*
 * ColorJitter: torchvision's brightness, contrast, saturation and hue, in random order.
 *
 * Brightness and contrast are tables, truncated as in Albumentations; contrast turns about the mean
 * grey of the picture as it is then.  Saturation mixes with the grey; hue turns by whole steps of
 * 2°.  On greys saturation and hue mean nothing.
 * Numbers: brightness, contrast, saturation (factors), hue (share of a turn), then the four of them
 * (0 … 3) in their order.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-levels.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  BRIGHTNESS,
  CONTRAST,
  SATURATION,
  HUE,
  N_PARTS,
};

#define FACTOR(argument, text, sentence)                                                           \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "×",                 \
    .help = sentence, .minimum = 0, .maximum = 3, .step = 0.05, .digits = 2,                       \
    .initial = { { 0.8, 1.2 } }, .neutral = { { 1, 1 } }, .absent = { { 0.8, 1.2 } }               \
  }

static const BallastParameter parameters[] = {
  [BRIGHTNESS] = FACTOR ("brightness", N_("Brightness"), N_("Every channel is multiplied by this.")),
  [CONTRAST] = FACTOR ("contrast", N_("Contrast"),
                       N_("The distance from the picture's mean grey is multiplied by this.")),
  [SATURATION] = FACTOR ("saturation", N_("Saturation"),
                         N_("0 is grey, 1 leaves the colours as they are.")),
  [HUE] = {
    .name = "hue", .type = BALLAST_PARAMETER_RANGE, .label = N_("Hue"), .unit = "",
    .help = N_("Colours turn by this share of the colour wheel; Albumentations turns by up to half "
                "of it."),
    .minimum = -0.5, .maximum = 0.5, .step = 0.01, .digits = 2,
    .initial = { { -0.03, 0.03 } }, .absent = { { -0.5, 0.5 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  guint order[N_PARTS] = { BRIGHTNESS, CONTRAST, SATURATION, HUE };

  for (guint i = 0; i < N_PARTS; i++)
    ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[i]));
  for (guint i = N_PARTS; i > 0; i--)
    {
      guint picked = ballast_sampler_below (sampler, i);

      ballast_sampler_put (sampler, order[picked]);
      order[picked] = order[i - 1];
    }
}

static gboolean
check (const BallastRecipeStep *step)
{
  guint seen = 0;

  if (!ballast_op_check_numbers (step, 2 * N_PARTS) || fabs (step->numbers[HUE]) > 1)
    return FALSE;
  for (guint i = 0; i < N_PARTS; i++)
    {
      if (!ballast_op_check_choice (step, N_PARTS + i, N_PARTS))
        return FALSE;
      seen |= 1u << (guint) step->numbers[N_PARTS + i];
      if (i < HUE && (step->numbers[i] < 0 || step->numbers[i] > 100))
        return FALSE;
    }
  return seen == 15;
}

static double
brighten (double        value,
          double        maximum,
          const double *numbers)
{
  return truncf ((float) value * (float) numbers[0]);
}

static gpointer
prepare_contrast (const BallastFilterCall *call)
{
  guint n = call->source->depth == 16 ? 65536 : 256;
  double mean = ballast_kernel_mean_grey (call->source);
  float factor = (float) call->numbers[0], offset = (float) (mean * (1 - call->numbers[0]));
  BallastTables *tables = ballast_tables_new (1, n);

  for (guint v = 0; v < n; v++)
    {
      float scaled = (float) v * factor;

      ballast_tables_set (tables, 0, v, scaled + offset);
    }
  return tables;
}

static const BallastFilter contrast = {
  .reach = BALLAST_FILTER_GLOBAL,
  .cost = 0.6,
  .prepare = prepare_contrast,
  .release = (GDestroyNotify) ballast_tables_free,
  .run = ballast_filter_run_tables,
};

static void
lower_saturation (double           factor,
                  BallastLowering *lowering)
{
  static const double weights[3] = { 9798 / 32768.0, 19235 / 32768.0, 3735 / 32768.0 };
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_MATRIX);

  for (guint i = 0; i < 9; i++)
    action->matrix[i] = (1 - factor) * weights[i % 3] + (i % 4 == 0 ? factor : 0);
}

static void
lower_part (const BallastRecipeStep *step,
            guint                    part,
            BallastLowering         *lowering)
{
  double number = step->numbers[part];

  if (number == (part == HUE ? 0 : 1))
    return;
  if (part == BRIGHTNESS)
    ballast_lowering_point (lowering, brighten, number, 0);
  else if (part == CONTRAST)
    ballast_lowering_filter (lowering, &contrast, &step->numbers[CONTRAST], 1);
  else if (part == SATURATION)
    lower_saturation (number, lowering);
  else
    ballast_lowering_add (lowering, BALLAST_ACTION_HSV)->hsv[0] = floor (180 * number);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  for (guint i = 0; i < N_PARTS; i++)
    lower_part (step, (guint) step->numbers[N_PARTS + i], lowering);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_plain (text, "☀ ×", step->numbers[BRIGHTNESS], 2);
  ballast_op_append_plain (text, " ◐ ×", step->numbers[CONTRAST], 2);
  ballast_op_append_plain (text, " ◍ ×", step->numbers[SATURATION], 2);
  g_string_append (text, " ◕ ");
  ballast_op_append_signed (text, step->numbers[HUE] * 360, 0, "°");
}

const BallastOp ballast_op_color_jitter = {
  .name = "ColorJitter",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Colour Jitter"),
  .help = N_("Brightness, contrast, saturation and hue together, in random order, as torchvision "
              "does it.  The hue turns less here than Albumentations' default, which makes red cars "
              "green."),
  .keywords = "color colour jitter brightness contrast saturation hue exposure torchvision "
              "RandomPhotometricDistort enhance",
  .glyph = "◕",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
