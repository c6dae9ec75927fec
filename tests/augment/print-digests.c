/*
 * Prints a digest of what each of a list of recipes makes of noise, on every kind of raster.
 *
 * Built several times: with the kernels as they are shipped (one clone per generation of processors,
 * intrinsics), for one generation each, and in plain C.  The test "clones" compares what they print
 * line by line.  Sizes are those at which vectors, pieces, tiles and blocks end, and a few drawn.
 */
#include "augment-fixture.h"
#include "ballast-op-table.h"

static const guint16 sizes[][2] = {
  { 1, 1 }, { 2, 3 }, { 3, 2 }, { 5, 31 }, { 15, 16 }, { 16, 17 }, { 17, 1 },
  { 1, 33 }, { 31, 5 }, { 33, 7 }, { 48, 48 }, { 64, 64 }, { 65, 63 }, { 127, 4 },
  { 129, 9 }, { 255, 8 }, { 257, 3 }, { 513, 5 }, { 70, 200 }, { 211, 97 }, { 640, 66 },
};

#define N_DRAWN 6
#define CHAIN_LENGTH 4
#define N_CHAINS 60

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
  g_print ("%s %ux%u %u/%u %ux%u %s\n", name, source->width, source->height, source->channels,
           source->depth, result->width, result->height, g_checksum_get_string (checksum));
}

static void
run_pipeline (const char            *name,
              const BallastPipeline *pipeline,
              const guint           *size,
              guint                  kind,
              guint                  copy)
{
  g_autoptr(BallastRaster) source = fixture_noise (size[0], size[1], raster_kinds[kind][0],
                                                    raster_kinds[kind][1], copy);
  BallastRandomKey key = ballast_random_key (1, name, copy);
  g_autoptr(BallastRecipe) recipe =
    ballast_pipeline_sample (pipeline, &key, source->width, source->height, NULL);

  print_digest (name, source, recipe);
}

/* Sizes in pixels are those of the pictures here: a digest of a large one takes too long. */
static void
keep_small (BallastPipeline *pipeline,
            guint            position)
{
  const BallastStep *step = ballast_pipeline_get_step (pipeline, position);

  for (guint i = 0; i < step->op->n_parameters; i++)
    if (step->op->parameters[i].maximum >= 1024 && step->values[i].number[0] > 90)
      {
        const BallastValue small = { { 90, 110 } };

        ballast_pipeline_set_value (pipeline, position, i, &small);
      }
}

/* Every op alone. */
static void
run_op (const BallastOp *op,
        guint            kind)
{
  BallastRandomKey key = ballast_random_key (2, op->name, kind);
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();

  ballast_pipeline_add (pipeline, op, -1);
  ballast_pipeline_set_p (pipeline, 0, 1);
  keep_small (pipeline, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sizes) + N_DRAWN; i++)
    {
      gboolean drawn = i >= G_N_ELEMENTS (sizes);
      guint size[2] = { drawn ? 1 + ballast_random_bits (&key, i, 0) % 300 : sizes[i][0],
                        drawn ? 1 + ballast_random_bits (&key, i, 1) % 90 : sizes[i][1] };

      /* Most pictures are in colour, and most ways of their own are for them. */
      if (raster_kinds[kind][0] != 3 && (i + kind) % 3 != 0)
        continue;
      run_pipeline (op->name, pipeline, size, kind, i);
    }
}

/* Ops drawn into chains, so that passes fuse. */
static void
run_chain (guint index)
{
  g_autofree char *name = g_strdup_printf ("chain-%u", index);
  BallastRandomKey key = ballast_random_key (3, name, 0);
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  guint size[2] = { 1 + ballast_random_bits (&key, 0, 0) % 400,
                    1 + ballast_random_bits (&key, 0, 1) % 120 };

  for (guint i = 0; i < CHAIN_LENGTH; i++)
    {
      guint op = ballast_random_bits (&key, 1, i) % ballast_op_get_n ();

      ballast_pipeline_add (pipeline, ballast_op_get (op), -1);
      ballast_pipeline_set_p (pipeline, i, 1);
      keep_small (pipeline, i);
    }
  run_pipeline (name, pipeline, size, index % G_N_ELEMENTS (raster_kinds), 0);
}

/* What ops with the numbers that they start with do not reach: half of everything. */
static void
run_half (guint index)
{
  guint width = 1 + index * 13 % 190, height = 1 + index * 7 % 40, kind = index % 5;
  g_autoptr(BallastRaster) source = fixture_noise (2 * width, 2 * height, raster_kinds[kind][0],
                                                    raster_kinds[kind][1], index);
  g_autofree char *step = g_strdup_printf ("[\"Resize\",1,0,0,%u,%u,%u,%u,3,0,0,0,0]", 2 * width,
                                           2 * height, width, height);
  g_autoptr(BallastRecipe) recipe = fixture_recipe (source->width, source->height, step);

  print_digest ("half", source, recipe);
}

int
main (int   argc,
      char *argv[])
{
  for (guint i = 0; i < ballast_op_get_n (); i++)
    for (guint kind = 0; kind < G_N_ELEMENTS (raster_kinds); kind++)
      run_op (ballast_op_get (i), kind);
  for (guint i = 0; i < N_CHAINS; i++)
    run_chain (i);
  for (guint i = 0; i < 40; i++)
    run_half (i);
  return 0;
}
