/* WebDataset archives: what is in them, in which order, and what an interrupted run leaves. */
#include <archive.h>
#include <archive_entry.h>

#include "ballast-export-error.h"
#include "ballast-verify.h"
#include "dataset.h"

#define ITEMS \
  "train/stop/a.jpg+2 train/stop/b.c.jpg train/turn-left/a.jpg+1 train/turn-left/b_c.png val/stop/v.jpg"

static void
export_webdataset (Dataset                    *dataset,
                   const Folder               *out,
                   const BallastExportOptions *options)
{
  g_autoptr(GError) error = NULL;

  dataset_export (dataset, out, "d", options, NULL, &error);
  g_assert_no_error (error);
}

/* (transfer full): "name:text" of each entry in order, with "…" for a picture. */
static char *
read_archive (const Folder *out,
              const char   *name)
{
  g_autofree char *path = g_build_filename (out->path, name, NULL);
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  GString *text = g_string_new (NULL);

  archive_read_support_format_tar (archive);
  g_assert_cmpint (archive_read_open_filename (archive, path, 10240), ==, ARCHIVE_OK);
  while (archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    {
      gsize size = (gsize) archive_entry_size (entry);
      g_autofree char *data = g_malloc0 (size + 1);
      gboolean is_text = g_str_has_suffix (archive_entry_pathname (entry), ".cls");

      g_assert_cmpint (archive_read_data (archive, data, size), ==, (gssize) size);
      g_assert_cmpint (archive_entry_mtime (entry), ==, 0);
      g_string_append_printf (text, "%s:%s ", archive_entry_pathname (entry), is_text ? data : "…");
    }
  archive_read_free (archive);
  return g_string_free (text, FALSE);
}

static guint
count_parts (const char *text,
             const char *part)
{
  guint n = 0;

  for (const char *at = text; (at = strstr (at, part)) != NULL; at += strlen (part))
    n++;
  return n;
}

static void
test_contents (void)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "webdataset", .n_training = 7);
  g_autofree char *train = NULL, *val = NULL, *classes = NULL;

  dataset_set_pipeline (&dataset, "Rotate");
  export_webdataset (&dataset, &out, &options);
  train = read_archive (&out, "d/train-000000.tar");
  val = read_archive (&out, "d/val-000000.tar");
  classes = folder_read (&out, "d/classes.txt", NULL);

  g_assert_cmpstr (val, ==, "v.jpg:… v.cls:0 v.json:… ");
  g_assert_cmpstr (classes, ==, "stop\nturn-left\nturn-right\n");
  g_assert_cmpuint (count_parts (train, ".json:…"), ==, 7);
  g_assert_cmpuint (count_parts (train, ".cls:0"), ==, 4);
  g_assert_cmpuint (count_parts (train, ".cls:1"), ==, 3);
  g_assert_nonnull (strstr (train, "b_c.jpg:…"));
}

/* What stands before a name's only dot is one sample's alone, endings and case aside. */
static void
test_keys (void)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "webdataset");
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *train = NULL;
  g_auto(GStrv) entries = NULL;

  export_webdataset (&dataset, &out, &options);
  train = read_archive (&out, "d/train-000000.tar");
  entries = g_strsplit (g_strchomp (train), " ", -1);
  for (guint i = 0; entries[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (entries[i], ".", -1);

      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      if (g_str_has_prefix (parts[1], "json"))
        g_assert_true (g_hash_table_add (keys, g_ascii_strdown (parts[0], -1)));
    }
  g_assert_cmpuint (g_hash_table_size (keys), ==, 7);
}

/* So many files that there are several archives: each holds a mixture, and none is lost. */
static void
test_shards (void)
{
  g_autoptr(GString) items = g_string_new (NULL);
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "webdataset", .n_training = 3 * 4096);
  guint n = 0;

  for (guint i = 0; i < 30; i++)
    g_string_append_printf (items, "%strain/%s/%u.jpg", i > 0 ? " " : "",
                            i < 15 ? "stop" : "turn-left", i);
  {
    g_auto(Dataset) dataset = dataset_new (items->str);

    export_webdataset (&dataset, &out, &options);
  }
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("d/train-%06u.tar", i);
      g_autofree char *text = read_archive (&out, name);

      g_assert_cmpuint (count_parts (text, ".cls:0"), >, 0);
      g_assert_cmpuint (count_parts (text, ".cls:1"), >, 0);
      n += count_parts (text, ".json");
    }
  g_assert_cmpuint (n, ==, 30);
}

/* An archive that was packed before the run was stopped, whole or cut, is made again. */
static void
test_continued (void)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  g_auto(Folder) out = folder_new (), other = folder_new ();
  g_autofree char *first = g_build_filename (out.path, "d", NULL);
  g_autofree char *second = g_build_filename (other.path, "d", NULL);
  g_autofree char *whole = NULL, *again = NULL;
  BallastExportOptions options = DATASET_OPTIONS (.layout = "webdataset");

  export_webdataset (&dataset, &out, &options);
  whole = tree_text (first);

  dataset.stop_after = 3;
  g_assert_false (dataset_export (&dataset, &other, "d", &options, NULL, NULL));
  g_assert_true (ballast_export_file_remove_tree (other.fd, "d.ballast-partial/train-000000.tar", NULL));
  folder_write (&other, "d.ballast-partial/train-000000.tar", "cut", 3);
  dataset.stop_after = 0;
  export_webdataset (&dataset, &other, &options);
  again = tree_text (second);
  g_assert_cmpstr (again, ==, whole);
}

static void
test_verify (void)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  g_auto(Folder) out = folder_new ();
  g_autofree char *dest = g_build_filename (out.path, "d", NULL);
  BallastExportOptions options = DATASET_OPTIONS (.layout = "webdataset");
  g_autoptr(BallastVerifyResult) good = NULL, bad = NULL;
  const BallastVerifyFinding *finding;

  export_webdataset (&dataset, &out, &options);
  good = ballast_verify_folder (dest, NULL, NULL, NULL);
  g_assert_cmpuint (good->findings->len, ==, 0);
  g_assert_cmpuint (good->packed, ==, 8);

  g_assert_cmpint (unlinkat (out.fd, "d/val-000000.tar", 0), ==, 0);
  bad = ballast_verify_folder (dest, NULL, NULL, NULL);
  g_assert_cmpuint (bad->findings->len, ==, 1);
  finding = g_ptr_array_index (bad->findings, 0);
  g_assert_cmpint (finding->kind, ==, BALLAST_VERIFY_MISSING);
  g_assert_cmpstr (finding->path, ==, "val-000000.tar");
}

static void
test_listed_originals (void)
{
  g_auto(Dataset) dataset = dataset_new (ITEMS);
  g_auto(Folder) out = folder_new ();
  BallastExportOptions options = DATASET_OPTIONS (.layout = "webdataset",
                                                  .originals = BALLAST_ORIGINALS_LIST);
  g_autoptr(GError) error = NULL;

  g_assert_false (dataset_export (&dataset, &out, "d", &options, NULL, &error));
  g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exporters/webdataset/contents", test_contents);
  g_test_add_func ("/exporters/webdataset/keys", test_keys);
  g_test_add_func ("/exporters/webdataset/shards", test_shards);
  g_test_add_func ("/exporters/webdataset/continued", test_continued);
  g_test_add_func ("/exporters/webdataset/verify", test_verify);
  g_test_add_func ("/exporters/webdataset/listed-originals", test_listed_originals);
  return g_test_run ();
}
