/*
 * RandomRotate90: k quarter turns counter-clockwise, 0 ≤ k < 4, all equally likely.
 *
 * Numbers: k.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

#include <math.h>

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_below (sampler, 4));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 1) && step->numbers[0] >= 0 && step->numbers[0] <= 3
         && step->numbers[0] == floor (step->numbers[0]);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  static const BallastSymmetry turns[4] = {
    BALLAST_SYMMETRY_NONE,
    BALLAST_SYMMETRY_TURN_270,
    BALLAST_SYMMETRY_TURN_180,
    BALLAST_SYMMETRY_TURN_90,
  };

  if (step->numbers[0] != 0)
    ballast_lowering_symmetry (lowering, turns[(guint) step->numbers[0]]);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  static const char *const words[4] = { "", "↺ 90°", "↺ 180°", "↻ 90°" };

  g_string_append (text, words[(guint) step->numbers[0]]);
}

const BallastOp ballast_op_random_rotate_90 = {
  .name = "RandomRotate90",
  .group = BALLAST_GROUP_GEOMETRY,
  .title = N_("Quarter Turns"),
  .help = N_("Turns by 0, 90, 180 or 270 degrees without loss; width and height may change "
              "places."),
  .keywords = "rotate 90 180 270 rot90 right angle turn D4 symmetry",
  .glyph = "↺",
  .initial_p = 1,
  .moves_boxes = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
