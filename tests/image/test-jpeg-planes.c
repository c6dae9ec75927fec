#include "config.h"

#include "ballast-jpeg-planes.h"
#include "ballast-orientation-private.h"
#include "image-fixture.h"

static GBytes *
make_jpeg (guint              width,
           guint              height,
           BallastSubsampling subsampling,
           guint              quality)
{
  guint channels = subsampling == BALLAST_SUBSAMPLING_GREY ? 1 : 3;
  g_autoptr(BallastRaster) raster = make_picture (width, height, (Kind) { channels, 8 });
  BallastEncodeOptions options
    = { .format = BALLAST_FORMAT_JPEG, .quality = quality, .subsampling = subsampling };

  return ballast_encode_bytes (raster, &options, NULL);
}

static GBytes *
turn (GBytes            *bytes,
      BallastOrientation orientation,
      guint              quality,
      GError           **error)
{
  return ballast_jpeg_turn_planes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                   orientation, quality, NULL, error);
}

/* The sum of all differences of two pictures of one size. */
static double
differ (const BallastRaster *a,
        const BallastRaster *b)
{
  double sum = 0;

  g_assert_cmpuint (a->width, ==, b->width);
  g_assert_cmpuint (a->height, ==, b->height);
  for (guint y = 0; y < a->height; y++)
    for (gsize i = 0; i < ballast_raster_get_row_bytes (a); i++)
      sum += ABS (ballast_raster_get_row (a, y)[i] - ballast_raster_get_row (b, y)[i]);
  return sum;
}

/* What a turn loses by the way through pixels. */
static double
lose_by_pixels (const BallastRaster *turned,
                BallastSubsampling   subsampling)
{
  BallastEncodeOptions options
    = { .format = BALLAST_FORMAT_JPEG, .quality = 90, .subsampling = subsampling };
  g_autoptr(GBytes) bytes = ballast_encode_bytes (turned, &options, NULL);
  g_autoptr(BallastRaster) after = decode_with (bytes, NULL, NULL);

  return differ (turned, after);
}

static void
check_turn (guint              width,
            guint              height,
            BallastSubsampling subsampling,
            BallastOrientation orientation)
{
  static const BallastSubsampling turned_sampling[] = {
    [BALLAST_SUBSAMPLING_444] = BALLAST_SUBSAMPLING_444,
    [BALLAST_SUBSAMPLING_422] = BALLAST_SUBSAMPLING_440,
    [BALLAST_SUBSAMPLING_420] = BALLAST_SUBSAMPLING_420,
    [BALLAST_SUBSAMPLING_GREY] = BALLAST_SUBSAMPLING_GREY,
    [BALLAST_SUBSAMPLING_440] = BALLAST_SUBSAMPLING_422,
  };
  static const guint8 share_x[] = { 1, 1, 2, 2, 1, 1 }, share_y[] = { 1, 1, 1, 2, 1, 2 };
  gboolean swaps = ballast_orientation_swaps_sides (orientation), turns_x, turns_y, whole;
  g_autoptr(GBytes) bytes = make_jpeg (width, height, subsampling, 90);
  g_autoptr(BallastRaster) before = decode_with (bytes, NULL, NULL);
  g_autoptr(BallastRaster) expected = ballast_orientation_apply (before, orientation);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) turned = turn (bytes, orientation, 0, &error);
  g_autoptr(BallastRaster) after = NULL;

  ballast_orientation_get_turned (orientation, &turns_x, &turns_y);
  whole = (!turns_x || width % share_x[subsampling] == 0)
          && (!turns_y || height % share_y[subsampling] == 0);
  if (!whole)
    {
      g_assert_null (turned);
      g_assert_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED);
      return;
    }
  g_assert_no_error (error);
  after = decode_with (turned, NULL, NULL);
  g_assert_cmpfloat (differ (expected, after), <=,
                     lose_by_pixels (expected, swaps ? turned_sampling[subsampling] : subsampling)
                     + width * height * 0.5);
}

