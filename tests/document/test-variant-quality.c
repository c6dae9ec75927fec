/* Copies that are marked: like the original, or destroyed. */
#include <string.h>

#include "ballast-op-table.h"
#include "ballast-program.h"
#include "ballast-recipe.h"
#include "ballast-variant-quality.h"

/* A picture with shapes in it: bright squares on a gradient. */
static BallastRaster *
picture (guint channels)
{
  BallastRaster *raster = ballast_raster_new (200, 150, channels, 8);

  for (guint y = 0; y < 150; y++)
    for (guint x = 0; x < 200; x++)
      for (guint c = 0; c < channels; c++)
        ballast_raster_get_row (raster, y)[x * channels + c] =
          (guint8) ((x / 40 + y / 50) % 2 == 0 ? 200 + c * 20 : x / 2 + y / 3 + c * 10);
  return raster;
}

/* One op with all its ranges at one value. */
static BallastVariantQuality
judge (const char *op,
       const char *parameter,
       double      value,
       guint       channels)
{
  g_autoptr(BallastRaster) original = picture (channels);
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  BallastRandomKey key = ballast_random_key (1, "x", 1);
  BallastValue range = { { value, value } };
  g_autoptr(BallastRecipe) recipe = NULL;
  g_autoptr(BallastProgram) program = NULL;
  g_autoptr(BallastRaster) variant = NULL;

  ballast_pipeline_add (pipeline, ballast_op_find (op), -1);
  ballast_pipeline_set_p (pipeline, 0, 1);
  if (parameter != NULL)
    ballast_pipeline_set_value (pipeline, 0,
                                (guint) ballast_op_find_parameter (ballast_op_find (op), parameter),
                                &range);
  recipe = ballast_pipeline_sample (pipeline, &key, 200, 150, NULL);
  program = ballast_program_new (recipe, 200, 150, channels, 8);
  variant = ballast_program_run (program, original, NULL, NULL);
  return ballast_variant_quality_judge (original, variant);
}

static const struct
{
  const char           *op;
  const char           *parameter;
  double                value;
  BallastVariantQuality quality;
} cases[] = {
  { "Rotate", "limit", 0, BALLAST_VARIANT_ALIKE },
  { "Rotate", "limit", 12, BALLAST_VARIANT_FINE },
  { "HorizontalFlip", NULL, 0, BALLAST_VARIANT_FINE },
  { "Transpose", NULL, 0, BALLAST_VARIANT_FINE },
  { "GaussNoise", "std_range", 0.05, BALLAST_VARIANT_FINE },
  { "GaussNoise", "std_range", 0.9, BALLAST_VARIANT_DESTROYED },
  { "RandomGamma", "gamma_limit", 101, BALLAST_VARIANT_ALIKE },
  { "RandomGamma", "gamma_limit", 140, BALLAST_VARIANT_FINE },
  { "RandomBrightnessContrast", "brightness_limit", 1, BALLAST_VARIANT_DESTROYED },
  { "CoarseDropout", "hole_height_range", 0.2, BALLAST_VARIANT_FINE },
  { "RandomBrightnessContrast", "brightness_limit", -0.25, BALLAST_VARIANT_FINE },
  { "RandomBrightnessContrast", "contrast_limit", -0.5, BALLAST_VARIANT_FINE },
};

static void
test_quality (void)
{
  for (guint channels = 1; channels <= 4; channels++)
    for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_test_message ("%s %g on %u channels", cases[i].op, cases[i].value, channels);
        g_assert_cmpint (judge (cases[i].op, cases[i].parameter, cases[i].value, channels), ==,
                         cases[i].quality);
      }
}

static void
test_quality_sizes (void)
{
  g_autoptr(BallastRaster) one = ballast_raster_new (1, 1, 3, 8);
  g_autoptr(BallastRaster) large = picture (3);
  g_autoptr(BallastRaster) deep = ballast_raster_new (5, 5, 1, 16);

  memset (ballast_raster_get_row (one, 0), 0, 3);
  g_assert_cmpint (ballast_variant_quality_judge (one, one), ==, BALLAST_VARIANT_ALIKE);
  g_assert_cmpint (ballast_variant_quality_judge (large, one), ==, BALLAST_VARIANT_DESTROYED);
  g_assert_cmpint (ballast_variant_quality_judge (deep, deep), ==, BALLAST_VARIANT_FINE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/variant-quality/ops", test_quality);
  g_test_add_func ("/document/variant-quality/sizes", test_quality_sizes);
  return g_test_run ();
}
