#include "config.h"

#include "fixture.h"

#include <string.h>

#include "ballast-decode.h"
#include "ballast-image-list.h"
#include "ballast-previewer.h"

/*
 * What the preview shows is what the export writes, pixel by pixel: of every copy in the manifest the
 * variant of the same number is drawn, at full size, with what the window and the command line give the
 * preview.
 */
#define N_PICTURES 12

/* Cups are many and forks few; each picture has a box or two. */
static void
set_up_boxes (Fixture *fixture)
{
  static const char yaml[] = "train: images/train\nnames: [cup, fork]\n";

  fixture_init (fixture);
  fixture_bytes (fixture, "data.yaml", yaml, -1);
  for (guint i = 0; i < N_PICTURES; i++)
    {
      g_autofree char *picture = g_strdup_printf ("images/train/p%02u.png", i);
      g_autofree char *labels = g_strdup_printf ("labels/train/p%02u.txt", i);
      g_autofree char *text = i >= N_PICTURES - 3
                                ? g_strdup ("1 0.12 0.2 0.2 0.3\n")
                                : g_strdup_printf ("0 0.5 0.5 0.4 0.5\n%s",
                                                   i % 4 == 0 ? "0 0.9 0.1 0.15 0.15\n" : "");

      fixture_picture_sized (fixture, picture, 10 + i, 96 + 8 * (i % 3), 80);
      fixture_bytes (fixture, labels, text, -1);
    }
  fixture_create (fixture);
  fixture_import (fixture);
}

static void
set_pipeline (Fixture    *fixture,
              const char *op)
{
  const char *const ops[] = { op, "RandomBrightnessContrast", "GaussNoise" };
  BallastBoxPolicy policy = BALLAST_BOX_POLICY_INITIAL;
  g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      ballast_pipeline_add (pipeline, ballast_op_find (ops[i]), -1);
      ballast_pipeline_set_p (pipeline, i, 1);
    }
  policy.loss = BALLAST_BOX_LOSS_REDRAW;
  policy.min_visibility = 0.7;
  ballast_pipeline_set_box_policy (pipeline, &policy);
  FIXTURE_EDIT (fixture, ballast_document_set_pipeline_async (fixture->document, 0, pipeline,
                                                              fixture_on_done, fixture));
}

static void
set_layout (Fixture    *fixture,
            const char *layout)
{
  BallastExportSettings settings;

  ballast_export_settings_init (&settings);
  g_free (settings.layout);
  settings.layout = g_strdup (layout);
  settings.format = BALLAST_FORMAT_CHOICE_PNG;
  settings.seed = 5;
  FIXTURE_EDIT (fixture, ballast_document_set_export_async (fixture->document, &settings,
                                                            fixture_on_done, fixture));
  ballast_export_settings_clear (&settings);
}

