/*
 * Marks copies that teach nothing.
 *
 * Both pictures are looked at through the same grid, however large they are: a few ten microseconds.
 * Pure functions; any thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-variant-quality.h"

#include <math.h>
#include <stdlib.h>

#define GRID 48
#define N_SAMPLES (GRID * GRID)
/* Colours that share their upper four bits are one: coarser, and a dark picture would be one colour. */
#define N_BINS 4096

#define ALIKE_LEVELS 2.5

/* Of contrasts (standard deviations of the grey). */
#define FLAT_SHARE 0.125
#define LEAST_CONTRAST 8.0

/* Of the picture in one colour. */
#define COVERED_SHARE 0.8
#define OPEN_SHARE 0.6

/* Mean difference of neighbours, in levels, and how much more than the original's. */
#define NOISE_LEVELS 48.0
#define NOISE_FACTOR 3.0

typedef struct
{
  guint8 colours[N_SAMPLES][3];
  double contrast;
  double roughness; /* mean difference of neighbours */
  double dominance; /* the share of the most common colour */
} Look;

/* Of a picture without colour, the grey stands for all three. */
static double
grey_of (const guint8 *pixel,
         guint         channels)
{
  return channels < 3 ? pixel[0] : 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
}

static void
look_at (const BallastRaster *raster,
         Look                *look)
{
  guint bins[N_BINS] = { 0 }, most = 0;
  double sum = 0, squares = 0;

  look->roughness = 0;
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      guint x = (2 * (i % GRID) + 1) * raster->width / (2 * GRID);
      guint y = (2 * (i / GRID) + 1) * raster->height / (2 * GRID);
      const guint8 *row = ballast_raster_get_row ((BallastRaster *) raster, y);
      const guint8 *pixel = row + (gsize) x * raster->channels;
      const guint8 *next = row + (gsize) MIN (x + 1, raster->width - 1) * raster->channels;
      double grey = grey_of (pixel, raster->channels);
      guint8 *colour = look->colours[i];
      guint bin;

      for (guint c = 0; c < 3; c++)
        colour[c] = raster->channels < 3 ? pixel[0] : pixel[c];
      bin = (guint) (colour[0] >> 4) << 8 | (guint) (colour[1] >> 4) << 4 | (guint) (colour[2] >> 4);
      sum += grey;
      squares += grey * grey;
      look->roughness += fabs (grey - grey_of (next, raster->channels));
      most = MAX (most, ++bins[bin]);
    }
  look->contrast = sqrt (MAX (squares / N_SAMPLES - (sum / N_SAMPLES) * (sum / N_SAMPLES), 0));
  look->roughness /= N_SAMPLES;
  look->dominance = (double) most / N_SAMPLES;
}

static gboolean
is_alike (const BallastRaster *original,
          const BallastRaster *variant,
          const Look          *before,
          const Look          *after)
{
  double proportions = (double) variant->width * original->height
                       / ((double) variant->height * original->width);
  gint64 sum = 0;

  if (fabs (proportions - 1) > 0.05)
    return FALSE;
  for (guint i = 0; i < N_SAMPLES; i++)
    for (guint c = 0; c < 3; c++)
      sum += abs (before->colours[i][c] - after->colours[i][c]);
  return (double) sum < ALIKE_LEVELS * 3 * N_SAMPLES;
}

static gboolean
is_destroyed (const Look *before,
              const Look *after)
{
  if (before->contrast > LEAST_CONTRAST && after->contrast < FLAT_SHARE * before->contrast)
    return TRUE;
  if (after->dominance > COVERED_SHARE && before->dominance < OPEN_SHARE)
    return TRUE;
  return after->roughness > NOISE_LEVELS && after->roughness > NOISE_FACTOR * before->roughness;
}

BallastVariantQuality
ballast_variant_quality_judge (const BallastRaster *original,
                               const BallastRaster *variant)
{
  Look before, after;

  if (original->depth != 8 || variant->depth != 8)
    return BALLAST_VARIANT_FINE;
  look_at (original, &before);
  look_at (variant, &after);
  if (is_alike (original, variant, &before, &after))
    return BALLAST_VARIANT_ALIKE;
  return is_destroyed (&before, &after) ? BALLAST_VARIANT_DESTROYED : BALLAST_VARIANT_FINE;
}
