#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/* As many pixels of three bytes of each row as fill vectors become grey: @weights, in 1/32768, fit into
 * 15 bits, and their sum into 16.  Returns how many of a row those were: none where the processor cannot
 * look up bytes in a table of 64 (AVX-512 VBMI). */
guint ballast_kernel_grey_vectors (BallastRaster *raster,
                                   const gint32   weights[3],
                                   guint          first,
                                   guint          end);

G_END_DECLS
