#include "ballast-export-error.h"
#include "ballast-verify.h"
#include "dataset.h"

#define ITEMS                                                                                   \
  "train/stop/a.jpg+3 train/stop/b.jpg train/stop/c.jpg! train/turn-left/a.jpg+2 "             \
  "train/turn-left/d.png+1 train/turn-right/e.jpg+5 val/stop/v.jpg test/turn-left/t.bmp"

static void
export_to (Dataset                    *dataset,
           const Folder               *out,
           const char                 *name,
           const BallastExportOptions *options,
           BallastExportCounts        *counts)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (dataset_export (dataset, out, name, options, counts, &error) || error != NULL);
  g_assert_no_error (error);
}

/* (transfer full): the tree that an export of @items makes. */
static char *
export_tree (const char                 *items,
             const char                 *op,
             guint                       n_threads,
             const BallastExportOptions *options)
{
  g_auto(Dataset) dataset = dataset_new (items);
  g_auto(Folder) out = folder_new ();
  g_autofree char *dest = g_build_filename (out.path, "d", NULL);

  dataset_set_pipeline (&dataset, op);
  dataset.n_threads = n_threads;
  export_to (&dataset, &out, "d", options, NULL);
  return tree_text (dest);
}

static void
test_folders_layout (void)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  BallastExportCounts counts;
  gsize length;
  g_autofree char *source = NULL, *copy = NULL;

  dataset_set_pipeline (&dataset, "Rotate");
  export_to (&dataset, &out, "d", &options, &counts);
  g_assert_true (folder_has (&out, "d/train/stop/a.jpg"));
  g_assert_true (folder_has (&out, "d/val/stop/v.jpg"));
  g_assert_true (folder_has (&out, "d/test/turn-left/t.bmp"));
  g_assert_false (folder_has (&out, "d/train/stop/c.jpg"));
  g_assert_false (folder_has (&out, "d.ballast-partial"));
  g_assert_false (folder_has (&out, "d/.ballast-journal"));
  g_assert_false (folder_has (&out, "d/.ballast-tmp"));
  g_assert_cmpuint (counts.copied, ==, 7);
  g_assert_cmpuint (counts.augmented, ==, 11);
  g_assert_cmpuint (counts.left_out, ==, 1);
  g_assert_cmpuint (counts.written, ==, 18);

  source = folder_read (&dataset.folder, "train/stop/a.jpg", &length);
  copy = folder_read (&out, "d/train/stop/a.jpg", &length);
  g_assert_cmpmem (copy, length, source, length);
}

static void
test_threads_do_not_matter (void)
{
  static const char *const layouts[] = { "folders", "manifest", "webdataset" };

  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    {
      BallastExportOptions options = DATASET_OPTIONS (.layout = layouts[i], .seed = 7);
      g_autofree char *one = export_tree (ITEMS, "GaussNoise", 1, &options);
      g_autofree char *eight = export_tree (ITEMS, "GaussNoise", 8, &options);

      g_assert_cmpstr (one, ==, eight);
    }
}

static void
test_seed_matters (void)
{
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders", .seed = 7);
  g_autofree char *first = export_tree (ITEMS, "Rotate", 2, &options), *second = NULL;

  options.seed = 8;
  second = export_tree (ITEMS, "Rotate", 2, &options);
  g_assert_cmpstr (first, !=, second);
}

