/*
 * Boxes through a program.
 *
 * A box is a polygon that goes through the whole chain uncut, however far outside it gets; holes
 * split it into the pieces beside them.  Only at the end is it cut at the frame and measured,
 * against the area that the whole polygon would have there.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-program-private.h"

#include <math.h>
#include <string.h>

/* A convex polygon; a box that was cut n times has at most 4 + n corners. */
#define MAX_CORNERS 64

/* Pieces beside holes: more than this, and further holes are taken as seen through. */
#define MAX_PIECES 4096

typedef struct
{
  guint  n;
  double x[MAX_CORNERS];
  double y[MAX_CORNERS];
} Polygon;

static double
area_of (const Polygon *polygon)
{
  double twice = 0;

  for (guint i = 0; i < polygon->n; i++)
    {
      guint next = (i + 1) % polygon->n;

      twice += polygon->x[i] * polygon->y[next] - polygon->x[next] * polygon->y[i];
    }
  return fabs (twice) / 2;
}

static void
move_polygon (Polygon          *polygon,
              const BallastMap *map)
{
  for (guint i = 0; i < polygon->n; i++)
    ballast_map_apply (map, polygon->x[i], polygon->y[i], &polygon->x[i], &polygon->y[i]);
}

static void
add_corner (Polygon *polygon,
            double   x,
            double   y)
{
  if (polygon->n >= MAX_CORNERS)
    return;
  polygon->x[polygon->n] = x;
  polygon->y[polygon->n++] = y;
}

/* The part of @polygon where a · x + b · y >= c (Sutherland and Hodgman 1974). */
static Polygon
cut_polygon (const Polygon *polygon,
             double         a,
             double         b,
             double         c)
{
  Polygon part = { 0 };

  for (guint i = 0; i < polygon->n; i++)
    {
      guint next = (i + 1) % polygon->n;
      double here = a * polygon->x[i] + b * polygon->y[i] - c;
      double there = a * polygon->x[next] + b * polygon->y[next] - c;

      if (here >= 0)
        add_corner (&part, polygon->x[i], polygon->y[i]);
      if ((here >= 0) != (there >= 0))
        {
          double t = here / (here - there);

          add_corner (&part, polygon->x[i] + t * (polygon->x[next] - polygon->x[i]),
                      polygon->y[i] + t * (polygon->y[next] - polygon->y[i]));
        }
    }
  return part;
}

static void
keep_piece (GArray        *pieces,
            const Polygon *piece)
{
  if (piece->n >= 3 && area_of (piece) > 1e-9)
    g_array_append_vals (pieces, piece, 1);
}

/* What is left of @polygon beside @hole: left of it, right of it, above and below it. */
static void
go_round (const Polygon          *polygon,
          const BallastRectangle *hole,
          GArray                 *pieces)
{
  double left = hole->x, right = left + hole->width, top = hole->y, bottom = top + hole->height;
  Polygon piece = cut_polygon (polygon, -1, 0, -left), middle;

  keep_piece (pieces, &piece);
  piece = cut_polygon (polygon, 1, 0, right);
  keep_piece (pieces, &piece);
  middle = cut_polygon (polygon, 1, 0, left);
  middle = cut_polygon (&middle, -1, 0, -right);
  piece = cut_polygon (&middle, 0, -1, -top);
  keep_piece (pieces, &piece);
  piece = cut_polygon (&middle, 0, 1, bottom);
  keep_piece (pieces, &piece);
}

static GArray *
take_holes_out (GArray              *pieces,
                const BallastAction *action)
{
  for (guint i = 0; i < action->rectangles.n && pieces->len < MAX_PIECES; i++)
    {
      GArray *rest = g_array_new (FALSE, FALSE, sizeof (Polygon));

      for (guint j = 0; j < pieces->len; j++)
        go_round (&g_array_index (pieces, Polygon, j), &action->rectangles.items[i], rest);
      g_array_unref (pieces);
      pieces = rest;
    }
  return pieces;
}

/* Cuts at the frame; grows @mapped and adds to @area. */
static void
measure_piece (const BallastProgram *program,
               const Polygon        *piece,
               double                bounds[4],
               double               *area)
{
  Polygon part = cut_polygon (piece, 1, 0, 0);

  part = cut_polygon (&part, -1, 0, -(double) program->lowering.width);
  part = cut_polygon (&part, 0, 1, 0);
  part = cut_polygon (&part, 0, -1, -(double) program->lowering.height);
  if (part.n < 3)
    return;
  *area += area_of (&part);
  for (guint i = 0; i < part.n; i++)
    {
      bounds[0] = MIN (bounds[0], part.x[i]);
      bounds[1] = MIN (bounds[1], part.y[i]);
      bounds[2] = MAX (bounds[2], part.x[i]);
      bounds[3] = MAX (bounds[3], part.y[i]);
    }
}

static GArray *
follow (const BallastProgram *program,
        const BallastBox     *box,
        Polygon              *whole)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Polygon));

  *whole = (Polygon) { 4, { box->x, box->x + box->width, box->x + box->width, box->x },
                       { box->y, box->y, box->y + box->height, box->y + box->height } };
  g_array_append_vals (pieces, whole, 1);
  for (guint i = 0; i < program->lowering.actions->len; i++)
    {
      const BallastAction *action = &g_array_index (program->lowering.actions, BallastAction, i);

      if (action->kind == BALLAST_ACTION_RECTANGLES)
        pieces = take_holes_out (pieces, action);
      if (action->kind != BALLAST_ACTION_GEOMETRY)
        continue;
      move_polygon (whole, &action->geometry.forward);
      for (guint j = 0; j < pieces->len; j++)
        move_polygon (&g_array_index (pieces, Polygon, j), &action->geometry.forward);
    }
  return pieces;
}

gboolean
ballast_program_map_box (const BallastProgram *program,
                         const BallastBox     *box,
                         BallastBox           *mapped,
                         double               *visibility)
{
  double bounds[4] = { G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE };
  double x = (double) program->out_width / program->lowering.width;
  double y = (double) program->out_height / program->lowering.height, seen = 0, all;
  Polygon whole;
  g_autoptr(GArray) pieces = follow (program, box, &whole);

  *mapped = (BallastBox) { 0 };
  *visibility = 0;
  for (guint i = 0; i < pieces->len; i++)
    measure_piece (program, &g_array_index (pieces, Polygon, i), bounds, &seen);
  all = area_of (&whole);
  if (all <= 0 || seen <= 1e-7)
    return FALSE;

  *mapped = (BallastBox) { bounds[0] * x, bounds[1] * y, (bounds[2] - bounds[0]) * x,
                           (bounds[3] - bounds[1]) * y };
  *visibility = MIN (1, seen / all);
  return TRUE;
}
