#include "ballast-csv.h"
#include "ballast-export-error.h"
#include "ballast-manifest.h"
#include "fixture.h"

/* (transfer full): the rows of @text, fields joined by '¦', rows by '¶'; or the error. */
static char *
read_text (const char *text,
           gssize      length)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (text, length, NULL);
  g_autoptr(BallastCsvReader) reader = ballast_csv_reader_new (stream);
  g_autoptr(GError) error = NULL;
  GString *out = g_string_new (NULL);
  GPtrArray *fields;

  while ((fields = ballast_csv_reader_next (reader, NULL, &error)) != NULL)
    {
      for (guint i = 0; i < fields->len; i++)
        g_string_append_printf (out, "%s%s", i > 0 ? "¦" : "",
                                (char *) g_ptr_array_index (fields, i));
      g_string_append (out, "¶");
    }
  if (error != NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_string_append (out, "error");
    }

  return g_string_free (out, FALSE);
}

static void
assert_reads (const char *text,
              const char *expected)
{
  g_autofree char *rows = read_text (text, -1);

  g_assert_cmpstr (rows, ==, expected);
}

static void
test_reads (void)
{
  assert_reads ("", "");
  assert_reads ("a,b\n", "a¦b¶");
  assert_reads ("a,b", "a¦b¶");
  assert_reads ("a,b\r\nc,\r\n", "a¦b¶c¦¶");
  assert_reads ("\n", "¶");
  assert_reads ("\"a,b\",\"c\"\"d\",\"e\nf\"\n", "a,b¦c\"d¦e\nf¶");
  assert_reads ("\"\",\"\"\"\"\n", "¦\"¶");
  assert_reads ("\"open\n", "error");
  assert_reads ("a\n\"x", "a¶error");
}

static void
test_refuses_nul (void)
{
  g_autofree char *rows = read_text ("a\0b\n", 4);

  g_assert_cmpstr (rows, ==, "error");
}

static const char *const nasty[] = { "", "plain.jpg", "a,b\".jpg", "a\nb.jpg",
                                     "caf\xe9.jpg", "-rf.jpg", "=1+1.jpg", "\"",
                                     "\r", "a\r\nb", " lead", "tab\tend",
                                     "é😀", "\xe2\x80\xa8", ",,,", "''" };

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (nasty); i++)
    for (guint j = 0; j < G_N_ELEMENTS (nasty); j++)
      {
        const char *const fields[] = { nasty[i], nasty[j], nasty[i] };
        g_autoptr(GString) text = g_string_new (NULL);
        g_autofree char *expected = g_strdup_printf ("%s¦%s¦%s¶", nasty[i], nasty[j], nasty[i]);
        g_autofree char *rows = NULL;

        ballast_csv_append_row (text, fields, 3);
        rows = read_text (text->str, (gssize) text->len);
        g_assert_cmpstr (rows, ==, expected);
      }
}

static void
test_random_round_trip (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      static const char alphabet[] = ",\"\n\rab \xff;";
      char field[9] = "";
      const char *const fields[] = { field, "x" };
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *expected = NULL, *rows = NULL;

      for (guint i = 0; i < 8; i++)
        field[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet)];
      ballast_csv_append_row (text, fields, 2);
      expected = g_strdup_printf ("%s¦x¶", field);
      rows = read_text (text->str, (gssize) text->len);
      g_assert_cmpstr (rows, ==, expected);
    }
}

static gboolean
collect (const BallastManifestRow *row,
         gpointer                  user_data,
         GError                  **error)
{
  g_string_append_printf (user_data, "%s|%s|%s|%s|%u|%s|%s;", row->path, row->split,
                          row->class_name, row->source, row->copy, row->recipe, row->sha256);
  return TRUE;
}

static void
test_manifest_round_trip (void)
{
  g_auto(Folder) folder = folder_new ();
  g_autoptr(BallastManifestWriter) writer = ballast_manifest_writer_new (folder.fd, "m.csv", FALSE, NULL);
  g_autoptr(GString) rows = g_string_new (NULL);
  char sha256[65], again[65];
  guint64 n, size;

  ballast_manifest_writer_add (writer, &(BallastManifestRow){ "a,b", "train", "x", "s\n", 2,
                                                              "{\"a\":1}", "00" }, NULL);
  g_assert_true (ballast_manifest_writer_finish (writer, sha256, &n, NULL));
  g_assert_true (ballast_manifest_foreach (folder.fd, "m.csv", collect, rows, NULL, NULL));
  g_assert_cmpstr (rows->str, ==, "a,b|train|x|s\n|2|{\"a\":1}|00;");
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (ballast_export_file_hash (folder.fd, "m.csv", again, &size, NULL, NULL));
  g_assert_cmpstr (sha256, ==, again);
}

static void
test_manifest_refuses (void)
{
  static const char *const bad[] = {
    "", "a,b\n", "path,split,class,source,copy,recipe,sha256\nx\n",
    "path,split,class,source,copy,recipe,sha256\na,b,c,d,minus,f,g\n",
    "path,split,class,source,copy,recipe,sha256\na,b,c,d,1,f,\"g\n",
    "path,split,class,source,copy,recipe\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto(Folder) folder = folder_new ();
      g_autoptr(GString) rows = g_string_new (NULL);
      g_autoptr(GError) error = NULL;

      folder_write (&folder, "m.csv", bad[i], strlen (bad[i]));
      g_assert_false (ballast_manifest_foreach (folder.fd, "m.csv", collect, rows, NULL, &error));
      g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FOREIGN);
    }
}

static void
test_class_lists (void)
{
  const char *const names[] = { "a|b", "c\\d", "", "é" };
  g_autofree char *field = ballast_manifest_join_classes (names, 4);
  g_auto(GStrv) back = ballast_manifest_split_classes (field);
  g_auto(GStrv) none = ballast_manifest_split_classes ("");

  g_assert_cmpstr (field, ==, "a\\|b|c\\\\d||é");
  g_assert_true (g_strv_equal ((const char *const *) back,
                               (const char *const[]){ "a|b", "c\\d", "", "é", NULL }));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exporters/csv/reads", test_reads);
  g_test_add_func ("/exporters/csv/refuses-nul", test_refuses_nul);
  g_test_add_func ("/exporters/csv/round-trip", test_round_trip);
  g_test_add_func ("/exporters/csv/random-round-trip", test_random_round_trip);
  g_test_add_func ("/exporters/manifest/round-trip", test_manifest_round_trip);
  g_test_add_func ("/exporters/manifest/refuses", test_manifest_refuses);
  g_test_add_func ("/exporters/manifest/class-lists", test_class_lists);
  return g_test_run ();
}
