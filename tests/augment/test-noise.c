#include <math.h>

#include "augment-fixture.h"
#include "ballast-op-table.h"
#include "ballast-program-box.h"

/* Ops of chance: counts, shares and moments of what they draw. */

static guint
count_value (const BallastRaster *raster,
             guint                value)
{
  guint n = 0;

  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      n += fixture_get (raster, x, y, 0) == value;
  return n;
}

static void
get_moments (const BallastRaster *raster,
             double              *mean,
             double              *deviation)
{
  double sum = 0, squares = 0;
  guint n = raster->width * raster->height * raster->channels;

  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      for (guint c = 0; c < raster->channels; c++)
        {
          double value = fixture_get (raster, x, y, c);

          sum += value;
          squares += value * value;
        }
  *mean = sum / n;
  *deviation = sqrt (MAX (0, squares / n - *mean * *mean));
}

/* ⌊amount · pixels⌋ and ⌊that · salt⌋ exactly, in every kind of raster. */
static void
test_noise_salt_exact (void)
{
  static const double amounts[][2] = { { 0.05, 0.4 }, { 0.25, 0 }, { 0.001, 1 }, { 0.75, 0.5 } };

  for (guint k = 0; k < G_N_ELEMENTS (raster_kinds); k++)
    for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
      {
        g_autofree char *step = g_strdup_printf ("[\"SaltAndPepper\",1,%g,%g,7,%u]", amounts[i][0],
                                                 amounts[i][1], 11 + i);
        g_autoptr(BallastRaster) flat = ballast_raster_new (301, 203, raster_kinds[k][0], raster_kinds[k][1]);
        g_autoptr(BallastRaster) result = NULL;
        guint white = raster_kinds[k][1] == 16 ? 65535 : 255, n = 301 * 203 * amounts[i][0];

        for (guint j = 0; j < 301 * 203; j++)
          for (guint c = 0; c < flat->channels; c++)
            fixture_set (flat, j % 301, j / 301, c, 128);
        result = fixture_run (flat, step);
        g_assert_cmpuint (count_value (result, white), ==, (guint) (n * amounts[i][1]));
        g_assert_cmpuint (count_value (result, 0), ==, n - (guint) (n * amounts[i][1]));
      }
}

/* Where the changed pixels lie: every row and column has its share. */
static void
test_noise_salt_even (void)
{
  g_autoptr(BallastRaster) flat = fixture_flat (400, 400, 1, 128);
  g_autoptr(BallastRaster) result = fixture_run (flat, "[\"SaltAndPepper\",1,0.1,0,3,4]");

  for (guint i = 0; i < 400; i++)
    {
      guint row = 0, column = 0;

      for (guint j = 0; j < 400; j++)
        {
          row += fixture_get (result, j, i, 0) == 0;
          column += fixture_get (result, i, j, 0) == 0;
        }
      g_assert_cmpuint (row, >, 10);
      g_assert_cmpuint (row, <, 72);
      g_assert_cmpuint (column, >, 10);
      g_assert_cmpuint (column, <, 72);
    }
}

static void
test_noise_dropped_share (void)
{
  g_autoptr(BallastRaster) flat = fixture_flat (500, 400, 3, 200);
  g_autoptr(BallastRaster) together = fixture_run (flat, "[\"PixelDropout\",1,9,9,9,0.1,0,0,5,6]");
  g_autoptr(BallastRaster) apart = fixture_run (flat, "[\"PixelDropout\",1,9,9,9,0.1,1,0,5,6]");
  guint n = 0;

  g_assert_cmpuint (count_value (together, 9), >, 19400);
  g_assert_cmpuint (count_value (together, 9), <, 20600);
  g_assert_cmpuint (count_value (apart, 9), >, 19400);
  g_assert_cmpuint (count_value (apart, 9), <, 20600);
  for (guint i = 0; i < 500 * 400; i++)
    n += fixture_get (apart, i % 500, i / 500, 0) == 9 && fixture_get (apart, i % 500, i / 500, 1) == 9;
  g_assert_cmpuint (n, >, 1700);
  g_assert_cmpuint (n, <, 2300);
}

