#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/* The principal axes of a picture's colours, the widest first, of unit length, towards bright; and
 * the standard deviation along each, in levels. */
typedef struct
{
  double mean[3];
  double axis[3][3];
  double deviation[3];
} BallastColourAxes;

/* @raster: 8-bit colour. */
void ballast_kernel_find_axes (const BallastRaster *raster,
                               BallastColourAxes   *axes);

G_END_DECLS
