/*
 * Maps without a matrix: grids of shifts, axes, lenses and shuffled tiles.
 *
 * Positions are mapped in runs of a few dozen, kind by kind, in plain loops that the compiler turns
 * into vectors.  Random fields are made at half of their sigma, which straight lines follow to some
 * hundredths of a pixel.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-dense.h"
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

/* Both numbers of a node: each the sum of six uniform ones, which smoothing makes as normal as can be. */
static void
draw_node (const guint32 seed[2],
           guint32       x,
           guint32       y,
           float         amplitude,
           float         numbers[2])
{
  const guint32 counter[4] = { x, y, 0, 0x656c6173 };
  guint32 words[4];

  ballast_random_philox (counter, seed, words);
  for (guint axis = 0; axis < 2; axis++)
    {
      guint32 sum = 0;

      for (guint i = 2 * axis; i < 2 * axis + 2; i++)
        sum += (words[i] & 0x3ff) + (words[i] >> 10 & 0x3ff) + (words[i] >> 20 & 0x3ff);
      /* A die of 1024 sides has a variance of (1024² − 1) / 12; six of them are half of that. */
      numbers[axis] = (float) (((double) sum - 6 * 511.5) / sqrt ((1024.0 * 1024 - 1) / 2)) * amplitude;
    }
}

/* A Gaussian whose squares add up to 1: white noise keeps its strength.  From the centre out. */
static GArray *
field_weights (double sigma)
{
  guint radius = (guint) CLAMP (ceil (3 * sigma), 0, 64);
  GArray *weights = g_array_new (FALSE, FALSE, sizeof (float));
  double squares = 0;

  for (guint i = 0; i <= radius; i++)
    squares += (i == 0 ? 1 : 2) * (sigma > 0 ? exp (-1.0 * i * i / (sigma * sigma)) : 1);
  for (guint i = 0; i <= radius; i++)
    {
      float weight = (float) ((sigma > 0 ? exp (-0.5 * i * i / (sigma * sigma)) : 1) / sqrt (squares));

      g_array_append_val (weights, weight);
    }
  return weights;
}

/* @to [i] += @weight · (@left [i] + @right [i]). */
BALLAST_CLONES static void
add_pair (float       *to,
          const float *left,
          const float *right,
          float        weight,
          guint        n)
{
  for (guint i = 0; i < n; i++)
    to[i] += weight * (left[i] + right[i]);
}

/* Line @i of @n, mirrored at the ends. */
static guint
mirror_line (gint64 i,
             guint  n)
{
  gint64 period = 2 * (gint64) n;

  i = ((i % period) + period) % period;
  return (guint) (i < (gint64) n ? i : period - 1 - i);
}

/* Blurs lines of @length numbers across each other: from @from to @to, which is 0. */
static void
blur_lines (const float  *from,
            float        *to,
            guint         n,
            guint         length,
            const GArray *weights)
{
  for (guint line = 0; line < n; line++)
    for (guint tap = 0; tap < weights->len; tap++)
      {
        const float *before = from + (gsize) mirror_line ((gint64) line - tap, n) * length;
        const float *after = from + (gsize) mirror_line ((gint64) line + tap, n) * length;
        float weight = g_array_index (weights, float, tap);

        add_pair (to + (gsize) line * length, before, after, tap == 0 ? weight / 2 : weight, length);
      }
}

/* Columns become lines; a number stands for both axes. */
static void
turn_lines (const float *from,
            float       *to,
            guint        columns,
            guint        rows)
{
  for (guint y = 0; y < rows; y++)
    for (guint x = 0; x < columns; x++)
      memcpy (to + ((gsize) x * rows + y) * 2, from + ((gsize) y * columns + x) * 2, 2 * sizeof (float));
}

static void
draw_field (BallastDense *dense)
{
  guint columns = dense->columns, rows = dense->rows, n = columns * rows * 2;
  const BallastDenseNoise *noise = &dense->noise;
  g_autoptr(GArray) across = field_weights (noise->sigma * (columns - 1) / dense->width);
  g_autoptr(GArray) down = field_weights (noise->sigma * (rows - 1) / dense->height);
  g_autofree float *white = g_new (float, n), *blurred = g_new0 (float, n);

  for (guint i = 0; i < columns * rows; i++)
    draw_node (noise->seed, i % columns, i / columns, (float) noise->amplitude, white + 2 * i);
  blur_lines (white, blurred, rows, 2 * columns, down);
  turn_lines (blurred, white, columns, rows);
  memset (blurred, 0, n * sizeof *blurred);
  blur_lines (white, blurred, columns, 2 * rows, across);
  dense->shifts = g_new (float, n);
  turn_lines (blurred, dense->shifts, rows, columns);
  for (guint i = 0; i < n && noise->same; i += 2)
    dense->shifts[i + 1] = dense->shifts[i];
}

