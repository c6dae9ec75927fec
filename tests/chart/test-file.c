#define G_LOG_DOMAIN "test-chart"

#include "config.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ballast-chart-file.h"
#include "chart-fixture.h"

typedef struct
{
  char              *folder;
  BallastChartModel *model;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("ballast-chart-XXXXXX", NULL);
  fixture->model = make_model (6, trashnet);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autoptr(GDir) listing = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  ballast_chart_model_free (fixture->model);
}

/* Saves as @name and gives the file's bytes. */
static GBytes *
save (Fixture    *fixture,
      const char *name)
{
  const BallastChartFileOptions options = { .title = "Class distribution", .subtitle = "428 images", .scale = 1 };
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr(GError) error = NULL;
  char *data;
  gsize length;

  g_assert_true (ballast_chart_file_save (fixture->model, path, &options, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  return g_bytes_new_take (data, length);
}

static void
test_formats (Fixture      *fixture,
              gconstpointer user_data)
{
  g_autoptr(GBytes) svg = save (fixture, "chart.svg");
  g_autoptr(GBytes) pdf = save (fixture, "chart.PDF");
  g_autoptr(GBytes) png = save (fixture, "chart.png");
  g_autofree char *path = g_build_filename (fixture->folder, "chart.png", NULL);
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);

  g_assert_nonnull (g_strstr_len (g_bytes_get_data (svg, NULL), 200, "<svg"));
  g_assert_true (memcmp (g_bytes_get_data (pdf, NULL), "%PDF-", 5) == 0);
  g_assert_cmpuint (g_bytes_get_size (png), >, 1000);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 960);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 540);
  cairo_surface_destroy (surface);
}

static void
test_same_bytes (Fixture      *fixture,
                 gconstpointer user_data)
{
  static const char *const names[][2] = { { "a.png", "b.png" }, { "a.svg", "b.svg" }, { "a.pdf", "b.pdf" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GBytes) first = save (fixture, names[i][0]);
      g_autoptr(GBytes) second = save (fixture, names[i][1]);

      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
test_other_endings (Fixture      *fixture,
                    gconstpointer user_data)
{
  static const char *const names[] = { "chart", "chart.jpg", "chart.", "png", "chart.png.bak" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);
      g_autoptr(GError) error = NULL;

      g_assert_false (ballast_chart_file_is_supported (path));
      g_assert_false (ballast_chart_file_save (fixture->model, path, NULL, &error));
      g_assert_error (error, BALLAST_CHART_ERROR, BALLAST_CHART_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, names[i]));
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

static void
test_no_such_folder (Fixture      *fixture,
                     gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "nowhere", "chart.png", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_false (ballast_chart_file_save (fixture->model, path, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_odd_names (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autoptr(GBytes) bytes = NULL;

  g_free (fixture->model->names[0]);
  fixture->model->names[0] = g_strdup ("a & b <i>\nsecond line</i> “ü” 猫");
  g_free (fixture->model->names[1]);
  fixture->model->names[1] = g_strnfill (5000, 'w');
  bytes = save (fixture, "odd.svg");
  g_assert_cmpuint (g_bytes_get_size (bytes), >, 1000);
}

#define ADD(name, func) g_test_add ("/chart/file/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("formats", test_formats);
  ADD ("same-bytes", test_same_bytes);
  ADD ("other-endings", test_other_endings);
  ADD ("no-such-folder", test_no_such_folder);
  ADD ("odd-names", test_odd_names);

  return g_test_run ();
}
