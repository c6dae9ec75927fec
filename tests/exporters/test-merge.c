/* Shards that are joined are the export that nobody divided. */
#include "ballast-export-error.h"
#include "ballast-merge.h"
#include "ballast-shard.h"
#include "dataset.h"

#define ITEMS \
  "train/stop/a.jpg+2 train/stop/b.jpg train/turn-left/a.jpg+3 train/turn-right/c.png! " \
  "val/stop/v.jpg test/turn-left/t.bmp train/stop/c.jpg+1"

static void
export_to (Dataset                    *dataset,
           const Folder               *out,
           const char                 *name,
           const BallastExportOptions *options)
{
  g_autoptr(GError) error = NULL;

  dataset_export (dataset, out, name, options, NULL, &error);
  g_assert_no_error (error);
}

/* Writes shard @number of @n of the dataset called @name. */
static void
export_shard (Dataset             *dataset,
              const Folder        *out,
              BallastExportOptions options,
              guint                number,
              guint                n)
{
  g_autofree char *name = ballast_shard_dup_dest ("d", number, n);

  options.shard = number;
  options.n_shards = n;
  export_to (dataset, out, name, &options);
}

static gboolean
merge (const Folder *out,
       GError      **error)
{
  g_autofree char *dest = g_build_filename (out->path, "d", NULL);
  BallastExportCounts counts = { 0 };

  return ballast_export_merge (dest, NULL, NULL, &counts, error);
}

static void
assert_refused (const Folder *out,
                int           code,
                const char   *part)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (merge (out, &error));
  g_assert_error (error, BALLAST_EXPORT_ERROR, code);
  g_assert_nonnull (strstr (error->message, part));
  g_assert_false (folder_has (out, "d"));
}

static void
check_same (const char *layout,
            guint       n)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  g_auto(Folder) out = folder_new (), other = folder_new ();
  g_autofree char *first = g_build_filename (out.path, "d", NULL);
  g_autofree char *second = g_build_filename (other.path, "d", NULL);
  g_autofree char *whole = NULL, *joined = NULL;
  BallastExportOptions options = DATASET_OPTIONS (.layout = layout, .seed = 5);
  g_autoptr(GError) error = NULL;

  dataset_set_pipeline (&dataset, "Rotate");
  export_to (&dataset, &out, "d", &options);
  for (guint i = n; i > 0; i--)
    export_shard (&dataset, &other, options, i, n);
  g_assert_true (merge (&other, &error) || error != NULL);
  g_assert_no_error (error);

  whole = tree_text (first);
  joined = tree_text (second);
  g_assert_cmpstr (joined, ==, whole);
  g_assert_false (folder_has (&other, "d.shard-1-of-2"));
}

static void
test_same (void)
{
  static const char *const layouts[] = { "folders", "manifest", "webdataset", "coco", "yolo", "voc",
                                         "createml" };

  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    check_same (layouts[i], 2);
  check_same ("folders", 1);
  check_same ("folders", 11);
}

static void
test_missing (void)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");

  assert_refused (&out, BALLAST_EXPORT_ERROR_FOREIGN, "has no shards");
  export_shard (&dataset, &out, options, 3, 3);
  assert_refused (&out, BALLAST_EXPORT_ERROR_FOREIGN, "d.shard-1-of-3");
}

static void
test_strangers (void)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");

  export_shard (&dataset, &out, options, 1, 2);
  options.seed = 1;
  export_shard (&dataset, &out, options, 2, 2);
  assert_refused (&out, BALLAST_EXPORT_ERROR_FOREIGN, "different exports");
}

/* Each beginning of the records, and each with a byte turned over, ends in a sentence or in the same
 * dataset; nothing of the shards is lost. */
static void
test_damaged (void)
{
  g_auto(Dataset) dataset = dataset_new ("train/stop/a.jpg train/turn-left/b.jpg");
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "folders");
  g_autofree char *records = NULL;
  gsize length;

  export_shard (&dataset, &out, options, 1, 1);
  records = folder_read (&out, "d.shard-1-of-1/shard.records", &length);
  for (gsize cut = 1; cut < length; cut += 7)
    {
      folder_write (&out, "d.shard-1-of-1/shard.records", records, cut);
      assert_refused (&out, BALLAST_EXPORT_ERROR_CHANGED, "not whole");
    }
  folder_write (&out, "d.shard-1-of-1/shard.json", "{}", 2);
  assert_refused (&out, BALLAST_EXPORT_ERROR_FOREIGN, "no whole shard");
  g_assert_true (folder_has (&out, "d.shard-1-of-1/train/stop/a.jpg"));
}

static void
test_numbers (void)
{
  static const char *const bad[] = { "", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", " 1/2" };
  guint shard, n;

  g_assert_true (ballast_shard_parse ("2/4", &shard, &n, NULL));
  g_assert_cmpuint (shard, ==, 2);
  g_assert_cmpuint (n, ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (ballast_shard_parse (bad[i], &shard, &n, &error));
      g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT);
    }
}

/* Lists name pictures where they are: there is nothing to share out. */
static void
test_lists (void)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "lists", .shard = 1, .n_shards = 2);
  g_autoptr(GError) error = NULL;

  g_assert_false (dataset_export (&dataset, &out, "d", &options, NULL, &error));
  g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exporters/merge/same", test_same);
  g_test_add_func ("/exporters/merge/missing", test_missing);
  g_test_add_func ("/exporters/merge/strangers", test_strangers);
  g_test_add_func ("/exporters/merge/damaged", test_damaged);
  g_test_add_func ("/exporters/merge/numbers", test_numbers);
  g_test_add_func ("/exporters/merge/lists", test_lists);
  return g_test_run ();
}
