#include "config.h"

#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "ballast-apply.h"
#include "ballast-encode.h"
#include "ballast-verify-job.h"

static void
setup (Fixture *fixture)
{
  fixture_init (fixture);
  fixture_pictures (fixture, "train/cat", 24, 100);
  fixture_pictures (fixture, "train/dog", 5, 200);
  fixture_picture (fixture, "train/dog/last.png", 300);
  fixture_pictures (fixture, "test/cat", 4, 400);
  fixture_pictures (fixture, "test/dog", 2, 500);
  fixture_create (fixture);
  fixture_import (fixture);
}

/* Exports to @name; FALSE with @error. */
static gboolean
export_to (Fixture             *fixture,
           const char          *name,
           guint                n_threads,
           BallastExportResult *result,
           GError             **error)
{
  g_autofree char *dest = fixture_path (fixture, name);
  g_autoptr(BallastJob) job = ballast_document_export (fixture->document, dest, NULL, n_threads);
  gboolean success = ballast_job_wait (job, error);

  if (success)
    {
      *result = *(BallastExportResult *) ballast_job_get_result (job);
      result->dest = NULL;
      result->notes = NULL;
    }
  return success;
}

static char *
hash_export (Fixture    *fixture,
             const char *name)
{
  g_autofree char *dest = fixture_path (fixture, name);

  return fixture_hash_tree (dest);
}

static void
test_counts (void)
{
  g_auto(Fixture) fixture = { NULL };
  BallastExportEstimate estimate;
  BallastExportResult result;
  g_autoptr(GError) error = NULL;
  g_autofree char *dest = NULL;
  g_autoptr(BallastJob) verify = NULL;
  const BallastVerifyReport *report;

  setup (&fixture);
  ballast_document_estimate_export (fixture.document, NULL, NULL, fixture.root, &estimate);
  g_assert_cmpuint (estimate.originals, ==, 36);
  g_assert_cmpuint (estimate.augmented, ==, 18);
  g_assert_cmpuint (estimate.free_bytes, >, 0);

  g_assert_true (export_to (&fixture, "out", 2, &result, &error));
  g_assert_cmpuint (result.copied, ==, 36);
  g_assert_cmpuint (result.augmented, ==, 18);
  g_assert_cmpuint (result.written, ==, 54);
  g_assert_cmpuint (result.problems, ==, 0);
  /* The estimate is of the right order. */
  g_assert_cmpuint (estimate.bytes, >, result.bytes / 4);
  g_assert_cmpuint (estimate.bytes, <, result.bytes * 4);

  dest = fixture_path (&fixture, "out");
  verify = ballast_verify_start (dest);
  g_assert_true (ballast_job_wait (verify, NULL));
  report = ballast_job_get_result (verify);
  g_assert_cmpuint (report->n_findings, ==, 0);
  g_assert_cmpuint (report->files, >=, 54);
}

static void
test_threads (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *one = NULL, *eight = NULL;
  BallastExportResult result;

  setup (&fixture);
  g_assert_true (export_to (&fixture, "one", 1, &result, NULL));
  g_assert_true (export_to (&fixture, "eight", 8, &result, NULL));
  one = hash_export (&fixture, "one");
  eight = hash_export (&fixture, "eight");
  g_assert_cmpstr (one, ==, eight);
}

