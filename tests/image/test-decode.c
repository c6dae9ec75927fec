#include "config.h"

#include "ballast-orientation.h"
#include "image-fixture.h"

#include <fcntl.h>
#include <unistd.h>

static BallastRaster *
decode_fully (gconstpointer data,
              gsize         length,
              GError      **error)
{
  BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;

  options.display_name = "cat.jpg";

  return ballast_decode_bytes (data, length, &options, NULL, NULL, error);
}

typedef struct
{
  const char       *name;
  gconstpointer     bytes;
  gsize             length;
  BallastImageError code;
} Row;

#define ROW(name, bytes, code) { name, bytes, sizeof bytes - 1, BALLAST_IMAGE_ERROR_ ## code }

static const Row rows[] = {
  ROW ("empty", "", EMPTY),
  ROW ("text", "not a picture at all", FORMAT),
  ROW ("jpeg-header", "\xff\xd8\xff\xe0", DAMAGED),
  ROW ("jpeg-without-scan", "\xff\xd8\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xd9", DAMAGED),
  ROW ("jpeg-lossless", "\xff\xd8\xff\xc3\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xd9", UNSUPPORTED),
  ROW ("jpeg-bomb", "\xff\xd8\xff\xc0\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0\xff\xd9", TOO_LARGE),
  ROW ("gif-without-palette", "GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;", DAMAGED),
  ROW ("pgm-too-bright", "P2 1 1 9 10", DAMAGED),
  ROW ("pgm-early-end", "P2 3 1 9 1   ", DAMAGED),
};

static void
test_error (gconstpointer data)
{
  const Row *row = data;
  g_autoptr(GError) error = NULL;

  g_assert_null (decode_fully (row->bytes, row->length, &error));
  g_assert_error (error, BALLAST_IMAGE_ERROR, row->code);
  g_assert_nonnull (strstr (error->message, "“cat.jpg”"));
}

/* Wiped in the middle, with the end in place: the checksums tell.  (In a JPEG zeros are valid code.) */
static void
test_damaged_png (void)
{
  g_autoptr(GBytes) bytes = make_file (200, 150, 3, BALLAST_FORMAT_PNG);
  gsize length = g_bytes_get_size (bytes);

  for (guint percent = 30; percent < 90; percent += 10)
    {
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
      g_autoptr(GError) error = NULL;

      memset (data + length * percent / 100, 0, length / 20);
      g_assert_null (decode_fully (data, length, &error));
      g_assert_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_DAMAGED);
    }
}

/* Half of the scan gone, and a neat end marker put behind. */
static void
test_jpeg_with_a_false_end (void)
{
  g_autoptr(GBytes) bytes = make_file (200, 150, 3, BALLAST_FORMAT_JPEG);
  gsize length = g_bytes_get_size (bytes) / 2;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
  g_autoptr(GError) error = NULL;

  memcpy (data + length - 2, "\xff\xd9", 2);
  g_assert_null (decode_fully (data, length, &error));
  g_assert_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_DAMAGED);
}

/* Stray bytes between markers are no damage: cameras write them. */
static void
test_jpeg_with_stray_bytes (void)
{
  g_autoptr(GBytes) plain = make_file (64, 48, 3, BALLAST_FORMAT_JPEG);
  g_autoptr(GBytes) early = insert_bytes (plain, 20, "\0\1\2", 3);
  g_autoptr(GBytes) late = insert_bytes (early, g_bytes_get_size (early) - 2, "\0\0", 2);
  g_autoptr(BallastRaster) expected = decode_with (plain, NULL, NULL);
  g_autoptr(BallastRaster) raster = decode_with (late, NULL, NULL);

  g_assert_true (ballast_raster_equal (expected, raster));
}

static void
test_orientation (void)
{
  g_autoptr(GBytes) plain = make_file (40, 24, 3, BALLAST_FORMAT_JPEG);
  g_autoptr(BallastRaster) stored = decode_with (plain, NULL, NULL);

  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
      g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
      g_autoptr(GBytes) turned = add_orientation (plain, orientation);
      g_autoptr(BallastRaster) expected = ballast_orientation_apply (stored, orientation);
      g_autoptr(BallastRaster) viewed = decode_with (turned, &options, &info);
      g_autoptr(BallastRaster) kept = NULL;

      g_assert_true (ballast_raster_equal (viewed, expected));
      g_assert_cmpuint (info.facts.orientation, ==, orientation);
      g_assert_cmpuint (info.facts.width, ==, 40);
      options.keep_orientation = TRUE;
      kept = decode_with (turned, &options, NULL);
      g_assert_true (ballast_raster_equal (kept, stored));
    }
}

