/*
 * HueSaturationValue: shifts in OpenCV's 8-bit HSV, hue modulo 180, the others clipped to 0 … 255.
 *
 * Shifts are whole numbers.  A pixel without saturation stays without.  On grey pictures only the
 * value means something, and is applied (on 16 bits, times 257).
 * Numbers: hue (units of 2°), saturation, value.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

#include <math.h>

enum
{
  HUE,
  SATURATION,
  VALUE,
};

#define SHIFT(argument, text, sentence, of, limit, first)                                          \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = of,                  \
    .help = sentence, .minimum = -(limit), .maximum = limit, .step = 1, .whole = TRUE,             \
    .initial = { { -(first), first } }, .absent = { { -(first), first } }                          \
  }

static const BallastParameter parameters[] = {
  [HUE] = SHIFT ("hue_shift_limit", N_("Hue"),
                 N_("Turns the colours round the circle, in steps of 2°."),
                 "× 2°", 90, 20),
  [SATURATION] = SHIFT ("sat_shift_limit", N_("Saturation"),
                        N_("Makes colours stronger or paler; the full range is 255."), "", 255, 30),
  [VALUE] = SHIFT ("val_shift_limit", N_("Value"),
                   N_("Makes colours lighter or darker; the full range is 255."), "", 255, 20),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  for (guint i = 0; i < 3; i++)
    ballast_sampler_put (sampler, ballast_sampler_whole (sampler, &values[i]));
}

static gboolean
check (const BallastRecipeStep *step)
{
  if (!ballast_op_check_numbers (step, 3))
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (fabs (step->numbers[i]) > 255 || step->numbers[i] != floor (step->numbers[i]))
      return FALSE;
  return TRUE;
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_HSV);

  for (guint i = 0; i < 3; i++)
    action->hsv[i] = step->numbers[i];
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  static const char *const names[3] = { N_("hue"), N_("sat"), N_("val") };

  for (guint i = 0; i < 3; i++)
    if (step->numbers[i] != 0)
      {
        g_string_append_printf (text, "%s%s ", text->len > 0 ? " " : "", _(names[i]));
        ballast_op_append_signed (text, step->numbers[i], 0, "");
      }
}

const BallastOp ballast_op_hue_saturation_value = {
  .name = "HueSaturationValue",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Hue, Saturation, Value"),
  .help = N_("Shifts the colours themselves. Leave it out where the colour tells the class."),
  .keywords = "hsv hsb colour color jitter tint saturation hue ColorJitter",
  .glyph = "◒",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
