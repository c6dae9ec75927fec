/*
 * Maps without a matrix: grids of shifts, axes, lenses and shuffled tiles.
 *
 * Positions are mapped in runs of a few dozen, kind by kind, in plain loops that the compiler turns
 * into vectors.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-dense-field.h"
#include "ballast-kernel.h"

#include <math.h>
#include <string.h>

/* Nodes of a random field for one sigma. */
#define NODES_A_SIGMA 2.0
#define MAX_NODES 4096

/* Nodes each way that stand for a bent plate: off by some hundredths of a pixel. */
#define SPLINE_NODES 49

/* Newton's steps of the way forward; each squares the error. */
#define FORWARD_STEPS 40
#define FORWARD_TOLERANCE 1e-4

typedef enum
{
  DENSE_NODES,
  DENSE_AXES,
  DENSE_RADIAL,
  DENSE_TILES,
} DenseKind;

struct _BallastDense
{
  gatomicrefcount   references;
  DenseKind         kind;
  double            width, height;
  guint             columns, rows; /* NODES: of nodes; AXES: knots; TILES: of tiles */
  double           *controls;      /* NODES: shifts of a spline's own nodes */
  guint             n_columns, n_rows; /* of them */
  float            *shifts;        /* NODES: x, y in turn */
  double           *x, *y;         /* AXES */
  guint            *from;          /* TILES */
  double            units[2], k[2];
  BallastDenseNoise noise;
};

static BallastDense *
dense_new (DenseKind kind,
           double    width,
           double    height)
{
  BallastDense *dense = g_new0 (BallastDense, 1);

  g_atomic_ref_count_init (&dense->references);
  dense->kind = kind;
  dense->width = width;
  dense->height = height;
  return dense;
}

BallastDense *
ballast_dense_new_nodes (double        width,
                         double        height,
                         guint         columns,
                         guint         rows,
                         const double *shifts)
{
  BallastDense *dense = dense_new (DENSE_NODES, width, height);

  dense->columns = columns;
  dense->rows = rows;
  dense->shifts = g_new (float, (gsize) columns * rows * 2);
  for (gsize i = 0; i < (gsize) columns * rows * 2; i++)
    dense->shifts[i] = (float) shifts[i];
  return dense;
}

BallastDense *
ballast_dense_new_spline (double        width,
                          double        height,
                          guint         columns,
                          guint         rows,
                          const double *shifts)
{
  BallastDense *dense = dense_new (DENSE_NODES, width, height);

  dense->controls = g_memdup2 (shifts, (gsize) columns * rows * 2 * sizeof *shifts);
  dense->n_columns = columns;
  dense->n_rows = rows;
  dense->columns = dense->rows = SPLINE_NODES;
  return dense;
}

BallastDense *
ballast_dense_new_noise (double                   width,
                         double                   height,
                         const BallastDenseNoise *noise)
{
  BallastDense *dense = dense_new (DENSE_NODES, width, height);
  double step = MAX (1, noise->sigma / NODES_A_SIGMA);

  dense->noise = *noise;
  dense->columns = (guint) CLAMP (ceil (width / step) + 1, 2, MAX_NODES);
  dense->rows = (guint) CLAMP (ceil (height / step) + 1, 2, MAX_NODES);
  return dense;
}

BallastDense *
ballast_dense_new_axes (double        width,
                        double        height,
                        const double *x,
                        guint         n_x,
                        const double *y,
                        guint         n_y)
{
  BallastDense *dense = dense_new (DENSE_AXES, width, height);

  dense->columns = n_x;
  dense->rows = n_y;
  dense->x = g_memdup2 (x, (n_x + 1) * sizeof *x);
  dense->y = g_memdup2 (y, (n_y + 1) * sizeof *y);
  return dense;
}

BallastDense *
ballast_dense_new_radial (double       width,
                          double       height,
                          const double units[2],
                          double       k1,
                          double       k2)
{
  BallastDense *dense = dense_new (DENSE_RADIAL, width, height);

  dense->units[0] = units[0];
  dense->units[1] = units[1];
  dense->k[0] = k1;
  dense->k[1] = k2;
  return dense;
}