/* A TIFF whose orientation tag libtiff carries out by half. */
static void
test_tiff_orientation (void)
{
  g_autoptr(BallastRaster) stored = make_picture (14, 9, (Kind) { 3, 8 });
  g_autoptr(GBytes) plain = encode_picture (stored, BALLAST_FORMAT_TIFF);
  gsize length = g_bytes_get_size (plain);

  for (guint orientation = 1; orientation <= 8; orientation++)
    {
      BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (plain, NULL), length);
      g_autoptr(GBytes) turned = NULL;
      g_autoptr(BallastRaster) expected = ballast_orientation_apply (stored, orientation);
      g_autoptr(BallastRaster) viewed = NULL;
      g_autoptr(BallastRaster) kept = NULL;

      /* The sixth entry's place, of the strip, stays; PlanarConfiguration (1, the default) makes room. */
      memcpy (data + 10 + 11 * 12, "\x12\1\3\0\1\0\0\0\0\0\0\0", 12);
      data[10 + 11 * 12 + 8] = (guint8) orientation;
      turned = g_bytes_new (data, length);
      viewed = decode_with (turned, &options, NULL);
      g_assert_true (ballast_raster_equal (viewed, expected));
      options.keep_orientation = TRUE;
      kept = decode_with (turned, &options, NULL);
      g_assert_true (ballast_raster_equal (kept, stored));
    }
}

/* The result covers what is wanted, and is not twice as large. */
static void
test_scaled (void)
{
  g_autoptr(GBytes) plain = make_file (803, 401, 3, BALLAST_FORMAT_JPEG);
  g_autoptr(GBytes) turned = add_orientation (plain, 6);
  static const guint rows_of_sizes[][3] = { { 803, 401, 803 }, { 402, 201, 402 }, { 403, 10, 803 },
                                            { 200, 100, 201 }, { 100, 50, 101 }, { 5, 5, 101 },
                                            { 0, 0, 803 }, { 1000, 1000, 803 } };

  for (guint i = 0; i < G_N_ELEMENTS (rows_of_sizes); i++)
    {
      BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
      g_autoptr(BallastRaster) raster = NULL;
      g_autoptr(BallastRaster) turned_raster = NULL;

      options.wanted_width = rows_of_sizes[i][0];
      options.wanted_height = rows_of_sizes[i][1];
      raster = decode_with (plain, &options, NULL);
      g_assert_cmpuint (raster->width, ==, rows_of_sizes[i][2]);
      options.wanted_width = rows_of_sizes[i][1];
      options.wanted_height = rows_of_sizes[i][0];
      turned_raster = decode_with (turned, &options, NULL);
      g_assert_cmpuint (turned_raster->height, ==, rows_of_sizes[i][2]);
    }
}

static void
test_depth (void)
{
  static const BallastFormat formats[] = { BALLAST_FORMAT_PNG, BALLAST_FORMAT_PNM };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
      g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
      g_autoptr(BallastRaster) in = make_picture (20, 10, (Kind) { 1, 16 });
      g_autoptr(GBytes) bytes = encode_picture (in, formats[i]);
      g_autoptr(BallastRaster) kept = decode_with (bytes, &options, &info);
      g_autoptr(BallastRaster) reduced = NULL;

      g_assert_true (ballast_raster_equal (in, kept));
      g_assert_cmpint (info.losses, ==, 0);
      options.only_8_bits = TRUE;
      reduced = decode_with (bytes, &options, &info);
      g_assert_cmpuint (reduced->depth, ==, 8);
      g_assert_cmpint (info.losses, ==, BALLAST_DECODE_LOST_DEPTH);
      for (guint x = 0; x < 20; x++)
        g_assert_cmpint (ABS (((const guint16 *) (gconstpointer) in->data)[x] / 257.0
                              - reduced->data[x]) < 1,
                         ==, TRUE);
    }
}

