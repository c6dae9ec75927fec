#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/* Where the pixels of a piece come from: byte offsets of the upper left of four, and the weights of
 * the left and the right (the upper and the lower), low and high half, in 1/128. */
typedef struct
{
  gint64  offset[BALLAST_WARP_PIECE];
  guint32 across[BALLAST_WARP_PIECE];
  guint32 down[BALLAST_WARP_PIECE];
} BallastTaps;

/* Mixes the first @n pixels into @target. */
typedef void (*BallastSampleFunc) (const BallastRaster *source,
                                   const BallastTaps   *taps,
                                   guint                n,
                                   guint8              *target);

/* The fastest one for @source on this processor; all give the same bytes. */
BallastSampleFunc ballast_kernel_choose_sample (const BallastRaster *source);

G_END_DECLS
