/*
 * RGBShift: adds a number of levels to each channel.
 *
 * Numbers: red, green, blue (levels).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-levels.h"
#include "ballast-ops.h"

#include <math.h>

#define SHIFT(argument, text)                                                                      \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "",                  \
    .help = N_("Levels of 255 that are added."), .minimum = -255, .maximum = 255, .step = 1,       \
    .initial = { { -20, 20 } }, .absent = { { -20, 20 } }                                          \
  }

static const BallastParameter parameters[] = {
  SHIFT ("r_shift_limit", N_("Red")),
  SHIFT ("g_shift_limit", N_("Green")),
  SHIFT ("b_shift_limit", N_("Blue")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  for (guint i = 0; i < 3; i++)
    ballast_sampler_put (sampler, rint (ballast_sampler_range (sampler, &values[i])));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 3) && fabs (step->numbers[0]) <= 255
         && fabs (step->numbers[1]) <= 255 && fabs (step->numbers[2]) <= 255;
}

static gpointer
prepare (const BallastFilterCall *call)
{
  BallastTables *tables = ballast_tables_new (3, 256);

  for (guint c = 0; c < 3; c++)
    for (guint v = 0; v < 256; v++)
      ballast_tables_set (tables, c, v, v + call->numbers[c]);
  return tables;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_COLOUR,
  .cost = 0.4,
  .needs_colour = TRUE,
  .prepare = prepare,
  .release = (GDestroyNotify) ballast_tables_free,
  .run = ballast_filter_run_tables,
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
  for (guint i = 0; i < 3; i++)
    {
      g_string_append_c (text, "RGB"[i]);
      ballast_op_append_signed (text, step->numbers[i], 0, i < 2 ? " " : "");
    }
}

const BallastOp ballast_op_rgb_shift = {
  .name = "RGBShift",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Shift Channels"),
  .help = N_("Makes red, green and blue stronger or weaker, each by itself: a tint."),
  .keywords = "rgb shift tint cast AddToHueAndSaturation Add channels white balance",
  .glyph = "±",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .needs_colour = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
