#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/* As ballast_kernel_warp(), cubic (Keys 1981, OpenCV's a of -0.75) instead of bilinear; @warp must have a
 * locate().  Some 40 ns a colour pixel. */
void ballast_kernel_warp_cubic (const BallastWarp *warp,
                                BallastRaster     *target,
                                guint              first,
                                guint              end);

G_END_DECLS
