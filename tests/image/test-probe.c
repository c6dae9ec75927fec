#include "config.h"

#include "ballast-open.h"
#include "image-fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  const char        *name;
  gconstpointer      bytes;
  gsize              length;
  BallastProblemKind kind;
  gboolean           usable;
} Row;

#define ROW(name, bytes, kind, usable) { name, bytes, sizeof bytes - 1, kind, usable }

/* Files in a few bytes: what each is, whatever its name says. */
static const Row rows[] = {
  ROW ("a.jpg", "", BALLAST_PROBLEM_EMPTY_FILE, FALSE),
  ROW ("a.jpg", "\xff", BALLAST_PROBLEM_NOT_AN_IMAGE, FALSE),
  ROW ("a.jpg", "\xff\xd8\xff", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.jpg", "\xff\xd8\xff\xd9", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.jpg", "\xff\xd8\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.jpg", "\xff\xd8\xff\xc0\0\x0b\x08\0\0\0\x01\x01\x01\x11\0\xff\xd9", BALLAST_PROBLEM_DAMAGED,
       FALSE),
  ROW ("a.jpg", "\xff\xd8\xff\xc0\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0\xff\xd9",
       BALLAST_PROBLEM_TOO_LARGE, FALSE),
  ROW ("a.jpg", "\xff\xd8\xff\xc3\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\xff\xd9",
       BALLAST_PROBLEM_NOT_AN_IMAGE, FALSE),
  ROW ("a.jpg", "\xff\xd8\xff\xc0\0\x0b\x0c\0\x01\0\x01\x01\x01\x11\0\xff\xd9",
       BALLAST_PROBLEM_NOT_AN_IMAGE, FALSE),
  ROW ("a.jpg", "\xff\xd8\xff\xe0\0\x01\xff\xd9", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.png", "\x89PNG\r\n\x1a\n", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\0\0\0\0",
       BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.gif", "GIF89a", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.gif", "GIF89a\x01\0\x01\0\0\0\0;", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.gif", "GIF89a\0\0\x01\0\0\0\0;", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.bmp", "BM", BALLAST_PROBLEM_NOT_AN_IMAGE, FALSE),
  ROW ("a.bmp", "BM\0\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x01\0\x01\0\x01\0\x18\0\0\0\0\0", 0, TRUE),
  ROW ("a.bmp", "BM\0\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x01\0\x01\0\x01\0\x18\0\0\0\0",
       BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.bmp", "BM\0\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x01\0\x01\0\x01\0\x07\0\0\0\0\0",
       BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.pgm", "P5 1 1 255\n\x7f", 0, TRUE),
  ROW ("a.pgm", "P5 1 1 255\n", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.pgm", "P5 1 1 65536\n\x7f", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.pgm", "P5 99999999 99999999 255\n", BALLAST_PROBLEM_TOO_LARGE, FALSE),
  ROW ("a.pgm", "P5 # a comment\n1 1 255\n\x7f", 0, TRUE),
  ROW ("a.ppm", "P3 1 1 255 1 2 3", 0, TRUE),
  ROW ("a.tif", "II*\0", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.tif", "II*\0\xff\xff\xff\xff", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.tif", "II*\0\x08\0\0\0\0\0\0\0\0\0", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.webp", "RIFF\x10\0\0\0WEBPVP8 ", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.ico", "\0\0\1\0\1\0\x10\x10\0\0\1\0\x20\0\x40\0\0\0\x16\0\0\0", BALLAST_PROBLEM_DAMAGED,
       FALSE),
  ROW ("a.avif", "\0\0\0\x10" "ftypavif\0\0\0\0", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.heic", "\0\0\0\x40" "ftypheic\0\0\0\0", BALLAST_PROBLEM_DAMAGED, FALSE),
  ROW ("a.png", "version https://git-lfs.github.com/spec/v1\n", BALLAST_PROBLEM_NOT_AN_IMAGE, FALSE),
  ROW ("a.png", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", BALLAST_PROBLEM_NOT_AN_IMAGE, FALSE),
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  BallastProbeResult result = probe_bytes (row->bytes, row->length, row->name, NULL);

  g_assert_cmpint (result.kind, ==, row->kind);
  g_assert_cmpint (result.usable, ==, row->usable);
  g_assert_cmpint (result.detail[0] != '\0', ==, row->kind != 0);
}

typedef struct
{
  BallastFormat format;
  const char   *ending;
} Written;

static const Written written[] = { { BALLAST_FORMAT_JPEG, "jpg" },
                                   { BALLAST_FORMAT_PNG, "png" },
                                   { BALLAST_FORMAT_BMP, "bmp" },
                                   { BALLAST_FORMAT_TIFF, "tif" },
                                   { BALLAST_FORMAT_PNM, "ppm" } };

static void
test_facts (gconstpointer data)
{
  const Written *row = data;
  g_autofree char *name = g_strconcat ("folder.d/photo.", row->ending, NULL);
  g_autoptr(GBytes) bytes = make_file (123, 45, 3, row->format);
  BallastImageFacts facts;
  BallastProbeResult result
    = probe_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), name, &facts);

  g_assert_cmpint (result.kind, ==, 0);
  g_assert_cmpstr (result.detail, ==, "");
  g_assert_true (result.usable);
  g_assert_cmpint (facts.format, ==, row->format);
  g_assert_cmpuint (facts.width, ==, 123);
  g_assert_cmpuint (facts.height, ==, 45);
  g_assert_cmpint (facts.colour, ==, BALLAST_COLOUR_RGB);
  g_assert_cmpuint (facts.depth, ==, 8);
  g_assert_cmpuint (facts.orientation, ==, 1);
  g_assert_cmpuint (facts.size_bytes, ==, g_bytes_get_size (bytes));

  result = probe_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "photo.gif", NULL);
  g_assert_cmpint (result.kind, ==, BALLAST_PROBLEM_WRONG_ENDING);
  g_assert_true (result.usable);
}

