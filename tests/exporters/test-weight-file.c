#include <string.h>

#include "ballast-export-error.h"
#include "ballast-export-options.h"
#include "ballast-npy.h"
#include "ballast-weight-file.h"
#include "ballast-weight-order.h"
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

static GBytes *
make_bytes (const BallastWeights *weights,
            const char           *format)
{
  return ballast_weight_format_get ((guint) ballast_weight_format_find (format))->make (weights);
}

static void
assert_bytes (const char *format,
              const char *expected)
{
  g_autoptr(BallastWeights) weights = make_weights ("balanced");
  g_autoptr(GBytes) bytes = make_bytes (weights, format);
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
  assert_bytes ("txt", "0.3125\n2.5\n4.16666667\n6.25\n");
}

static void
test_csv (void)
{
  assert_bytes ("csv", "index,name,count,weight\n0,stop,800,0.3125\n1,yield,100,2.5\n"
                "2,\"sp\"\"eed\",60,4.16666667\n3,\"no,entry\",40,6.25\n");
}

static void
test_json_shape (void)
{
  g_autoptr(BallastWeights) weights = make_weights ("balanced");
  g_autoptr(GBytes) bytes = make_bytes (weights, "json");
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
  json = make_bytes (weights, "json");
  py = make_bytes (weights, "py");

  assert_holds (json, "\"imagefolder_order\": [\n    1,\n    0\n  ]");
  assert_holds (py, "FOLDERS = {\n    \"_con-");
  assert_holds (py, "\": \"con\",\n}\n");
}

static void
assert_format_holds (const BallastWeights *weights,
                     const char           *format,
                     const char           *expected)
{
  g_autoptr(GBytes) bytes = make_bytes (weights, format);

  assert_holds (bytes, expected);
}

/* Ids with gaps, out of order: every file says which class is which. */
static void
test_category_ids (void)
{
  static const gint64 ids[] = { 90, 3, 17, 1 };
  g_autoptr(BallastWeights) weights = make_weights ("balanced");

  for (guint i = 0; i < weights->n; i++)
    {
      weights->classes[i].has_number = TRUE;
      weights->classes[i].number = ids[i];
    }
  assert_format_holds (weights, "json", "\"category_id\": 90");
  assert_format_holds (weights, "json", "\"by_category_id\": {\n    \"90\": 0.3125");
  assert_format_holds (weights, "json", "\"detectron2_order\": [\n    3,\n    1,\n    2,\n    0\n  ]");
  assert_format_holds (weights, "csv", "index,name,count,weight,category_id\n0,stop,800,0.3125,90\n");
  assert_format_holds (weights, "py", "CATEGORY_IDS = [90, 3, 17, 1]");
  assert_format_holds (weights, "detectron2", "CATEGORY_IDS = [1, 3, 17, 90]");
  assert_format_holds (weights, "detectron2", "CLASS_WEIGHTS = [6.25, 2.5, 4.16666667, 0.3125]");
  assert_format_holds (weights, "mmdetection", "CATEGORY_IDS = [90, 3, 17, 1]");
  weights->classes[2].has_number = FALSE;
  assert_format_holds (weights, "csv", "index,name,count,weight\n");
}

