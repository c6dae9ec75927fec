#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/* The mean over a disc of pixels whose centres lie within the radius, then a Gaussian of 3 or 5
 * taps; reflect101. */
typedef struct
{
  double radius; /* px */
  double sigma;  /* px */
  guint  taps;
} BallastDisc;

void ballast_kernel_disc (const BallastRaster *source,
                          const BallastDisc   *disc,
                          BallastRaster       *target,
                          guint                first,
                          guint                end);

G_END_DECLS
