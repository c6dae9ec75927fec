/*
 * Outlines and masks through a recipe, and the box round what is left of them.
 *
 * Export and preview tighten boxes by this one function.  Of a mask the outline of its columns is taken,
 * which has the same bounds and costs a point a column instead of a look at every pixel.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-export-outline.h"

#include <math.h>

#include "ballast-shape.h"

/* What annotation tools and rounding make of a side: pixels, and a share of the box. */
#define TOLERANCE_PX 1
#define TOLERANCE 0.01

void
ballast_shape_way_clear (BallastShapeWay *way)
{
  g_clear_pointer (&way->program, ballast_program_free);
}

static const BallastProgram *
get_program (BallastShapeWay *self)
{
  const BallastRecipe *recipe = self->recipe;

  if (self->program == NULL)
    self->program = ballast_program_new (recipe, recipe->width, recipe->height, 3, 8);
  return self->program;
}

GPtrArray *
ballast_shape_way_map_outline (BallastShapeWay    *self,
                               const BallastPoint *points,
                               guint               n)
{
  return self->partner == BALLAST_SHAPE_WAY_OWN
           ? ballast_program_map_polygon (get_program (self), points, n, NULL)
           : ballast_recipe_map_partner_polygon (self->recipe, (guint) self->partner, points, n);
}

BallastMask *
ballast_shape_way_map_mask (BallastShapeWay   *self,
                            const BallastMask *mask)
{
  return self->partner == BALLAST_SHAPE_WAY_OWN
           ? ballast_program_map_mask (get_program (self), mask)
           : ballast_recipe_map_partner_mask (self->recipe, (guint) self->partner, mask);
}

typedef struct
{
  double left, top, right, bottom;
} Bounds;

static Bounds
bounds_of (const BallastBox *box)
{
  return (Bounds){ box->x, box->y, box->x + box->width, box->y + box->height };
}

static void
add_outline (BallastShapeWay *way,
             const GArray    *points,
             Bounds          *bounds)
{
  g_autoptr(GPtrArray) mapped = ballast_shape_way_map_outline (
    way, (const BallastPoint *) (gconstpointer) points->data, points->len);

  for (guint i = 0; i < mapped->len; i++)
    {
      const GArray *piece = mapped->pdata[i];

      for (guint k = 0; k < piece->len; k++)
        {
          const BallastPoint *point = &g_array_index (piece, BallastPoint, k);

          bounds->left = MIN (bounds->left, point->x);
          bounds->top = MIN (bounds->top, point->y);
          bounds->right = MAX (bounds->right, point->x);
          bounds->bottom = MAX (bounds->bottom, point->y);
        }
    }
}

static void
add_point (GArray *points,
           double  x,
           double  y)
{
  BallastPoint point = { x, y };

  g_array_append_val (points, point);
}

static void
add_polygons (BallastShapeWay    *way,
              const BallastShape *shape,
              Bounds             *bounds)
{
  const double *point = shape->points;

  for (guint part = 0; part < shape->n_parts; part++)
    {
      g_autoptr(GArray) points = g_array_new (FALSE, FALSE, sizeof (BallastPoint));

      for (guint i = 0; i < shape->sizes[part]; i++, point += 2)
        add_point (points, point[0], point[1]);
      if (points->len >= 3)
        add_outline (way, points, bounds);
    }
}

/* The first and the last row of a column that are covered. */
typedef struct
{
  guint32 top;
  guint32 bottom; /* behind it; 0: none */
} Column;

static void
cover (Column *columns,
       guint32 height,
       guint64 from,
       guint64 to)
{
  while (from < to)
    {
      Column *column = &columns[from / height];
      guint32 top = from % height;
      guint32 bottom = MIN (to - (from - top), height);

      column->top = column->bottom > 0 ? MIN (column->top, top) : top;
      column->bottom = MAX (column->bottom, bottom);
      from += bottom - top;
    }
}