/* Cut anywhere, it is found. */
static void
assert_cuts_are_found (GBytes *bytes)
{
  gsize length = g_bytes_get_size (bytes);
  const guint8 *data = g_bytes_get_data (bytes, NULL);

  for (guint percent = 5; percent <= 95; percent += 5)
    {
      BallastProbeResult result = probe_bytes (data, length * percent / 100, NULL, NULL);

      g_assert_cmpint (result.kind, ==, BALLAST_PROBLEM_DAMAGED);
      g_assert_false (result.usable);
    }
  for (gsize cut = 1; cut <= MIN (length - 40, 500); cut++)
    g_assert_false (probe_bytes (data, length - cut, NULL, NULL).usable);
}

static void
test_cut (gconstpointer data)
{
  const Written *row = data;
  g_autoptr(GBytes) bytes = make_file (123, 45, 3, row->format);

  assert_cuts_are_found (bytes);
}

/* What a file system leaves behind after a crash: the right length, and zeros. */
static void
test_zero_tail (void)
{
  static const BallastFormat formats[] = { BALLAST_FORMAT_JPEG, BALLAST_FORMAT_PNG };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr(GBytes) bytes = make_file (123, 45, 3, formats[i]);
      gsize length = g_bytes_get_size (bytes);
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

      memset (data + length / 2, 0, length - length / 2);
      g_assert_cmpint (probe_bytes (data, length, NULL, NULL).kind, ==, BALLAST_PROBLEM_DAMAGED);
    }
}

/* A GIF of @n_frames frames of 16 × 16 pixels, each a run of clear codes. */
static GBytes *
make_gif (guint n_frames)
{
  GByteArray *bytes = g_byte_array_new ();
  static const guint8 head[] = "GIF89a\x10\0\x10\0\x80\0\0\0\0\0\xff\xff\xff";
  static const guint8 frame[] = ",\0\0\0\0\x10\0\x10\0\0\2\x0e\x8c\x8f\xa9\xcb\xed\x0f\xa3\x9c\xb4"
                                "\xda\x8b\xb3\x3e\x05\0";

  g_byte_array_append (bytes, head, sizeof head - 1);
  for (guint i = 0; i < n_frames; i++)
    g_byte_array_append (bytes, frame, sizeof frame - 1);
  g_byte_array_append (bytes, (const guint8 *) ";", 1);

  return g_byte_array_free_to_bytes (bytes);
}

