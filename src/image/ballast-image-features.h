#pragma once

#include "ballast-raster.h"

G_BEGIN_DECLS

/* Floats of one picture: mean red, green and blue and the directions of its edges, in 4 × 4 cells,
 * and the spread of the three colours. */
#define BALLAST_IMAGE_FEATURES_CELLS 16
#define BALLAST_IMAGE_FEATURES_DIRECTIONS 8
#define BALLAST_IMAGE_FEATURES_N \
  (BALLAST_IMAGE_FEATURES_CELLS * (3 + BALLAST_IMAGE_FEATURES_DIRECTIONS) + 3)

/*
 * Describes an 8-bit picture of any size and kind, 64 pixels a side being enough: what it looks like
 * from afar.  @features has BALLAST_IMAGE_FEATURES_N floats, colours in 0 … 1 and the directions of
 * a cell of length 1 (histograms of gradients: Dalal and Triggs, CVPR 2005, without their blocks).
 */
void ballast_image_features_compute (const BallastRaster *raster,
                                     float               *features);

G_END_DECLS