BallastDense *
ballast_dense_new_tiles (double       width,
                         double       height,
                         guint        columns,
                         guint        rows,
                         const guint *from)
{
  BallastDense *dense = dense_new (DENSE_TILES, width, height);

  dense->columns = columns;
  dense->rows = rows;
  dense->from = g_memdup2 (from, (gsize) columns * rows * sizeof *from);
  return dense;
}

BallastDense *
ballast_dense_ref (BallastDense *dense)
{
  g_atomic_ref_count_inc (&dense->references);
  return dense;
}

void
ballast_dense_unref (BallastDense *dense)
{
  if (dense == NULL || !g_atomic_ref_count_dec (&dense->references))
    return;
  g_free (dense->shifts);
  g_free (dense->x);
  g_free (dense->y);
  g_free (dense->from);
  g_free (dense->controls);
  g_free (dense);
}

void
ballast_dense_prepare (BallastDense *dense)
{
  const double size[2] = { dense->width, dense->height };

  if (dense->kind != DENSE_NODES || dense->shifts != NULL)
    return;
  dense->shifts = dense->controls != NULL
                    ? ballast_dense_bend_plate (dense->controls, dense->n_columns, dense->n_rows,
                                                SPLINE_NODES)
                    : ballast_dense_draw_field (&dense->noise, size, dense->columns, dense->rows);
}

/* The node before @position (in nodes, of @n) and how far behind it that is. */
BALLAST_INLINE gint32
node_before (double  position,
             guint   n,
             double *rest)
{
  double inside = position > 0 ? (position < n - 1 ? position : n - 1) : 0;
  gint32 node = MIN ((gint32) inside, (gint32) n - 2);

  *rest = inside - node;
  return node;
}

BALLAST_CLONES static void
back_through_nodes (const BallastDense *dense,
                    double             *x,
                    double             *y,
                    guint               n)
{
  double scale_x = (dense->columns - 1) / dense->width, scale_y = (dense->rows - 1) / dense->height;
  gint32 stride = (gint32) dense->columns * 2;

  for (guint i = 0; i < n; i++)
    {
      double fx, fy;
      gint32 column = node_before (x[i] * scale_x, dense->columns, &fx);
      gint32 row = node_before (y[i] * scale_y, dense->rows, &fy);
      const float *upper = dense->shifts + row * stride + column * 2, *lower = upper + stride;
      double above_x = upper[0] + fx * ((double) upper[2] - upper[0]);
      double above_y = upper[1] + fx * ((double) upper[3] - upper[1]);
      double below_x = lower[0] + fx * ((double) lower[2] - lower[0]);
      double below_y = lower[1] + fx * ((double) lower[3] - lower[1]);

      x[i] += above_x + fy * (below_x - above_x);
      y[i] += above_y + fy * (below_y - above_y);
    }
}

/* @position along an axis of @n knots over @size; beyond the ends straight on. */
BALLAST_INLINE double
back_along_axis (double        position,
                 const double *knots,
                 guint         n,
                 double        size)
{
  double scaled = position * (n / size);
  double inside = scaled > 0 ? (scaled < n ? scaled : n) : 0;
  guint knot = MIN ((guint) inside, n - 1);

  return knots[knot] + (inside - knot) * (knots[knot + 1] - knots[knot])
         + (scaled - inside) * (size / n);
}

BALLAST_CLONES static void
back_along_axes (const BallastDense *dense,
                 double             *x,
                 double             *y,
                 guint               n)
{
  for (guint i = 0; i < n; i++)
    {
      x[i] = back_along_axis (x[i], dense->x, dense->columns, dense->width);
      y[i] = back_along_axis (y[i], dense->y, dense->rows, dense->height);
    }
}