static void
test_gif (void)
{
  g_autoptr(GBytes) still = make_gif (1);
  g_autoptr(GBytes) animation = make_gif (3);
  gsize length = g_bytes_get_size (still);
  const guint8 *data = g_bytes_get_data (still, NULL);
  BallastProbeResult result = probe_bytes (data, length, "a.gif", NULL);

  g_assert_cmpint (result.kind, ==, 0);
  result = probe_bytes (g_bytes_get_data (animation, NULL), g_bytes_get_size (animation), "a.gif",
                        NULL);
  g_assert_cmpint (result.kind, ==, BALLAST_PROBLEM_ANIMATION);
  g_assert_true (result.usable);
  g_assert_cmpstr (result.detail, ==, "3 frames or pages");

  /* Without its trailer alone it is whole; with a byte less it is not. */
  g_assert_true (probe_bytes (data, length - 1, NULL, NULL).usable);
  for (gsize cut = 2; cut < length; cut++)
    g_assert_false (probe_bytes (data, length - cut, NULL, NULL).usable);
}

static void
test_trailing_bytes (void)
{
  static const BallastFormat formats[] = { BALLAST_FORMAT_JPEG, BALLAST_FORMAT_PNG };
  static const char junk[] = "a phone's video, or what a download left \xff\xd8 behind";

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr(GBytes) bytes = make_file (64, 64, 3, formats[i]);
      g_autoptr(GBytes) longer = insert_bytes (bytes, g_bytes_get_size (bytes), junk, sizeof junk);
      BallastProbeResult result
        = probe_bytes (g_bytes_get_data (longer, NULL), g_bytes_get_size (longer), NULL, NULL);
      g_autofree char *expected
        = g_strdup_printf ("%u bytes after the end of the picture", (guint) sizeof junk);

      g_assert_cmpint (result.kind, ==, 0);
      g_assert_true (result.usable);
      g_assert_cmpstr (result.detail, ==, expected);
    }
}

static void
test_orientation (void)
{
  g_autoptr(GBytes) plain = make_file (40, 20, 3, BALLAST_FORMAT_JPEG);

  for (guint orientation = 0; orientation <= 9; orientation++)
    {
      g_autoptr(GBytes) turned = add_orientation (plain, orientation);
      BallastImageFacts facts;

      probe_bytes (g_bytes_get_data (turned, NULL), g_bytes_get_size (turned), NULL, &facts);
      g_assert_cmpuint (facts.orientation, ==,
                        orientation >= 1 && orientation <= 8 ? orientation : 1);
      g_assert_cmpuint (facts.width, ==, 40);
    }
}

/* Segments longer than the window lie before the frame header. */
static void
test_long_segments (void)
{
  g_autoptr(GBytes) plain = make_file (40, 20, 3, BALLAST_FORMAT_JPEG);
  g_autofree guint8 *segment = g_malloc0 (65537);
  g_autofree char *folder = g_dir_make_tmp ("ballast-probe-XXXXXX", NULL);
  g_autofree char *path = NULL;
  g_autoptr(GBytes) bytes = g_bytes_ref (plain);
  BallastImageFacts facts;
  BallastProbeResult result;

  memcpy (segment, "\xff\xe2\xff\xff", 4);
  for (guint i = 0; i < 5; i++)
    {
      GBytes *longer = insert_bytes (bytes, 2, segment, 65537);

      g_bytes_unref (bytes);
      bytes = longer;
    }
  path = write_file (folder, "long.jpg", bytes);
  g_assert_true (ballast_probe_file (AT_FDCWD, path, &facts, &result, NULL));
  g_assert_cmpint (result.kind, ==, 0);
  g_assert_cmpuint (facts.width, ==, 40);
  g_assert_cmpint (facts.mtime_ns, >, 0);
  unlink (path);
  rmdir (folder);
}

