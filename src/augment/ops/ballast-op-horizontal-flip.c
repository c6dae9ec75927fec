/*
 * HorizontalFlip: (x, y) → (width - x, y).
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
  ballast_lowering_symmetry (lowering, BALLAST_SYMMETRY_FLIP_HORIZONTALLY);
}

const BallastOp ballast_op_horizontal_flip = {
  .name = "HorizontalFlip",
  .group = BALLAST_GROUP_GEOMETRY,
  .title = N_("Horizontal Flip"),
  .help = N_("Mirrors left and right. Leave it out where the side matters: text, traffic signs, "
              "organs."),
  .keywords = "mirror fliplr hflip left right RandomHorizontalFlip",
  .glyph = "↔",
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .mirrors = TRUE,
  .lower = lower,
};
