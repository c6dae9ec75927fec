#include "config.h"

#include "ballast-open.h"
#include "image-fixture.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * Other projects' malformed and odd files: each gets its verdict, in time and without much memory.
 */

#define MAX_SECONDS 1.0
#define MAX_KILOBYTES (300 * 1024)
#define OK 0
#define FINE -1 /* it is decoded */

typedef struct
{
  const char        *path;
  BallastProblemKind kind;
  int                code; /* of the error in decoding, or FINE */
} Row;

static const Row rows[] = {
  { "zero-bytes/file_01.jpg", BALLAST_PROBLEM_EMPTY_FILE, BALLAST_IMAGE_ERROR_EMPTY },
  { "zero-bytes/image_130.jpg", BALLAST_PROBLEM_EMPTY_FILE, BALLAST_IMAGE_ERROR_EMPTY },
  { "zero-bytes/image_1300.jpg", BALLAST_PROBLEM_EMPTY_FILE, BALLAST_IMAGE_ERROR_EMPTY },
  { "truncated/truncated_jpeg.jpg", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "truncated/vips_truncated.jpg", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "truncated/vips_truncated.gif", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "truncated/truncated_image.png", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "truncated/truncated_end_chunk.png", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "truncated/truncated_app14.jpg", OK, FINE },
  { "truncated/shortfile.bmp", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "mode/cmyk_u8_trunc_case.tif", OK, FINE },
  { "bad-header/no_palette.gif", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "bad-header/corrupt-header.jpg", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "bad-header/broken.png", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "bad-header/broken_data_stream.png", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "bad-header/unknown_compression_method.png", OK, FINE }, /* in a chunk that can be left out */
  { "bad-header/hopper_idat_after_image_end.png", OK, FINE },
  { "bad-header/junk_jpeg_header.jpg", OK, FINE },
  { "bad-header/icc-after-SOF.jpg", OK, FINE },
  { "bad-header/Bad_badbitcount.bmp", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "bad-header/Bad_reallybig.bmp", BALLAST_PROBLEM_TOO_LARGE, BALLAST_IMAGE_ERROR_TOO_LARGE },
  { "bad-header/Bad_width.bmp", BALLAST_PROBLEM_TOO_LARGE, BALLAST_IMAGE_ERROR_TOO_LARGE },
  { "bad-header/Bad_height.bmp", BALLAST_PROBLEM_TOO_LARGE, BALLAST_IMAGE_ERROR_TOO_LARGE },
  { "bad-header/negative_size.ppm", BALLAST_PROBLEM_NOT_AN_IMAGE, BALLAST_IMAGE_ERROR_FORMAT },
  { "bad-header/zero_width.gif", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "bad-header/oob.gif", OK, FINE },
  { "bad-header/invalid_multiframe.gif", BALLAST_PROBLEM_ANIMATION, FINE },
  { "bad-header/seek_too_large.tif", BALLAST_PROBLEM_DAMAGED, BALLAST_IMAGE_ERROR_DAMAGED },
  { "bad-header/libtiff_segfault.tif", BALLAST_PROBLEM_TOO_LARGE, BALLAST_IMAGE_ERROR_TOO_LARGE },
  /* Broken fax lines inside a whole strip: libtiff paints what it can. */
  { "bad-header/crash-0da013a13571cc8eb457a39fee8db18f8a3c7127.tif", OK, FINE },
  { "bad-header/crash-86214e58da443d2b80820cff9677a38a33dcbbca.tif", BALLAST_PROBLEM_DAMAGED,
    BALLAST_IMAGE_ERROR_DAMAGED },
  { "bomb/decompression_bomb.gif", BALLAST_PROBLEM_TOO_LARGE, BALLAST_IMAGE_ERROR_TOO_LARGE },
  { "bomb/decompression_bomb_extents.gif", BALLAST_PROBLEM_TOO_LARGE, BALLAST_IMAGE_ERROR_TOO_LARGE },
  { "bomb/decompression_bomb.ico", BALLAST_PROBLEM_TOO_LARGE, BALLAST_IMAGE_ERROR_TOO_LARGE },
  { "bomb/png_decompression_dos.png", OK, FINE }, /* the bomb is in texts, which are passed over */
  { "bomb/65536-uint32-limit.png", BALLAST_PROBLEM_TOO_LARGE, BALLAST_IMAGE_ERROR_TOO_LARGE },
  { "bomb/giant-image.jpg", BALLAST_PROBLEM_TOO_LARGE, BALLAST_IMAGE_ERROR_TOO_LARGE },
  { "bomb/17000x17000.avif", BALLAST_PROBLEM_TOO_LARGE, BALLAST_IMAGE_ERROR_TOO_LARGE },
  { "mode/pil_sample_cmyk.jpg", OK, FINE },
  { "mode/tiff_strip_cmyk_jpeg.tif", OK, FINE },
  { "mode/hopper_gray.jpg", OK, FINE },
  { "mode/Flag_of_the_Netherlands-16bit.png", OK, FINE },
  { "mode/bggn4a16.png", OK, FINE },
  { "mode/16bit.cropped.tif", OK, FINE },
  { "mode/tiff_16bit_RGBa.tiff", OK, FINE },
  { "mode/hopper_16bit.pgm", OK, FINE },
  { "mode/1bit.tif", OK, FINE },
  { "mode/l_trns.png", OK, FINE },
  { "mode/indexed.png", OK, FINE },
  { "mode/transparent.png", OK, FINE },
  { "mode/lab.tif", OK, FINE },
  { "mode/testimgl.jpg", BALLAST_PROBLEM_NOT_AN_IMAGE, BALLAST_IMAGE_ERROR_UNSUPPORTED },
  { "exif/Landscape_6.jpg", OK, FINE },
  { "exif/hopper_orientation_2.jpg", OK, FINE },
  { "exif/hopper_orientation_3.jpg", OK, FINE },
  { "exif/hopper_orientation_5.jpg", OK, FINE },
  { "exif/hopper_orientation_8.jpg", OK, FINE },
  { "exif/invalid-exif.jpg", OK, FINE },
  { "exif/multiple_exif.jpg", OK, FINE },
  { "exif/image01980.jpg", OK, FINE },
  { "exif/Cr\xc3\xa9mieux11.tiff", OK, FINE },
  { "animated/rotating-squares.gif", BALLAST_PROBLEM_ANIMATION, FINE },
  { "animated/dispose_bgnd_transparency.gif", BALLAST_PROBLEM_ANIMATION, FINE },
  { "animated/delay.png", BALLAST_PROBLEM_ANIMATION, FINE },
  { "animated/multipage.tiff", BALLAST_PROBLEM_ANIMATION, FINE },
  { "animated/hopper_256x256.ico", OK, FINE },
  { "wrong-extension/hopper-png-inside.jpg", BALLAST_PROBLEM_WRONG_ENDING, FINE },
  { "wrong-extension/LICENSE.png", BALLAST_PROBLEM_NOT_AN_IMAGE, BALLAST_IMAGE_ERROR_FORMAT },
  { "wrong-extension/train.csv", BALLAST_PROBLEM_NOT_AN_IMAGE, BALLAST_IMAGE_ERROR_FORMAT },
};