BALLAST_CLONES static void
back_through_lens (const BallastDense *dense,
                   double             *x,
                   double             *y,
                   guint               n)
{
  double centre_x = dense->width / 2, centre_y = dense->height / 2;
  double scale_x = 1 / dense->units[0], scale_y = 1 / dense->units[1];
  double k1 = dense->k[0], k2 = dense->k[1];

  for (guint i = 0; i < n; i++)
    {
      double dx = x[i] - centre_x, dy = y[i] - centre_y;
      double square = dx * scale_x * (dx * scale_x) + dy * scale_y * (dy * scale_y);
      double factor = 1 + square * (k1 + square * k2);

      x[i] = centre_x + dx * factor;
      y[i] = centre_y + dy * factor;
    }
}

double
ballast_dense_get_tile_edge (double size,
                             guint  n,
                             guint  i)
{
  return floor (size * i / n);
}

static guint
tile_at (double position,
         double size,
         guint  n)
{
  guint tile = position > 0 ? (guint) MIN (position * n / size, n - 1) : 0;

  /* Edges are whole pixels, which the division above does not know. */
  while (tile > 0 && position < ballast_dense_get_tile_edge (size, n, tile))
    tile--;
  while (tile + 1 < n && position >= ballast_dense_get_tile_edge (size, n, tile + 1))
    tile++;
  return tile;
}

static void
back_through_tiles (const BallastDense *dense,
                    double             *x,
                    double             *y,
                    guint               n)
{
  for (guint i = 0; i < n; i++)
    {
      guint column = tile_at (x[i], dense->width, dense->columns);
      guint row = tile_at (y[i], dense->height, dense->rows);
      guint from = dense->from[row * dense->columns + column];

      x[i] += ballast_dense_get_tile_edge (dense->width, dense->columns, from % dense->columns)
              - ballast_dense_get_tile_edge (dense->width, dense->columns, column);
      y[i] += ballast_dense_get_tile_edge (dense->height, dense->rows, from / dense->columns)
              - ballast_dense_get_tile_edge (dense->height, dense->rows, row);
    }
}

void
ballast_dense_map_back (const BallastDense *dense,
                        double             *x,
                        double             *y,
                        guint               n)
{
  switch (dense->kind)
    {
    case DENSE_NODES:
      back_through_nodes (dense, x, y, n);
      break;
    case DENSE_AXES:
      back_along_axes (dense, x, y, n);
      break;
    case DENSE_RADIAL:
      back_through_lens (dense, x, y, n);
      break;
    case DENSE_TILES:
    default:
      back_through_tiles (dense, x, y, n);
      break;
    }
}

void
ballast_dense_map (const BallastDense *dense,
                   double              x,
                   double              y,
                   double             *out_x,
                   double             *out_y)
{
  double at_x = x, at_y = y;

  /* A fixed point, damped: shifts are gentle enough for it to close in. */
  for (guint i = 0; i < FORWARD_STEPS; i++)
    {
      double back_x = at_x, back_y = at_y;

      ballast_dense_map_back (dense, &back_x, &back_y, 1);
      if (fabs (x - back_x) < FORWARD_TOLERANCE && fabs (y - back_y) < FORWARD_TOLERANCE)
        break;
      at_x += (x - back_x) * (i < FORWARD_STEPS / 2 ? 1 : 0.5);
      at_y += (y - back_y) * (i < FORWARD_STEPS / 2 ? 1 : 0.5);
    }
  *out_x = at_x;
  *out_y = at_y;
}

gboolean
ballast_dense_get_tiles (const BallastDense *dense,
                         guint              *columns,
                         guint              *rows,
                         const guint       **from)
{
  *columns = dense->columns;
  *rows = dense->rows;
  *from = dense->from;
  return dense->kind == DENSE_TILES;
}

double
ballast_dense_get_fineness (const BallastDense *dense)
{
  double most = MAX (dense->width, dense->height);

  if (dense->kind == DENSE_NODES || dense->kind == DENSE_AXES)
    most = MIN (dense->width / dense->columns, dense->height / dense->rows) / 2;
  return MAX (1, MIN (most, MAX (dense->width, dense->height) / 32));
}
