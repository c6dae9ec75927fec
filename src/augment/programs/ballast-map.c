/*
 * Plane geometry: maps of 3 × 3 numbers.
 *
 * Pure functions on values; any thread; tens of nanoseconds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-map.h"

#include <math.h>

/* A chain of a dozen maps is off by 1e-14 in its linear part and, a picture of 65,536 pixels away,
 * by 1e-9 px: these bounds tell that from a meant fraction (the finest drawn angle moves more). */
#define LINEAR_TOLERANCE 1e-10
#define SHIFT_TOLERANCE 1e-5

BallastMap
ballast_map_scale (double x,
                   double y)
{
  return (BallastMap) { { x, 0, 0, 0, y, 0, 0, 0, 1 } };
}

BallastMap
ballast_map_translate (double x,
                       double y)
{
  return (BallastMap) { { 1, 0, x, 0, 1, y, 0, 0, 1 } };
}

BallastMap
ballast_map_compose (const BallastMap *outer,
                     const BallastMap *inner)
{
  BallastMap map;

  for (guint row = 0; row < 3; row++)
    for (guint column = 0; column < 3; column++)
      map.m[row * 3 + column] = outer->m[row * 3] * inner->m[column]
                                + outer->m[row * 3 + 1] * inner->m[3 + column]
                                + outer->m[row * 3 + 2] * inner->m[6 + column];
  return map;
}

/* The homography that takes the unit square, clockwise from its origin, to @corners (Heckbert 1989). */
static BallastMap
from_square (const BallastPoint corners[4])
{
  double x0 = corners[0].x, x1 = corners[1].x, x2 = corners[2].x, x3 = corners[3].x;
  double y0 = corners[0].y, y1 = corners[1].y, y2 = corners[2].y, y3 = corners[3].y;
  double dx1 = x1 - x2, dx2 = x3 - x2, sum_x = x0 - x1 + x2 - x3;
  double dy1 = y1 - y2, dy2 = y3 - y2, sum_y = y0 - y1 + y2 - y3;
  double determinant = dx1 * dy2 - dx2 * dy1;
  double g = (sum_x * dy2 - dx2 * sum_y) / determinant;
  double h = (dx1 * sum_y - sum_x * dy1) / determinant;

  return (BallastMap) { { x1 - x0 + g * x1, x3 - x0 + h * x3, x0,
                          y1 - y0 + g * y1, y3 - y0 + h * y3, y0, g, h, 1 } };
}

BallastMap
ballast_map_quadrangle (const BallastPoint from[4],
                        const BallastPoint to[4])
{
  BallastMap inner = from_square (from), outer = from_square (to);

  inner = ballast_map_invert (&inner);
  return ballast_map_compose (&outer, &inner);
}

BallastMap
ballast_map_invert (const BallastMap *map)
{
  const double *m = map->m;
  BallastMap adjoint = { {
                           m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
                           m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
                           m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3],
                         } };
  double determinant = m[0] * adjoint.m[0] + m[1] * adjoint.m[3] + m[2] * adjoint.m[6];

  g_return_val_if_fail (determinant != 0, adjoint);

  for (guint i = 0; i < 9; i++)
    adjoint.m[i] /= determinant;
  return adjoint;
}

double
ballast_map_determinant (const BallastMap *map)
{
  const double *m = map->m;

  return m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6])
         + m[2] * (m[3] * m[7] - m[4] * m[6]);
}

void
ballast_map_apply (const BallastMap *map,
                   double            x,
                   double            y,
                   double           *out_x,
                   double           *out_y)
{
  const double *m = map->m;
  double w = m[6] * x + m[7] * y + m[8];

  *out_x = (m[0] * x + m[1] * y + m[2]) / w;
  *out_y = (m[3] * x + m[4] * y + m[5]) / w;
}

/* The linear parts, by BallastSymmetry. */
static const gint8 symmetry_parts[8][4] = {
  { 1, 0, 0, 1 }, { -1, 0, 0, 1 }, { 1, 0, 0, -1 }, { 0, 1, 1, 0 },
  { 0, -1, -1, 0 }, { 0, -1, 1, 0 }, { -1, 0, 0, -1 }, { 0, 1, -1, 0 },
};

BallastMap
ballast_map_symmetry (BallastSymmetry symmetry,
                      double          width,
                      double          height)
{
  const gint8 *part = symmetry_parts[symmetry];

  /* What comes out at negative coordinates is moved back into the first quadrant. */
  return (BallastMap) { {
                          part[0], part[1], (part[0] < 0 ? width : 0) + (part[1] < 0 ? height : 0),
                          part[2], part[3], (part[2] < 0 ? width : 0) + (part[3] < 0 ? height : 0),
                          0, 0, 1,
                        } };
}

gboolean
ballast_map_is_exact (const BallastMap *inverse,
                      guint             out_width,
                      guint             out_height,
                      BallastSymmetry  *symmetry,
                      gint64           *left,
                      gint64           *top)
{
  static const guint linear[4] = { 0, 1, 3, 4 };
  const double *m = inverse->m;
  double corner_x, corner_y;
  guint found;

  if (fabs (m[6]) > 1e-14 || fabs (m[7]) > 1e-14 || fabs (m[8] - 1) > LINEAR_TOLERANCE)
    return FALSE;
  if (fabs (m[2] - round (m[2])) > SHIFT_TOLERANCE || fabs (m[5] - round (m[5])) > SHIFT_TOLERANCE)
    return FALSE;

  for (found = 0; found < 8; found++)
    {
      guint agreeing = 0;

      for (guint i = 0; i < 4; i++)
        agreeing += fabs (m[linear[i]] - symmetry_parts[found][i]) < LINEAR_TOLERANCE;
      if (agreeing == 4)
        break;
    }
  if (found == 8)
    return FALSE;

  /* Of the eight, only the quarter turns are not their own inverse. */
  *symmetry = found == BALLAST_SYMMETRY_TURN_90    ? BALLAST_SYMMETRY_TURN_270
              : found == BALLAST_SYMMETRY_TURN_270 ? BALLAST_SYMMETRY_TURN_90
                                                   : (BallastSymmetry) found;
  ballast_map_apply (inverse, out_width, out_height, &corner_x, &corner_y);
  *left = llround (MIN (m[2], corner_x));
  *top = llround (MIN (m[5], corner_y));
  return TRUE;
}
