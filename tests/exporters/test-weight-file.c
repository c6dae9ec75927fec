#include <string.h>

#include "ballast-export-error.h"
#include "ballast-weight-file.h"
#include "fixture.h"

static const guint64 counts[] = { 800, 100, 60, 40 };
static const char *const names[] = { "stop", "yield", "sp\"eed", "no,entry" };

static BallastWeights *
make_weights (const char *scheme)
{
  BallastWeightOptions options;

  ballast_weight_options_init (&options);
  g_assert_true (ballast_weight_options_set_scheme (&options, scheme, NULL));
  return ballast_weights_new (&options, names, counts, 4, 0);
}

static void
assert_bytes (BallastWeightFileKinds kind,
              const char            *expected)
{
  g_autoptr(BallastWeights) weights = make_weights ("balanced");
  g_autoptr(GBytes) bytes = ballast_weight_file_to_bytes (weights, kind);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_holds (GBytes     *bytes,
              const char *expected)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_assert_nonnull (strstr (text, expected));
}

static void
test_txt (void)
{
  assert_bytes (BALLAST_WEIGHT_FILE_TXT, "0.3125\n2.5\n4.16666667\n6.25\n");
}

static void
test_csv (void)
{
  assert_bytes (BALLAST_WEIGHT_FILE_CSV,
                "index,name,count,weight\n0,stop,800,0.3125\n1,yield,100,2.5\n"
                "2,\"sp\"\"eed\",60,4.16666667\n3,\"no,entry\",40,6.25\n");
}

static void
test_json_shape (void)
{
  g_autoptr(BallastWeights) weights = make_weights ("balanced");
  g_autoptr(GBytes) bytes = ballast_weight_file_to_bytes (weights, BALLAST_WEIGHT_FILE_JSON);
  g_autoptr(JsonParser) parser = json_parser_new ();
  JsonObject *object, *first;

  g_assert_true (json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL),
                                             (gssize) g_bytes_get_size (bytes), NULL));
  object = json_node_get_object (json_parser_get_root (parser));
  first = json_array_get_object_element (json_object_get_array_member (object, "classes"), 0);
  g_assert_cmpint (json_object_get_int_member (object, "schema"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (object, "scheme"), ==, "balanced");
  g_assert_cmpstr (json_object_get_string_member (object, "normalisation"), ==, "sample-mean");
  g_assert_cmpstr (json_object_get_string_member (first, "name"), ==, "stop");
  g_assert_cmpint (json_object_get_int_member (first, "count"), ==, 800);
  g_assert_cmpint (json_array_get_int_element (
                     json_object_get_array_member (object, "imagefolder_order"), 0), ==, 3);
}

/* “con” is no folder everywhere, so it stands in another one, which sorts first. */
static void
test_folders_renamed (void)
{
  static const char *const odd[] = { "a", "con" };
  static const guint64 odd_counts[] = { 1, 3 };
  BallastWeightOptions options;
  g_autoptr(BallastWeights) weights = NULL;
  g_autoptr(GBytes) json = NULL;
  g_autoptr(GBytes) py = NULL;

  ballast_weight_options_init (&options);
  weights = ballast_weights_new (&options, odd, odd_counts, 2, 0);
  json = ballast_weight_file_to_bytes (weights, BALLAST_WEIGHT_FILE_JSON);
  py = ballast_weight_file_to_bytes (weights, BALLAST_WEIGHT_FILE_PY);

  assert_holds (json, "\"imagefolder_order\": [\n    1,\n    0\n  ]");
  assert_holds (py, "FOLDERS = {\n    \"_con-");
  assert_holds (py, "\": \"con\",\n}\n");
}

static void
test_npy_layout (void)
{
  const double values[] = { 1, 0.5 };
  g_autoptr(GBytes) bytes = ballast_npy_to_bytes (values, 2, 64);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_assert_cmpmem (data, 8, "\x93NUMPY\x01\x00", 8);
  g_assert_cmpuint ((10 + data[8] + 256u * data[9]) % 64, ==, 0);
  g_assert_cmpuint (size, ==, 10 + data[8] + 256u * data[9] + 16);
  g_assert_cmpmem (data + size - 8, 8, "\0\0\0\0\0\0\xe0\x3f", 8);
}

