/*
 * FancyPCA: shifts all colours along the axes on which the picture's colours vary.
 *
 * Krizhevsky et al. 2012: one shift for the whole picture, Σ α · deviation · axis over the three
 * principal axes of its colours.  Albumentations stretches the colours about their mean instead, by
 * half a percent at its default.
 * Numbers: α of the three axes, the widest first.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-axes.h"
#include "ballast-kernel-levels.h"
#include "ballast-ops.h"

#include <math.h>

static const BallastParameter parameters[] = {
  {
    .name = "alpha", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Strength"), .unit = "",
    .help = N_("Standard deviation of the shift, in standard deviations of the picture's colours."),
    .maximum = 1, .step = 0.05, .digits = 2, .initial = { { 0.1 } }, .absent = { { 0.1 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  for (guint i = 0; i < 3; i++)
    ballast_sampler_put (sampler, values[0].number[0] * ballast_op_draw_normal (sampler));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 3) && fabs (step->numbers[0]) <= 10
         && fabs (step->numbers[1]) <= 10 && fabs (step->numbers[2]) <= 10;
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[0] == 0 && call->numbers[1] == 0 && call->numbers[2] == 0;
}

static gpointer
prepare (const BallastFilterCall *call)
{
  BallastTables *tables = ballast_tables_new (3, 256);
  BallastColourAxes axes;

  ballast_kernel_find_axes (call->source, &axes);
  for (guint c = 0; c < 3; c++)
    {
      double shift = 0;

      for (guint i = 0; i < 3; i++)
        shift += call->numbers[i] * axes.deviation[i] * axes.axis[i][c];
      /* Whole levels, so that the last digit of a root decides nothing. */
      for (guint v = 0; v < 256; v++)
        ballast_tables_set (tables, c, v, v + rint (shift));
    }
  return tables;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_GLOBAL,
  .cost = 2,
  .needs_colour = TRUE,
  .is_idle = is_idle,
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
  g_string_append (text, "PCA ");
  ballast_op_append_signed (text, step->numbers[0], 2, "");
}

const BallastOp ballast_op_fancy_pca = {
  .name = "FancyPCA",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Shift along Colours"),
  .help = N_("Shifts all colours a little in the directions in which the picture's own colours vary, "
              "as AlexNet's training did.  What Albumentations does under this name is too weak to be "
              "seen."),
  .keywords = "fancy pca alexnet lighting colour color principal imagenet",
  .glyph = "✦",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.3,
  .needs_colour = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
