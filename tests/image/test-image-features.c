/* Features: what must not change them, and what must. */
#include <math.h>

#include "ballast-image-features.h"

typedef float Features[BALLAST_IMAGE_FEATURES_N];

/* Stripes of @period pixels, upright or lying, of the colour @red on black. */
static void
describe_stripes (guint    side,
                  guint    channels,
                  gboolean upright,
                  guint8   red,
                  float   *features)
{
  g_autoptr(BallastRaster) raster = ballast_raster_new (side, side, channels, 8);

  for (guint y = 0; y < side; y++)
    for (guint x = 0; x < side; x++)
      for (guint channel = 0; channel < channels; channel++)
        {
          guint8 value = (upright ? x : y) * 8 / side % 2 == 0 && channel == 0 ? red : 0;

          ballast_raster_get_row (raster, y)[x * channels + channel] = channel == 3 ? 255 : value;
        }
  ballast_image_features_compute (raster, features);
}

static double
get_distance (const float *a,
              const float *b)
{
  double sum = 0;

  for (guint i = 0; i < BALLAST_IMAGE_FEATURES_N; i++)
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sqrt (sum);
}

static void
test_size_does_not_matter (void)
{
  Features small, large;

  describe_stripes (32, 3, TRUE, 200, small);
  describe_stripes (64, 3, TRUE, 200, large);
  g_assert_cmpfloat (get_distance (small, large), <, 0.05);
}

static void
test_alpha_does_not_matter (void)
{
  Features opaque, with_alpha;

  describe_stripes (32, 3, TRUE, 200, opaque);
  describe_stripes (32, 4, TRUE, 200, with_alpha);
  g_assert_cmpfloat (get_distance (opaque, with_alpha), ==, 0);
}

static void
test_direction_and_colour_matter (void)
{
  Features upright, lying, pale;

  describe_stripes (32, 3, TRUE, 200, upright);
  describe_stripes (32, 3, FALSE, 200, lying);
  describe_stripes (32, 3, TRUE, 100, pale);
  g_assert_cmpfloat (get_distance (upright, lying), >, 1);
  g_assert_cmpfloat (get_distance (upright, pale), >, 0.3);
}

/* Smaller than the cells: finite all the same. */
static void
test_tiny (void)
{
  for (guint side = 1; side < 6; side++)
    {
      Features features;

      describe_stripes (side, 1, TRUE, 200, features);
      for (guint i = 0; i < BALLAST_IMAGE_FEATURES_N; i++)
        g_assert_true (isfinite (features[i]));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/image-features/size-does-not-matter", test_size_does_not_matter);
  g_test_add_func ("/image/image-features/alpha-does-not-matter", test_alpha_does_not_matter);
  g_test_add_func ("/image/image-features/direction-and-colour-matter",
                   test_direction_and_colour_matter);
  g_test_add_func ("/image/image-features/tiny", test_tiny);
  return g_test_run ();
}