static void
test_pnm (void)
{
  static const struct
  {
    const char *text;
    guint       channels;
    guint8      pixels[6];
  } cases[] = {
    { "P1 3 1 1 0 1", 1, { 0, 255, 0 } }, { "P1 3 1 101", 1, { 0, 255, 0 } },
    { "P2 2 1 10 5 10 ", 1, { 128, 255 } }, { "P3 1 1 255 1 2 3\n", 3, { 1, 2, 3 } },
    { "P5 2 1 255\nA\xff", 1, { 65, 255 } }, { "P6 1 1 255\nABC", 3, { 65, 66, 67 } },
    { "P4 3 1\n\xa0", 1, { 0, 255, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_autoptr(BallastRaster) raster = decode_with (bytes, NULL, NULL);
      gsize n = ballast_raster_get_row_bytes (raster);

      g_assert_cmpuint (raster->channels, ==, cases[i].channels);
      g_assert_cmpmem (raster->data, n, cases[i].pixels, n);
    }
}

/* Through GdkPixbuf: what is opaque has no alpha, what is transparent has. */
static void
test_gif (void)
{
  static const guint8 gif[] = "GIF89a\1\0\1\0\x80\0\0\x10\x20\x30\xff\xff\xff"
                              ",\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;";
  g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
  g_autoptr(GBytes) bytes = g_bytes_new_static (gif, sizeof gif - 1);
  g_autoptr(BallastRaster) raster = decode_with (bytes, NULL, &info);

  g_assert_cmpuint (raster->channels, ==, 3);
  g_assert_cmpmem (raster->data, 3, "\x10\x20\x30", 3);
  g_assert_cmpint (info.losses, ==, BALLAST_DECODE_LOST_PALETTE);
}

static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("ballast-decode-XXXXXX", NULL);
  g_autoptr(GBytes) bytes = make_file (50, 40, 3, BALLAST_FORMAT_PNG);
  g_autofree char *path = write_file (folder, "a.png", bytes);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(BallastRaster) expected = decode_with (bytes, NULL, NULL);
  g_autoptr(BallastRaster) raster = NULL;
  g_autoptr(GBytes) read_back = NULL;
  g_autoptr(GError) error = NULL;
  BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
  int fd = open (path, O_RDONLY);

  lseek (fd, 17, SEEK_SET); /* the position does not matter */
  raster = ballast_decode_fd (fd, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ballast_raster_equal (raster, expected));
  read_back = ballast_decode_read_fd (fd, 1000000, "a.png", NULL, &error);
  g_assert_true (g_bytes_equal (read_back, bytes));

  g_assert_null (ballast_decode_read_fd (fd, 100, "a.png", NULL, &error));
  g_assert_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_TOO_LARGE);
  g_clear_error (&error);
  options.limits.max_bytes = 100;
  g_assert_null (ballast_decode_fd (fd, &options, NULL, NULL, &error));
  g_assert_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_null (ballast_decode_fd (fd, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  close (fd);
  unlink (path);
  rmdir (folder);
}

static void
test_special_file (void)
{
  g_autoptr(GError) error = NULL;
  int fd = open ("/dev/null", O_RDONLY);

  g_assert_null (ballast_decode_fd (fd, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  close (fd);
}

/* Flipped bits: a picture or an error, never both or neither. */
static void
test_noise (void)
{
  static const BallastFormat formats[] = { BALLAST_FORMAT_JPEG, BALLAST_FORMAT_PNG,
                                           BALLAST_FORMAT_BMP, BALLAST_FORMAT_TIFF,
                                           BALLAST_FORMAT_PNM };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr(GBytes) bytes = make_file (40, 30, 3, formats[i]);
      gsize length = g_bytes_get_size (bytes);

      for (guint round = 0; round < 300; round++)
        {
          g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
          g_autoptr(BallastRaster) raster = NULL;
          g_autoptr(GError) error = NULL;
          BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;

          options.limits.max_pixels = 1000000;
          data[g_test_rand_int_range (0, (gint) length)] = (guint8) g_test_rand_int_range (0, 256);
          raster = ballast_decode_bytes (data, length, &options, NULL, NULL, &error);
          g_assert_true ((raster == NULL) == (error != NULL));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/image/decode/error/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_error);
    }
  g_test_add_func ("/image/decode/damaged-png", test_damaged_png);
  g_test_add_func ("/image/decode/jpeg-with-a-false-end", test_jpeg_with_a_false_end);
  g_test_add_func ("/image/decode/jpeg-with-stray-bytes", test_jpeg_with_stray_bytes);
  g_test_add_func ("/image/decode/orientation", test_orientation);
  g_test_add_func ("/image/decode/tiff-orientation", test_tiff_orientation);
  g_test_add_func ("/image/decode/scaled", test_scaled);
  g_test_add_func ("/image/decode/depth", test_depth);
  g_test_add_func ("/image/decode/pnm", test_pnm);
  g_test_add_func ("/image/decode/gif", test_gif);
  g_test_add_func ("/image/decode/files", test_files);
  g_test_add_func ("/image/decode/special-file", test_special_file);
  g_test_add_func ("/image/decode/noise", test_noise);

  return g_test_run ();
}
