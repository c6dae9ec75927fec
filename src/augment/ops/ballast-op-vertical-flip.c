/*
 * VerticalFlip: (x, y) → (x, height - y).
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
  ballast_lowering_symmetry (lowering, BALLAST_SYMMETRY_FLIP_VERTICALLY);
}

const BallastOp ballast_op_vertical_flip = {
  .name = "VerticalFlip",
  .group = BALLAST_GROUP_GEOMETRY,
  .title = N_("Vertical Flip"),
  .help = N_("Mirrors top and bottom. Right for pictures without an up: from above, through a "
              "microscope."),
  .keywords = "mirror flipud vflip upside down RandomVerticalFlip",
  .glyph = "↕",
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .mirrors = TRUE,
  .lower = lower,
};
