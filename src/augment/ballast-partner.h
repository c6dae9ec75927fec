#pragma once

#include "ballast-filter.h"
#include "ballast-op.h"
#include "ballast-recipe.h"
#include "ballast-sampler.h"

G_BEGIN_DECLS

/*
 * Steps that take parts of other pictures: what Mosaic, MixUp, CutMix and CopyPaste share.
 *
 * Numbers: width and height of the canvas (px), opacity of the parts, red, green, blue of what stays
 * empty, a BallastPlacementMode; then placements of eight: where the part comes from (left, top,
 * width, height, as shares of its picture) and where it goes (px of the canvas, whole): that of the
 * image itself where it is moved, then one a partner.
 */
typedef enum
{
  BALLAST_PLACEMENT_OVER,  /* the image stays, parts cover or mix with it */
  BALLAST_PLACEMENT_MOVED, /* the image is a part itself */
  BALLAST_PLACEMENT_PASTED, /* as OVER, with soft edges, and labels stay the image's */
} BallastPlacementMode;

typedef struct
{
  double x, y, width, height; /* of the picture, shares */
  double left, top, right, bottom; /* of the canvas, px */
} BallastPlacement;

/* Sampling: the head, then each placement. */
void     ballast_partner_put_head    (BallastSampler          *sampler,
                                      const double             size[2],
                                      double                   opacity,
                                      const BallastValue      *fill,
                                      BallastPlacementMode     mode);
void     ballast_partner_put         (BallastSampler          *sampler,
                                      const BallastPlacement  *placement);

/* The middle part of a picture of @width × @height that has the shape of @target (right and bottom
 * of it), as shares: into placement->x … height. */
void     ballast_partner_cover       (BallastPlacement        *placement,
                                      double                   width,
                                      double                   height);

/* For the table of the op. */
gboolean ballast_partner_check       (const BallastRecipeStep *step);
void     ballast_partner_lower       (const BallastRecipeStep *step,
                                      BallastLowering         *lowering);
void     ballast_partner_lower_partner (const BallastRecipeStep *step,
                                      guint                    index,
                                      BallastLowering         *lowering);
void     ballast_partner_get_shares  (const BallastRecipeStep *step,
                                      double                  *shares);

/* (transfer full): @raster as one of @channels and @depth: grey from colour by its luminance,
 * opaque where alpha is new. */
BallastRaster *ballast_partner_convert (const BallastRaster   *raster,
                                      guint                    channels,
                                      guint                    depth);

G_END_DECLS
