/*
 * ChannelDropout: one or two channels become a constant.
 *
 * Numbers: 1 for each of red, green and blue that is dropped, else 0; the constant (levels).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-levels.h"
#include "ballast-ops.h"

enum
{
  CHANNELS,
  FILL,
};

static const BallastParameter parameters[] = {
  [CHANNELS] = {
    .name = "channel_drop_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Channels"),
    .unit = "", .help = N_("How many channels are dropped."), .minimum = 1, .maximum = 2,
    .step = 1, .whole = TRUE, .initial = { { 1, 1 } }, .neutral = { { 1, 1 } },
    .absent = { { 1, 1 } },
  },
  [FILL] = {
    .name = "fill", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Fill"), .unit = "",
    .help = N_("The level that takes their place, 0 to 255."), .maximum = 255, .step = 1,
    .secondary = TRUE,
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  guint n = (guint) ballast_sampler_whole (sampler, &values[CHANNELS]);
  guint picked = ballast_sampler_below (sampler, 3);

  for (guint i = 0; i < 3; i++)
    ballast_sampler_put (sampler, (i == picked) == (n == 1));
  ballast_sampler_put (sampler, values[FILL].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 4) && ballast_op_check_choice (step, 0, 2)
         && ballast_op_check_choice (step, 1, 2) && ballast_op_check_choice (step, 2, 2)
         && step->numbers[3] >= 0 && step->numbers[3] <= 255;
}

static gpointer
prepare (const BallastFilterCall *call)
{
  BallastTables *tables = ballast_tables_new (3, 256);

  for (guint c = 0; c < 3; c++)
    for (guint v = 0; v < 256; v++)
      ballast_tables_set (tables, c, v, call->numbers[c] != 0 ? call->numbers[3] : v);
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
  g_string_append (text, "−");
  for (guint i = 0; i < 3; i++)
    if (step->numbers[i] != 0)
      g_string_append_c (text, "RGB"[i]);
}

const BallastOp ballast_op_channel_dropout = {
  .name = "ChannelDropout",
  .group = BALLAST_GROUP_DROPOUT,
  .title = N_("Drop Channels"),
  .help = N_("Blacks out red, green or blue, so that a model learns to do without."),
  .keywords = "channel dropout drop black red green blue",
  .glyph = "⊘",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.1,
  .needs_colour = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
