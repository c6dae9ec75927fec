#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/* Whether ballast_kernel_shrink() does it: 8 bits, fewer rows than before, no negative weights. */
gboolean ballast_kernel_can_shrink (const BallastRaster *source,
                                    const BallastAxis   *horizontal,
                                    const BallastAxis   *vertical);

/* As ballast_kernel_scale(). */
void     ballast_kernel_shrink     (const BallastRaster *source,
                                    const BallastAxis   *horizontal,
                                    const BallastAxis   *vertical,
                                    BallastRaster       *target,
                                    guint                first,
                                    guint                end);

G_END_DECLS