/* Stopped after any number of items, the next run makes the same tree and keeps what is there. */
static void
test_continued_run_is_identical (void)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  BallastExportOptions options = DATASET_OPTIONS (.layout = "manifest", .seed = 3);
  g_auto(Folder) whole_out = folder_new ();
  g_autofree char *whole_dest = g_build_filename (whole_out.path, "d", NULL);
  g_autofree char *whole = NULL;

  dataset_set_pipeline (&dataset, "GaussNoise");
  export_to (&dataset, &whole_out, "d", &options, NULL);
  whole = tree_text (whole_dest);

  for (guint stop = 1; stop < 8; stop++)
    {
      g_auto(Folder) out = folder_new ();
      g_autofree char *dest = g_build_filename (out.path, "d", NULL), *again = NULL;
      BallastExportCounts counts;

      dataset.stop_after = stop;
      g_assert_false (dataset_export (&dataset, &out, "d", &options, NULL, NULL));
      g_assert_false (folder_has (&out, "d"));
      g_assert_true (folder_has (&out, "d.ballast-partial"));
      dataset.stop_after = 0;
      dataset.n_threads = 4;
      export_to (&dataset, &out, "d", &options, &counts);
      again = tree_text (dest);
      g_assert_cmpstr (again, ==, whole);
      g_assert_cmpuint (counts.skipped, >, 0);
      g_assert_cmpuint (counts.skipped + counts.written, ==, 18);
    }
}

/* A file that was cut after its journal row was written is written again. */
static void
test_continued_run_heals (void)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  g_autofree char *whole = export_tree (ITEMS, "Rotate", 1, &options), *again = NULL;
  g_auto(Folder) out = folder_new ();
  g_autofree char *dest = g_build_filename (out.path, "d", NULL);

  dataset_set_pipeline (&dataset, "Rotate");
  dataset.stop_after = 4;
  g_assert_false (dataset_export (&dataset, &out, "d", &options, NULL, NULL));
  folder_write (&out, "d.ballast-partial/train/stop/a.jpg", "cut", 3);
  folder_write (&out, "d.ballast-partial/train/stop/b.jpg", "", 0);
  dataset.stop_after = 0;
  export_to (&dataset, &out, "d", &options, NULL);
  again = tree_text (dest);
  g_assert_cmpstr (again, ==, whole);
}

/* Other settings begin anew: nothing of the old run stays. */
static void
test_other_settings_begin_anew (void)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders", .seed = 5);
  g_autofree char *whole = export_tree (ITEMS, "Rotate", 1, &options), *again = NULL;
  g_auto(Folder) out = folder_new ();
  g_autofree char *dest = g_build_filename (out.path, "d", NULL);
  BallastExportCounts counts;

  dataset_set_pipeline (&dataset, "Rotate");
  dataset.stop_after = 6;
  options.layout = "manifest";
  g_assert_false (dataset_export (&dataset, &out, "d", &options, NULL, NULL));
  dataset.stop_after = 0;
  options.layout = "folders";
  export_to (&dataset, &out, "d", &options, &counts);
  again = tree_text (dest);
  g_assert_cmpstr (again, ==, whole);
  g_assert_cmpuint (counts.skipped, ==, 0);
}

static void
assert_refused (const char *name,
                const char *content,
                GQuark      domain,
                int         code)
{
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  g_autoptr(GError) error = NULL;
  gsize length;
  g_autofree char *kept = NULL;

  folder_write (&out, name, content, strlen (content));
  g_assert_false (dataset_export (&dataset, &out, "d", &options, NULL, &error));
  g_assert_error (error, domain, code);
  kept = folder_read (&out, name, &length);
  g_assert_cmpstr (kept, ==, content);
}

static void
test_foreign_folders_are_left_alone (void)
{
  assert_refused ("d/precious.txt", "mine", G_IO_ERROR, G_IO_ERROR_EXISTS);
  assert_refused ("d.ballast-partial/precious.txt", "mine", BALLAST_EXPORT_ERROR,
                  BALLAST_EXPORT_ERROR_FOREIGN);
}