/* Numbers alone do not say which class is which: a file beside them does, and only beside them. */
static void
test_order_beside (void)
{
  g_autofree char *folder = g_dir_make_tmp ("ballast-test-XXXXXX", NULL);
  g_autoptr(BallastWeights) weights = make_weights ("balanced");

  for (guint i = 0; i < ballast_weight_format_get_n (); i++)
    {
      const BallastWeightFormat *format = ballast_weight_format_get (i);
      g_autofree char *path = g_build_filename (folder, format->file, NULL);
      g_autofree char *beside = g_strconcat (path, BALLAST_WEIGHT_ORDER_SUFFIX, NULL);
      g_autofree char *text = NULL;

      if (format->make == NULL)
        continue;
      g_assert_true (ballast_weight_file_write (weights, path, NULL));
      g_assert_cmpint (g_file_get_contents (beside, &text, NULL, NULL), ==, format->is_bare);
      g_assert_true (text == NULL || strstr (text, "\n0\tstop\n") != NULL);
      g_unlink (path);
      g_unlink (beside);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
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
test_safetensors_layout (void)
{
  g_autoptr(BallastWeights) weights = make_weights ("balanced");
  g_autoptr(GBytes) bytes = make_bytes (weights, "safetensors");
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint64 header;

  memcpy (&header, data, sizeof header);
  header = GUINT64_FROM_LE (header);
  g_assert_cmpuint (header % 8, ==, 0);
  g_assert_cmpuint (size, ==, 8 + header + 4 * 4);
  g_assert_cmpmem (data + 8 + header, 4, "\0\0\xa0\x3e", 4); /* 0.3125 */
}

/* The settings of frameworks that take no list: the power of the scheme, or the closest. */
static void
assert_power (const char *scheme,
              const char *expected)
{
  g_autoptr(BallastWeights) weights = make_weights (scheme);
  g_autoptr(GBytes) bytes = make_bytes (weights, "ultralytics");
  g_autofree char *line = g_strdup_printf ("\ncls_pw: %s\n", expected);

  assert_holds (bytes, line);
}

static void
test_ultralytics_power (void)
{
  assert_power ("none", "0");
  assert_power ("inverse-sqrt", "0.5");
  assert_power ("balanced", "1");
  assert_power ("cls-pw", "0.5");
}

/* Shares .8 .1 .06 .04: the middle is .08. */
static void
test_thresholds (void)
{
  g_autoptr(BallastWeights) weights = make_weights ("balanced");
  g_autoptr(GBytes) detectron = make_bytes (weights, "detectron2");
  g_autoptr(GBytes) mmdetection = make_bytes (weights, "mmdetection");

  assert_holds (detectron, "cfg.DATALOADER.REPEAT_THRESHOLD = 0.08\n");
  assert_holds (detectron, "CLASS_WEIGHTS = [0.3125, 2.5, 4.16666667, 6.25]\n");
  assert_holds (mmdetection, "class_weight=[0.3125, 2.5, 4.16666667, 6.25, 1.0])\n");
}

static void
test_repeat (void)
{
  g_autoptr(BallastWeights) weights = make_weights ("inverse-sqrt");

  for (guint i = 0; i < ballast_weight_format_get_n (); i++)
    {
      const BallastWeightFormat *format = ballast_weight_format_get (i);
      g_autoptr(GBytes) first = NULL, second = NULL;

      g_assert_true ((format->make != NULL) != (format->append_row != NULL));
      if (format->make == NULL)
        continue;
      first = format->make (weights);
      second = format->make (weights);
      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
test_ending_decides (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_cmpstr (ballast_weight_file_find_format ("/a.b/c.NPY", NULL)->name, ==, "npy");
  g_assert_cmpstr (ballast_weight_file_find_format ("w.json", NULL)->name, ==, "json");
  g_assert_cmpstr (ballast_weight_file_find_format ("w.keras.json", NULL)->name, ==, "keras");
  g_assert_null (ballast_weight_file_find_format ("weights", &error));
  g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_LAYOUT);
}

static guint
bit_of (const char *format)
{
  return 1u << ballast_weight_format_find (format);
}

static void
test_kinds_parse (void)
{
  BallastWeightFileKinds kinds = 0;

  g_assert_true (ballast_weight_file_kinds_parse ("json, npy", &kinds, NULL));
  g_assert_cmpuint (kinds, ==, bit_of ("json") | bit_of ("npy"));
  g_assert_true (ballast_weight_file_kinds_parse ("", &kinds, NULL));
  g_assert_cmpuint (kinds, ==, 0);
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

  for (guint i = 0; i < ballast_weight_format_get_n (); i++)
    {
      const BallastWeightFormat *format = ballast_weight_format_get (i);
      g_autofree char *name = g_build_filename (folder.path, format->file, NULL);

      g_assert_true (format->make == NULL || ballast_weight_file_write (weights, name, NULL));
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
  g_test_add_func ("/exporters/weight-file/category-ids", test_category_ids);
  g_test_add_func ("/exporters/weight-file/order-beside", test_order_beside);
  g_test_add_func ("/exporters/weight-file/npy-layout", test_npy_layout);
  g_test_add_func ("/exporters/weight-file/safetensors-layout", test_safetensors_layout);
  g_test_add_func ("/exporters/weight-file/ultralytics-power", test_ultralytics_power);
  g_test_add_func ("/exporters/weight-file/thresholds", test_thresholds);
  g_test_add_func ("/exporters/weight-file/repeat", test_repeat);
  g_test_add_func ("/exporters/weight-file/ending-decides", test_ending_decides);
  g_test_add_func ("/exporters/weight-file/kinds-parse", test_kinds_parse);
  g_test_add_func ("/exporters/weight-file/consumers", test_consumers);
  return g_test_run ();
}
