/*
 * InvertImg: the negative of the picture.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

static double
invert (double        value,
        double        maximum,
        const double *numbers)
{
  return maximum - value;
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_point (lowering, invert, 0, 0);
}

const BallastOp ballast_op_invert_img = {
  .name = "InvertImg",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Invert"),
  .help = N_("Makes a negative: black becomes white, and each colour its opposite."),
  .keywords = "invert negative RandomInvert RandAugment inverse",
  .glyph = "◩",
  .initial_p = 0.1,
  .lower = lower,
};