/* A link in what an interrupted run left leads nowhere: the export ends, and nothing is behind it. */
static void
test_links_are_not_followed (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg val/stop/b.jpg");
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  g_auto(Folder) out = folder_new (), elsewhere = folder_new ();
  g_autoptr(GError) error = NULL;

  dataset_set_pipeline (&dataset, "Rotate");
  dataset.stop_after = 1;
  g_assert_false (dataset_export (&dataset, &out, "d", &options, NULL, NULL));
  g_assert_true (ballast_export_file_remove_tree (out.fd, "d.ballast-partial/val", NULL));
  g_assert_cmpint (symlinkat (elsewhere.path, out.fd, "d.ballast-partial/val"), ==, 0);
  dataset.stop_after = 0;
  g_assert_false (dataset_export (&dataset, &out, "d", &options, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY);
  g_assert_false (folder_has (&elsewhere, "stop"));
}

static void
test_unknown_layout (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "cube");
  g_autoptr(GError) error = NULL;

  g_assert_false (dataset_export (&dataset, &out, "d", &options, NULL, &error));
  g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT);
}

/* A mirrored turn-left is a turn-right: in its folder, its manifest row and its counts. */
static void
test_mirror_swaps_pairs (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/turn-left/a.jpg+1 train/stop/b.jpg+1");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  g_autofree char *manifest = NULL;

  dataset_set_pipeline (&dataset, "HorizontalFlip");
  export_to (&dataset, &out, "d", &options, NULL);
  manifest = folder_read (&out, "d/manifest.csv", NULL);
  g_assert_nonnull (strstr (manifest, "\ntrain/turn-left/a.jpg,train,turn-left,"));
  g_assert_nonnull (strstr (manifest, "\ntrain/turn-right/a-"));
  g_assert_nonnull (strstr (manifest, "\ntrain/stop/b-"));
}

/* Where the mirror is left to chance, every copy stays in the class that it was planned for. */
static void
test_pairs_keep_their_copies (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/turn-left/a.jpg+20 train/turn-right/b.jpg+20");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  g_autofree char *manifest = NULL;
  g_auto(GStrv) lines = NULL;

  dataset_set_pipeline (&dataset, "HorizontalFlip");
  ballast_pipeline_set_p (dataset.pipeline, 0, 0.5);
  export_to (&dataset, &out, "d", &options, NULL);
  manifest = folder_read (&out, "d/manifest.csv", NULL);
  g_assert_null (strstr (manifest, ",turn-right,train/turn-left/"));
  g_assert_null (strstr (manifest, ",turn-left,train/turn-right/"));
  g_assert_null (strstr (manifest, "HorizontalFlip"));
  lines = g_strsplit (manifest, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 42 + 1); /* the heading, and the last line's end */
}

static void
test_manifest_layout (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg+1 val/turn-left/a.jpg");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "manifest");
  g_autofree char *metadata = NULL, *train = NULL;
  g_auto(GStrv) lines = NULL;

  dataset_set_pipeline (&dataset, "Rotate");
  export_to (&dataset, &out, "d", &options, NULL);
  g_assert_true (folder_has (&out, "d/images/train/stop/a.jpg"));
  metadata = folder_read (&out, "d/metadata.csv", NULL);
  g_assert_true (g_str_has_prefix (metadata, "file_name,label,split,source,copy\n"
                                   "images/train/stop/a.jpg,stop,train,"
                                   "train/stop/a.jpg,0\n"));
  train = folder_read (&out, "d/train.txt", NULL);
  lines = g_strsplit (train, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_cmpstr (lines[0], ==, "./images/train/stop/a.jpg");
  g_assert_true (folder_has (&out, "d/val.txt"));
}

static void
test_lists_layout (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg train/stop/c.jpg! "
                                          "train/turn-left/b.jpg+2 val/stop/v.jpg");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "lists");
  g_autofree char *train = NULL, *indices = NULL, *classes = NULL, *weights = NULL;
  g_autofree char *line = g_build_filename (dataset.folder.path, "train/turn-left/b.jpg\n", NULL);
  g_autofree char *thrice = g_strconcat (line, line, line, NULL);

  export_to (&dataset, &out, "d", &options, NULL);
  train = folder_read (&out, "d/train.txt", NULL);
  indices = folder_read (&out, "d/train_indices.txt", NULL);
  classes = folder_read (&out, "d/classes.txt", NULL);
  weights = folder_read (&out, "d/sample_weights.csv", NULL);
  g_assert_nonnull (strstr (train, thrice));
  g_assert_null (strstr (train, "c.jpg"));
  g_assert_cmpstr (indices, ==, "0\n2\n2\n2\n");
  g_assert_cmpstr (classes, ==, "stop\nturn-left\nturn-right\n");
  g_assert_true (g_str_has_prefix (weights, "path,class,weight,group,split\n"));
  g_assert_nonnull (strstr (weights, "c.jpg,stop,0,,train\n"));
  g_assert_true (folder_has (&out, "d/val.txt"));
}