/* The same of a file as of the same bytes in memory, whatever the window holds. */
static void
test_file_as_bytes (void)
{
  g_autofree char *folder = g_dir_make_tmp ("ballast-probe-XXXXXX", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autoptr(GBytes) bytes = make_file (300, 200, 3, written[i].format);

      for (guint percent = 10; percent <= 100; percent += 30)
        {
          gsize length = g_bytes_get_size (bytes) * percent / 100;
          g_autoptr(GBytes) cut = g_bytes_new_from_bytes (bytes, 0, length);
          g_autofree char *path = write_file (folder, "file", cut);
          BallastImageFacts facts;
          BallastImageFacts from_memory;
          BallastProbeResult of_file;
          BallastProbeResult of_bytes
            = probe_bytes (g_bytes_get_data (cut, NULL), length, NULL, &from_memory);

          g_assert_true (ballast_probe_file (AT_FDCWD, path, &facts, &of_file, NULL));
          from_memory.mtime_ns = facts.mtime_ns;
          g_assert_cmpmem (&facts, sizeof facts, &from_memory, sizeof from_memory);
          g_assert_cmpint (of_file.kind, ==, of_bytes.kind);
          g_assert_cmpstr (of_file.detail, ==, of_bytes.detail);
          unlink (path);
        }
    }
  rmdir (folder);
}

static void
test_limits (void)
{
  g_autoptr(GBytes) bytes = make_file (64, 32, 3, BALLAST_FORMAT_PNG);
  const BallastImageLimits limits[] = { { 64 * 32 - 1, 64, 1000000 },
                                        { 64 * 32, 63, 1000000 },
                                        { 64 * 32, 64, g_bytes_get_size (bytes) - 1 } };
  const BallastImageLimits enough = { 64 * 32, 64, g_bytes_get_size (bytes) };
  BallastImageFacts facts;
  BallastProbeResult result;

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      ballast_probe_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                           &limits[i], &facts, &result);
      g_assert_cmpint (result.kind, ==, BALLAST_PROBLEM_TOO_LARGE);
      g_assert_false (result.usable);
    }
  ballast_probe_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, &enough,
                       &facts, &result);
  g_assert_true (result.usable);
}

