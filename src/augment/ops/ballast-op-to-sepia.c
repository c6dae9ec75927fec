/*
 * ToSepia: the brown of old photographs, a fixed matrix.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

#include <string.h>

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  static const double sepia[9] = { 0.393, 0.769, 0.189, 0.349, 0.686, 0.168, 0.272, 0.534, 0.131 };
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_MATRIX);

  memcpy (action->matrix, sepia, sizeof sepia);
}

const BallastOp ballast_op_to_sepia = {
  .name = "ToSepia",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Sepia"),
  .help = N_("Turns all colours into the brown of old photographs."),
  .keywords = "sepia brown old vintage tint",
  .glyph = "◓",
  .initial_p = 0.1,
  .needs_colour = TRUE,
  .lower = lower,
};
