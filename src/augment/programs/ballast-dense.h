#pragma once

#include <glib.h>

#include "ballast-random.h"

G_BEGIN_DECLS

/*
 * A map of a picture onto itself that no matrix can say: from what comes out to where it came from,
 * in edge coordinates of a picture of one size.
 *
 * Made cheaply, so that sizes and mirrors of a recipe are read off at once; ballast_dense_prepare()
 * must have been called before it maps anything.  Immutable then: any thread.  Arithmetic is single
 * IEEE operations, so that every processor gets the same positions.
 */
typedef struct _BallastDense BallastDense;

/* Shifts (px) on @columns × @rows nodes spread evenly over the picture, its edges included; bilinear
 * between them.  @shifts: x and y of a node in turn, row after row. */
BallastDense *ballast_dense_new_nodes  (double            width,
                                        double            height,
                                        guint             columns,
                                        guint             rows,
                                        const double     *shifts);

/* The same for few nodes: the thin plate that is bent through them (Bookstein 1989). */
BallastDense *ballast_dense_new_spline (double            width,
                                        double            height,
                                        guint             columns,
                                        guint             rows,
                                        const double     *shifts);

/* A random field: white noise, blurred by a Gaussian of @sigma px, @amplitude px strong (standard
 * deviation of each axis; @same: both axes alike). */
typedef struct
{
  double   sigma;
  double   amplitude;
  guint32  seed[2];
  gboolean same;
} BallastDenseNoise;

BallastDense *ballast_dense_new_noise  (double                   width,
                                        double                   height,
                                        const BallastDenseNoise *noise);

/* Axis by axis: positions in the original at @n_x + 1 (@n_y + 1) places spread evenly over the
 * width (height), which grow; straight between them. */
BallastDense *ballast_dense_new_axes   (double            width,
                                        double            height,
                                        const double     *x,
                                        guint             n_x,
                                        const double     *y,
                                        guint             n_y);

/* About the centre: r → r · (1 + @k1 · r² + @k2 · r⁴), where r is measured in @unit_x, @unit_y (px). */
BallastDense *ballast_dense_new_radial (double            width,
                                        double            height,
                                        const double      units[2],
                                        double            k1,
                                        double            k2);

/* Tiles of a grid change places: tile i (row after row) shows tile @from[i].  Those that do so must
 * be of one size. */
BallastDense *ballast_dense_new_tiles  (double            width,
                                        double            height,
                                        guint             columns,
                                        guint             rows,
                                        const guint      *from);
BallastDense *ballast_dense_ref        (BallastDense     *dense);
void          ballast_dense_unref      (BallastDense     *dense);
void          ballast_dense_prepare    (BallastDense     *dense);

/* Replaces @n positions in what comes out by those that they come from. */
void          ballast_dense_map_back   (const BallastDense *dense,
                                        double           *x,
                                        double           *y,
                                        guint             n);

/* Where @x, @y of the original goes.  Not for tiles. */
void          ballast_dense_map        (const BallastDense *dense,
                                        double            x,
                                        double            y,
                                        double           *out_x,
                                        double           *out_y);

/* TRUE if it shuffles tiles. */
gboolean      ballast_dense_get_tiles  (const BallastDense *dense,
                                        guint            *columns,
                                        guint            *rows,
                                        const guint     **from);

/* The edges of column (row) @i of a grid of @n over @size px: whole numbers, as np.linspace cuts. */
double        ballast_dense_get_tile_edge (double         size,
                                        guint             n,
                                        guint             i);

/* Ends of the knots of a straight line through a grid of nodes: how finely an outline has to be
 * divided to follow it (px). */
double        ballast_dense_get_fineness (const BallastDense *dense);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastDense, ballast_dense_unref)

G_END_DECLS