/* Without a pipeline that does something, copies are copies. */
static void
test_plain_repeats (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg+2");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders",
                                                  .originals = BALLAST_ORIGINALS_HARDLINK);
  BallastExportCounts counts;
  g_autoptr(BallastVerifyResult) result = NULL;
  g_autofree char *dest = g_build_filename (out.path, "d", NULL);

  export_to (&dataset, &out, "d", &options, &counts);
  g_assert_cmpuint (counts.copied, ==, 1);
  g_assert_cmpuint (counts.augmented, ==, 2);
  result = ballast_verify_folder (dest, NULL, NULL, NULL);
  g_assert_cmpuint (result->findings->len, ==, 0);
}

static void
test_originals_ways_agree (void)
{
  static const BallastOriginals ways[] = { BALLAST_ORIGINALS_COPY, BALLAST_ORIGINALS_HARDLINK,
                                           BALLAST_ORIGINALS_REFLINK, BALLAST_ORIGINALS_SYMLINK,
                                           BALLAST_ORIGINALS_LIST };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_auto(Dataset) dataset = dataset_new (ITEMS);
      g_auto(Folder) out = folder_new ();
      g_autofree char *dest = g_build_filename (out.path, "d", NULL);
      BallastExportOptions options = DATASET_OPTIONS (.layout = "folders", .originals = ways[i]);
      g_autoptr(BallastVerifyResult) result = NULL;

      dataset_set_pipeline (&dataset, "Rotate");
      dataset.stop_after = 3;
      g_assert_false (dataset_export (&dataset, &out, "d", &options, NULL, NULL));
      dataset.stop_after = 0;
      export_to (&dataset, &out, "d", &options, NULL);
      result = ballast_verify_folder (dest, NULL, NULL, NULL);
      g_assert_cmpuint (result->findings->len, ==, 0);
      g_assert_cmpuint (result->listed, ==, ways[i] == BALLAST_ORIGINALS_LIST ? 7 : 0);
      g_assert_cmpint (folder_has (&out, "d/train/stop/a.jpg"), ==,
                       ways[i] != BALLAST_ORIGINALS_LIST);
    }
}

static void
test_missing_source_is_a_problem (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg train/stop/b.jpg");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  BallastExportCounts counts;

  g_assert_cmpint (unlinkat (dataset.folder.fd, "train/stop/a.jpg", 0), ==, 0);
  export_to (&dataset, &out, "d", &options, &counts);
  g_assert_cmpuint (counts.problems, ==, 1);
  g_assert_true (folder_has (&out, "d/train/stop/b.jpg"));
}

/* The picture of a broken file is still placed; only what would have to be drawn is missing. */
static void
test_broken_source_is_a_problem (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg+2 train/stop/b.jpg+1");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  BallastExportSource *source = &g_array_index (dataset.sources, BallastExportSource, 0);
  BallastExportCounts counts;
  BallastImageFacts facts;

  dataset_set_pipeline (&dataset, "Rotate");
  folder_write (&dataset.folder, "train/stop/a.jpg", "\xff\xd8\xff no jpeg", 12);
  facts = folder_facts (&dataset.folder, "train/stop/a.jpg");
  source->facts.size_bytes = facts.size_bytes;
  source->facts.mtime_ns = facts.mtime_ns;
  export_to (&dataset, &out, "d", &options, &counts);
  g_assert_cmpuint (counts.problems, ==, 1);
  g_assert_cmpuint (counts.augmented, ==, 1);
}

