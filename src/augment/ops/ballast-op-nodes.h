#pragma once

#include "ballast-op-dense.h"

G_BEGIN_DECLS

/*
 * Distortions by a grid of nodes share their numbers: columns and rows of nodes, then the shift of each,
 * x and y as shares of the size, and the tail.
 */
#define BALLAST_NODES_MAX 16

#define BALLAST_PARAMETER_NODES(argument, text)                                                    \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "",                  \
    .help = N_("So many nodes in this direction, drawn between these."), .minimum = 2,             \
    .maximum = BALLAST_NODES_MAX, .step = 1, .whole = TRUE, .secondary = TRUE,                     \
    .initial = { { 4, 4 } }, .neutral = { { 4, 4 } }, .absent = { { 4, 4 } }                       \
  }
#define BALLAST_PARAMETER_CELLS(argument, text)                                                    \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_INT, .label = text, .unit = "",                    \
    .help = N_("So many cells in this direction."), .minimum = 1,                                  \
    .maximum = BALLAST_NODES_MAX - 1, .step = 1, .initial = { { 4 } }, .neutral = { { 4 } },       \
    .absent = { { 4 } }                                                                            \
  }

/* Appends @shift, no further than keeps @n nodes in a row in their order. */
void     ballast_nodes_put_shift    (BallastSampler          *sampler,
                                     double                   shift,
                                     guint                    n);
gboolean ballast_nodes_check        (const BallastRecipeStep *step);

/* Straight between the nodes, or smooth. */
void     ballast_nodes_lower        (const BallastRecipeStep *step,
                                     BallastLowering         *lowering);
void     ballast_nodes_lower_spline (const BallastRecipeStep *step,
                                     BallastLowering         *lowering);
void     ballast_nodes_describe     (const BallastRecipeStep *step,
                                     GString                 *text);

G_END_DECLS