/* A random fill is uniform, and stays inside its hole. */
static void
test_noise_random_fill (void)
{
  g_autoptr(BallastRaster) flat = fixture_flat (300, 300, 3, 0);
  g_autoptr(BallastRaster) result = fixture_run (flat, "[\"Erasing\",1,0,0,0,50,50,200,200,77,88]");
  g_autoptr(BallastRaster) uniform = fixture_run (flat, "[\"Erasing\",1,0,0,0,50,50,200,200,77]");
  g_autoptr(BallastRaster) hole = ballast_raster_new (200, 200, 3, 8);
  double mean, deviation;

  for (guint i = 0; i < 200 * 200 * 3; i++)
    fixture_set (hole, i / 3 % 200, i / 600, i % 3,
                 fixture_get (result, 50 + i / 3 % 200, 50 + i / 600, i % 3));
  get_moments (hole, &mean, &deviation);
  g_assert_cmpfloat (fabs (mean - 127.5), <, 1);
  g_assert_cmpfloat (fabs (deviation - 73.9), <, 1);
  g_assert_cmpuint (fixture_get (result, 49, 100, 0) + fixture_get (result, 250, 100, 0), ==, 0);
  g_assert_cmpuint (fixture_get (uniform, 60, 60, 0), ==, fixture_get (uniform, 240, 230, 0));
  g_assert_cmpuint (fixture_get (uniform, 60, 60, 0), !=, fixture_get (uniform, 60, 60, 1));
}

/* ratio² of the picture is covered, one hole in each cell. */
static void
test_noise_grid_area (void)
{
  g_autoptr(BallastRaster) flat = fixture_flat (400, 300, 1, 200);
  g_autoptr(BallastRaster) result = fixture_run (flat,
                                                  "[\"GridDropout\",1,0,0,0,10,10,0.5,-1,-1,3,4]");
  g_autoptr(BallastRaster) lined = fixture_run (flat,
                                                 "[\"GridDropout\",1,0,0,0,4,3,0.25,5,7,3,4]");

  g_assert_cmpuint (count_value (result, 0), ==, 20 * 15 * 100);
  g_assert_cmpuint (count_value (lined, 0), ==, 25 * 25 * 12);
  g_assert_cmpuint (fixture_get (lined, 105, 107, 0), ==, 0);
  g_assert_cmpuint (fixture_get (lined, 104, 107, 0), ==, 200);
}

/* Reduced, the noise has the mean and about the strength of the full picture made smaller. */
static void
test_noise_in_reduced_picture (void)
{
  static const char *const steps[] = {
    "[\"SaltAndPepper\",1,0.04,0.25,7,8]", "[\"PixelDropout\",1,0,0,0,0.04,0,0,5,6]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr(BallastRecipe) recipe = fixture_recipe (800, 800, steps[i]);
      g_autoptr(BallastRaster) flat = fixture_flat (200, 200, 1, 128), full = fixture_flat (800, 800, 1, 128);
      g_autoptr(BallastRaster) small = fixture_run_recipe (recipe, flat);
      g_autoptr(BallastRaster) large = fixture_run_recipe (recipe, full);
      double mean, deviation, full_mean, full_deviation;

      get_moments (small, &mean, &deviation);
      get_moments (large, &full_mean, &full_deviation);
      g_assert_cmpfloat (fabs (mean - full_mean), <, 0.8);
      g_assert_cmpfloat (deviation, <, full_deviation);
      g_assert_cmpfloat (deviation, >, full_deviation / 8);
    }
}

/* Mean and standard deviation that a step gives a flat grey of @value. */
static void
check_moments (const char *step,
               guint       value,
               double      mean,
               double      deviation,
               double      tolerance)
{
  g_autoptr(BallastRaster) flat = fixture_flat (400, 300, 3, value);
  g_autoptr(BallastRaster) result = fixture_run (flat, step);
  double got_mean, got_deviation;

  get_moments (result, &got_mean, &got_deviation);
  g_test_message ("%s on %u: %.2f ± %.2f", step, value, got_mean, got_deviation);
  g_assert_cmpfloat (fabs (got_mean - mean), <, tolerance);
  g_assert_cmpfloat (fabs (got_deviation - deviation), <, tolerance);
}

static void
test_noise_additive_moments (void)
{
  /* Uniform ±s: s / √3; normal: s; Laplace: s · √2; arcsine: s / √2. */
  check_moments ("[\"AdditiveNoise\",1,0,1,0.1,3,4]", 128, 128, 14.72, 0.2);
  check_moments ("[\"AdditiveNoise\",1,1,1,0.1,3,4]", 128, 128, 25.5, 0.2);
  check_moments ("[\"AdditiveNoise\",1,2,1,0.05,3,4]", 128, 128, 18.03, 0.3);
  check_moments ("[\"AdditiveNoise\",1,3,1,0.1,3,4]", 128, 128, 18.03, 0.2);
  check_moments ("[\"AdditiveNoise\",1,1,2,0.1,3,4]", 128, 128, 25.5, 0.3);
}

static void
test_noise_multiplicative_moments (void)
{
  check_moments ("[\"MultiplicativeNoise\",1,1,1,1,0.8,1.2,1,1,5,6]", 100, 100, 11.55, 0.2);
  check_moments ("[\"MultiplicativeNoise\",1,1,1,1,0.8,1.2,1,0,5,6]", 100, 100, 11.55, 0.2);
  check_moments ("[\"MultiplicativeNoise\",1,0.5,0.5,0.5,1,1,0,0,5,6]", 101, 50, 0, 0.01);
}

