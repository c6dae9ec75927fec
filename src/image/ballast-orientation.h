#pragma once

#include "ballast-box.h"
#include "ballast-raster.h"

G_BEGIN_DECLS

/*
 * The eight symmetries of a rectangle, numbered as EXIF's tag 0x0112 does: what must be done to the
 * stored pixels so that they are looked at the right way.
 */
typedef enum
{
  BALLAST_ORIENTATION_NORMAL = 1,
  BALLAST_ORIENTATION_FLIP_HORIZONTAL = 2,
  BALLAST_ORIENTATION_ROTATE_180 = 3,
  BALLAST_ORIENTATION_FLIP_VERTICAL = 4,
  BALLAST_ORIENTATION_TRANSPOSE = 5,   /* mirrored at the diagonal from the top left */
  BALLAST_ORIENTATION_ROTATE_90 = 6,   /* clockwise */
  BALLAST_ORIENTATION_TRANSVERSE = 7,  /* mirrored at the other diagonal */
  BALLAST_ORIENTATION_ROTATE_270 = 8,  /* clockwise: a quarter turn to the left */
} BallastOrientation;

/* Whether width and height change places, and whether left becomes right. */
gboolean           ballast_orientation_swaps_sides (BallastOrientation   orientation);
gboolean           ballast_orientation_mirrors     (BallastOrientation   orientation);

/* @first, then @second, as one; and what undoes @orientation. */
BallastOrientation ballast_orientation_compose     (BallastOrientation   first,
                                                    BallastOrientation   second);
BallastOrientation ballast_orientation_invert      (BallastOrientation   orientation);

/* (transfer full): the pixels moved. */
BallastRaster     *ballast_orientation_apply       (const BallastRaster *raster,
                                                    BallastOrientation   orientation);

/* @box of an image of @width × @height (before), as it lies afterwards. */
BallastBox         ballast_orientation_map_box     (BallastOrientation   orientation,
                                                    double               width,
                                                    double               height,
                                                    BallastBox           box);

G_END_DECLS
