#pragma once

#include <glib.h>

#include "ballast-box.h"
#include "ballast-recipe.h"

G_BEGIN_DECLS

/*
 * A projective map of the plane: (x, y, 1) → m · (x, y, 1), row by row.
 *
 * Coordinates are those of edges: the centre of the first pixel is (0.5, 0.5).  So a scale by s
 * about the origin is diag (s, s), and there is no half pixel to forget.
 */
typedef struct
{
  double m[9];
} BallastMap;

#define BALLAST_MAP_IDENTITY { { 1, 0, 0, 0, 1, 0, 0, 0, 1 } }

BallastMap ballast_map_scale       (double            x,
                                    double            y);
BallastMap ballast_map_translate   (double            x,
                                    double            y);

/* First @inner, then @outer. */
BallastMap ballast_map_compose     (const BallastMap *outer,
                                    const BallastMap *inner);

/* The homography that takes four points to four others; neither set may have three on a line. */
BallastMap ballast_map_quadrangle  (const BallastPoint from[4],
                                    const BallastPoint to[4]);

/* @map must not be singular. */
BallastMap ballast_map_invert      (const BallastMap *map);

/* Negative where the map mirrors what lies before the horizon. */
double     ballast_map_determinant (const BallastMap *map);
void       ballast_map_apply       (const BallastMap *map,
                                    double            x,
                                    double            y,
                                    double           *out_x,
                                    double           *out_y);

/* The map of a symmetry of a picture of @width × @height. */
BallastMap ballast_map_symmetry    (BallastSymmetry   symmetry,
                                    double            width,
                                    double            height);

/*
 * TRUE if @inverse, which maps the output to the source, moves whole pixels on whole pixels: a
 * symmetry and a shift.  Entries within rounding of integers (a turn to and fro) are taken as such.
 * @symmetry is the forward one; @left and @top are where the output lies in the source.
 */
gboolean   ballast_map_is_exact    (const BallastMap *inverse,
                                    guint             out_width,
                                    guint             out_height,
                                    BallastSymmetry  *symmetry,
                                    gint64           *left,
                                    gint64           *top);

G_END_DECLS
