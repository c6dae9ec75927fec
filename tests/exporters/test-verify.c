#include "ballast-export-error.h"
#include "ballast-export-estimate.h"
#include "ballast-verify.h"
#include "dataset.h"

/* An export of two images and a copy at out/d. */
static void
make_export (const Folder *out)
{
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg+1 train/turn-left/b.png");
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders", .pipeline_json = "{}");
  g_autoptr(GError) error = NULL;

  dataset_set_pipeline (&dataset, "Rotate");
  g_assert_true (dataset_export (&dataset, out, "d", &options, NULL, &error));
}

static BallastVerifyResult *
verify (const Folder *out)
{
  g_autofree char *dest = g_build_filename (out->path, "d", NULL);
  g_autoptr(GError) error = NULL;
  BallastVerifyResult *result = ballast_verify_folder (dest, NULL, NULL, &error);

  g_assert_no_error (error);
  return result;
}

/* Exactly one finding. */
static void
assert_finds (const Folder     *out,
              BallastVerifyKind kind,
              const char       *path)
{
  g_autoptr(BallastVerifyResult) result = verify (out);
  const BallastVerifyFinding *finding;

  g_assert_cmpuint (result->findings->len, ==, 1);
  finding = g_ptr_array_index (result->findings, 0);
  g_assert_cmpint (finding->kind, ==, kind);
  g_assert_cmpstr (finding->path, ==, path);
}

static void
test_clean (void)
{
  g_auto(Folder) out = folder_new ();
  g_autoptr(BallastVerifyResult) result = NULL;
  g_autoptr(JsonNode) node = NULL;

  make_export (&out);
  result = verify (&out);
  node = ballast_verify_result_to_json (result);
  g_assert_cmpuint (result->findings->len, ==, 0);
  g_assert_cmpuint (result->files, ==, 5);
  g_assert_true (json_object_get_boolean_member (json_node_get_object (node), "ok"));
}

static void
test_missing (void)
{
  g_auto(Folder) out = folder_new ();

  make_export (&out);
  g_assert_cmpint (unlinkat (out.fd, "d/train/stop/a.jpg", 0), ==, 0);
  assert_finds (&out, BALLAST_VERIFY_MISSING, "train/stop/a.jpg");
}

static void
test_extra (void)
{
  g_auto(Folder) out = folder_new ();

  make_export (&out);
  folder_write (&out, "d/train/stop/z.jpg", "x", 1);
  assert_finds (&out, BALLAST_VERIFY_EXTRA, "train/stop/z.jpg");
}

static void
test_extra_link (void)
{
  g_auto(Folder) out = folder_new ();

  make_export (&out);
  g_assert_cmpint (symlinkat ("/", out.fd, "d/train/root"), ==, 0);
  assert_finds (&out, BALLAST_VERIFY_EXTRA, "train/root");
}

/* One bit of one byte is enough. */
static void
test_changed (void)
{
  static const char *const paths[] = { "train/turn-left/b.png", "pipeline.json" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_auto(Folder) out = folder_new ();
      g_autofree char *path = g_build_filename ("d", paths[i], NULL), *data = NULL;
      gsize length;

      make_export (&out);
      data = folder_read (&out, path, &length);
      data[length / 2] ^= 1;
      folder_write (&out, path, data, length);
      assert_finds (&out, BALLAST_VERIFY_CHANGED, paths[i]);
    }
}

static void
test_changed_manifest (void)
{
  g_auto(Folder) out = folder_new ();
  g_autofree char *data = NULL;
  gsize length;

  make_export (&out);
  data = folder_read (&out, "d/manifest.csv", &length);
  data[length - 1] = ' ';
  folder_write (&out, "d/manifest.csv", data, length);
  {
    g_autoptr(BallastVerifyResult) result = verify (&out);

    g_assert_cmpuint (result->findings->len, >=, 1);
  }
}

static void
test_cut_manifest (void)
{
  g_auto(Folder) out = folder_new ();
  g_autofree char *data = NULL;
  g_autoptr(BallastVerifyResult) result = NULL;
  gsize length;

  make_export (&out);
  data = folder_read (&out, "d/manifest.csv", &length);
  folder_write (&out, "d/manifest.csv", data, length - 30);
  result = verify (&out);
  g_assert_cmpuint (result->findings->len, >=, 1);
}

