/*
 * ChannelShuffle: red, green and blue change places.
 *
 * Numbers: which channel (0 … 2) red, green and blue are taken from.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  guint order[3] = { 0, 1, 2 };

  for (guint i = 3; i > 0; i--)
    {
      guint picked = ballast_sampler_below (sampler, i);

      ballast_sampler_put (sampler, order[picked]);
      order[picked] = order[i - 1];
    }
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 3) && ballast_op_check_choice (step, 0, 3)
         && ballast_op_check_choice (step, 1, 3) && ballast_op_check_choice (step, 2, 3);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_MATRIX);

  for (guint i = 0; i < 3; i++)
    action->matrix[3 * i + (guint) step->numbers[i]] = 1;
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  for (guint i = 0; i < 3; i++)
    g_string_append_c (text, "RGB"[(guint) step->numbers[i]]);
}

const BallastOp ballast_op_channel_shuffle = {
  .name = "ChannelShuffle",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Swap Channels"),
  .help = N_("Red, green and blue change places, so that a model cannot rely on colours."),
  .keywords = "channel shuffle permute swap RandomChannelPermutation bgr",
  .glyph = "⇄",
  .initial_p = 0.1,
  .needs_colour = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
