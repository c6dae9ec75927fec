/*
 * What a picture looks like from afar, as a few numbers: for estimates, not for recognition.
 */
#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-image-features.h"

#include <math.h>
#include <string.h>

#define SIDE 4
#define COLOURS (BALLAST_IMAGE_FEATURES_CELLS * 3)
#define DIRECTIONS (BALLAST_IMAGE_FEATURES_CELLS * BALLAST_IMAGE_FEATURES_DIRECTIONS)

typedef struct
{
  double sums[BALLAST_IMAGE_FEATURES_CELLS][3];
  double counts[BALLAST_IMAGE_FEATURES_CELLS];
  double edges[BALLAST_IMAGE_FEATURES_CELLS][BALLAST_IMAGE_FEATURES_DIRECTIONS];
  double totals[3], squares[3];
} Measure;

static guint
get_cell (const BallastRaster *raster,
          guint                x,
          guint                y)
{
  return y * SIDE / raster->height * SIDE + x * SIDE / raster->width;
}

/* Grey pictures have one colour three times. */
static guint8
get_colour (const BallastRaster *raster,
            guint                x,
            guint                y,
            guint                channel)
{
  const guint8 *pixel = ballast_raster_get_row (raster, y) + (gsize) x * raster->channels;

  return raster->channels >= 3 ? pixel[channel] : pixel[0];
}

static int
get_grey (const BallastRaster *raster,
          guint                x,
          guint                y)
{
  return (77 * get_colour (raster, x, y, 0) + 150 * get_colour (raster, x, y, 1) +
          29 * get_colour (raster, x, y, 2) + 128) >> 8;
}

static void
add_colours (Measure             *measure,
             const BallastRaster *raster,
             guint                x,
             guint                y)
{
  guint cell = get_cell (raster, x, y);

  measure->counts[cell]++;
  for (guint channel = 0; channel < 3; channel++)
    {
      double value = get_colour (raster, x, y, channel) / 255.0;

      measure->sums[cell][channel] += value;
      measure->totals[channel] += value;
      measure->squares[channel] += value * value;
    }
}

/* An edge has a direction, no sense: light above dark is dark above light. */
static void
add_edge (Measure             *measure,
          const BallastRaster *raster,
          guint                x,
          guint                y)
{
  int across = get_grey (raster, x + 1, y) - get_grey (raster, x - 1, y);
  int down = get_grey (raster, x, y + 1) - get_grey (raster, x, y - 1);
  double angle = atan2 (down, across);
  guint bin;

  if (angle < 0)
    angle += G_PI;
  bin = (guint) (angle / G_PI * BALLAST_IMAGE_FEATURES_DIRECTIONS) %
        BALLAST_IMAGE_FEATURES_DIRECTIONS;
  measure->edges[get_cell (raster, x, y)][bin] += sqrt (across * across + down * down);
}

static void
fill (const Measure *measure,
      double         n_pixels,
      float         *features)
{
  for (guint cell = 0; cell < BALLAST_IMAGE_FEATURES_CELLS; cell++)
    {
      const double *edges = measure->edges[cell];
      double length = 1e-6;

      for (guint channel = 0; channel < 3; channel++)
        features[cell * 3 + channel] = (float) (measure->sums[cell][channel] /
                                                MAX (measure->counts[cell], 1));
      for (guint bin = 0; bin < BALLAST_IMAGE_FEATURES_DIRECTIONS; bin++)
        length += edges[bin] * edges[bin];
      for (guint bin = 0; bin < BALLAST_IMAGE_FEATURES_DIRECTIONS; bin++)
        features[COLOURS + cell * BALLAST_IMAGE_FEATURES_DIRECTIONS + bin]
          = (float) (edges[bin] / sqrt (length));
    }
  for (guint channel = 0; channel < 3; channel++)
    {
      double mean = measure->totals[channel] / n_pixels;

      features[COLOURS + DIRECTIONS + channel]
        = (float) sqrt (MAX (measure->squares[channel] / n_pixels - mean * mean, 0));
    }
}

void
ballast_image_features_compute (const BallastRaster *raster,
                                float               *features)
{
  Measure measure = { 0 };

  g_return_if_fail (raster->depth == 8);

  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      {
        add_colours (&measure, raster, x, y);
        if (x > 0 && y > 0 && x + 1 < raster->width && y + 1 < raster->height)
          add_edge (&measure, raster, x, y);
      }
  fill (&measure, (double) raster->width * raster->height, features);
}