/* All turns, samplings and kinds of odd sides: the picture, or a refusal. */
static void
test_all (void)
{
  static const guint sizes[][2] = { { 48, 32 }, { 50, 38 }, { 51, 37 }, { 9, 1 }, { 2, 17 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint s = BALLAST_SUBSAMPLING_444; s <= BALLAST_SUBSAMPLING_440; s++)
      for (guint orientation = 1; orientation <= 8; orientation++)
        check_turn (sizes[i][0], sizes[i][1], s, orientation);
}

static void
test_exif (void)
{
  g_autoptr(GBytes) plain = make_jpeg (50, 38, BALLAST_SUBSAMPLING_420, 90);

  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr(GBytes) with_exif = add_orientation (plain, orientation);
      g_autoptr(GBytes) turned = turn (with_exif, BALLAST_ORIENTATION_FLIP_VERTICAL, 0, NULL);
      g_autoptr(GBytes) expected
        = turn (plain, ballast_orientation_compose (orientation, BALLAST_ORIENTATION_FLIP_VERTICAL),
                0, NULL);

      g_assert_true (g_bytes_equal (turned, expected));
    }
}

/* The file's own tables, or those that are asked for. */
static void
test_quality (void)
{
  static const guint asked[] = { 0, 55, 92 };

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr(GBytes) bytes = make_jpeg (50, 38, BALLAST_SUBSAMPLING_422, 83);
      g_autoptr(GBytes) turned = turn (bytes, BALLAST_ORIENTATION_FLIP_HORIZONTAL, asked[i], NULL);
      g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
      g_autoptr(BallastRaster) raster = decode_with (turned, NULL, &info);

      g_assert_cmpuint (info.quality, ==, asked[i] > 0 ? asked[i] : 83);
      g_assert_cmpint (info.subsampling, ==, BALLAST_SUBSAMPLING_422);
    }
}

static void
test_profile_stays (void)
{
  static const char profile[] = "a profile of some bytes";
  g_autoptr(GBytes) icc = g_bytes_new_static (profile, sizeof profile);
  g_autoptr(BallastRaster) in = make_picture (34, 34, (Kind) { 3, 8 });
  BallastEncodeOptions options = { .format = BALLAST_FORMAT_JPEG,
                                   .density = { BALLAST_DENSITY_INCH, 300, 300 },
                                   .icc_profile = icc };
  g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
  g_autoptr(GBytes) bytes = ballast_encode_bytes (in, &options, NULL);
  g_autoptr(GBytes) turned = turn (bytes, BALLAST_ORIENTATION_ROTATE_90, 0, NULL);
  g_autoptr(BallastRaster) out = decode_with (turned, NULL, &info);

  g_assert_true (g_bytes_equal (info.icc_profile, icc));
  g_assert_cmpuint (info.density.x, ==, 300);
}

/* Broken ones are left to the decoder, which says what is wrong. */
static void
test_refused (void)
{
  g_autoptr(GBytes) jpeg = make_jpeg (50, 38, BALLAST_SUBSAMPLING_420, 90);
  gsize length = g_bytes_get_size (jpeg);
  g_autoptr(GBytes) cut = g_bytes_new_from_bytes (jpeg, 0, length - 10);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (jpeg, NULL), length);
  g_autoptr(GBytes) broken = NULL;
  g_autoptr(GBytes) png = make_file (8, 8, 3, BALLAST_FORMAT_PNG);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  memset (data + length / 2, 0xff, length / 4);
  broken = g_bytes_new (data, length);
  g_assert_null (turn (cut, 2, 0, NULL));
  g_assert_null (turn (broken, 2, 0, NULL));
  g_assert_null (turn (png, 2, 0, &error));
  g_assert_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_null (ballast_jpeg_turn_planes (g_bytes_get_data (jpeg, NULL), length, 2, 0, cancellable,
                                           &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/jpeg-planes/all", test_all);
  g_test_add_func ("/image/jpeg-planes/exif", test_exif);
  g_test_add_func ("/image/jpeg-planes/quality", test_quality);
  g_test_add_func ("/image/jpeg-planes/profile-stays", test_profile_stays);
  g_test_add_func ("/image/jpeg-planes/refused", test_refused);

  return g_test_run ();
}
