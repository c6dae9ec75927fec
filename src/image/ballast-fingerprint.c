/*
 * Perceptual hashes: dHash to find, pHash and the spread to make sure.
 *
 * dHash: Krawetz, "Kind of like that" (2013); pHash: Zauner's thesis (2010) in the reduced form of the
 * Python package ImageHash.  Sums of integers up to the transform, so that the bits are the same on
 * every machine.  Some 20 µs beside the decode.
 */
#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-fingerprint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GRADIENT_COLUMNS 9
#define GRADIENT_ROWS 8
#define WAVE_SIZE 32
#define WAVES 8

/* Grey in 1/256: 77 red + 150 green + 29 blue, over mid-grey where transparent. */
static guint
get_grey (const BallastRaster *raster,
          const guint8        *pixel)
{
  guint grey = raster->channels >= 3 ? 77u * pixel[0] + 150u * pixel[1] + 29u * pixel[2]
                                     : 256u * pixel[0];
  guint alpha = ballast_raster_has_alpha (raster) ? pixel[raster->channels - 1] : 255;

  return alpha == 255 ? grey : (grey * alpha + 128u * 256u * (255 - alpha)) / 255;
}

/* The means of @columns × @rows areas, which cover all pixels; an area has one pixel at least. */
static void
get_means (const BallastRaster *raster,
           guint                columns,
           guint                rows,
           double              *means)
{
  for (guint row = 0; row < rows; row++)
    for (guint column = 0; column < columns; column++)
      {
        guint x0 = (guint) ((guint64) column * raster->width / columns);
        guint y0 = (guint) ((guint64) row * raster->height / rows);
        guint x1 = MAX ((guint) ((guint64) (column + 1) * raster->width / columns), x0 + 1);
        guint y1 = MAX ((guint) ((guint64) (row + 1) * raster->height / rows), y0 + 1);
        guint64 sum = 0;

        for (guint y = y0; y < y1; y++)
          for (guint x = x0; x < x1; x++)
            sum += get_grey (raster, ballast_raster_get_row (raster, y) + (gsize) x * raster->channels);
        means[row * columns + column] = (double) sum / ((guint64) (x1 - x0) * (y1 - y0) * 256);
      }
}

static guint64
hash_gradients (const BallastRaster *raster)
{
  double means[GRADIENT_COLUMNS * GRADIENT_ROWS];
  guint64 bits = 0;

  get_means (raster, GRADIENT_COLUMNS, GRADIENT_ROWS, means);
  for (guint row = 0; row < GRADIENT_ROWS; row++)
    for (guint column = 0; column + 1 < GRADIENT_COLUMNS; column++)
      {
        const double *mean = &means[row * GRADIENT_COLUMNS + column];

        bits = bits << 1 | (mean[1] > mean[0]);
      }

  return bits;
}

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

static guint64
hash_waves (const double *means)
{
  double rows[WAVE_SIZE][WAVES] = { { 0 } };
  double waves[WAVES * WAVES] = { 0 }, sorted[WAVES * WAVES];
  double table[WAVE_SIZE][WAVES], median;
  guint64 bits = 0;

  for (guint i = 0; i < WAVE_SIZE; i++)
    for (guint k = 0; k < WAVES; k++)
      table[i][k] = cos (G_PI * k * (2 * i + 1) / (2 * WAVE_SIZE));
  for (guint y = 0; y < WAVE_SIZE; y++)
    for (guint k = 0; k < WAVES; k++)
      for (guint x = 0; x < WAVE_SIZE; x++)
        rows[y][k] += means[y * WAVE_SIZE + x] * table[x][k];
  for (guint l = 0; l < WAVES; l++)
    for (guint k = 0; k < WAVES; k++)
      for (guint y = 0; y < WAVE_SIZE; y++)
        waves[l * WAVES + k] += rows[y][k] * table[y][l];

  memcpy (sorted, waves, sizeof sorted);
  qsort (sorted, WAVES * WAVES, sizeof *sorted, compare_doubles);
  median = (sorted[WAVES * WAVES / 2 - 1] + sorted[WAVES * WAVES / 2]) / 2;
  for (guint i = 0; i < WAVES * WAVES; i++)
    bits = bits << 1 | (waves[i] > median);

  return bits;
}

static gint32
measure_spread (const double *means)
{
  const guint n = WAVE_SIZE * WAVE_SIZE;
  double sum = 0, squares = 0;

  for (guint i = 0; i < n; i++)
    {
      sum += means[i];
      squares += means[i] * means[i];
    }

  return (gint32) (sqrt (MAX (squares / n - (sum / n) * (sum / n), 0)) * 16 + 0.5);
}

BallastFingerprint
ballast_fingerprint_compute (const BallastRaster *raster)
{
  double means[WAVE_SIZE * WAVE_SIZE];

  g_return_val_if_fail (raster->depth == 8, ((BallastFingerprint) { .spread = -1 }));

  get_means (raster, WAVE_SIZE, WAVE_SIZE, means);
  return (BallastFingerprint) { hash_gradients (raster), hash_waves (means), measure_spread (means) };
}

gboolean
ballast_fingerprint_is_telling (const BallastFingerprint *print)
{
  return print->spread >= BALLAST_FINGERPRINT_MIN_SPREAD;
}

int
ballast_fingerprint_compare (const BallastFingerprint *a,
                             const BallastFingerprint *b,
                             guint                     max_distance)
{
  guint distance = (guint) __builtin_popcountll (a->gradients ^ b->gradients);

  if (distance > max_distance ||
      (guint) __builtin_popcountll (a->waves ^ b->waves) > 2 * distance + 8 ||
      a->spread > 2 * b->spread || b->spread > 2 * a->spread)
    return -1;

  return (int) distance;
}