static void
test_locale_and_repeat (void)
{
  for (guint bit = 1; bit <= BALLAST_WEIGHT_FILE_PY; bit <<= 1)
    {
      g_autoptr(BallastWeights) weights = make_weights ("inverse-sqrt");
      g_autoptr(GBytes) first = ballast_weight_file_to_bytes (weights, bit);
      g_autoptr(GBytes) second = ballast_weight_file_to_bytes (weights, bit);

      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
test_ending_decides (void)
{
  g_autoptr(GError) error = NULL;
  BallastWeightFileKinds kind;

  g_assert_true (ballast_weight_file_kind_from_path ("/a.b/c.NPY", &kind, NULL));
  g_assert_cmpint (kind, ==, BALLAST_WEIGHT_FILE_NPY);
  g_assert_false (ballast_weight_file_kind_from_path ("weights", &kind, &error));
  g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT);
}

static void
test_kinds_parse (void)
{
  BallastWeightFileKinds kinds = 0;

  g_assert_true (ballast_weight_file_kinds_parse ("json, npy", &kinds, NULL));
  g_assert_cmpint (kinds, ==, BALLAST_WEIGHT_FILE_JSON | BALLAST_WEIGHT_FILE_NPY);
  g_assert_true (ballast_weight_file_kinds_parse ("", &kinds, NULL));
  g_assert_cmpint (kinds, ==, 0);
  g_assert_true (ballast_weight_file_kinds_parse ("none", &kinds, NULL));
  g_assert_false (ballast_weight_file_kinds_parse ("json,xml", &kinds, NULL));
}

/* numpy, torch and scikit-learn load what is written: weights-consumers.py tells how. */
static void
test_consumers (void)
{
  g_auto(Folder) folder = folder_new ();
  g_autoptr(BallastWeights) weights = make_weights ("balanced");
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "exporters",
                                                   "weights-consumers.py", NULL);
  g_autofree char *output = NULL, *errors = NULL;
  const char *const argv[] = { "/usr/bin/python3", "-B", script, folder.path, NULL };
  g_autoptr(GError) error = NULL;
  int status;

  for (guint bit = 1; bit <= BALLAST_WEIGHT_FILE_PY; bit <<= 1)
    {
      g_autofree char *name = g_strdup_printf ("%s/class_weights.%s", folder.path,
                                               ballast_weight_file_get_extension (bit));

      g_assert_true (ballast_weight_file_write (weights, name, NULL));
    }
  if (!g_file_test (argv[0], G_FILE_TEST_IS_EXECUTABLE))
    {
      g_test_message ("no %s here: nothing loads the files", argv[0]);
      return;
    }

  /* A sanitised build preloads nothing into Python. */
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                               &errors, &status, &error));
  g_test_message ("%s%s", g_strstrip (output), g_strstrip (errors));
  g_assert_true (g_spawn_check_wait_status (status, &error));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exporters/weight-file/txt", test_txt);
  g_test_add_func ("/exporters/weight-file/csv", test_csv);
  g_test_add_func ("/exporters/weight-file/json-shape", test_json_shape);
  g_test_add_func ("/exporters/weight-file/folders-renamed", test_folders_renamed);
  g_test_add_func ("/exporters/weight-file/npy-layout", test_npy_layout);
  g_test_add_func ("/exporters/weight-file/locale-and-repeat", test_locale_and_repeat);
  g_test_add_func ("/exporters/weight-file/ending-decides", test_ending_decides);
  g_test_add_func ("/exporters/weight-file/kinds-parse", test_kinds_parse);
  g_test_add_func ("/exporters/weight-file/consumers", test_consumers);
  return g_test_run ();
}
