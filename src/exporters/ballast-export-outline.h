#pragma once

#include "ballast-program-box.h"

G_BEGIN_DECLS

#define BALLAST_SHAPE_WAY_OWN (-1)

/* The way of an outline or mask: that of the image itself, or of a picture that lends parts. */
typedef struct
{
  const BallastRecipe *recipe;
  BallastProgram      *program; /* (nullable): made for the first outline of the image's own */
  int                  partner; /* its place in the recipe, or OWN */
  guint                width;   /* of the picture that the shape is in */
  guint                height;
} BallastShapeWay;

void         ballast_shape_way_clear       (BallastShapeWay    *way);

/* (transfer full): see ballast_program_map_polygon(). */
GPtrArray   *ballast_shape_way_map_outline (BallastShapeWay    *way,
                                            const BallastPoint *points,
                                            guint               n_points);
BallastMask *ballast_shape_way_map_mask    (BallastShapeWay    *way,
                                            const BallastMask  *mask);

/*
 * @box is what @told, a box of the picture, became.  Where its outline or mask @extra (packed) fills
 * @told, the sides of @box move in to what is left of it: the box round a turned box is wider than the
 * object.  Sides that differ by a pixel, or by one part in a hundred, stay.  A box that says more
 * than its outline (of an object that is partly hidden, say) stays as it is.  FALSE where nothing of
 * the object is left.
 */
gboolean     ballast_shape_way_tighten     (BallastShapeWay    *way,
                                            const guint8       *extra,
                                            gsize               n_extra,
                                            const BallastBox   *told,
                                            BallastBox         *box);

G_END_DECLS
