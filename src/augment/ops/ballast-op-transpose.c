/*
 * Transpose: (x, y) → (y, x).
 *
 * Takes no numbers.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_symmetry (lowering, BALLAST_SYMMETRY_TRANSPOSE);
}

const BallastOp ballast_op_transpose = {
  .name = "Transpose",
  .group = BALLAST_GROUP_GEOMETRY,
  .title = N_("Transpose"),
  .help = N_("Swaps rows and columns, so that width and height change places."),
  .keywords = "mirror diagonal swap axes D4 symmetry",
  .glyph = "⤡",
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .mirrors = TRUE,
  .lower = lower,
};
