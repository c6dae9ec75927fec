#pragma once

#include <gio/gio.h>

#include "ballast-op.h"
#include "ballast-raster.h"

G_BEGIN_DECLS

/* Pictures to show ops on: the first is what an op changes, the others lend it parts. */
#define BALLAST_OP_GUIDE_PICTURES 4

typedef struct
{
  BallastRaster *pictures[BALLAST_OP_GUIDE_PICTURES];
} BallastOpGuidePictures;

/* Draws the pictures; the same on every run. */
void           ballast_op_guide_pictures_draw  (BallastOpGuidePictures        *pictures);
void           ballast_op_guide_pictures_clear (BallastOpGuidePictures        *pictures);

/* (transfer full): what @op with its defaults makes of the first picture, of several draws the first
 * that shows; NULL where it is cancelled. */
BallastRaster *ballast_op_guide_pictures_apply (const BallastOpGuidePictures  *pictures,
                                                const BallastOp               *op,
                                                GCancellable                  *cancellable,
                                                GError                       **error);

G_END_DECLS
