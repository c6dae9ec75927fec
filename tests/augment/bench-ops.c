/*
 * bench-ops FILE WIDTH HEIGHT NAME RECIPE…: times recipes on raw RGB pixels, on one thread.
 *
 * Prints "NAME MICROSECONDS ESTIMATED" for each: the median of as many runs as fit in 0.15 s, with
 * the recipe compiled each time, as an export does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ballast-program.h"

#define BUDGET_US 150000
#define MAX_RUNS 2000

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* Processor time of this thread, in nanoseconds: other programs' turns do not count. */
static gint64
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

static gint64
run_once (const BallastRecipe *recipe,
          const BallastRaster *source,
          double              *estimate)
{
  gint64 start = now ();
  g_autoptr(BallastProgram) program = ballast_program_new (recipe, source->width, source->height,
                                                            source->channels, source->depth);
  g_autoptr(BallastRaster) result = ballast_program_run (program, source, NULL, NULL);

  *estimate = ballast_program_estimate_ns (program) / 1000;
  return now () - start;
}

static void
time_recipe (const char          *name,
             const BallastRecipe *recipe,
             const BallastRaster *source)
{
  g_autofree gint64 *runs = g_new (gint64, MAX_RUNS);
  gint64 start = g_get_monotonic_time ();
  double estimate = 0;
  guint n = 0;

  while (n < MAX_RUNS && (n < 5 || g_get_monotonic_time () - start < BUDGET_US))
    runs[n++] = run_once (recipe, source, &estimate);
  qsort (runs, n, sizeof *runs, compare);
  printf ("%s %.1f %.0f\n", name, (double) runs[n / 2] / 1000, estimate);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(BallastRaster) source = NULL;
  FILE *file;

  if (argc < 6 || (file = fopen (argv[1], "rb")) == NULL)
    return 2;
  source = ballast_raster_new ((guint) atoi (argv[2]), (guint) atoi (argv[3]), 3, 8);
  for (guint y = 0; y < source->height; y++)
    if (fread (ballast_raster_get_row (source, y), 3, source->width, file) != source->width)
      return 1;
  fclose (file);

  for (int i = 4; i + 1 < argc; i += 2)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(BallastRecipe) recipe = ballast_recipe_from_json (argv[i + 1], -1, &error);

      if (recipe == NULL)
        {
          g_printerr ("%s: %s\n", argv[i], error->message);
          return 1;
        }
      time_recipe (argv[i], recipe, source);
    }
  return 0;
}