static void
test_changed_source (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg train/stop/b.jpg");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  g_autoptr(GError) error = NULL;
  BallastExportCounts counts;

  folder_write (&dataset.folder, "train/stop/a.jpg", "other", 5);
  g_assert_false (dataset_export (&dataset, &out, "d", &options, NULL, &error));
  g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_CHANGED);
  g_assert_false (folder_has (&out, "d"));
  options.skip_changed = TRUE;
  export_to (&dataset, &out, "d", &options, &counts);
  g_assert_cmpuint (counts.problems, ==, 1);
}

static void
test_several_classes_need_a_layout (void)
{
  static const guint both[] = { 0, 1 };
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg");
  g_auto(Folder) out = folder_new ();
  BallastExportSource *source = &g_array_index (dataset.sources, BallastExportSource, 0);
  BallastExportOptions folders = DATASET_OPTIONS (.layout = "folders");
  BallastExportOptions manifest = DATASET_OPTIONS (.layout = "manifest");
  BallastExportCounts counts;
  g_autofree char *text = NULL;

  source->classes = both;
  source->n_classes = 2;
  export_to (&dataset, &out, "f", &folders, &counts);
  g_assert_cmpuint (counts.problems, ==, 1);
  export_to (&dataset, &out, "m", &manifest, &counts);
  g_assert_cmpuint (counts.problems, ==, 0);
  text = folder_read (&out, "m/metadata.csv", NULL);
  g_assert_nonnull (strstr (text, ",stop|turn-left,train,"));
}

static void
test_nasty_names (void)
{
  static const char *const names[] = { "a\nb.jpg", "caf\xe9.jpg", "=1+1.jpg", "a,b\".jpg",
                                       "-rf.jpg", "A.jpg", "a.jpg", "x\xe2\x80\xa8.jpg" };
  static const char *const layouts[] = { "folders", "manifest", "lists" };

  for (guint layout = 0; layout < 3; layout++)
    {
      g_auto(Dataset) dataset = dataset_new ("train/stop/seed.jpg");
      g_auto(Folder) out = folder_new ();
      g_autofree char *dest = g_build_filename (out.path, "d", NULL);
      BallastExportOptions options = DATASET_OPTIONS (.layout = layouts[layout]);
      BallastExportCounts counts;
      g_autoptr(BallastVerifyResult) result = NULL;

      dataset_set_pipeline (&dataset, "Rotate");
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          BallastExportSource source = g_array_index (dataset.sources, BallastExportSource, 0);
          g_autofree char *path = g_strconcat ("train/stop/", names[i], NULL);

          source.name = names[i];
          source.n_copies = 1;
          source.facts = folder_draw (&dataset.folder, path, 64, i);
          g_array_append_val (dataset.sources, source);
        }
      export_to (&dataset, &out, "d", &options, &counts);
      result = ballast_verify_folder (dest, NULL, NULL, NULL);
      g_assert_cmpuint (result->findings->len, ==, 0);
      /* A list of lines cannot hold three of them. */
      g_assert_cmpuint (counts.problems, ==, layout == 2 ? 3 : 0);
    }
}

static void
test_extras (void)
{
  const guint64 counts[] = { 3, 2, 1 };
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg");
  g_auto(Folder) out = folder_new ();
  BallastWeightOptions weight_options;
  g_autoptr(BallastWeights) weights = NULL;
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders", .pipeline_json = "{}");
  g_autofree char *info = NULL, *samples = NULL, *rows = NULL;

  ballast_weight_options_init (&weight_options);
  weights = ballast_weights_new (&weight_options, dataset_classes, counts, 3, 0);
  options.weights = weights;
  g_assert_true (ballast_weight_file_kinds_parse ("json,npy,samples,rows", &options.weight_files,
                                                  NULL));
  export_to (&dataset, &out, "d", &options, NULL);
  g_assert_true (folder_has (&out, "d/class_weights.json"));
  g_assert_true (folder_has (&out, "d/class_weights.npy"));
  g_assert_true (folder_has (&out, "d/class_weights.npy.classes.txt"));
  g_assert_false (folder_has (&out, "d/class_weights.py"));
  g_assert_true (folder_has (&out, "d/pipeline.json"));
  info = folder_read (&out, "d/ballast.json", NULL);
  g_assert_nonnull (strstr (info, "\"ballast-dataset\""));
  g_assert_nonnull (strstr (info, "class_weights.npy"));
  samples = folder_read (&out, "d/sample_weights.csv", NULL);
  g_assert_true (g_str_has_prefix (samples, "path,class,weight,group,split\n"));
  rows = folder_read (&out, "d/manifest.csv.weight", NULL);
  g_assert_cmpstr (rows, ==, "0.666666667\n");
}