/* Those whose reader is a package that need not be installed. */
static const Row webp_rows[] = {
  { "mode/hopper.webp", OK, FINE },
  { "exif/hopper_orientation_6.webp", OK, FINE },
  { "animated/animated-loop-3.webp", BALLAST_PROBLEM_ANIMATION, FINE },
  { "wrong-extension/looks-like-svg.webp", OK, FINE },
};

static double
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static void
check (const char *root,
       const Row  *row,
       gboolean    needs_loader)
{
  g_autofree char *path = g_build_filename (root, row->path, NULL);
  g_autoptr(BallastRaster) raster = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
  BallastImageFacts facts;
  BallastProbeResult result;
  double start = get_seconds ();
  int fd;

  g_test_message ("%s", row->path);
  g_assert_true (ballast_probe_file (AT_FDCWD, path, &facts, &result, &error));
  if (needs_loader && result.kind == BALLAST_PROBLEM_NOT_AN_IMAGE)
    {
      g_assert_false (result.usable);
      return;
    }
  g_assert_cmpint (result.kind, ==, row->kind);
  g_assert_cmpint (result.usable, ==, row->code == FINE);

  fd = ballast_image_open (AT_FDCWD, path, NULL, &error);
  g_assert_no_error (error);
  raster = ballast_decode_fd (fd, NULL, &info, NULL, &error);
  close (fd);
  if (row->code == FINE)
    g_assert_no_error (error);
  else
    g_assert_error (error, BALLAST_IMAGE_ERROR, row->code);
  g_assert_cmpint (raster != NULL, ==, row->code == FINE);
  g_assert_cmpfloat (get_seconds () - start, <, MAX_SECONDS);
}

