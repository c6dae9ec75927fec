#include "config.h"

#include "image-fixture.h"

static const BallastFormat written_formats[]
  = { BALLAST_FORMAT_PNG, BALLAST_FORMAT_BMP, BALLAST_FORMAT_TIFF, BALLAST_FORMAT_PNM };

/* What a format holds comes back as it went in. */
static void
test_round_trip (gconstpointer data)
{
  BallastFormat format = GPOINTER_TO_UINT (data);

  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    {
      g_autoptr(BallastRaster) in = make_picture (45, 23, all_kinds[k]);
      g_autoptr(BallastRaster) out = NULL;
      g_autoptr(GBytes) bytes = NULL;

      if (ballast_encode_choose (format, all_kinds[k].channels, all_kinds[k].depth) != format)
        continue;
      /* GdkPixbuf reads TIFF as 8 bits, and with alpha no more than nearly. */
      if (format == BALLAST_FORMAT_TIFF && (all_kinds[k].depth == 16 || all_kinds[k].channels % 2 == 0))
        continue;
      bytes = encode_picture (in, format);
      out = decode_with (bytes, NULL, NULL);
      /* BMP keeps grey as a palette of greys. */
      if (format == BALLAST_FORMAT_BMP && in->channels == 1)
        g_assert_cmpuint (out->channels, ==, 3);
      else
        g_assert_true (ballast_raster_equal (in, out));
    }
}

static double
get_mean_difference (const BallastRaster *a,
                     const BallastRaster *b)
{
  guint64 sum = 0;
  gsize n = ballast_raster_get_row_bytes (a);

  g_assert_cmpuint (a->width, ==, b->width);
  g_assert_cmpuint (a->height, ==, b->height);
  g_assert_cmpuint (a->channels, ==, b->channels);
  for (guint y = 0; y < a->height; y++)
    for (gsize i = 0; i < n; i++)
      sum += (guint64) ABS (ballast_raster_get_row (a, y)[i] - ballast_raster_get_row (b, y)[i]);

  return (double) sum / (double) (n * a->height);
}

static void
test_tiff_alpha (void)
{
  static const Kind kinds[] = { { 2, 8 }, { 4, 8 } };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr(BallastRaster) in = make_picture (45, 23, kinds[k]);
      g_autoptr(BallastRaster) out = NULL;
      g_autoptr(GBytes) bytes = NULL;

      for (guint y = 0; y < in->height; y++)
        for (guint x = 0; x < in->width; x++)
          ballast_raster_get_row (in, y)[(x + 1) * in->channels - 1] |= 0x80;
      bytes = encode_picture (in, BALLAST_FORMAT_TIFF);
      out = decode_with (bytes, NULL, NULL);
      g_assert_cmpfloat (get_mean_difference (in, out), <, 1.0);
    }
}

static void
test_jpeg (void)
{
  static const BallastSubsampling samplings[]
    = { BALLAST_SUBSAMPLING_444, BALLAST_SUBSAMPLING_422, BALLAST_SUBSAMPLING_420,
        BALLAST_SUBSAMPLING_440, BALLAST_SUBSAMPLING_411 };
  g_autoptr(BallastRaster) in = make_picture (67, 43, (Kind) { 3, 8 });

  for (guint i = 0; i < G_N_ELEMENTS (samplings); i++)
    {
      BallastEncodeOptions options
        = { .format = BALLAST_FORMAT_JPEG, .quality = 95, .subsampling = samplings[i] };
      g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
      g_autoptr(GBytes) bytes = ballast_encode_bytes (in, &options, NULL);
      g_autoptr(BallastRaster) out = decode_with (bytes, NULL, &info);

      g_assert_cmpint (info.subsampling, ==, samplings[i]);
      g_assert_cmpfloat (get_mean_difference (in, out), <, 12);
    }
}

static void
test_jpeg_grey (void)
{
  g_autoptr(GBytes) bytes = make_file (67, 43, 1, BALLAST_FORMAT_JPEG);
  g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
  g_autoptr(BallastRaster) in = make_picture (67, 43, (Kind) { 1, 8 });
  g_autoptr(BallastRaster) out = decode_with (bytes, NULL, &info);

  g_assert_cmpuint (out->channels, ==, 1);
  g_assert_cmpint (info.subsampling, ==, BALLAST_SUBSAMPLING_GREY);
  g_assert_cmpint (info.facts.colour, ==, BALLAST_COLOUR_GREY);
  g_assert_cmpfloat (get_mean_difference (in, out), <, 12);
}

