#pragma once

#include "ballast-weights.h"

G_BEGIN_DECLS

/* The median of the classes' shares of all examples: the threshold of repeat factors that leaves the
 * more frequent half of the classes alone.  0 without an example. */
double ballast_weight_median_share (const BallastWeights *weights);

G_END_DECLS