/* Solves the @n equations of @matrix (@n × (@n + 2), the right sides last) by elimination. */
static void
solve (double *matrix,
       guint   n)
{
  guint stride = n + 2;

  for (guint i = 0; i < n; i++)
    {
      guint best = i;

      for (guint j = i + 1; j < n; j++)
        if (fabs (matrix[j * stride + i]) > fabs (matrix[best * stride + i]))
          best = j;
      for (guint k = 0; k < stride && best != i; k++)
        {
          double swap = matrix[i * stride + k];

          matrix[i * stride + k] = matrix[best * stride + k];
          matrix[best * stride + k] = swap;
        }
      for (guint j = 0; j < n; j++)
        {
          double factor = matrix[j * stride + i] / matrix[i * stride + i];

          for (guint k = i; k < stride && j != i; k++)
            matrix[j * stride + k] -= factor * matrix[i * stride + k];
        }
    }
  for (guint i = 0; i < n; i++)
    for (guint k = n; k < stride; k++)
      matrix[i * stride + k] /= matrix[i * stride + i];
}

/* The thin plate's kernel r² log r, of the squared distance. */
static double
plate_kernel (double square)
{
  return square > 1e-12 ? 0.5 * square * log (square) : 0;
}

/* Node @i of the plate, on the unit square. */
static void
place_control (const BallastDense *dense,
               guint               i,
               double             *x,
               double             *y)
{
  *x = (double) (i % dense->n_columns) / (dense->n_columns - 1);
  *y = (double) (i / dense->n_columns) / (dense->n_rows - 1);
}

/* The plate's equations: a weight for each node, and a plane. */
static double *
weigh_controls (const BallastDense *dense)
{
  guint n = dense->n_columns * dense->n_rows, size = n + 3, stride = size + 2;
  double *matrix = g_new0 (double, (gsize) size * stride);

  for (guint i = 0; i < n; i++)
    {
      double x, y;

      place_control (dense, i, &x, &y);
      for (guint j = 0; j < n; j++)
        {
          double other_x, other_y;

          place_control (dense, j, &other_x, &other_y);
          matrix[i * stride + j] = plate_kernel ((x - other_x) * (x - other_x)
                                                 + (y - other_y) * (y - other_y));
        }
      matrix[i * stride + n] = matrix[n * stride + i] = 1;
      matrix[i * stride + n + 1] = matrix[(n + 1) * stride + i] = x;
      matrix[i * stride + n + 2] = matrix[(n + 2) * stride + i] = y;
      matrix[i * stride + size] = dense->controls[2 * i];
      matrix[i * stride + size + 1] = dense->controls[2 * i + 1];
    }
  solve (matrix, size);
  return matrix;
}

static void
bend_plate (BallastDense *dense)
{
  guint n = dense->n_columns * dense->n_rows, size = n + 3, stride = size + 2;
  g_autofree double *matrix = weigh_controls (dense);

  dense->shifts = g_new (float, SPLINE_NODES * SPLINE_NODES * 2);
  for (guint node = 0; node < SPLINE_NODES * SPLINE_NODES; node++)
    {
      double x = (node % SPLINE_NODES) / (SPLINE_NODES - 1.0);
      double y = (node / SPLINE_NODES) / (SPLINE_NODES - 1.0), sum[2];

      for (guint axis = 0; axis < 2; axis++)
        sum[axis] = matrix[n * stride + size + axis] + x * matrix[(n + 1) * stride + size + axis]
                    + y * matrix[(n + 2) * stride + size + axis];
      for (guint i = 0; i < n; i++)
        {
          double at_x, at_y, kernel;

          place_control (dense, i, &at_x, &at_y);
          kernel = plate_kernel ((x - at_x) * (x - at_x) + (y - at_y) * (y - at_y));
          sum[0] += kernel * matrix[i * stride + size];
          sum[1] += kernel * matrix[i * stride + size + 1];
        }
      dense->shifts[2 * node] = (float) sum[0];
      dense->shifts[2 * node + 1] = (float) sum[1];
    }
}

void
ballast_dense_prepare (BallastDense *dense)
{
  if (dense->kind != DENSE_NODES || dense->shifts != NULL)
    return;
  if (dense->controls != NULL)
    bend_plate (dense);
  else
    draw_field (dense);
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
