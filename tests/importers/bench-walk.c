/*
 * Lists and counts a tree of images, and lets find do the same, in turns: bench-walk FOLDER
 *
 * Prints "NAME SECONDS" lines, medians of five turns: find, count (what the progress of an import
 * begins with), and read (the whole reader of class folders, into a sink that drops everything).
 */
#include <stdlib.h>

#include "ballast-importer.h"
#include "ballast-walk.h"

#define N_TURNS 5

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
            guint64     n_files)
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
           guint64     n_files)
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
  BallastWalkCount files;
  double find[N_TURNS], count[N_TURNS], read[N_TURNS];

  if (argc != 2 || !ballast_walk_count (argv[1], 0, &files, NULL, NULL))
    {
      g_printerr ("usage: bench-walk FOLDER\n");
      return 2;
    }
  for (guint i = 0; i < N_TURNS; i++)
    {
      find[i] = time_find (argv[1]);
      count[i] = time_count (argv[1], files.images);
      read[i] = time_read (argv[1], files.images);
    }
  g_print ("find %.4f\ncount %.4f\nread %.4f\n", median (find), median (count), median (read));

  return 0;
}
