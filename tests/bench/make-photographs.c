/*
 * make-photographs FOLDER FEW MANY: photographs in feel of 500 × 375, FEW in the class "few" and
 * MANY in the class "many", as JPEG of quality 92 with 4:2:0: some 60 KB each, as real ones have.
 *
 * Octaves of value noise give areas, edges and grain.  A folder that is there is left as it is.
 */
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#define WIDTH 500
#define HEIGHT 375
#define N_OCTAVES 6
#define QUALITY 92

static double
value_at (guint32 seed,
          int     x,
          int     y)
{
  guint32 hash = seed * 0x9e3779b9u ^ (guint32) x * 0x85ebca6bu ^ (guint32) y * 0xc2b2ae35u;

  hash = (hash ^ hash >> 15) * 0x2c1b3c6du;
  hash = (hash ^ hash >> 12) * 0x297a2d39u;
  return (hash ^ hash >> 15) / 4294967296.0;
}

static double
smooth_at (guint32 seed,
           double  x,
           double  y)
{
  int left = (int) x, top = (int) y;
  double u = x - left, v = y - top;

  u = u * u * (3 - 2 * u);
  v = v * v * (3 - 2 * v);
  return (value_at (seed, left, top) * (1 - u) + value_at (seed, left + 1, top) * u) * (1 - v)
         + (value_at (seed, left, top + 1) * (1 - u) + value_at (seed, left + 1, top + 1) * u) * v;
}

static guchar
pixel_at (guint32 seed,
          int     x,
          int     y)
{
  double sum = 0, weight = 0.5;

  for (guint octave = 0; octave < N_OCTAVES; octave++, weight *= 0.74)
    sum += weight * (smooth_at (seed + octave * 101, x / (96.0 / (1 << octave)),
                                y / (96.0 / (1 << octave))) - 0.5);
  return (guchar) CLAMP (128 + 230 * sum, 0, 255);
}

static void
draw (guchar *pixels,
      guint32 number)
{
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        guchar *pixel = pixels + (y * WIDTH + x) * 3;
        int base = pixel_at (number * 7 + 1, x, y);
        int tint = (int) (60 * (smooth_at (number * 7 + 2, x / 90.0, y / 90.0) - 0.5));

        pixel[0] = (guchar) CLAMP (base + tint, 0, 255);
        pixel[1] = (guchar) base;
        pixel[2] = (guchar) CLAMP (base - tint, 0, 255);
      }
}

static void
write_class (const char *root,
             const char *name,
             guint       n,
             guint32     first)
{
  g_autofree char *folder = g_build_filename (root, name, NULL);
  g_autofree guchar *pixels = g_malloc (WIDTH * HEIGHT * 3);
  tjhandle encoder = tjInitCompress ();
  guchar *bytes = NULL;
  gulong length = 0;

  g_mkdir_with_parents (folder, 0755);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/photo_%05u.jpg", folder, i);

      draw (pixels, first + i);
      if (tjCompress2 (encoder, pixels, WIDTH, 0, HEIGHT, TJPF_RGB, &bytes, &length, TJSAMP_420,
                       QUALITY, 0) != 0
          || !g_file_set_contents_full (path, (char *) bytes, length, G_FILE_SET_CONTENTS_NONE, 0644,
                                        NULL))
        {
          fprintf (stderr, "make-photographs: “%s” cannot be written\n", path);
          exit (1);
        }
    }
  tjFree (bytes);
  tjDestroy (encoder);
}

int
main (int    argc,
      char **argv)
{
  guint n_few, n_many;

  if (argc != 4)
    {
      fprintf (stderr, "usage: make-photographs FOLDER FEW MANY\n");
      return 2;
    }
  if (g_file_test (argv[1], G_FILE_TEST_IS_DIR))
    return 0;
  n_few = strtoul (argv[2], NULL, 10);
  n_many = strtoul (argv[3], NULL, 10);
  write_class (argv[1], "few", n_few, 0);
  write_class (argv[1], "many", n_many, n_few);

  return 0;
}
