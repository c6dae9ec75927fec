/*
 * bench-ops FILE WIDTH HEIGHT BUDGET NAME PIPELINE…: times pipelines (or recipes) on raw RGB pixels, on one thread.
 *
 * Prints "NAME MICROSECONDS ESTIMATED" for each: the median of as many runs as fit in BUDGET
 * milliseconds (at least three), with the recipe compiled each time, as an export does.  "NAME -" where
 * the pipeline holds something that this build does not know.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ballast-pipeline.h"
#include "ballast-program.h"

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
             const BallastRaster *source,
             gint64               budget)
{
  g_autofree gint64 *runs = g_new (gint64, MAX_RUNS);
  gint64 start = now ();
  double estimate = 0;
  guint n = 0;

  while (n < MAX_RUNS && (n < 3 || now () - start < budget))
    runs[n++] = run_once (recipe, source, &estimate);
  qsort (runs, n, sizeof *runs, compare);
  printf ("%s %.1f %.0f\n", name, (double) runs[n / 2] / 1000, estimate);
}

/* (transfer full) (nullable): one recipe of @text; NULL where an op is not known. */
static BallastRecipe *
sample_recipe (const char          *text,
               const BallastRaster *source)
{
  g_auto(GStrv) dropped = NULL;
  g_autoptr(BallastPipeline) pipeline = NULL;
  BallastRandomKey key = ballast_random_key (7, "bench", 1);

  if (strstr (text, "\"steps\"") != NULL)
    return ballast_recipe_from_json (text, -1, NULL);

  pipeline = ballast_pipeline_from_json (text, -1, &dropped, NULL);
  if (pipeline == NULL || ballast_pipeline_get_n_steps (pipeline) == 0)
    return NULL;
  for (guint i = 0; dropped[i] != NULL; i++)
    if (g_str_has_prefix (dropped[i], "The op"))
      return NULL;
  return ballast_pipeline_sample (pipeline, &key, source->width, source->height, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(BallastRaster) source = NULL;
  FILE *file;

  if (argc < 7 || (file = fopen (argv[1], "rb")) == NULL)
    return 2;
  source = ballast_raster_new ((guint) atoi (argv[2]), (guint) atoi (argv[3]), 3, 8);
  for (guint y = 0; y < source->height; y++)
    if (fread (ballast_raster_get_row (source, y), 3, source->width, file) != source->width)
      return 1;
  fclose (file);

  for (int i = 5; i + 1 < argc; i += 2)
    {
      g_autoptr(BallastRecipe) recipe = sample_recipe (argv[i + 1], source);

      if (recipe != NULL)
        time_recipe (argv[i], recipe, source, (gint64) atoi (argv[4]) * 1000000);
      else
        printf ("%s -\n", argv[i]);
    }
  return 0;
}
