#include <glib/gstdio.h>
#include <string.h>

#include "ballast-coco-private.h"
#include "ballast-record-spool.h"

#define N_IMAGES 3000
#define N_ANNOTATIONS 40000

/* One thread a task, whatever the machine. */
static gpointer
do_task (gpointer data)
{
  struct { BallastTaskFunc func; gpointer data; guint task; } *work = data;

  work->func (work->data, work->task);

  return NULL;
}

static void
run_in_threads (BallastTaskFunc func,
                gpointer        data,
                guint           n_tasks)
{
  struct { BallastTaskFunc func; gpointer data; guint task; } work[16];
  GThread *threads[16];

  g_assert_cmpuint (n_tasks, <=, G_N_ELEMENTS (work));
  for (guint i = 0; i < n_tasks; i++)
    {
      work[i].func = func;
      work[i].data = data;
      work[i].task = i;
      threads[i] = g_thread_new ("task", do_task, &work[i]);
    }
  for (guint i = 0; i < n_tasks; i++)
    g_thread_join (threads[i]);
}

static const BallastCrew crew = { .n_hands = 3, .run = run_in_threads };

/* What makes it hard to see where an annotation begins, or to tell which it is. */
static void
add_trap (GString *text,
          guint    i)
{
  if (i % 3 == 0)
    g_string_append (text, "\"note\": \"}, {\\\"id\\\": 1}, {\", ");
  if (i % 7 == 0)
    g_string_append (text, "\"parts\": [{\"a\": {}}, {\"b\": []} ,\n{}], ");
  if (i % 11 != 0)
    g_string_append_printf (text, "\"id\": %u, ", i / 2);
  if (i % 1000 == 999)
    g_string_append (text, "\"image_id\": 3}, 17, {");
}

/* A COCO file above the size from which annotations that lie in no order are spooled. */
static char *
make_file (gboolean is_sorted,
           gboolean has_traps)
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

      g_string_append (text, i > 0 ? ", {" : "{");
      if (has_traps)
        add_trap (text, i);
      else
        g_string_append_printf (text, "\"id\": %u, ", i);
      g_string_append (text, "\"segmentation\": [[");
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

static void
assert_same_values (const GArray *a,
                    const GArray *b)
{
  guint size = g_array_get_element_size ((GArray *) a);

  g_assert_cmpmem (a->data, a->len * size, b->data, b->len * size);
}

/* Everything but where the annotations stand. */
static void
assert_same_index (const BallastCocoIndex *a,
                   const BallastCocoIndex *b)
{
  assert_same_values (a->places, b->places);
  assert_same_values (a->order, b->order);
  assert_same_values (a->class_ids, b->class_ids);
  g_assert_cmpuint (a->entries->len, ==, b->entries->len);
  for (guint i = 0; i < a->entries->len; i++)
    g_assert_cmpuint (g_array_index (a->entries, BallastCocoEntry, i).class, ==,
                      g_array_index (b->entries, BallastCocoEntry, i).class);
  g_assert_cmpuint (a->faults->len, ==, b->faults->len);
  for (guint i = 0; i < a->faults->len; i++)
    g_assert_cmpstr (g_array_index (a->faults, BallastCocoFault, i).detail, ==,
                     g_array_index (b->faults, BallastCocoFault, i).detail);
}

typedef struct
{
  const char        *name;
  gboolean           is_sorted;
  gboolean           has_traps;
  const BallastCrew *crew;
} SpoolCase;

static const SpoolCase spool_cases[] = {
  { "spool", FALSE, FALSE, NULL }, { "sorted", TRUE, FALSE, NULL },
  { "spool-in-stretches", FALSE, FALSE, &crew }, { "sorted-in-stretches", TRUE, FALSE, &crew },
  { "traps", FALSE, TRUE, NULL }, { "traps-in-stretches", FALSE, TRUE, &crew },
};

/* Through the spool and in stretches, annotations are those of the file, read from its beginning. */
static void
test_spool (gconstpointer data)
{
  const SpoolCase *c = data;
  const BallastCocoReading plainly = { 0 }, quickly = { .for_labels = TRUE, .crew = c->crew };
  g_autofree char *path = make_file (c->is_sorted, c->has_traps);
  g_autoptr(BallastCocoIndex) plain = ballast_coco_index_new (path, &plainly, NULL);
  g_autoptr(BallastCocoIndex) quick = ballast_coco_index_new (path, &quickly, NULL);
  gboolean is_spooled = quick->spool_fd >= 0;
  g_autoptr(BallastLabelRecords) plain_records = open_records (plain);
  g_autoptr(BallastLabelRecords) quick_records = open_records (quick);
  g_autoptr(BallastLabelReader) plain_reader = ballast_label_reader_new ();
  g_autoptr(BallastLabelReader) quick_reader = ballast_label_reader_new ();

  g_assert_true (is_spooled == !c->is_sorted);
  g_assert_cmpuint (plain->order->len, ==, N_ANNOTATIONS);
  g_assert_false (plain->is_bad || quick->is_bad);
  assert_same_index (plain, quick);
  for (guint i = 0; i < N_ANNOTATIONS; i++)
    {
      BallastImportLabel expected, label;

      read_entry (plain_reader, plain_records, plain, i, &expected);
      read_entry (quick_reader, quick_records, quick, i, &label);
      g_assert_true (label.has_box && expected.has_box);
      g_assert_cmpmem (&label.box, sizeof label.box, &expected.box, sizeof expected.box);
      g_assert_cmpmem (label.extra, label.n_extra, expected.extra, expected.n_extra);
    }
  g_unlink (path);
}

/* Cut within a stretch, the list is read up to there, and no stretch behind it counts. */
static void
test_cut_list (void)
{
  const BallastCocoReading plainly = { 0 }, quickly = { .for_labels = TRUE, .crew = &crew };
  g_autofree char *path = make_file (FALSE, TRUE);
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(BallastCocoIndex) plain = NULL, quick = NULL;

      /* Not the end of a number or a text. */
      *strstr (text + (length / 4) * (3 - i) + 1000, "\"bbox\": [") = '}';
      g_assert_true (g_file_set_contents (path, text, length, NULL));
      plain = ballast_coco_index_new (path, &plainly, NULL);
      quick = ballast_coco_index_new (path, &quickly, NULL);
      g_assert_true (plain->is_bad && quick->is_bad);
      assert_same_index (plain, quick);
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
  BallastRecordSpool *spool = ballast_record_spool_new (3, NULL);
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
  g_assert_true (ballast_record_spool_finish (spool));
  fd = ballast_record_spool_dup_fd (spool);
  g_assert_cmpint (fd, >=, 0);
  ballast_record_spool_free (spool);
  g_close (fd, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (spool_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/importers/label-records/", spool_cases[i].name, NULL);

      g_test_add_data_func (path, &spool_cases[i], test_spool);
    }
  g_test_add_func ("/importers/label-records/cut-list", test_cut_list);
  g_test_add_func ("/importers/label-records/cut-file", test_cut_file);
  g_test_add_func ("/importers/label-records/pages", test_pages);

  return g_test_run ();
}
