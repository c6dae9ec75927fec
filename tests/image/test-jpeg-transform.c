#include "config.h"

#include "ballast-jpeg-transform.h"
#include "image-fixture.h"

static GBytes *
make_jpeg (guint              width,
           guint              height,
           guint              channels,
           BallastSubsampling subsampling)
{
  g_autoptr(BallastRaster) raster = make_picture (width, height, (Kind) { channels, 8 });
  BallastEncodeOptions options
    = { .format = BALLAST_FORMAT_JPEG, .quality = 90, .subsampling = subsampling };

  return ballast_encode_bytes (raster, &options, NULL);
}

static GBytes *
transform (GBytes            *bytes,
           BallastOrientation orientation,
           GError           **error)
{
  return ballast_jpeg_transform (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                 orientation, "cat.jpg", error);
}

/* The pixels are those of the moved picture, but for the rounding of the inverse transform. */
static void
test_pixels (void)
{
  g_autoptr(GBytes) bytes = make_jpeg (64, 32, 3, BALLAST_SUBSAMPLING_444);
  g_autoptr(BallastRaster) stored = decode_with (bytes, NULL, NULL);

  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) moved = transform (bytes, orientation, &error);
      g_autoptr(BallastRaster) expected = ballast_orientation_apply (stored, orientation);
      g_autoptr(BallastRaster) raster = NULL;

      g_assert_no_error (error);
      raster = decode_with (moved, NULL, NULL);
      g_assert_cmpuint (raster->width, ==, expected->width);
      for (guint y = 0; y < raster->height; y++)
        for (guint i = 0; i < raster->width * 3; i++)
          g_assert_cmpint (ABS (ballast_raster_get_row (raster, y)[i]
                                - ballast_raster_get_row (expected, y)[i]),
                           <=, 3);
    }
}

/* There and back, nothing at all is lost. */
static void
test_lossless (void)
{
  static const BallastSubsampling samplings[]
    = { BALLAST_SUBSAMPLING_444, BALLAST_SUBSAMPLING_422, BALLAST_SUBSAMPLING_420,
        BALLAST_SUBSAMPLING_GREY };

  for (guint s = 0; s < G_N_ELEMENTS (samplings); s++)
    for (guint orientation = 1; orientation <= 8; orientation++)
      {
        guint channels = samplings[s] == BALLAST_SUBSAMPLING_GREY ? 1 : 3;
        g_autoptr(GBytes) bytes = make_jpeg (96, 64, channels, samplings[s]);
        g_autoptr(GBytes) moved = transform (bytes, orientation, NULL);
        g_autoptr(GBytes) back = transform (moved, ballast_orientation_invert (orientation), NULL);
        g_autoptr(BallastRaster) before = decode_with (bytes, NULL, NULL);
        g_autoptr(BallastRaster) after = decode_with (back, NULL, NULL);

        g_assert_true (ballast_raster_equal (before, after));
      }
}

/* Only an axis that is turned round has to be a whole number of blocks. */
static void
test_perfect_only (void)
{
  static const guint8 widths_matter[9] = { 0, 0, 1, 1, 0, 0, 0, 1, 1 };
  static const guint8 heights_matter[9] = { 0, 0, 0, 1, 1, 0, 1, 1, 0 };

  for (guint orientation = 1; orientation <= 8; orientation++)
    for (guint sides = 0; sides < 4; sides++)
      {
        g_autoptr(GBytes) bytes = make_jpeg ((sides & 1) != 0 ? 60 : 64, (sides & 2) != 0 ? 30 : 32, 3,
                                              BALLAST_SUBSAMPLING_420);
        g_autoptr(GError) error = NULL;
        g_autoptr(GBytes) moved = transform (bytes, orientation, &error);
        gboolean refused = ((sides & 1) != 0 && widths_matter[orientation])
                           || ((sides & 2) != 0 && heights_matter[orientation]);

        g_assert_cmpint (moved == NULL, ==, refused);
        if (refused)
          g_assert_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED);
      }
}

/* An orientation in the file is carried out, and the file says nothing of it any more. */
static void
test_exif (void)
{
  g_autoptr(GBytes) plain = make_jpeg (64, 32, 3, BALLAST_SUBSAMPLING_420);

  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr(GBytes) turned = add_orientation (plain, orientation);
      g_autoptr(GBytes) moved = transform (turned, BALLAST_ORIENTATION_FLIP_HORIZONTAL, NULL);
      g_autoptr(GBytes) expected
        = transform (plain, ballast_orientation_compose (orientation, 2), NULL);
      g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
      g_autoptr(BallastRaster) raster = decode_with (moved, NULL, &info);

      g_assert_cmpuint (info.facts.orientation, ==, 1);
      g_assert_true (g_bytes_equal (moved, expected));
    }
}

static void
test_profile_stays (void)
{
  static const char profile[] = "a profile of some bytes";
  g_autoptr(GBytes) icc = g_bytes_new_static (profile, sizeof profile);
  g_autoptr(BallastRaster) in = make_picture (32, 32, (Kind) { 3, 8 });
  BallastEncodeOptions options = { .format = BALLAST_FORMAT_JPEG,
                                   .density = { BALLAST_DENSITY_INCH, 300, 300 },
                                   .icc_profile = icc };
  g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
  g_autoptr(GBytes) bytes = ballast_encode_bytes (in, &options, NULL);
  g_autoptr(GBytes) moved = transform (bytes, BALLAST_ORIENTATION_ROTATE_90, NULL);
  g_autoptr(BallastRaster) out = decode_with (moved, NULL, &info);

  g_assert_true (g_bytes_equal (info.icc_profile, icc));
  g_assert_cmpuint (info.density.x, ==, 300);
  g_assert_cmpuint (info.quality, ==, 95);
}

static void
test_errors (void)
{
  g_autoptr(GBytes) png = make_file (8, 8, 3, BALLAST_FORMAT_PNG);
  g_autoptr(GBytes) jpeg = make_jpeg (32, 32, 3, BALLAST_SUBSAMPLING_420);
  g_autoptr(GBytes) cut = g_bytes_new_from_bytes (jpeg, 0, g_bytes_get_size (jpeg) - 10);
  g_autoptr(GError) error = NULL;

  g_assert_null (transform (png, 2, &error));
  g_assert_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_null (transform (cut, 2, &error));
  g_assert_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_DAMAGED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/jpeg-transform/pixels", test_pixels);
  g_test_add_func ("/image/jpeg-transform/lossless", test_lossless);
  g_test_add_func ("/image/jpeg-transform/perfect-only", test_perfect_only);
  g_test_add_func ("/image/jpeg-transform/exif", test_exif);
  g_test_add_func ("/image/jpeg-transform/profile-stays", test_profile_stays);
  g_test_add_func ("/image/jpeg-transform/errors", test_errors);

  return g_test_run ();
}
