/*
 * SquareSymmetry: one of the eight symmetries of a square, each as likely.
 *
 * Numbers: the symmetry, as BallastSymmetry counts them.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

static const char *const glyphs[] = { "", "↔", "↕", "⤡", "⤢", "↻ 90°", "↻ 180°", "↺ 90°" };

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_below (sampler, G_N_ELEMENTS (glyphs)));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 1) && ballast_op_check_choice (step, 0, G_N_ELEMENTS (glyphs));
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_symmetry (lowering, (BallastSymmetry) step->numbers[0]);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  g_string_append (text, glyphs[(guint) step->numbers[0]]);
}

const BallastOp ballast_op_square_symmetry = {
  .name = "SquareSymmetry",
  .group = BALLAST_GROUP_GEOMETRY,
  .title = N_("All Symmetries"),
  .help = N_("Mirrors and turns the picture into one of its eight symmetric forms, each as likely: "
              "for pictures from above."),
  .keywords = "D4 dihedral flip rotate transpose aerial microscopy satellite",
  .glyph = "✳",
  .initial_p = 1,
  .moves_boxes = TRUE,
  .mirrors = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
