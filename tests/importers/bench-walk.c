/*
 * Lists and counts a tree, and lets find do the same, in turns: bench-walk FOLDER [FILES]
 *
 * Makes FILES (1,000,000) small files in 100 folders in FOLDER/walk-FILES unless they are there.
 * Prints the medians of five turns, and their ratio; exits with 1 where it is above 1.
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ballast-importer.h"
#include "ballast-walk.h"

#define N_FOLDERS 100
#define N_TURNS 5

static void
make_tree (const char *root,
           guint       n_files)
{
  if (g_file_test (root, G_FILE_TEST_IS_DIR))
    return;
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/class_%02u/image_%07u.jpg", root, i % N_FOLDERS, i);
      int fd;

      if (i < N_FOLDERS)
        {
          g_autofree char *folder = g_path_get_dirname (path);

          g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
        }
      fd = open (path, O_CREAT | O_WRONLY | O_EXCL, 0644);
      g_assert_cmpint (fd, >=, 0);
      close (fd);
    }
}

static double
time_find (const char *root)
{
  g_autofree char *quoted = g_shell_quote (root);
  g_autofree char *command = g_strdup_printf ("find %s -type f > /dev/null", quoted);
  const char *arguments[] = { "/bin/sh", "-c", command, NULL };
  gint64 start = g_get_monotonic_time ();
  gint status;

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, 0, NULL, NULL, NULL, NULL, &status,
                               NULL));

  return (g_get_monotonic_time () - start) / 1e6;
}

static double
time_count (const char *root,
            guint       n_files)
{
  gint64 start = g_get_monotonic_time ();
  BallastWalkCount count;

  g_assert_true (ballast_walk_count (root, 0, &count, NULL, NULL));
  g_assert_cmpuint (count.images, ==, n_files);

  return (g_get_monotonic_time () - start) / 1e6;
}

static gboolean
begin_source (gpointer user_data, const BallastImportSource *source, GError **error)
{
  return TRUE;
}

static int
declare_name (gpointer user_data, const char *name, GError **error)
{
  return 0;
}

static gboolean
add_image (gpointer user_data, const BallastImportImage *image, GError **error)
{
  return TRUE;
}

static gboolean
add_problem (gpointer user_data, const BallastProblem *problem, GError **error)
{
  return TRUE;
}

/* The whole reader, into a sink that drops everything. */
static double
time_read (const char *root,
           guint       n_files)
{
  BallastImportOptions options = BALLAST_IMPORT_OPTIONS_INIT;
  BallastImportSink sink = { begin_source, declare_name, declare_name, add_image, add_problem, NULL };
  BallastImportRequest request = { root, &options, &sink, NULL };
  BallastImportSummary summary;
  gint64 start = g_get_monotonic_time ();

  g_assert_true (ballast_importer_read (ballast_importer_find ("folders"), &request, &summary, NULL,
                                        NULL));
  g_assert_cmpuint (summary.images, ==, n_files);

  return (g_get_monotonic_time () - start) / 1e6;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
median (double *times)
{
  qsort (times, N_TURNS, sizeof *times, compare_times);

  return times[N_TURNS / 2];
}

int
main (int   argc,
      char *argv[])
{
  guint n_files = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 1000000;
  g_autofree char *root = NULL;
  double find[N_TURNS], count[N_TURNS], read[N_TURNS], ratio;

  if (argc < 2)
    {
      g_printerr ("Usage: bench-walk FOLDER [FILES]\n");
      return 2;
    }
  root = g_strdup_printf ("%s/walk-%u", argv[1], n_files);
  make_tree (root, n_files);
  for (guint i = 0; i < N_TURNS; i++)
    {
      find[i] = time_find (root);
      count[i] = time_count (root, n_files);
      read[i] = time_read (root, n_files);
    }
  ratio = median (count) / median (find);
  g_print ("files %u: find %.3f s, count %.3f s (%.2f of find), read %.3f s (%.2f)\n", n_files,
           median (find), median (count), ratio, median (read), median (read) / median (find));

  return ratio <= 1.0 ? 0 : 1;
}
