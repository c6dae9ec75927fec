#pragma once

#include "ballast-weight-format.h"

G_BEGIN_DECLS

/* What is appended to the name of a file that has no room for names. */
#define BALLAST_WEIGHT_ORDER_SUFFIX ".classes.txt"

/*
 * (transfer full): the text that stands beside the file @name: index, class and, where the classes
 * have ids of their own, category id, a class a line with tabs between; lines of "#" explain.
 */
GBytes *ballast_weight_order_make (const BallastWeights *weights,
                                   const char           *name);

G_END_DECLS
