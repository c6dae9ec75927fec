#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/* ballast_kernel_scale() where every pixel is the mean of 2 × 2 others of bytes. */
gboolean ballast_kernel_can_halve (const BallastRaster *source,
                                   const BallastAxis   *horizontal,
                                   const BallastAxis   *vertical);
void     ballast_kernel_halve     (const BallastRaster *source,
                                   const BallastAxis   *horizontal,
                                   const BallastAxis   *vertical,
                                   BallastRaster       *target,
                                   const guint          rows[2]);

G_END_DECLS
