#pragma once

#include "ballast-op-frame.h"

G_BEGIN_DECLS

#define BALLAST_PARAMETER_EROSION(argument)                                                        \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_FLOAT, .label = N_("Erosion"), .unit = "",         \
    .help = N_("How much of the boxes may be cut off at most, as a share of what they span."),     \
    .maximum = 1, .step = 0.01, .digits = 2                                                        \
  }

/* A rectangle with all boxes in it, less what @erosion (0 … 1) allows to be cut off.  Four draws. */
BallastFrame ballast_safe_crop_draw (BallastSampler *sampler,
                                     double          erosion);

G_END_DECLS
