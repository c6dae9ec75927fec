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

/* Points that an edge becomes where it is bent. */
#define MAX_PARTS 128

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

/* Points close enough to each other that straight lines between them follow @dense. */
static GArray *
bend_points (GArray             *points,
             const BallastDense *dense)
{
  GArray *bent = points_new (NULL, 0);
  double fineness = ballast_dense_get_fineness (dense);

  for (guint i = 0; i < points->len; i++)
    {
      const BallastPoint *here = &g_array_index (points, BallastPoint, i);
      const BallastPoint *next = &g_array_index (points, BallastPoint, (i + 1) % points->len);
      double length = hypot (next->x - here->x, next->y - here->y);
      guint n = (guint) CLAMP (ceil (length / fineness), 1, MAX_PARTS);

      for (guint part = 0; part < n; part++)
        {
          BallastPoint point = { here->x + (next->x - here->x) * part / n,
                                 here->y + (next->y - here->y) * part / n };

          ballast_dense_map (dense, point.x, point.y, &point.x, &point.y);
          g_array_append_val (bent, point);
        }
    }
  g_array_unref (points);
  return bent;
}

/* The part of @piece in the tile that is shown at @place, there. */
static GArray *
take_to_tile (const BallastPiece  *piece,
              const BallastAction *action,
              const guint          places[2])
{
  guint columns, rows, from = places[0], to = places[1];
  const guint *unused;
  double width = action->in_width, height = action->in_height, frame[4], x, y;
  GArray *part;

  ballast_dense_get_tiles (action->geometry.dense, &columns, &rows, &unused);
  frame[0] = ballast_dense_get_tile_edge (width, columns, from % columns);
  frame[1] = ballast_dense_get_tile_edge (height, rows, from / columns);
  frame[2] = ballast_dense_get_tile_edge (width, columns, from % columns + 1);
  frame[3] = ballast_dense_get_tile_edge (height, rows, from / columns + 1);
  x = ballast_dense_get_tile_edge (width, columns, to % columns) - frame[0];
  y = ballast_dense_get_tile_edge (height, rows, to / columns) - frame[1];
  part = cut_to_frame (piece->points, frame);
  for (guint i = 0; i < part->len; i++)
    {
      g_array_index (part, BallastPoint, i).x += x;
      g_array_index (part, BallastPoint, i).y += y;
    }
  return part;
}

static gboolean
touch_each_other (const GArray *a,
                  const GArray *b)
{
  double low[2] = { -G_MAXDOUBLE, -G_MAXDOUBLE }, high[2] = { G_MAXDOUBLE, G_MAXDOUBLE };
  const GArray *both[2] = { a, b };

  for (guint i = 0; i < 2; i++)
    {
      double least[2] = { G_MAXDOUBLE, G_MAXDOUBLE }, most[2] = { -G_MAXDOUBLE, -G_MAXDOUBLE };

      for (guint j = 0; j < both[i]->len; j++)
        {
          const BallastPoint *point = &g_array_index (both[i], BallastPoint, j);

          least[0] = MIN (least[0], point->x);
          least[1] = MIN (least[1], point->y);
          most[0] = MAX (most[0], point->x);
          most[1] = MAX (most[1], point->y);
        }
      for (guint axis = 0; axis < 2; axis++)
        {
          low[axis] = MAX (low[axis], least[axis]);
          high[axis] = MIN (high[axis], most[axis]);
        }
    }
  /* A common edge; corners alone hold nothing together. */
  return low[0] <= high[0] + 1e-9 && low[1] <= high[1] + 1e-9
         && (high[0] - low[0] > 1e-6 || high[1] - low[1] > 1e-6);
}

/* Pieces of one group that touch each other after a shuffle stay one; others part. */
static void
regroup (BallastOutline *outline)
{
  GArray *pieces = outline->pieces;
  g_autofree guint *before = g_new (guint, pieces->len + 1);

  for (guint i = 0; i < pieces->len; i++)
    {
      BallastPiece *piece = &g_array_index (pieces, BallastPiece, i);

      before[i] = piece->group;
      piece->group = i;
    }
  for (gboolean changed = TRUE; changed;)
    {
      changed = FALSE;
      for (guint i = 0; i < pieces->len; i++)
        for (guint j = 0; j < i; j++)
          {
            BallastPiece *one = &g_array_index (pieces, BallastPiece, i);
            BallastPiece *other = &g_array_index (pieces, BallastPiece, j);

            if (one->group == other->group || before[i] != before[j]
                || !touch_each_other (one->points, other->points))
              continue;
            one->group = other->group = MIN (one->group, other->group);
            changed = TRUE;
          }
    }
  outline->n_groups = MAX (1, pieces->len);
}

static void
shuffle_outline (BallastOutline      *outline,
                 const BallastAction *action)
{
  guint columns, rows;
  const guint *from;
  GArray *rest = pieces_new ();

  ballast_dense_get_tiles (action->geometry.dense, &columns, &rows, &from);
  for (guint i = 0; i < outline->pieces->len; i++)
    for (guint to = 0; to < columns * rows && rest->len < MAX_PIECES; to++)
      {
        const BallastPiece *piece = &g_array_index (outline->pieces, BallastPiece, i);
        const guint places[2] = { from[to], to };

        keep_piece (rest, take_to_tile (piece, action, places), piece->group);
      }
  g_array_unref (outline->pieces);
  outline->pieces = rest;
  regroup (outline);
}

static void
bend_outline (BallastOutline      *outline,
              const BallastAction *action)
{
  BallastDense *dense = action->geometry.dense;
  guint columns, rows;
  const guint *from;

  ballast_dense_prepare (dense);
  if (ballast_dense_get_tiles (dense, &columns, &rows, &from))
    {
      shuffle_outline (outline, action);
      return;
    }
  outline->whole = bend_points (outline->whole, dense);
  for (guint i = 0; i < outline->pieces->len; i++)
    {
      BallastPiece *piece = &g_array_index (outline->pieces, BallastPiece, i);

      piece->points = bend_points (piece->points, dense);
    }
}

static void
move_outline (BallastOutline      *outline,
              const BallastAction *action)
{
  if (action->geometry.clips)
    ballast_outline_cut (outline, action->in_width, action->in_height);
  if (action->geometry.dense != NULL)
    {
      bend_outline (outline, action);
      return;
    }
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
