#pragma once

#include "ballast-dense.h"

G_BEGIN_DECLS

/* (transfer full): x and y of @columns × @rows nodes in turn, of a picture of @size (px). */
float *ballast_dense_draw_field (const BallastDenseNoise *noise,
                                 const double             size[2],
                                 guint                    columns,
                                 guint                    rows);

/* (transfer full): @nodes × @nodes of a thin plate held at @columns × @rows nodes, moved by @controls. */
float *ballast_dense_bend_plate (const double            *controls,
                                 guint                    columns,
                                 guint                    rows,
                                 guint                    nodes);

G_END_DECLS