/* Down the left of all columns along their tops, and back along their bottoms. */
static GArray *
trace_columns (const Column *columns,
               guint32       width)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (BallastPoint));

  for (guint32 x = 0; x < width; x++)
    if (columns[x].bottom > 0)
      {
        add_point (points, x, columns[x].top);
        add_point (points, x + 1.0, columns[x].top);
      }
  for (guint32 x = width; x > 0; x--)
    if (columns[x - 1].bottom > 0)
      {
        add_point (points, x, columns[x - 1].bottom);
        add_point (points, x - 1.0, columns[x - 1].bottom);
      }

  return points;
}

static void
add_runs (BallastShapeWay    *way,
          const BallastShape *shape,
          Bounds             *bounds)
{
  g_autofree Column *columns = g_new0 (Column, (gsize) shape->width + 1);
  g_autoptr(GArray) points = NULL;
  guint64 at = 0, end = (guint64) shape->width * shape->height;

  for (guint i = 0; i < shape->n_runs && at + shape->runs[i] <= end; i++)
    {
      if (i % 2 == 1)
        cover (columns, shape->height, at, at + shape->runs[i]);
      at += shape->runs[i];
    }
  points = trace_columns (columns, shape->width);
  if (points->len >= 3)
    add_outline (way, points, bounds);
}

static gboolean
is_near (double a,
         double b,
         double side)
{
  return fabs (a - b) <= TOLERANCE_PX + TOLERANCE * side;
}

/* FALSE where a side of the box lies well beyond the outline. */
static gboolean
fills (const BallastShape *shape,
       const BallastBox   *told)
{
  BallastBox own;
  Bounds a, b = bounds_of (told);

  if (!ballast_shape_get_box (shape, &own))
    return FALSE;
  a = bounds_of (&own);

  return (b.left >= a.left || is_near (a.left, b.left, told->width))
         && (b.right <= a.right || is_near (a.right, b.right, told->width))
         && (b.top >= a.top || is_near (a.top, b.top, told->height))
         && (b.bottom <= a.bottom || is_near (a.bottom, b.bottom, told->height));
}

static gboolean
is_of_picture (const BallastShapeWay *way,
               const BallastShape    *shape)
{
  return shape->kind == BALLAST_SHAPE_POLYGONS
         || (shape->kind != BALLAST_SHAPE_NONE && shape->width == way->width
             && shape->height == way->height);
}

static void
move_in (BallastBox   *box,
         const Bounds *bounds)
{
  Bounds sides = bounds_of (box);

  if (!is_near (sides.left, bounds->left, box->width))
    sides.left = MAX (sides.left, bounds->left);
  if (!is_near (sides.right, bounds->right, box->width))
    sides.right = MIN (sides.right, bounds->right);
  if (!is_near (sides.top, bounds->top, box->height))
    sides.top = MAX (sides.top, bounds->top);
  if (!is_near (sides.bottom, bounds->bottom, box->height))
    sides.bottom = MIN (sides.bottom, bounds->bottom);
  if (sides.right > sides.left && sides.bottom > sides.top)
    *box = (BallastBox){ sides.left, sides.top, sides.right - sides.left, sides.bottom - sides.top };
}

gboolean
ballast_shape_way_tighten (BallastShapeWay  *way,
                           const guint8     *extra,
                           gsize             n_extra,
                           const BallastBox *told,
                           BallastBox       *box)
{
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;
  Bounds bounds = { INFINITY, INFINITY, -INFINITY, -INFINITY };

  if (n_extra == 0 || !ballast_shape_unpack (&shape, extra, n_extra) || !is_of_picture (way, &shape)
      || !(ballast_shape_measure (&shape) > 0) || !fills (&shape, told))
    return TRUE;
  if (shape.kind == BALLAST_SHAPE_POLYGONS)
    add_polygons (way, &shape, &bounds);
  else
    add_runs (way, &shape, &bounds);
  if (!(bounds.right > bounds.left && bounds.bottom > bounds.top))
    return FALSE;
  move_in (box, &bounds);

  return TRUE;
}