static BallastProblemKind
probe_name (int         dirfd,
            const char *name)
{
  BallastImageFacts facts;
  BallastProbeResult result;
  g_autoptr(GError) error = NULL;

  g_assert_true (ballast_probe_file (dirfd, name, &facts, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (result.usable, ==, result.kind == 0);

  return result.kind;
}

static void
test_special_files (void)
{
  static const char *const names[] = { "good.png", "in/good.png", "fifo", "loop", "to-good", "out",
                                       "in/up", "proc" };
  g_autofree char *folder = g_dir_make_tmp ("ballast-probe-XXXXXX", NULL);
  g_autofree char *inner = g_build_filename (folder, "in", NULL);
  g_autoptr(GBytes) bytes = make_file (8, 8, 3, BALLAST_FORMAT_PNG);
  g_autofree char *inner_path = NULL;
  g_autofree char *path = NULL;
  int dirfd;

  g_assert_cmpint (mkdir (inner, 0700), ==, 0);
  path = write_file (folder, "good.png", bytes);
  inner_path = write_file (inner, "good.png", bytes);
  dirfd = open (folder, O_RDONLY | O_DIRECTORY);
  g_assert_cmpint (mkfifoat (dirfd, "fifo", 0600), ==, 0);
  g_assert_cmpint (symlinkat ("loop", dirfd, "loop"), ==, 0);
  g_assert_cmpint (symlinkat ("in/good.png", dirfd, "to-good"), ==, 0);
  g_assert_cmpint (symlinkat ("/etc/passwd", dirfd, "out"), ==, 0);
  g_assert_cmpint (symlinkat ("../../x", dirfd, "in/up"), ==, 0);
  g_assert_cmpint (symlinkat ("/proc/self/fd/0", dirfd, "proc"), ==, 0);

  g_assert_cmpint (probe_name (dirfd, "good.png"), ==, 0);
  g_assert_cmpint (probe_name (dirfd, "in/good.png"), ==, 0);
  g_assert_cmpint (probe_name (dirfd, "to-good"), ==, 0);
  g_assert_cmpint (probe_name (dirfd, "fifo"), ==, BALLAST_PROBLEM_SPECIAL_FILE);
  g_assert_cmpint (probe_name (dirfd, "in"), ==, BALLAST_PROBLEM_SPECIAL_FILE);
  g_assert_cmpint (probe_name (dirfd, "loop"), ==, BALLAST_PROBLEM_SPECIAL_FILE);
  g_assert_cmpint (probe_name (dirfd, "out"), ==, BALLAST_PROBLEM_SPECIAL_FILE);
  g_assert_cmpint (probe_name (dirfd, "proc"), ==, BALLAST_PROBLEM_SPECIAL_FILE);
  g_assert_cmpint (probe_name (dirfd, "in/up"), ==, BALLAST_PROBLEM_SPECIAL_FILE);
  g_assert_cmpint (probe_name (dirfd, "in/../../etc/passwd"), ==, BALLAST_PROBLEM_SPECIAL_FILE);
  g_assert_cmpint (probe_name (dirfd, "nothing"), ==, BALLAST_PROBLEM_MISSING_FILE);
  g_assert_cmpint (probe_name (AT_FDCWD, path), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    unlinkat (dirfd, names[i], 0);
  close (dirfd);
  rmdir (inner);
  rmdir (folder);
}

static void
test_open (void)
{
  BallastProblemKind kind = 0;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (ballast_image_open (AT_FDCWD, "/nowhere/a\nb.jpg", &kind, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (kind, ==, BALLAST_PROBLEM_MISSING_FILE);
  g_assert_nonnull (strstr (error->message, "a\\x0Ab.jpg"));
  g_clear_error (&error);
  g_assert_cmpint (ballast_image_open (AT_FDCWD, "/dev/null", NULL, &error), ==, -1);
  g_assert_nonnull (error);
}

/* Flipped bits and cuts: any verdict, but an end to it. */
static void
test_noise (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (written) + 1; i++)
    {
      g_autoptr(GBytes) bytes = i < G_N_ELEMENTS (written)
                                  ? make_file (40, 30, 3, written[i].format)
                                  : make_gif (2);
      gsize length = g_bytes_get_size (bytes);

      for (guint round = 0; round < 2000; round++)
        {
          g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

          for (guint n = round % 4 + 1; n > 0; n--)
            data[g_test_rand_int_range (0, MIN ((gint) length, 200))]
              = (guint8) g_test_rand_int_range (0, 256);
          probe_bytes (data, (gsize) g_test_rand_int_range (0, (gint) length + 1), NULL, NULL);
        }
    }
}

/* No false alarm on real photographs. */
static void
test_photographs (void)
{
  static const char *const classes[] = { "cardboard", "glass", "metal", "paper", "plastic", "trash" };
  g_autofree char *root = find_sample ("folders-trashnet");
  guint n_files = 0;

  if (root == NULL)
    {
      g_test_skip ("the sample photographs are not here");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autofree char *path = g_build_filename (root, classes[i], NULL);
      g_autoptr(GDir) folder = g_dir_open (path, 0, NULL);
      int dirfd = open (path, O_RDONLY | O_DIRECTORY);
      const char *name;

      g_assert_nonnull (folder);
      while ((name = g_dir_read_name (folder)) != NULL)
        {
          g_assert_cmpint (probe_name (dirfd, name), ==, 0);
          n_files++;
        }
      close (dirfd);
    }
  g_assert_cmpuint (n_files, ==, 428);
}

static void
add_written (const char   *path,
             GTestDataFunc func)
{
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autofree char *full = g_strdup_printf ("%s/%s", path, written[i].ending);

      g_test_add_data_func (full, &written[i], func);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/image/probe/few-bytes/%u", i);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  add_written ("/image/probe/facts", test_facts);
  add_written ("/image/probe/cut", test_cut);
  g_test_add_func ("/image/probe/zero-tail", test_zero_tail);
  g_test_add_func ("/image/probe/gif", test_gif);
  g_test_add_func ("/image/probe/trailing-bytes", test_trailing_bytes);
  g_test_add_func ("/image/probe/orientation", test_orientation);
  g_test_add_func ("/image/probe/long-segments", test_long_segments);
  g_test_add_func ("/image/probe/file-as-bytes", test_file_as_bytes);
  g_test_add_func ("/image/probe/limits", test_limits);
  g_test_add_func ("/image/probe/special-files", test_special_files);
  g_test_add_func ("/image/probe/open", test_open);
  g_test_add_func ("/image/probe/noise", test_noise);
  g_test_add_func ("/image/probe/photographs", test_photographs);

  return g_test_run ();
}
