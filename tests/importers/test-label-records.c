#include <glib/gstdio.h>
#include <string.h>

#include "ballast-coco-private.h"
#include "ballast-record-spool.h"

#define N_IMAGES 3000
#define N_ANNOTATIONS 40000

/* A COCO file above the size from which annotations that lie in no order are spooled. */
static char *
make_file (gboolean is_sorted)
{
  g_autoptr(GString) text = g_string_new ("{\"images\": [");
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("ballast-XXXXXX.json", &path, NULL);

  for (guint i = 0; i < N_IMAGES; i++)
    g_string_append_printf (text, "%s{\"id\": %u, \"file_name\": \"%u.jpg\"}", i > 0 ? ", " : "",
                            7 * i + 3, i);
  g_string_append (text, "], \"annotations\": [");
  for (guint i = 0; i < N_ANNOTATIONS; i++)
    {
      guint image = is_sorted ? i * N_IMAGES / N_ANNOTATIONS
                              : (guint) g_test_rand_int_range (0, N_IMAGES);

      g_string_append_printf (text, "%s{\"id\": %u, \"segmentation\": [[", i > 0 ? ", " : "", i);
      /* Some are longer than a page. */
      for (guint k = 0; k < (i % 5000 == 77 ? 4000 : 60); k++)
        g_string_append_printf (text, "%s%u.%u", k > 0 ? ", " : "", i % 97 + k, k % 100);
      g_string_append_printf (text, "]], \"bbox\": [%u, 2, 3.5, 4], \"category_id\": %u, "
                              "\"image_id\": %u}", i, i % 9, 7 * image + 3);
    }
  g_string_append (text, "], \"categories\": []}");
  g_assert_true (g_file_set_contents (path, text->str, text->len, NULL));
  g_close (fd, NULL);

  return g_steal_pointer (&path);
}

static BallastLabelRecords *
open_records (BallastCocoIndex *index)
{
  BallastLabelRecords *records
    = ballast_label_records_new (ballast_json_reader_dup_fd (index->reader), index->spool_fd, "",
                                 &ballast_coco_annotation_syntax);

  index->spool_fd = -1;

  return records;
}

static void
read_entry (BallastLabelReader  *reader,
            BallastLabelRecords *records,
            BallastCocoIndex    *index,
            guint                i,
            BallastImportLabel  *label)
{
  guint32 at = g_array_index (index->order, guint32, i);
  const BallastCocoEntry *entry = &g_array_index (index->entries, BallastCocoEntry, at);

  *label = (BallastImportLabel) { .offset = entry->offset, .length = entry->length };
  g_assert_null (ballast_label_reader_read (reader, records, label));
}

/* Through the spool, annotations are those of the file. */
static void
test_spool (gconstpointer data)
{
  gboolean is_sorted = GPOINTER_TO_INT (data);
  g_autofree char *path = make_file (is_sorted);
  g_autoptr(BallastCocoIndex) plain = ballast_coco_index_new (path, 0, FALSE, NULL, NULL);
  g_autoptr(BallastCocoIndex) quick = ballast_coco_index_new (path, 0, TRUE, NULL, NULL);
  gboolean is_spooled = quick->spool_fd >= 0;
  g_autoptr(BallastLabelRecords) plain_records = open_records (plain);
  g_autoptr(BallastLabelRecords) quick_records = open_records (quick);
  g_autoptr(BallastLabelReader) plain_reader = ballast_label_reader_new ();
  g_autoptr(BallastLabelReader) quick_reader = ballast_label_reader_new ();

  g_assert_true (is_spooled == !is_sorted);
  g_assert_cmpuint (plain->order->len, ==, N_ANNOTATIONS);
  g_assert_cmpuint (quick->order->len, ==, N_ANNOTATIONS);
  for (guint i = 0; i < N_ANNOTATIONS; i++)
    {
      BallastImportLabel expected, label;

      read_entry (plain_reader, plain_records, plain, i, &expected);
      read_entry (quick_reader, quick_records, quick, i, &label);
      g_assert_true (label.has_box && expected.has_box);
      g_assert_cmpfloat (label.box.x, ==, expected.box.x);
      g_assert_cmpmem (label.extra, label.n_extra, expected.extra, expected.n_extra);
    }
  g_unlink (path);
}

/* A record that is not there any more is said, and nothing is read beyond the end. */
static void
test_cut_file (void)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("ballast-XXXXXX.json", &path, NULL);
  g_autoptr(BallastLabelRecords) records
    = ballast_label_records_new (fd, -1, "", &ballast_coco_annotation_syntax);
  g_autoptr(BallastLabelReader) reader = ballast_label_reader_new ();
  BallastImportLabel label = { .offset = 5, .length = 100 };

  g_assert_cmpstr (ballast_label_reader_read (reader, records, &label), ==,
                   "the file was changed while it was read");
  g_assert_true (g_file_set_contents (path, "{\"bbox\": 3}", -1, NULL));
  label = (BallastImportLabel) { .offset = 0, .length = 11 };
  g_assert_nonnull (ballast_label_reader_read (reader, records, &label));
  g_unlink (path);
}

/* Pages fill up one by one; what is longer lies alone. */
static void
test_pages (void)
{
  BallastRecordSpool *spool = ballast_record_spool_new (3);
  g_autofree char *text = g_strnfill (3 * BALLAST_RECORD_PAGE, 'x');
  guint64 a, b, c, d;
  int fd;

  g_assert_true (ballast_record_spool_add (spool, 0, text, 100, &a));
  g_assert_true (ballast_record_spool_add (spool, 2, text, 100, &b));
  g_assert_true (ballast_record_spool_add (spool, 0, text, BALLAST_RECORD_PAGE - 100, &c));
  g_assert_true (ballast_record_spool_add (spool, 0, text, 3 * BALLAST_RECORD_PAGE, &d));
  g_assert_cmpuint (a, ==, 0);
  g_assert_cmpuint (b, ==, BALLAST_RECORD_PAGE);
  g_assert_cmpuint (c, ==, 100);
  g_assert_cmpuint (d, ==, 2 * BALLAST_RECORD_PAGE);
  g_assert_true (ballast_record_spool_finish (spool, &fd));
  ballast_record_spool_free (spool);
  g_close (fd, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/importers/label-records/spool", GINT_TO_POINTER (FALSE), test_spool);
  g_test_add_data_func ("/importers/label-records/sorted", GINT_TO_POINTER (TRUE), test_spool);
  g_test_add_func ("/importers/label-records/cut-file", test_cut_file);
  g_test_add_func ("/importers/label-records/pages", test_pages);

  return g_test_run ();
}