/* A manifest that names a file elsewhere is not followed there. */
static void
test_manifest_cannot_lead_out (void)
{
  static const char text[] = "path,split,class,source,copy,recipe,sha256\n"
                             "../outside,train,stop,a,0,,00\n";
  g_auto(Folder) out = folder_new ();
  g_autoptr(BallastVerifyResult) result = NULL;
  gboolean told = FALSE;

  make_export (&out);
  folder_write (&out, "outside", "x", 1);
  folder_write (&out, "d/manifest.csv", text, strlen (text));
  result = verify (&out);
  for (guint i = 0; i < result->findings->len; i++)
    {
      const BallastVerifyFinding *finding = g_ptr_array_index (result->findings, i);

      told = told || g_strcmp0 (finding->detail, "leads out of the folder") == 0;
    }
  g_assert_true (told);
}

static void
test_foreign (void)
{
  g_auto(Folder) out = folder_new ();
  g_autofree char *dest = g_build_filename (out.path, "d", NULL);
  static const char *const infos[] = { NULL, "", "[]", "{}", "{\"format\": 3}" };

  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    {
      g_autoptr(GError) error = NULL;

      folder_write (&out, "d/x", "x", 1);
      if (infos[i] != NULL)
        folder_write (&out, "d/ballast.json", infos[i], strlen (infos[i]));
      g_assert_null (ballast_verify_folder (dest, NULL, NULL, &error));
      g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FOREIGN);
    }
}

static void
test_cancelled (void)
{
  g_auto(Folder) out = folder_new ();
  g_autofree char *dest = g_build_filename (out.path, "d", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  make_export (&out);
  g_cancellable_cancel (cancellable);
  g_assert_null (ballast_verify_folder (dest, cancellable, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_needs (void)
{
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  const BallastExportBatch batch = { 1000, 500, 60000, 0.2, 0 };
  BallastExportNeeds copies = { 0 }, links = { 0 }, lists = { 0 };

  ballast_export_needs_add (&copies, &options, &batch);
  options.originals = BALLAST_ORIGINALS_HARDLINK;
  ballast_export_needs_add (&links, &options, &batch);
  options.layout = "lists";
  ballast_export_needs_add (&lists, &options, &batch);
  g_assert_cmpuint (copies.files, ==, 1500);
  g_assert_cmpuint (copies.bytes, >, 90000000);
  g_assert_cmpuint (links.bytes, <, copies.bytes / 2);
  g_assert_cmpuint (lists.files, ==, 0);
  g_assert_cmpfloat (ballast_export_needs_get_seconds (&copies, 1), >,
                     ballast_export_needs_get_seconds (&copies, 2));
}

static void
test_needs_check (void)
{
  BallastExportNeeds small = { 1, 1, 0, 0 }, large = { 1, G_MAXINT64, 0, 0 };
  g_autoptr(GError) error = NULL;

  g_assert_true (ballast_export_needs_check (&small, "/tmp/not/there/yet", NULL));
  g_assert_false (ballast_export_needs_check (&large, "/tmp/not/there/yet", &error));
  g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exporters/verify/clean", test_clean);
  g_test_add_func ("/exporters/verify/missing", test_missing);
  g_test_add_func ("/exporters/verify/extra", test_extra);
  g_test_add_func ("/exporters/verify/extra-link", test_extra_link);
  g_test_add_func ("/exporters/verify/changed", test_changed);
  g_test_add_func ("/exporters/verify/changed-manifest", test_changed_manifest);
  g_test_add_func ("/exporters/verify/cut-manifest", test_cut_manifest);
  g_test_add_func ("/exporters/verify/manifest-cannot-lead-out", test_manifest_cannot_lead_out);
  g_test_add_func ("/exporters/verify/foreign", test_foreign);
  g_test_add_func ("/exporters/verify/cancelled", test_cancelled);
  g_test_add_func ("/exporters/needs/add", test_needs);
  g_test_add_func ("/exporters/needs/check", test_needs_check);
  return g_test_run ();
}