/* The quality that libjpeg was told is read off its tables. */
static void
test_quality (void)
{
  g_autoptr(BallastRaster) in = make_picture (16, 16, (Kind) { 3, 8 });

  for (guint quality = 1; quality <= 100; quality++)
    {
      BallastEncodeOptions options = { .format = BALLAST_FORMAT_JPEG, .quality = quality };
      g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
      g_autoptr(GBytes) bytes = ballast_encode_bytes (in, &options, NULL);
      g_autoptr(BallastRaster) out = decode_with (bytes, NULL, &info);

      g_assert_cmpuint (info.quality, ==, quality);
    }
}

static void
test_extras (gconstpointer data)
{
  static const char profile[] = "not much of a profile, but nobody looks at it in a JPEG";
  BallastFormat format = GPOINTER_TO_UINT (data);
  g_autoptr(GBytes) icc = g_bytes_new_static (profile, sizeof profile);
  g_autoptr(BallastRaster) in = make_picture (16, 16, (Kind) { 3, 8 });
  BallastEncodeOptions options = { .format = format, .density = { BALLAST_DENSITY_INCH, 300, 150 } };
  g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
  g_auto(BallastDecodeInfo) again = BALLAST_DECODE_INFO_INIT;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GBytes) second = NULL;
  g_autoptr(BallastRaster) out = NULL;
  g_autoptr(BallastRaster) out_again = NULL;

  options.icc_profile = icc; /* PNG leaves it out, since it is broken */
  bytes = ballast_encode_bytes (in, &options, NULL);
  out = decode_with (bytes, NULL, &info);
  if (format == BALLAST_FORMAT_JPEG)
    {
      g_assert_cmpint (info.density.unit, ==, BALLAST_DENSITY_INCH);
      g_assert_cmpuint (info.density.x, ==, 300);
      g_assert_true (g_bytes_equal (info.icc_profile, icc));
    }
  else if (format == BALLAST_FORMAT_PNG)
    {
      g_assert_cmpint (info.density.unit, ==, BALLAST_DENSITY_METRE);
      g_assert_cmpuint (info.density.x, ==, 11811);
      g_assert_cmpuint (info.density.y, ==, 5906);
    }

  /* As its source was: a second generation says the same. */
  ballast_encode_options_from_info (&options, &info, out);
  g_assert_cmpint (options.format, ==, format);
  second = ballast_encode_bytes (out, &options, NULL);
  out_again = decode_with (second, NULL, &again);
  g_assert_cmpint (again.density.unit, ==, info.density.unit);
  g_assert_cmpuint (again.density.x, ==, info.density.x);
  g_assert_cmpuint (again.density.y, ==, info.density.y);
  g_assert_cmpuint (again.quality, ==, info.quality);
}

static void
test_deterministic (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (all_kinds); k++)
    for (guint format = BALLAST_FORMAT_JPEG; format <= BALLAST_FORMAT_AVIF; format++)
      {
        g_autoptr(BallastRaster) in = make_picture (150, 90, all_kinds[k]);
        g_autoptr(BallastRaster) copy = ballast_raster_copy (in);
        guint used = ballast_encode_choose (format, all_kinds[k].channels, all_kinds[k].depth);
        g_autoptr(GBytes) first = NULL;
        g_autoptr(GBytes) second = NULL;

        /* What lies in the padding must not come through. */
        for (guint y = 0; y < copy->height; y++)
          memset (ballast_raster_get_row (copy, y) + ballast_raster_get_row_bytes (copy), 0x5a,
                  copy->stride - ballast_raster_get_row_bytes (copy));
        first = encode_picture (in, used);
        second = encode_picture (copy, used);
        g_assert_true (g_bytes_equal (first, second));
      }
}

