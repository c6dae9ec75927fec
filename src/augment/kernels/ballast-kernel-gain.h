#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/* Row @y of @raster becomes value · gain + offset (levels of 255), rounded; @gains and @offsets
 * (nullable) have one entry a pixel.  Single IEEE operations. */
void ballast_kernel_gain_row (BallastRaster *raster,
                              guint          y,
                              const float   *gains,
                              const float   *offsets);

/*
 * A field of smooth noise, 0 … 1: octaves of bilinearly interpolated lattices.
 *
 * The lattice lies on the recipe's picture, so that a preview shows the same field.
 */
typedef struct
{
  guint32 seed[2];
  double  roughness;     /* of an octave's amplitude to the one before */
  double  pixel_x;       /* size of a pixel, as a share of the picture's longer side */
  double  pixel_y;
  guint   width;
} BallastPlasma;

/* Row @y of the field. */
void ballast_kernel_plasma_row (const BallastPlasma *plasma,
                                guint                y,
                                float               *values);

G_END_DECLS
