/*
 * make-coco FOLDER FILE ANNOTATIONS MEGABYTES: a COCO file about the pictures in FOLDER.
 *
 * Annotations come in no order of images, with outlines of about the length that makes the file as
 * large as asked for, and categories last, as in COCO's own.  Sizes are those of the pictures.
 */
#include <gio/gio.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#define N_CLASSES 80

static void
list (const char *root,
      const char *folder,
      GPtrArray  *names)
{
  g_autofree char *path = g_build_filename (root, folder, NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = *folder == '\0' ? g_strdup (name)
                                               : g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".jpg"))
        g_ptr_array_add (names, g_steal_pointer (&below));
      else if (strchr (name, '.') == NULL)
        list (root, below, names);
    }
}

static void
write_image (FILE       *file,
             tjhandle    decoder,
             const char *root,
             const char *name,
             guint       number)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  int width = 0, height = 0, sampling, colours;

  if (!g_file_get_contents (path, &bytes, &length, NULL)
      || tjDecompressHeader3 (decoder, (const guchar *) bytes, length, &width, &height, &sampling,
                              &colours) != 0)
    fprintf (stderr, "make-coco: %s cannot be read\n", path);
  fprintf (file, "%s{\"license\": 3, \"file_name\": \"%s\", \"height\": %d, \"width\": %d, "
           "\"date_captured\": \"2013-11-14 17:02:52\", \"id\": %u}", number > 0 ? ", " : "", name,
           height, width, number * 5 + 9);
}

static void
write_annotation (FILE  *file,
                  GRand *random,
                  guint  number,
                  guint  n_images,
                  guint  n_points)
{
  double x = g_rand_double_range (random, 0, 16), y = g_rand_double_range (random, 0, 16);
  double radius = g_rand_double_range (random, 2, 4);

  fprintf (file, "%s{\"segmentation\": [[", number > 0 ? ", " : "");
  for (guint i = 0; i < n_points; i++)
    fprintf (file, "%s%.2f, %.2f", i > 0 ? ", " : "",
             x + radius * (1 + cos (i * 6.28 / n_points)),
             y + radius * (1 + sin (i * 6.28 / n_points)));
  fprintf (file, "]], \"area\": %.4f, \"iscrowd\": 0, \"image_id\": %u, \"bbox\": [%.2f, %.2f, %.2f, %.2f], "
           "\"category_id\": %u, \"id\": %u}", 3.14 * radius * radius,
           g_rand_int_range (random, 0, n_images) * 5 + 9, x, y, 2 * radius, 2 * radius,
           g_rand_int_range (random, 0, N_CLASSES) + 1, number + 100);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GRand) random = g_rand_new_with_seed (7);
  guint n_annotations = argc == 5 ? atoi (argv[3]) : 0;
  double bytes = argc == 5 ? atof (argv[4]) * 1e6 : 0;
  FILE *file = argc == 5 ? fopen (argv[2], "w") : NULL;
  tjhandle decoder = tjInitDecompress ();
  guint n_points;

  if (file == NULL)
    return fprintf (stderr, "usage: make-coco FOLDER FILE ANNOTATIONS MEGABYTES\n"), 1;
  list (argv[1], "", names);
  n_points = MAX ((bytes - names->len * 150.0) / n_annotations - 140, 40) / 12.6;
  fprintf (file, "{\"info\": {\"description\": \"made up\"}, \"licenses\": [], \"images\": [");
  for (guint i = 0; i < names->len; i++)
    write_image (file, decoder, argv[1], names->pdata[i], i);
  tjDestroy (decoder);
  fprintf (file, "], \"annotations\": [");
  for (guint i = 0; i < n_annotations; i++)
    write_annotation (file, random, i, names->len, n_points);
  fprintf (file, "], \"categories\": [");
  for (guint i = 0; i < N_CLASSES; i++)
    fprintf (file, "%s{\"supercategory\": \"thing\", \"id\": %u, \"name\": \"class %u\"}",
             i > 0 ? ", " : "", i + 1, i);
  fprintf (file, "]}\n");

  return fclose (file) == 0 ? 0 : 1;
}
