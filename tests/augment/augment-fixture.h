#pragma once

#include <string.h>

#include "ballast-program.h"
#include "ballast-random.h"

/* What the tests of this folder share: rasters of any kind, and recipes from text. */

/* The kinds of raster that there are: channels and depth. */
static const guint raster_kinds[][2] = { { 1, 8 }, { 2, 8 }, { 3, 8 }, { 4, 8 }, { 1, 16 } };

/* A sample, whatever the depth. */
static inline guint
fixture_get (const BallastRaster *raster,
             guint                x,
             guint                y,
             guint                channel)
{
  const guint8 *row = ballast_raster_get_row (raster, y);
  guint16 value;

  if (raster->depth == 8)
    return row[x * raster->channels + channel];
  memcpy (&value, row + 2 * x, 2);
  return value;
}

static inline void
fixture_set (BallastRaster *raster,
             guint          x,
             guint          y,
             guint          channel,
             guint          value)
{
  guint8 *row = ballast_raster_get_row (raster, y);
  guint16 wide = (guint16) value;

  if (raster->depth == 8)
    row[x * raster->channels + channel] = (guint8) value;
  else
    memcpy (row + 2 * x, &wide, 2);
}

/* White noise; @seed tells one from another. */
static inline BallastRaster *
fixture_noise (guint width,
               guint height,
               guint channels,
               guint depth,
               guint seed)
{
  BallastRaster *raster = ballast_raster_new (width, height, channels, depth);
  BallastRandomKey key = ballast_random_key (seed, "noise", 0);
  guint32 index = 0;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++)
      for (guint c = 0; c < channels; c++)
        fixture_set (raster, x, y, c, (guint) ballast_random_bits (&key, 1, index++));
  return raster;
}

static inline BallastRaster *
fixture_flat (guint width,
              guint height,
              guint channels,
              guint value)
{
  BallastRaster *raster = ballast_raster_new (width, height, channels, 8);

  memset (raster->data, (int) value, raster->stride * height);
  return raster;
}

/* @steps: the part between the brackets of a recipe's "steps". */
static inline BallastRecipe *
fixture_recipe (guint       width,
                guint       height,
                const char *steps)
{
  g_autofree char *text = g_strdup_printf ("{\"size\":[%u,%u],\"steps\":[%s]}", width, height,
                                           steps);
  g_autoptr(GError) error = NULL;
  BallastRecipe *recipe = ballast_recipe_from_json (text, -1, &error);

  g_assert_no_error (error);
  return recipe;
}

/* A copy of a picture of @width × @height that has others to take parts from. */
static inline BallastRecipe *
fixture_sample (const BallastPipeline  *pipeline,
                const BallastRandomKey *key,
                guint                   width,
                guint                   height)
{
  static const BallastBox boxes[] = { { 10, 20, 100, 80 }, { 5, 5, 20, 20 } };
  static const BallastPartner partners[] = {
    { "a/1.jpg", 0, 640, 480, boxes, 2 }, { "a/ä \"2\" \xff.jpg", 1, 300, 400, boxes, 1 },
    { "a/3.jpg", 0, 64, 512, NULL, 0 }, { "a/4.jpg", 0, 31, 17, NULL, 0 },
  };
  const BallastPartnerList list = { partners, G_N_ELEMENTS (partners), 3 };
  BallastSubject subject = { .width = width, .height = height, .partners = &list };

  return ballast_pipeline_sample_subject (pipeline, key, &subject);
}

static inline BallastRaster *
fixture_run_recipe (const BallastRecipe *recipe,
                    const BallastRaster *source)
{
  g_autoptr(BallastProgram) program = ballast_program_new (recipe, source->width, source->height,
                                                           source->channels, source->depth);
  g_autoptr(GError) error = NULL;
  BallastRaster *result = ballast_program_run (program, source, NULL, &error);

  g_assert_no_error (error);
  return result;
}

static inline BallastRaster *
fixture_run (const BallastRaster *source,
             const char          *steps)
{
  g_autoptr(BallastRecipe) recipe = fixture_recipe (source->width, source->height, steps);

  return fixture_run_recipe (recipe, source);
}

/* The largest difference of any sample; rasters must be of one size. */
static inline guint
fixture_difference (const BallastRaster *a,
                    const BallastRaster *b)
{
  guint largest = 0;

  g_assert_cmpuint (a->width, ==, b->width);
  g_assert_cmpuint (a->height, ==, b->height);
  for (guint y = 0; y < a->height; y++)
    for (guint x = 0; x < a->width; x++)
      for (guint c = 0; c < a->channels; c++)
        {
          guint left = fixture_get (a, x, y, c), right = fixture_get (b, x, y, c);

          largest = MAX (largest, MAX (left, right) - MIN (left, right));
        }
  return largest;
}
