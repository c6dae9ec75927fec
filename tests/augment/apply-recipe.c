/*
 * apply-recipe RECIPE WIDTH HEIGHT CHANNELS DEPTH [SCALE | "coarse"] < pixels > pixels
 *
 * Runs a recipe on raw pixels, so that a script can compare the result with another library's.
 * Prints the size that comes out on standard error.  "coarse" rounds positions as OpenCV does.
 */
#include <stdio.h>
#include <stdlib.h>

#include "ballast-program-private.h"

static gboolean
transfer (BallastRaster *raster,
          gboolean       in)
{
  gsize bytes = ballast_raster_get_row_bytes (raster);

  for (guint y = 0; y < raster->height; y++)
    {
      guint8 *row = ballast_raster_get_row (raster, y);

      if ((in ? fread (row, 1, bytes, stdin) : fwrite (row, 1, bytes, stdout)) != bytes)
        return FALSE;
    }
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastRecipe) recipe = NULL;
  g_autoptr(BallastRaster) source = NULL, result = NULL;
  g_autoptr(BallastProgram) program = NULL;
  gboolean coarse = argc > 6 && g_str_equal (argv[6], "coarse");

  if (argc < 6)
    return 2;
  recipe = ballast_recipe_from_json (argv[1], -1, &error);
  if (recipe == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  source = ballast_raster_new ((guint) atoi (argv[2]), (guint) atoi (argv[3]),
                               (guint) atoi (argv[4]), (guint) atoi (argv[5]));
  program = argc > 6 && !coarse
              ? ballast_program_new_scaled (recipe, source->width, source->height, source->channels,
                                            source->depth, g_ascii_strtod (argv[6], NULL))
              : ballast_program_new (recipe, source->width, source->height, source->channels,
                                     source->depth);
  if (coarse)
    ballast_program_set_coarse (program);
  if (!transfer (source, TRUE))
    return 1;
  result = ballast_program_run (program, source, NULL, &error);
  g_printerr ("%u %u\n", result->width, result->height);
  return transfer (result, FALSE) ? 0 : 1;
}
