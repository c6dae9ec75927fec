/*
 * Outlines through a recipe.
 *
 * A polygon goes through the whole chain uncut, however far outside it gets; holes split it into the
 * pieces beside them, and so does a step that fills what lies outside its frame.  Cuts are by half
 * planes (Sutherland and Hodgman 1974), so that a piece with dents may run along a cut: its area is
 * right, and so is its box.  Microseconds a polygon.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-outline.h"

#include <math.h>

/* Pieces beside holes: more than this, and further holes are taken as seen through. */
#define MAX_PIECES 4096

/* A point on the horizon of a homography has no place; what comes closer than this is cut off. */
#define HORIZON 1e-3

static GArray *
points_new (const BallastPoint *points,
            guint               n)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (BallastPoint), MAX (n, 1));

  g_array_append_vals (array, points, n);
  return array;
}

static void
piece_clear (gpointer data)
{
  BallastPiece *piece = data;

  g_clear_pointer (&piece->points, g_array_unref);
}

static GArray *
pieces_new (void)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (BallastPiece));

  g_array_set_clear_func (pieces, piece_clear);
  return pieces;
}

double
ballast_outline_get_area (const GArray *points)
{
  const BallastPoint *p = (const BallastPoint *) (gconstpointer) points->data;
  double twice = 0;

  for (guint i = 0; i < points->len; i++)
    {
      const BallastPoint *next = &p[(i + 1) % points->len];

      twice += p[i].x * next->y - next->x * p[i].y;
    }
  return fabs (twice) / 2;
}

/* (transfer full): the part of @points where a · x + b · y >= c. */
static GArray *
cut_points (const GArray *points,
            double        a,
            double        b,
            double        c)
{
  const BallastPoint *p = (const BallastPoint *) (gconstpointer) points->data;
  GArray *part = points_new (NULL, 0);

  for (guint i = 0; i < points->len; i++)
    {
      const BallastPoint *next = &p[(i + 1) % points->len];
      double here = a * p[i].x + b * p[i].y - c, there = a * next->x + b * next->y - c;

      if (here >= 0)
        g_array_append_val (part, p[i]);
      if ((here >= 0) != (there >= 0))
        {
          double t = here / (here - there);
          BallastPoint crossing = { p[i].x + t * (next->x - p[i].x), p[i].y + t * (next->y - p[i].y) };

          g_array_append_val (part, crossing);
        }
    }
  return part;
}

/* (transfer full): the part of @points within @left, @top, @right, @bottom. */
static GArray *
cut_to_frame (const GArray *points,
              const double  frame[4])
{
  g_autoptr(GArray) one = cut_points (points, 1, 0, frame[0]);
  g_autoptr(GArray) two = cut_points (one, 0, 1, frame[1]);
  g_autoptr(GArray) three = cut_points (two, -1, 0, -frame[2]);

  return cut_points (three, 0, -1, -frame[3]);
}

static void
keep_piece (GArray *pieces,
            GArray *points,
            guint   group)
{
  BallastPiece piece = { points, group };

  if (points->len >= 3 && ballast_outline_get_area (points) > 1e-9)
    g_array_append_val (pieces, piece);
  else
    g_array_unref (points);
}

/* What is left of @piece beside @hole: left of it, right of it, above and below it. */
static void
go_round (const BallastPiece     *piece,
          const BallastRectangle *hole,
          GArray                 *pieces)
{
  double left = hole->x, right = left + hole->width, top = hole->y, bottom = top + hole->height;
  g_autoptr(GArray) from_left = cut_points (piece->points, 1, 0, left);
  g_autoptr(GArray) middle = cut_points (from_left, -1, 0, -right);

  keep_piece (pieces, cut_points (piece->points, -1, 0, -left), piece->group);
  keep_piece (pieces, cut_points (piece->points, 1, 0, right), piece->group);
  keep_piece (pieces, cut_points (middle, 0, -1, -top), piece->group);
  keep_piece (pieces, cut_points (middle, 0, 1, bottom), piece->group);
}

static void
take_holes_out (BallastOutline      *outline,
                const BallastAction *action)
{
  for (guint i = 0; i < action->rectangles.n && outline->pieces->len < MAX_PIECES; i++)
    {
      GArray *rest = pieces_new ();

      for (guint j = 0; j < outline->pieces->len; j++)
        go_round (&g_array_index (outline->pieces, BallastPiece, j), &action->rectangles.items[i],
                  rest);
      g_array_unref (outline->pieces);
      outline->pieces = rest;
    }
}

void
ballast_outline_cut (BallastOutline *outline,
                     double          width,
                     double          height)
{
  const double frame[4] = { 0, 0, width, height };
  GArray *rest = pieces_new ();

  for (guint i = 0; i < outline->pieces->len; i++)
    {
      const BallastPiece *piece = &g_array_index (outline->pieces, BallastPiece, i);

      keep_piece (rest, cut_to_frame (piece->points, frame), piece->group);
    }
  g_array_unref (outline->pieces);
  outline->pieces = rest;
}

static GArray *
move_points (GArray           *points,
             const BallastMap *map)
{
  const double *m = map->m;

  if (m[6] != 0 || m[7] != 0)
    {
      GArray *seen = cut_points (points, m[6], m[7], HORIZON * fabs (m[8]) - m[8]);

      g_array_unref (points);
      points = seen;
    }
  for (guint i = 0; i < points->len; i++)
    {
      BallastPoint *point = &g_array_index (points, BallastPoint, i);

      ballast_map_apply (map, point->x, point->y, &point->x, &point->y);
    }
  return points;
}

static void
move_outline (BallastOutline      *outline,
              const BallastAction *action)
{
  if (action->geometry.clips)
    ballast_outline_cut (outline, action->in_width, action->in_height);
  outline->whole = move_points (outline->whole, &action->geometry.forward);
  for (guint i = 0; i < outline->pieces->len; i++)
    {
      BallastPiece *piece = &g_array_index (outline->pieces, BallastPiece, i);

      piece->points = move_points (piece->points, &action->geometry.forward);
    }
}

void
ballast_outline_init (BallastOutline        *outline,
                      const BallastPoint    *points,
                      guint                  n_points,
                      const BallastLowering *lowering)
{
  const double image[4] = { 0, 0, lowering->in_width, lowering->in_height };
  g_autoptr(GArray) given = points_new (points, n_points);

  outline->whole = cut_to_frame (given, image);
  outline->pieces = pieces_new ();
  outline->n_groups = 1;
  keep_piece (outline->pieces, points_new ((const BallastPoint *) (gconstpointer) outline->whole->data,
                                           outline->whole->len), 0);
  for (guint i = 0; i < lowering->actions->len; i++)
    {
      const BallastAction *action = &g_array_index (lowering->actions, BallastAction, i);

      if (action->kind == BALLAST_ACTION_RECTANGLES)
        take_holes_out (outline, action);
      else if (action->kind == BALLAST_ACTION_GEOMETRY)
        move_outline (outline, action);
    }
}

void
ballast_outline_clear (BallastOutline *outline)
{
  g_clear_pointer (&outline->whole, g_array_unref);
  g_clear_pointer (&outline->pieces, g_array_unref);
}
