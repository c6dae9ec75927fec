#include "config.h"

#include "fixture.h"

#include <string.h>

#include "ballast-decode.h"
#include "ballast-previewer.h"
#include "ballast-program.h"

#define MAX_SEEN 16

/* What came, by variant. */
typedef struct
{
  BallastRaster *rasters[MAX_SEEN];
  BallastRecipe *recipes[MAX_SEEN];
  guint          serials[MAX_SEEN];
  guint          n_errors;
  guint          n_variants;
  guint          finished;
} Seen;

static void
seen_clear (Seen *seen)
{
  for (guint i = 0; i < MAX_SEEN; i++)
    {
      g_clear_pointer (&seen->rasters[i], ballast_raster_free);
      g_clear_pointer (&seen->recipes[i], ballast_recipe_free);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

static void
on_variant_ready (BallastPreviewer            *previewer,
                  const BallastPreviewVariant *variant,
                  Seen                        *seen)
{
  guint i = variant->variant;

  seen->n_variants++;
  g_clear_pointer (&seen->rasters[i], ballast_raster_free);
  g_clear_pointer (&seen->recipes[i], ballast_recipe_free);
  g_assert_cmpuint (variant->serial, >=, seen->serials[i]);
  seen->serials[i] = variant->serial;
  if (variant->raster == NULL)
    seen->n_errors++;
  else
    seen->rasters[i] = ballast_raster_copy (variant->raster);
  if (variant->recipe != NULL)
    seen->recipes[i] = ballast_recipe_copy (variant->recipe);
}

static void
on_finished (BallastPreviewer *previewer,
             guint             serial,
             Seen             *seen)
{
  seen->finished = serial;
}

static BallastPreviewer *
previewer_for (Seen *seen)
{
  BallastPreviewer *previewer = ballast_previewer_new ();

  g_signal_connect (previewer, "variant-ready", G_CALLBACK (on_variant_ready), seen);
  g_signal_connect (previewer, "finished", G_CALLBACK (on_finished), seen);
  return previewer;
}

static BallastPipeline *
lively_pipeline (void)
{
  BallastPipeline *pipeline = ballast_pipeline_new ();
  static const char *const ops[] = { "HorizontalFlip", "Rotate", "RandomBrightnessContrast",
                                     "GaussNoise" };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      ballast_pipeline_add (pipeline, ballast_op_find (ops[i]), -1);
      ballast_pipeline_set_p (pipeline, i, i == 0 ? 0.5 : 1.0);
    }
  return pipeline;
}

/* (transfer full): the path of a.jpg, a picture of 400 × 300. */
static char *
make_picture (Fixture *fixture)
{
  fixture_init (fixture);
  fixture_picture_sized (fixture, "a.jpg", 3, 400, 300);
  return g_build_filename (fixture->data, "a.jpg", NULL);
}

static void
wait_for (const Seen *seen,
          guint       serial)
{
  while (seen->finished != serial)
    g_main_context_iteration (NULL, TRUE);
}

/* At full size, a variant is what a program makes of the decoded file with the same key: what an
 * export does. */
static void
test_same_as_export (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_auto(Seen) seen = { { NULL } };
  g_autoptr(BallastPreviewer) previewer = previewer_for (&seen);
  g_autoptr(BallastPipeline) pipeline = lively_pipeline ();
  g_autofree char *path = NULL, *bytes = NULL;
  BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
  g_autoptr(BallastRaster) source = NULL;
  gsize length;

  fixture_init (&fixture);
  fixture_picture_sized (&fixture, "cat/a.jpg", 3, 120, 90);
  path = g_build_filename (fixture.data, "cat/a.jpg", NULL);
  wait_for (&seen, ballast_previewer_request (previewer, &(BallastPreviewRequest) {
    .path = path, .relative_path = "cat/a.jpg", .pipeline = pipeline, .seed = 7, .first_copy = 1,
    .n_variants = 5, .size_px = 120
  }));

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  source = ballast_decode_bytes ((guint8 *) bytes, length, &options, NULL, NULL, NULL);
  g_assert_true (ballast_raster_equal (seen.rasters[0], source));
  for (guint copy = 1; copy <= 5; copy++)
    {
      BallastRandomKey key = ballast_random_key (7, "cat/a.jpg", copy);
      g_autoptr(BallastRecipe) recipe = ballast_pipeline_sample (pipeline, &key, 120, 90, NULL);
      g_autoptr(BallastProgram) program = ballast_program_new (recipe, 120, 90, 3, 8);
      g_autoptr(BallastRaster) raster = ballast_program_run (program, source, NULL, NULL);

      g_assert_true (ballast_recipe_equal (recipe, seen.recipes[copy]));
      g_assert_true (ballast_raster_equal (raster, seen.rasters[copy]));
    }
}

static void
test_scaled (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_auto(Seen) seen = { { NULL } };
  g_autoptr(BallastPreviewer) previewer = previewer_for (&seen);
  g_autoptr(BallastPipeline) pipeline = lively_pipeline ();
  g_autofree char *path = NULL;

  fixture_init (&fixture);
  fixture_picture_sized (&fixture, "a.jpg", 3, 1600, 1200);
  path = g_build_filename (fixture.data, "a.jpg", NULL);
  wait_for (&seen, ballast_previewer_request (previewer, &(BallastPreviewRequest) {
    .path = path, .relative_path = "a.jpg", .pipeline = pipeline, .first_copy = 1,
    .n_variants = 3, .size_px = 200
  }));
  for (guint i = 0; i <= 3; i++)
    {
      g_assert_cmpuint (seen.rasters[i]->width, ==, 200);
      g_assert_cmpuint (seen.rasters[i]->height, ==, 150);
    }
  g_assert_cmpint (ballast_previewer_get_cost_ns (previewer), >, 0);
}

/* A slider that moves faster than anything is drawn: the newest comes whole, and nothing older
 * comes after something newer (checked in on_variant_ready). */
static void
test_newest (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_auto(Seen) seen = { { NULL } };
  g_autoptr(BallastPreviewer) previewer = previewer_for (&seen);
  g_autoptr(BallastPipeline) pipeline = lively_pipeline ();
  g_autofree char *path = NULL;
  guint serial = 0;

  fixture_init (&fixture);
  fixture_picture_sized (&fixture, "a.jpg", 3, 800, 600);
  path = g_build_filename (fixture.data, "a.jpg", NULL);
  for (guint i = 0; i < 60; i++)
    {
      BallastValue value = { { -i * 0.5, i * 0.5 } };

      ballast_pipeline_set_value (pipeline, 1, 0, &value);
      serial = ballast_previewer_request (previewer, &(BallastPreviewRequest) {
      .path = path, .relative_path = "a.jpg", .pipeline = pipeline, .first_copy = 1,
      .n_variants = 9, .size_px = 300
    });
      g_main_context_iteration (NULL, FALSE);
    }
  wait_for (&seen, serial);
  for (guint i = 1; i <= 9; i++)
    g_assert_cmpuint (seen.serials[i], ==, serial);
  g_assert_nonnull (seen.rasters[0]);
  g_assert_cmpuint (seen.n_variants, <, 60 * 10);
}

/* The original is told of once, and again for another size. */
static void
test_original (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_auto(Seen) seen = { { NULL } };
  g_autoptr(BallastPreviewer) previewer = previewer_for (&seen);
  g_autoptr(BallastPipeline) pipeline = lively_pipeline ();
  g_autofree char *path = NULL;
  BallastPreviewRequest request = { .relative_path = "a.jpg", .pipeline = pipeline,
                                    .first_copy = 1, .n_variants = 2, .size_px = 200 };
  guint first;

  path = make_picture (&fixture);
  request.path = path;
  first = ballast_previewer_request (previewer, &request);
  wait_for (&seen, first);
  wait_for (&seen, ballast_previewer_request (previewer, &request));
  g_assert_cmpuint (seen.serials[0], ==, first);
  g_assert_cmpuint (seen.n_variants, ==, 5);
  request.size_px = 100;
  wait_for (&seen, ballast_previewer_request (previewer, &request));
  g_assert_cmpuint (seen.rasters[0]->width, ==, 100);
}

static void
test_failed (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_auto(Seen) seen = { { NULL } };
  g_autoptr(BallastPreviewer) previewer = previewer_for (&seen);
  g_autoptr(BallastPipeline) pipeline = lively_pipeline ();
  g_autofree char *path = NULL;

  fixture_init (&fixture);
  fixture_bytes (&fixture, "a.jpg", "no picture", -1);
  path = g_build_filename (fixture.data, "a.jpg", NULL);
  wait_for (&seen, ballast_previewer_request (previewer, &(BallastPreviewRequest) {
    .path = path, .relative_path = "a.jpg", .pipeline = pipeline, .first_copy = 1,
    .n_variants = 2, .size_px = 200
  }));
  g_assert_cmpuint (seen.n_errors, ==, 3);
}

/* After a cancel nothing comes any more; the next request does. */
static void
test_cancel (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_auto(Seen) seen = { { NULL } };
  g_autoptr(BallastPreviewer) previewer = previewer_for (&seen);
  g_autoptr(BallastPipeline) pipeline = lively_pipeline ();
  g_autofree char *path = NULL;
  BallastPreviewRequest request = { .relative_path = "a.jpg", .pipeline = pipeline,
                                    .first_copy = 1, .n_variants = 4, .size_px = 200 };

  path = make_picture (&fixture);
  request.path = path;
  ballast_previewer_request (previewer, &request);
  ballast_previewer_cancel (previewer);
  g_usleep (50000);
  while (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (seen.n_variants, ==, 0);
  wait_for (&seen, ballast_previewer_request (previewer, &request));
  g_assert_cmpuint (seen.n_variants, ==, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/previewer/same-as-export", test_same_as_export);
  g_test_add_func ("/document/previewer/scaled", test_scaled);
  g_test_add_func ("/document/previewer/newest", test_newest);
  g_test_add_func ("/document/previewer/original", test_original);
  g_test_add_func ("/document/previewer/failed", test_failed);
  g_test_add_func ("/document/previewer/cancel", test_cancel);

  return g_test_run ();
}
