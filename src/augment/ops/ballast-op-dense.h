#pragma once

#include "ballast-op-frame.h"

G_BEGIN_DECLS

/* The last five numbers of every distortion: interpolation, border mode, red, green, blue. */
#define BALLAST_DENSE_N_TAIL 5

void     ballast_dense_put_tail   (BallastSampler          *sampler,
                                   const BallastValue      *interpolation,
                                   const BallastValue      *border,
                                   const BallastValue      *fill);

/* TRUE if the step has @first numbers, then such a tail, and all are finite. */
gboolean ballast_dense_check_tail (const BallastRecipeStep *step,
                                   guint                    first);

/* Adds @dense (which it takes) with the tail from number @first on. */
void     ballast_dense_lower_tail (BallastLowering         *lowering,
                                   BallastDense            *dense,
                                   const double            *tail);

/* An op's write_extra(). */
void     ballast_dense_write_extra (JsonObject             *arguments,
                                   const BallastValue      *values);

G_END_DECLS
