/*
 * Principal axes of colours.
 *
 * The sums of products are whole numbers, so that no order of adding matters; the 3 × 3 matrix is
 * brought to its diagonal by Jacobi's rotations, with nothing but +, −, ·, / and roots.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-axes.h"

#include <math.h>
#include <string.h>

#define SWEEPS 12

typedef struct
{
  guint64 sum[3];
  guint64 product[6]; /* rr, gg, bb, rg, rb, gb */
} Sums;

static void
add_row (const guint8 *pixel,
         guint         channels,
         guint         n,
         Sums         *sums)
{
  for (guint x = 0; x < n; x++, pixel += channels)
    {
      guint r = pixel[0], g = pixel[1], b = pixel[2];

      sums->sum[0] += r;
      sums->sum[1] += g;
      sums->sum[2] += b;
      sums->product[0] += r * r;
      sums->product[1] += g * g;
      sums->product[2] += b * b;
      sums->product[3] += r * g;
      sums->product[4] += r * b;
      sums->product[5] += g * b;
    }
}

/* One of Jacobi's rotations: makes @m[p][q] vanish. */
static void
rotate (double m[3][3],
        double v[3][3],
        guint  p,
        guint  q)
{
  double theta, t, c, s;

  if (m[p][q] == 0)
    return;
  theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
  t = (theta < 0 ? -1 : 1) / (fabs (theta) + sqrt (theta * theta + 1));
  c = 1 / sqrt (t * t + 1);
  s = t * c;
  for (guint k = 0; k < 3; k++)
    {
      double a = m[k][p], b = m[k][q];

      m[k][p] = c * a - s * b;
      m[k][q] = s * a + c * b;
    }
  for (guint k = 0; k < 3; k++)
    {
      double a = m[p][k], b = m[q][k];

      m[p][k] = c * a - s * b;
      m[q][k] = s * a + c * b;
      a = v[k][p];
      b = v[k][q];
      v[k][p] = c * a - s * b;
      v[k][q] = s * a + c * b;
    }
}

static void
take_axis (const double       m[3][3],
           const double       v[3][3],
           guint              from,
           guint              to,
           BallastColourAxes *axes)
{
  double sign = v[0][from] + v[1][from] + v[2][from] < 0 ? -1 : 1;

  for (guint c = 0; c < 3; c++)
    axes->axis[to][c] = sign * v[c][from];
  axes->deviation[to] = sqrt (MAX (m[from][from], 0));
}

static void
sort_axes (const double       m[3][3],
           const double       v[3][3],
           BallastColourAxes *axes)
{
  guint order[3] = { 0, 1, 2 };

  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < 2 - i; j++)
      if (m[order[j]][order[j]] < m[order[j + 1]][order[j + 1]])
        {
          guint kept = order[j];

          order[j] = order[j + 1];
          order[j + 1] = kept;
        }
  for (guint i = 0; i < 3; i++)
    take_axis (m, v, order[i], i, axes);
}

void
ballast_kernel_find_axes (const BallastRaster *raster,
                          BallastColourAxes   *axes)
{
  static const guint place[3][3] = { { 0, 3, 4 }, { 3, 1, 5 }, { 4, 5, 2 } };
  double n = (double) raster->width * raster->height, m[3][3], v[3][3] = { { 0 } };
  Sums sums = { { 0 }, { 0 } };

  for (guint y = 0; y < raster->height; y++)
    add_row (ballast_raster_get_row (raster, y), raster->channels, raster->width, &sums);
  for (guint i = 0; i < 3; i++)
    axes->mean[i] = (double) sums.sum[i] / n;
  for (guint i = 0; i < 3; i++)
    for (guint j = 0; j < 3; j++)
      m[i][j] = (double) sums.product[place[i][j]] / n - axes->mean[i] * axes->mean[j];
  for (guint i = 0; i < 3; i++)
    v[i][i] = 1;
  for (guint sweep = 0; sweep < SWEEPS; sweep++)
    {
      rotate (m, v, 0, 1);
      rotate (m, v, 0, 2);
      rotate (m, v, 1, 2);
    }
  sort_axes (m, v, axes);
}