static void
test_choose (void)
{
  g_assert_cmpint (ballast_encode_choose (BALLAST_FORMAT_JPEG, 3, 8), ==, BALLAST_FORMAT_JPEG);
  g_assert_cmpint (ballast_encode_choose (BALLAST_FORMAT_JPEG, 4, 8), ==, BALLAST_FORMAT_PNG);
  g_assert_cmpint (ballast_encode_choose (BALLAST_FORMAT_JPEG, 1, 16), ==, BALLAST_FORMAT_PNG);
  g_assert_cmpint (ballast_encode_choose (BALLAST_FORMAT_BMP, 2, 8), ==, BALLAST_FORMAT_PNG);
  g_assert_cmpint (ballast_encode_choose (BALLAST_FORMAT_WEBP, 3, 8), ==, BALLAST_FORMAT_PNG);
  g_assert_cmpint (ballast_encode_choose (BALLAST_FORMAT_PNM, 1, 16), ==, BALLAST_FORMAT_PNM);
  g_assert_cmpint (ballast_encode_choose (BALLAST_FORMAT_TIFF, 4, 8), ==, BALLAST_FORMAT_TIFF);
  g_assert_true (ballast_encode_can (BALLAST_FORMAT_JPEG));
  g_assert_false (ballast_encode_can (BALLAST_FORMAT_GIF));
  g_assert_cmpstr (ballast_encode_get_extension (BALLAST_FORMAT_JPEG), ==, "jpg");
}

static void
test_refused (void)
{
  static const struct
  {
    BallastFormat format;
    Kind          kind;
  } rows[] = {
    { BALLAST_FORMAT_JPEG, { 4, 8 } }, { BALLAST_FORMAT_JPEG, { 2, 8 } },
    { BALLAST_FORMAT_JPEG, { 1, 16 } }, { BALLAST_FORMAT_BMP, { 1, 16 } },
    { BALLAST_FORMAT_PNM, { 4, 8 } }, { BALLAST_FORMAT_GIF, { 3, 8 } },
    { BALLAST_FORMAT_UNKNOWN, { 3, 8 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(BallastRaster) raster = make_picture (4, 4, rows[i].kind);
      BallastEncodeOptions options = { .format = rows[i].format };
      g_autoptr(GError) error = NULL;

      g_assert_null (ballast_encode_bytes (raster, &options, &error));
      g_assert_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED);
    }
}

/* A JPEG has 65535 pixels a side at most. */
static void
test_too_wide (void)
{
  g_autoptr(BallastRaster) raster = ballast_raster_new (70000, 1, 1, 8);
  BallastEncodeOptions options = { .format = BALLAST_FORMAT_JPEG };
  g_autoptr(GError) error = NULL;

  memset (raster->data, 0, 70000);
  g_assert_null (ballast_encode_bytes (raster, &options, &error));
  g_assert_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_UNSUPPORTED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (written_formats); i++)
    {
      g_autofree char *path = g_strdup_printf ("/image/encode/round-trip/%s",
                                               ballast_format_get_name (written_formats[i]));

      g_test_add_data_func (path, GUINT_TO_POINTER (written_formats[i]), test_round_trip);
    }
  g_test_add_func ("/image/encode/tiff-alpha", test_tiff_alpha);
  g_test_add_func ("/image/encode/jpeg", test_jpeg);
  g_test_add_func ("/image/encode/jpeg-grey", test_jpeg_grey);
  g_test_add_func ("/image/encode/quality", test_quality);
  g_test_add_data_func ("/image/encode/extras/jpeg", GUINT_TO_POINTER (BALLAST_FORMAT_JPEG),
                        test_extras);
  g_test_add_data_func ("/image/encode/extras/png", GUINT_TO_POINTER (BALLAST_FORMAT_PNG),
                        test_extras);
  g_test_add_data_func ("/image/encode/extras/tiff", GUINT_TO_POINTER (BALLAST_FORMAT_TIFF),
                        test_extras);
  g_test_add_func ("/image/encode/deterministic", test_deterministic);
  g_test_add_func ("/image/encode/choose", test_choose);
  g_test_add_func ("/image/encode/refused", test_refused);
  g_test_add_func ("/image/encode/too-wide", test_too_wide);

  return g_test_run ();
}