static void
test_files (void)
{
  g_autofree char *root = find_sample ("hostile");
#ifndef __SANITIZE_ADDRESS__
  struct rusage usage;
#endif

  if (root == NULL)
    {
      g_test_skip ("the hostile samples are not here");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    check (root, &rows[i], FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (webp_rows); i++)
    check (root, &webp_rows[i], TRUE);
  g_assert_cmpint (G_N_ELEMENTS (rows) + G_N_ELEMENTS (webp_rows), ==, 73);

#ifndef __SANITIZE_ADDRESS__
  getrusage (RUSAGE_SELF, &usage);
  g_assert_cmpint (usage.ru_maxrss, <, MAX_KILOBYTES);
#endif
}

/* Claims of enormous sizes with nothing behind them, in every format that has a header. */
static void
test_bombs (void)
{
  static const struct
  {
    const char *bytes;
    gsize       length;
  } bombs[] = {
#define BOMB(bytes) { bytes, sizeof bytes - 1 \
}
    BOMB ("\xff\xd8\xff\xc2\0\x11\x08\xff\xdc\xff\xdc\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xd9"),
    BOMB ("GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\xff\xff\xff\xff\0\2\2\x44\1\0;"),
    BOMB ("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x30\x75\0\0\x30\x75\0\0\1\0\x18\0\1\0\0\0"
          "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    BOMB ("P6 30000 30000 255\n"),
    BOMB ("RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff"),
    BOMB ("II*\0\x08\0\0\0\2\0\0\1\4\0\1\0\0\0\xff\xff\xff\x7f\1\1\4\0\1\0\0\0\xff\xff\xff\x7f\0\0\0\0"),
#undef BOMB
  };

  for (guint i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_cmpint (probe_bytes (bombs[i].bytes, bombs[i].length, NULL, NULL).kind, ==,
                       BALLAST_PROBLEM_TOO_LARGE);
      g_assert_null (ballast_decode_bytes ((const guint8 *) bombs[i].bytes, bombs[i].length, NULL,
                                           NULL, NULL, &error));
      g_assert_error (error, BALLAST_IMAGE_ERROR, BALLAST_IMAGE_ERROR_TOO_LARGE);
    }
}

/* Many pixels from few bytes, within the other limits: as good as empty. */
static void
test_suspicious_ratio (void)
{
  static const char gif[] = "GIF89a\0\x24\0\x24\x80\0\0\0\0\0\xff\xff\xff"
                            ",\0\0\0\0\0\x24\0\x24\0\2\2\x44\1\0;";

  g_assert_cmpint (probe_bytes (gif, sizeof gif - 1, NULL, NULL).kind, ==,
                   BALLAST_PROBLEM_TOO_LARGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/image/hostile/files", test_files);
  g_test_add_func ("/image/hostile/bombs", test_bombs);
  g_test_add_func ("/image/hostile/suspicious-ratio", test_suspicious_ratio);

  return g_test_run ();
}