/* What is added to logits is no weight of a file. */
static void
test_margins_are_no_sample_weights (void)
{
  const guint64 counts[] = { 3, 2, 1 };
  g_auto(Folder) out = folder_new ();
  g_autofree char *dest = g_build_filename (out.path, "d", NULL);
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  BallastWeightOptions weight_options;
  g_autoptr(BallastWeights) weights = NULL;
  g_autoptr(GError) error = NULL;

  ballast_weight_options_init (&weight_options);
  g_assert_true (ballast_weight_options_set_scheme (&weight_options, "ldam", NULL));
  weights = ballast_weights_new (&weight_options, dataset_classes, counts, 3, 0);
  options.weights = weights;
  g_assert_true (ballast_weight_file_kinds_parse ("samples", &options.weight_files, NULL));
  g_assert_null (ballast_export_run_open (dest, &options, FALSE, "", &error));
  g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exporters/export-run/folders-layout", test_folders_layout);
  g_test_add_func ("/exporters/export-run/threads-do-not-matter", test_threads_do_not_matter);
  g_test_add_func ("/exporters/export-run/seed-matters", test_seed_matters);
  g_test_add_func ("/exporters/export-run/continued-run-is-identical",
                   test_continued_run_is_identical);
  g_test_add_func ("/exporters/export-run/continued-run-heals", test_continued_run_heals);
  g_test_add_func ("/exporters/export-run/other-settings-begin-anew",
                   test_other_settings_begin_anew);
  g_test_add_func ("/exporters/export-run/foreign-folders-are-left-alone",
                   test_foreign_folders_are_left_alone);
  g_test_add_func ("/exporters/export-run/links-are-not-followed", test_links_are_not_followed);
  g_test_add_func ("/exporters/export-run/unknown-layout", test_unknown_layout);
  g_test_add_func ("/exporters/export-run/mirror-swaps-pairs", test_mirror_swaps_pairs);
  g_test_add_func ("/exporters/export-run/pairs-keep-their-copies", test_pairs_keep_their_copies);
  g_test_add_func ("/exporters/export-run/manifest-layout", test_manifest_layout);
  g_test_add_func ("/exporters/export-run/lists-layout", test_lists_layout);
  g_test_add_func ("/exporters/export-run/plain-repeats", test_plain_repeats);
  g_test_add_func ("/exporters/export-run/originals-ways-agree", test_originals_ways_agree);
  g_test_add_func ("/exporters/export-run/missing-source-is-a-problem",
                   test_missing_source_is_a_problem);
  g_test_add_func ("/exporters/export-run/broken-source-is-a-problem",
                   test_broken_source_is_a_problem);
  g_test_add_func ("/exporters/export-run/changed-source", test_changed_source);
  g_test_add_func ("/exporters/export-run/several-classes-need-a-layout",
                   test_several_classes_need_a_layout);
  g_test_add_func ("/exporters/export-run/nasty-names", test_nasty_names);
  g_test_add_func ("/exporters/export-run/extras", test_extras);
  g_test_add_func ("/exporters/export-run/margins-are-no-sample-weights",
                   test_margins_are_no_sample_weights);
  return g_test_run ();
}