/* The lines of an export's manifest that another has not. */
static guint
count_other_lines (Fixture    *fixture,
                   const char *name,
                   const char *other)
{
  guint n = 0;
  g_autofree char *path = g_build_filename (fixture->root, name, "manifest.csv", NULL);
  g_autofree char *other_path = g_build_filename (fixture->root, other, "manifest.csv", NULL);
  g_autofree char *text = NULL, *other_text = NULL;
  g_auto(GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_file_get_contents (other_path, &other_text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    n += strstr (other_text, lines[i]) == NULL;
  return n;
}

/* A rejected copy is another one, and no other changes. */
static void
test_rejected (void)
{
  g_auto(Fixture) fixture = { NULL };
  BallastExportResult result;

  setup (&fixture);
  g_assert_true (export_to (&fixture, "before", 2, &result, NULL));
  FIXTURE_EDIT (&fixture, ballast_document_reject_copy_async (fixture.document, "train/dog/last.png", 1,
                                                              fixture_on_done, &fixture));
  g_assert_true (export_to (&fixture, "after", 2, &result, NULL));
  g_assert_cmpuint (count_other_lines (&fixture, "after", "before"), ==, 1);
  FIXTURE_EDIT (&fixture, ballast_document_undo_async (fixture.document, NULL, fixture_on_done,
                                                       &fixture));
  g_assert_true (export_to (&fixture, "again", 2, &result, NULL));
  g_assert_cmpuint (count_other_lines (&fixture, "again", "before"), ==, 0);
}

static void
cancel_at_ten (BallastJob *job,
               GParamSpec *pspec,
               gpointer    user_data)
{
  BallastProgressState progress;

  ballast_job_get_progress (job, &progress);
  if (progress.items_done >= 10)
    ballast_job_cancel (job);
}

static void
test_continued (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *whole = NULL, *continued = NULL, *dest = NULL;
  g_autoptr(BallastJob) job = NULL;
  BallastExportResult result;
  g_autoptr(GError) error = NULL;

  fixture_init (&fixture);
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *name = g_strdup_printf ("cat/%03u.png", i);

      fixture_picture_sized (&fixture, name, i, 400, 300);
    }
  fixture_picture_sized (&fixture, "dog/1.png", 70, 400, 300);
  fixture_picture_sized (&fixture, "dog/2.png", 71, 400, 300);
  fixture_create (&fixture);
  fixture_import (&fixture);
  g_assert_true (export_to (&fixture, "whole", 2, &result, NULL));

  dest = fixture_path (&fixture, "cut");
  job = ballast_document_export (fixture.document, dest, NULL, 1);
  g_signal_connect (job, "notify::items-done", G_CALLBACK (cancel_at_ten), NULL);
  g_assert_false (ballast_job_wait (job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (dest, G_FILE_TEST_EXISTS));

  g_assert_true (export_to (&fixture, "cut", 3, &result, NULL));
  g_assert_cmpuint (result.skipped, >, 0);
  whole = hash_export (&fixture, "whole");
  continued = hash_export (&fixture, "cut");
  g_assert_cmpstr (whole, ==, continued);
}

/* Closing in the middle of an export leaves no folder that looks whole. */
static void
test_closed (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *dest = NULL;
  g_autoptr(BallastJob) job = NULL;
  BallastExportResult result;

  setup (&fixture);
  dest = fixture_path (&fixture, "out");
  job = ballast_document_export (fixture.document, dest, NULL, 1);
  fixture_close (&fixture);
  g_assert_cmpint (ballast_job_get_state (job), ==, BALLAST_JOB_CANCELLED);
  g_assert_false (g_file_test (dest, G_FILE_TEST_EXISTS));
  fixture_open (&fixture);
  g_assert_true (export_to (&fixture, "out", 2, &result, NULL));
}

/* A source that changed or went is told; the others are written. */
static void
test_changed_source (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *gone = NULL, *dest = NULL;
  g_autoptr(BallastJob) job = NULL;
  const BallastExportResult *result;

  setup (&fixture);
  fixture_picture (&fixture, "train/cat/003.jpg", 999);
  gone = g_build_filename (fixture.data, "train/cat/004.jpg", NULL);
  g_assert_cmpint (g_remove (gone), ==, 0);
  dest = fixture_path (&fixture, "out");
  job = ballast_document_export (fixture.document, dest, NULL, 2);
  g_assert_true (ballast_job_wait (job, NULL));
  result = ballast_job_get_result (job);
  g_assert_cmpuint (result->problems, ==, 2);
  g_assert_cmpuint (g_strv_length (result->notes), ==, 2);
  g_assert_nonnull (strstr (result->notes[0], "003.jpg"));
  g_assert_cmpuint (result->copied, ==, 34);
}

static void
test_taken (void)
{
  g_auto(Fixture) fixture = { NULL };
  BallastExportResult result;
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  setup (&fixture);
  before = fixture_hash_tree (fixture.data);
  g_assert_false (export_to (&fixture, "data", 1, &result, &error));
  g_assert_nonnull (error);
  after = fixture_hash_tree (fixture.data);
  g_assert_cmpstr (before, ==, after);
}

/* apply() with the export's seed, path and copy writes the export's bytes. */
static void
test_apply (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *input = NULL, *output = NULL, *dest = NULL, *bytes = NULL, *description = NULL;
  g_autofree char *sum = NULL, *manifest = NULL;
  BallastExportResult result;
  g_autoptr(GError) error = NULL;
  BallastApplyRequest request = { .seed = 0, .key = "train/dog/000.jpg", .copy = 1, .quality = 92 };
  gsize length;

  setup (&fixture);
  g_assert_true (export_to (&fixture, "out", 2, &result, NULL));
  input = g_build_filename (fixture.data, "train/dog/000.jpg", NULL);
  output = fixture_path (&fixture, "applied.jpg");
  request.pipeline =
    ballast_settings_get_pipeline (ballast_document_get_settings (fixture.document), 0);
  request.input = input;
  request.output = output;
  request.class_name = "dog";
  description = ballast_apply_file (&request, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (output, &bytes, &length, NULL));
  sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, length);
  dest = fixture_path (&fixture, "out/manifest.csv");
  g_assert_true (g_file_get_contents (dest, &manifest, NULL, NULL));
  g_assert_nonnull (strstr (manifest, sum));
}

static void
test_apply_bad (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  g_autofree char *text = NULL, *picture = NULL, *output = NULL, *odd = NULL;
  g_autoptr(GError) error = NULL;
  BallastApplyRequest request = { .pipeline = pipeline, .key = "x", .copy = 1, .quality = 92 };

  fixture_init (&fixture);
  fixture_bytes (&fixture, "text.jpg", "no picture", -1);
  fixture_picture (&fixture, "a.jpg", 1);
  text = g_build_filename (fixture.data, "text.jpg", NULL);
  picture = g_build_filename (fixture.data, "a.jpg", NULL);
  output = fixture_path (&fixture, "out.png");
  odd = fixture_path (&fixture, "out.xyz");
  request.input = text;
  request.output = output;
  g_assert_null (ballast_apply_file (&request, NULL, &error));
  g_assert_nonnull (strstr (error->message, "text.jpg"));
  g_assert_false (g_file_test (output, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  request.input = picture;
  request.output = odd;
  g_assert_null (ballast_apply_file (&request, NULL, &error));
  g_assert_nonnull (strstr (error->message, "out.xyz"));
}

static void
test_weights (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastWeights) weights = NULL;
  g_autofree char *path = NULL, *text = NULL;
  BallastWeightOptions options;
  g_autoptr(GError) error = NULL;

  setup (&fixture);
  ballast_weight_options_init (&options);
  options.basis = BALLAST_WEIGHT_BASIS_DATASET;
  weights = ballast_document_dup_weights (fixture.document, &options, &error);
  g_assert_no_error (error);
  /* Balanced: N / (K n): 30 / (2 × 24) and 30 / (2 × 6). */
  g_assert_cmpfloat_with_epsilon (weights->classes[0].weight, 0.625, 1e-12);
  g_assert_cmpfloat_with_epsilon (weights->classes[1].weight, 2.5, 1e-12);

  path = fixture_path (&fixture, "w.csv");
  ballast_document_write_weights_async (fixture.document, &options, path, NULL, fixture_on_done,
                                        &fixture);
  g_assert_true (ballast_document_write_weights_finish (fixture.document, fixture_wait (&fixture),
                                                        &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "dog"));
  g_assert_nonnull (strstr (text, "2.5"));
}

/* What the plan says of mirrors; exports, and tells where the copies of "right" went. */
static gboolean
copies_stay (double   p,
             gboolean warned)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastPipeline) flip = ballast_pipeline_new ();
  g_autoptr(BallastPlan) plan = NULL;
  g_autofree char *manifest = NULL, *dest = NULL;
  BallastExportResult result;
  BallastClassPair pair;
  guint n_warnings = 0;

  fixture_init (&fixture);
  fixture_pictures (&fixture, "left", 6, 10);
  fixture_pictures (&fixture, "right", 2, 20);
  fixture_create (&fixture);
  fixture_import (&fixture);
  ballast_pipeline_add (flip, ballast_op_find ("HorizontalFlip"), -1);
  ballast_pipeline_set_p (flip, 0, p);
  FIXTURE_EDIT (&fixture, ballast_document_set_pipeline_async (fixture.document, 0, flip,
                                                               fixture_on_done, &fixture));
  pair = (BallastClassPair) { fixture_class (&fixture, "left"), fixture_class (&fixture, "right") };
  FIXTURE_EDIT (&fixture, ballast_document_set_pairs_async (fixture.document, &pair, 1,
                                                            fixture_on_done, &fixture));
  plan = ballast_document_dup_plan (fixture.document, NULL);
  for (guint i = 0; i < plan->warnings->len; i++)
    {
      const BallastPlanWarning *warning = g_ptr_array_index (plan->warnings, i);

      if (warning->code == BALLAST_PLAN_WARNING_MIRRORED && warning->number == 4 &&
          g_str_equal (warning->class_name, "right"))
        n_warnings++;
    }
  g_assert_cmpuint (n_warnings, ==, warned ? 1 : 0);

  g_assert_true (export_to (&fixture, "out", 2, &result, NULL));
  dest = fixture_path (&fixture, "out/manifest.csv");
  g_assert_true (g_file_get_contents (dest, &manifest, NULL, NULL));
  return strstr (manifest, ",left,right/") == NULL;
}

