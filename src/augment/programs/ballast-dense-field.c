/*
 * Fields of shifts that are computed: random waves, and thin plates.
 *
 * Random fields are made at half of their sigma, which straight lines follow to some hundredths of a
 * pixel.  Some hundred microseconds; sums have one order, whatever the processor.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-dense-field.h"
#include "ballast-kernel.h"

#include <math.h>
#include <string.h>

/* Both numbers of a node: each the sum of six uniform ones, which smoothing makes normal. */
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
      memcpy (to + ((gsize) x * rows + y) * 2, from + ((gsize) y * columns + x) * 2,
              2 * sizeof (float));
}

float *
ballast_dense_draw_field (const BallastDenseNoise *noise,
                          const double             size[2],
                          guint                    columns,
                          guint                    rows)
{
  guint n = columns * rows * 2;
  g_autoptr(GArray) across = field_weights (noise->sigma * (columns - 1) / size[0]);
  g_autoptr(GArray) down = field_weights (noise->sigma * (rows - 1) / size[1]);
  g_autofree float *white = g_new (float, n), *blurred = g_new0 (float, n);

  for (guint i = 0; i < columns * rows; i++)
    draw_node (noise->seed, i % columns, i / columns, (float) noise->amplitude, white + 2 * i);
  blur_lines (white, blurred, rows, 2 * columns, down);
  turn_lines (blurred, white, columns, rows);
  memset (blurred, 0, n * sizeof *blurred);
  blur_lines (white, blurred, columns, 2 * rows, across);
  turn_lines (blurred, white, rows, columns);
  for (guint i = 0; i < n && noise->same; i += 2)
    white[i + 1] = white[i];
  return g_steal_pointer (&white);
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

/* The nodes that a plate is held at. */
typedef struct
{
  guint         columns, rows;
  const double *shifts;
} Plate;

/* Node @i of the plate, on the unit square. */
static void
place_control (const Plate *plate,
               guint        i,
               double      *x,
               double      *y)
{
  *x = (double) (i % plate->columns) / (plate->columns - 1);
  *y = (double) (i / plate->columns) / (plate->rows - 1);
}

/* The plate's equations: a weight for each node, and a plane. */
static double *
weigh_controls (const Plate *plate)
{
  guint n = plate->columns * plate->rows, size = n + 3, stride = size + 2;
  double *matrix = g_new0 (double, (gsize) size * stride);

  for (guint i = 0; i < n; i++)
    {
      double x, y;

      place_control (plate, i, &x, &y);
      for (guint j = 0; j < n; j++)
        {
          double other_x, other_y;

          place_control (plate, j, &other_x, &other_y);
          matrix[i * stride + j] = plate_kernel ((x - other_x) * (x - other_x)
                                                 + (y - other_y) * (y - other_y));
        }
      matrix[i * stride + n] = matrix[n * stride + i] = 1;
      matrix[i * stride + n + 1] = matrix[(n + 1) * stride + i] = x;
      matrix[i * stride + n + 2] = matrix[(n + 2) * stride + i] = y;
      matrix[i * stride + size] = plate->shifts[2 * i];
      matrix[i * stride + size + 1] = plate->shifts[2 * i + 1];
    }
  solve (matrix, size);
  return matrix;
}

float *
ballast_dense_bend_plate (const double *controls,
                          guint         columns,
                          guint         rows,
                          guint         nodes)
{
  const Plate plate = { columns, rows, controls };
  guint n = columns * rows, size = n + 3, stride = size + 2;
  g_autofree double *matrix = weigh_controls (&plate);
  float *shifts = g_new (float, (gsize) nodes * nodes * 2);

  for (guint node = 0; node < nodes * nodes; node++)
    {
      double x = (node % nodes) / (nodes - 1.0), y = (node / nodes) / (nodes - 1.0), sum[2];

      for (guint axis = 0; axis < 2; axis++)
        sum[axis] = matrix[n * stride + size + axis] + x * matrix[(n + 1) * stride + size + axis]
                    + y * matrix[(n + 2) * stride + size + axis];
      for (guint i = 0; i < n; i++)
        {
          double at_x, at_y, kernel;

          place_control (&plate, i, &at_x, &at_y);
          kernel = plate_kernel ((x - at_x) * (x - at_x) + (y - at_y) * (y - at_y));
          sum[0] += kernel * matrix[i * stride + size];
          sum[1] += kernel * matrix[i * stride + size + 1];
        }
      shifts[2 * node] = (float) sum[0];
      shifts[2 * node + 1] = (float) sum[1];
    }
  return shifts;
}
