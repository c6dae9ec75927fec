/*
 * Prints a digest of what each of a list of recipes makes of noise, on every kind of raster.
 *
 * Built twice: with the kernels as they are shipped (one clone per generation of processors,
 * intrinsics), and in plain C.  The test "clones" compares the two outputs line by line.
 */
#include "augment-fixture.h"
#include "ballast-op-table.h"

static void
print_digest (const char          *name,
              const BallastRaster *source,
              const BallastRecipe *recipe)
{
  g_autoptr(BallastRaster) result = fixture_run_recipe (recipe, source);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint y = 0; y < result->height; y++)
    g_checksum_update (checksum, ballast_raster_get_row (result, y),
                       (gssize) ballast_raster_get_row_bytes (result));
  g_print ("%s %u/%u %ux%u %s\n", name, source->channels, source->depth, result->width,
           result->height, g_checksum_get_string (checksum));
}

int
main (int   argc,
      char *argv[])
{
  for (guint i = 0; i < ballast_op_get_n (); i++)
    for (guint k = 0; k < G_N_ELEMENTS (raster_kinds); k++)
      for (guint copy = 0; copy < 6; copy++)
        {
          const BallastOp *op = ballast_op_get (i);
          g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
          g_autoptr(BallastRaster) source = fixture_noise (211 + copy, 97, raster_kinds[k][0],
                                                            raster_kinds[k][1], copy);
          BallastRandomKey key = ballast_random_key (1, op->name, copy);
          g_autoptr(BallastRecipe) recipe = NULL;

          ballast_pipeline_add (pipeline, op, -1);
          ballast_pipeline_set_p (pipeline, 0, 1);
          recipe = ballast_pipeline_sample (pipeline, &key, source->width, source->height, NULL);
          print_digest (op->name, source, recipe);
        }
  return 0;
}