static BallastImageDetails *
load_details (Fixture    *fixture,
              const char *path)
{
  g_autoptr(GError) error = NULL;
  BallastImageDetails *details;
  gint64 id;

  ballast_image_find_async (fixture->document, path, NULL, fixture_on_done, fixture);
  id = ballast_image_find_finish (fixture_wait (fixture), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
  ballast_image_details_load_async (fixture->document, id, NULL, fixture_on_done, fixture);
  details = ballast_image_details_load_finish (fixture_wait (fixture), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
  return details;
}

typedef struct
{
  BallastRaster *raster;
  gboolean       finished;
} Drawn;

static void
on_variant_ready (BallastPreviewer            *previewer,
                  const BallastPreviewVariant *variant,
                  Drawn                       *drawn)
{
  g_assert_no_error (variant->error);
  if (variant->variant == 1)
    drawn->raster = ballast_raster_copy (variant->raster);
}

static void
on_finished (BallastPreviewer *previewer,
             guint             serial,
             Drawn            *drawn)
{
  drawn->finished = TRUE;
}

/* (transfer full): copy @copy of the image @path as the preview has it. */
static BallastRaster *
preview (Fixture                *fixture,
         BallastPreviewPartners *partners,
         const char             *path,
         guint32                 copy)
{
  BallastSettings *settings = ballast_document_get_settings (fixture->document);
  g_autoptr(BallastImageDetails) details = load_details (fixture, path);
  g_autoptr(BallastPreviewLender) lender = ballast_preview_lender_new (partners, details);
  g_autoptr(BallastPreviewer) previewer = ballast_previewer_new ();
  g_autoptr(GArray) boxes = g_array_new (FALSE, FALSE, sizeof (BallastBox));
  Drawn drawn = { NULL };

  for (guint i = 0; i < details->n_annotations; i++)
    if (details->annotations[i].has_box)
      g_array_append_val (boxes, details->annotations[i].box);
  g_signal_connect (previewer, "variant-ready", G_CALLBACK (on_variant_ready), &drawn);
  g_signal_connect (previewer, "finished", G_CALLBACK (on_finished), &drawn);
  ballast_previewer_request (previewer, &(BallastPreviewRequest) {
    .path = details->path, .relative_path = path,
    .class_name = ballast_image_details_get_sampled_class (
      details, ballast_document_get_tally (fixture->document)),
    .pipeline = ballast_settings_get_pipeline (settings, details->annotations[0].class_id),
    .seed = ballast_settings_get_export (settings)->seed, .copies = &copy, .n_variants = 1,
    .size_px = 4096, .redraws = ballast_settings_get_redraws (settings),
    .boxes = (const BallastBox *) (gpointer) boxes->data, .n_boxes = boxes->len, .lender = lender,
  });
  while (!drawn.finished)
    g_main_context_iteration (NULL, TRUE);
  return drawn.raster;
}

static BallastRaster *
decode (const char *path)
{
  BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
  g_autofree char *bytes = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;
  BallastRaster *raster;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  raster = ballast_decode_bytes ((const guint8 *) bytes, length, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  return raster;
}

/* "path,split,class,source,copy,": no name here has a comma.  Returns how many copies were compared. */
static guint
compare_copies (Fixture                *fixture,
                BallastPreviewPartners *partners)
{
  g_autofree char *manifest = fixture_path (fixture, "out/manifest.csv");
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (manifest, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto(GStrv) cells = g_strsplit (lines[i], ",", 6);
      guint32 copy = (guint32) g_ascii_strtoull (cells[4], NULL, 10);
      g_autofree char *name = g_build_filename ("out", cells[0], NULL);
      g_autofree char *path = fixture_path (fixture, name);
      g_autoptr(BallastRaster) written = NULL, shown = NULL;

      if (copy == 0)
        continue;
      written = decode (path);
      shown = preview (fixture, partners, cells[3], copy);
      g_assert_true (ballast_raster_equal (shown, written));
      n++;
    }
  return n;
}

static void
compare (gconstpointer op)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *dest = NULL;
  g_autoptr(BallastPreviewPartners) partners = NULL;
  g_autoptr(BallastJob) job = NULL;
  g_autoptr(GError) error = NULL;

  set_up_boxes (&fixture);
  set_pipeline (&fixture, op);
  set_layout (&fixture, "yolo");
  FIXTURE_EDIT (&fixture, ballast_document_reject_copy_async (fixture.document,
                                                              "images/train/p10.png", 1,
                                                              fixture_on_done, &fixture));
  dest = fixture_path (&fixture, "out");
  job = ballast_document_export (fixture.document, dest, NULL, 2);
  ballast_job_wait (job, &error);
  g_assert_no_error (error);
  ballast_preview_partners_load_async (fixture.document, NULL, fixture_on_done, &fixture);
  partners = ballast_preview_partners_load_finish (fixture_wait (&fixture), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture.result);
  g_assert_cmpuint (compare_copies (&fixture, partners), >=, 5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/document/preview-export/boxes", "RandomResizedCrop", compare);
  g_test_add_data_func ("/document/preview-export/mosaic", "Mosaic", compare);
  g_test_add_data_func ("/document/preview-export/mix-up", "MixUp", compare);
  g_test_add_data_func ("/document/preview-export/cut-mix", "CutMix", compare);
  g_test_add_data_func ("/document/preview-export/copy-paste", "CopyPaste", compare);
  return g_test_run ();
}