/* In linear light the mean stays and the variance is mean · scale: exact for few photons. */
static void
test_noise_shot_is_poisson (void)
{
  static const double scales[] = { 0.3, 0.05, 0.01, 0.002 };

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      g_autofree char *step = g_strdup_printf ("[\"ShotNoise\",1,%g,5,6]", scales[i]);
      g_autoptr(BallastRaster) flat = ballast_raster_new (500, 400, 1, 16);
      g_autoptr(BallastRaster) result = NULL;
      double linear = pow (90 / 255.0, 2.2), mean = 0, square = 0, variance;

      for (guint j = 0; j < 500 * 400; j++)
        fixture_set (flat, j % 500, j / 500, 0, 90 * 257);
      result = fixture_run (flat, step);
      for (guint j = 0; j < 500 * 400; j++)
        {
          double light = pow (fixture_get (result, j % 500, j / 500, 0) / 65535.0, 2.2);

          mean += light / 200000;
          square += light * light / 200000;
        }
      variance = square - mean * mean;
      g_test_message ("scale %g: %g, %g; %g, %g", scales[i], mean, linear, variance,
                      linear * scales[i]);
      g_assert_cmpfloat (fabs (mean / linear - 1), <, 0.02);
      g_assert_cmpfloat (fabs (variance / (linear * scales[i]) - 1), <, 0.04);
    }
}

/* More grain in the dark than in the light, and none where nothing is asked for. */
static void
test_noise_iso (void)
{
  check_moments ("[\"ISONoise\",1,0,0.5,5,6]", 60, 60, 13.7, 0.4);
  check_moments ("[\"ISONoise\",1,0,0.5,5,6]", 200, 199.9, 8.4, 0.4);
  check_moments ("[\"ISONoise\",1,0,0,5,6]", 200, 200, 0, 0.001);
}

/* Holes of ops that are shown the boxes lie in them; a whole object's box is gone. */
static void
test_noise_holes_in_boxes (void)
{
  static const char *const names[] = { "ConstrainedCoarseDropout", "MaskDropout" };
  const BallastBox boxes[] = { { 10, 20, 50, 40 }, { 100.5, 100.25, 60, 80 }, { 180, 5, 15, 15 } };
  BallastSubject subject = { .width = 200, .height = 200, .boxes = boxes, .n_boxes = 3 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint copy = 0; copy < 40; copy++)
      {
        BallastRandomKey key = ballast_random_key (3, "picture", copy);
        g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
        g_autoptr(BallastRecipe) recipe = NULL;
        const double *n;

        ballast_pipeline_add (pipeline, ballast_op_find (names[i]), -1);
        ballast_pipeline_set_p (pipeline, 0, 1);
        recipe = ballast_pipeline_sample_subject (pipeline, &key, &subject);
        n = recipe->steps[0].numbers;
        g_assert_cmpuint (recipe->steps[0].n_numbers, ==, i == 0 ? 3 + 3 * 4 : 3 + 4);
        for (guint j = 0; i == 0 && j < 3; j++)
          {
            g_assert_cmpfloat (n[3 + 4 * j], >=, floor (boxes[j].x));
            g_assert_cmpfloat (n[3 + 4 * j] + n[5 + 4 * j], <=, ceil (boxes[j].x + boxes[j].width));
            g_assert_cmpfloat (n[4 + 4 * j], >=, floor (boxes[j].y));
            g_assert_cmpfloat (n[4 + 4 * j] + n[6 + 4 * j], <=, ceil (boxes[j].y + boxes[j].height));
          }
        if (i == 1)
          {
            g_autoptr(GArray) left = ballast_recipe_map_boxes (recipe, boxes, 3, NULL, NULL);

            g_assert_cmpuint (left->len, ==, 2);
          }
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/noise/salt-exact", test_noise_salt_exact);
  g_test_add_func ("/augment/noise/salt-even", test_noise_salt_even);
  g_test_add_func ("/augment/noise/dropped-share", test_noise_dropped_share);
  g_test_add_func ("/augment/noise/random-fill", test_noise_random_fill);
  g_test_add_func ("/augment/noise/grid-area", test_noise_grid_area);
  g_test_add_func ("/augment/noise/in-reduced-picture", test_noise_in_reduced_picture);
  g_test_add_func ("/augment/noise/additive-moments", test_noise_additive_moments);
  g_test_add_func ("/augment/noise/multiplicative-moments", test_noise_multiplicative_moments);
  g_test_add_func ("/augment/noise/shot-is-poisson", test_noise_shot_is_poisson);
  g_test_add_func ("/augment/noise/iso", test_noise_iso);
  g_test_add_func ("/augment/noise/holes-in-boxes", test_noise_holes_in_boxes);
  return g_test_run ();
}