/* A mirror turns the sign: copies are drawn unmirrored, or go where they belong, with a warning. */
static void
test_pairs (void)
{
  g_assert_true (copies_stay (0.5, FALSE));
  g_assert_false (copies_stay (1, TRUE));
}

/* A white picture of one channel. */
static void
add_grey (Fixture    *fixture,
          const char *name,
          guint       depth)
{
  g_autoptr(BallastRaster) raster = ballast_raster_new (32, 32, 1, depth);
  BallastEncodeOptions options = BALLAST_ENCODE_OPTIONS_INIT;
  g_autoptr(GBytes) bytes = NULL;

  memset (raster->data, 255, raster->stride * raster->height);
  options.format = BALLAST_FORMAT_PNG;
  bytes = ballast_encode_bytes (raster, &options, NULL);
  fixture_bytes (fixture, name, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* How many images in 100 a plan says that the op has no meaning for; 0: it says nothing.  @depth: of one
 * grey picture beside three colours; 0: none. */
static guint64
greys_told (guint       depth,
            const char *op)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  g_autoptr(BallastPlan) plan = NULL;
  guint64 told = 0;

  fixture_init (&fixture);
  fixture_pictures (&fixture, "many", 3, 10);
  if (depth > 0)
    add_grey (&fixture, "few/grey.png", depth);
  else
    fixture_pictures (&fixture, "few", 1, 20);
  fixture_create (&fixture);
  fixture_import (&fixture);
  ballast_pipeline_add (pipeline, ballast_op_find (op), -1);
  FIXTURE_EDIT (&fixture, ballast_document_set_pipeline_async (fixture.document, 0, pipeline,
                                                               fixture_on_done, &fixture));
  plan = ballast_document_dup_plan (fixture.document, NULL);
  for (guint i = 0; i < plan->warnings->len; i++)
    {
      const BallastPlanWarning *warning = g_ptr_array_index (plan->warnings, i);

      if (warning->code == BALLAST_PLAN_WARNING_GREY)
        told += warning->number;
    }
  return told;
}

/* An op without a meaning on greys says so before the export. */
static void
test_greys (void)
{
  g_assert_cmpuint (greys_told (8, "ToSepia"), ==, 25);
  g_assert_cmpuint (greys_told (0, "ToSepia"), ==, 0);
  g_assert_cmpuint (greys_told (16, "RandomGamma"), ==, 0);
  g_assert_cmpuint (greys_told (8, "ImageCompression"), ==, 0);
  g_assert_cmpuint (greys_told (16, "ImageCompression"), ==, 25);
}

/* Whether a plan says that copies mix pictures of one class alone. */
static gboolean
tells_own_class (const char *op,
                 const char *layout)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();
  g_autoptr(BallastPlan) plan = NULL;
  BallastExportSettings settings;
  BallastExportEstimate estimate;
  gboolean told = FALSE;

  setup (&fixture);
  ballast_pipeline_add (pipeline, ballast_op_find (op), -1);
  FIXTURE_EDIT (&fixture, ballast_document_set_pipeline_async (fixture.document, 0, pipeline,
                                                               fixture_on_done, &fixture));
  ballast_export_settings_init (&settings);
  g_free (settings.layout);
  settings.layout = g_strdup (layout);
  FIXTURE_EDIT (&fixture, ballast_document_set_export_async (fixture.document, &settings,
                                                             fixture_on_done, &fixture));
  plan = ballast_document_dup_plan (fixture.document, NULL);
  for (guint i = 0; i < plan->warnings->len; i++)
    told |= ((BallastPlanWarning *) g_ptr_array_index (plan->warnings, i))->code
            == BALLAST_PLAN_WARNING_OWN_CLASS;
  ballast_document_estimate_export (fixture.document, plan, &settings, NULL, &estimate);
  g_assert_true ((estimate.note != NULL) == told);
  ballast_export_settings_clear (&settings);
  return told;
}

/* A layout without shares of classes mixes within one, and says so before the export. */
static void
test_own_class (void)
{
  g_assert_true (tells_own_class ("MixUp", "folders"));
  g_assert_false (tells_own_class ("MixUp", "manifest"));
  g_assert_false (tells_own_class ("HorizontalFlip", "folders"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/export/counts", test_counts);
  g_test_add_func ("/document/export/rejected", test_rejected);
  g_test_add_func ("/document/export/own-class", test_own_class);
  g_test_add_func ("/document/export/threads", test_threads);
  g_test_add_func ("/document/export/continued", test_continued);
  g_test_add_func ("/document/export/closed", test_closed);
  g_test_add_func ("/document/export/changed-source", test_changed_source);
  g_test_add_func ("/document/export/taken", test_taken);
  g_test_add_func ("/document/export/apply", test_apply);
  g_test_add_func ("/document/export/apply-bad", test_apply_bad);
  g_test_add_func ("/document/export/weights", test_weights);
  g_test_add_func ("/document/export/pairs", test_pairs);
  g_test_add_func ("/document/export/greys", test_greys);

  return g_test_run ();
}
