/*
 * How things come into the window: first run, recent projects, preview of an import, drop.
 */
#include "config.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "ballast-first-run-page.h"
#include "ballast-import-page.h"
#include "ballast-grouping.h"
#include "window-fixture.h"

static const WindowFixtureClass waste[] = { { "glass", 3 }, { "paper", 5 }, { NULL, 0 } };

static void
set_up (WindowFixture *fixture,
        gconstpointer  data)
{
  window_fixture_set_up (fixture);
  fixture->dataset = g_build_filename (fixture->folder, "waste", NULL);
  window_fixture_write_dataset (fixture->dataset, waste);
}

static void
tear_down (WindowFixture *fixture,
           gconstpointer  data)
{
  window_fixture_tear_down (fixture);
}

static GtkWidget *
get_main_stack (WindowFixture *fixture)
{
  return window_fixture_find (GTK_WIDGET (fixture->window), GTK_TYPE_STACK, 0);
}

static const char *
get_page (WindowFixture *fixture)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (get_main_stack (fixture)));
}

static void
test_first_run (WindowFixture *fixture,
                gconstpointer  data)
{
  g_assert_true (ballast_window_is_empty (fixture->window));
  g_assert_cmpstr (get_page (fixture), ==, "first-run");
}

static GtkWidget *
find_import_page (WindowFixture *fixture)
{
  return window_fixture_find (GTK_WIDGET (fixture->window), BALLAST_TYPE_IMPORT_PAGE, 0);
}

static gboolean
is_found (gpointer user_data)
{
  GtkWidget *page = find_import_page (user_data);
  GtkWidget *stack = window_fixture_find (page, GTK_TYPE_STACK, 0);

  return g_str_equal (get_page (user_data), "import") &&
         g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "found");
}

static gboolean
has_nothing (gpointer user_data)
{
  GtkWidget *page = find_import_page (user_data);
  GtkWidget *stack = window_fixture_find (page, GTK_TYPE_STACK, 0);

  return g_str_equal (get_page (user_data), "import") &&
         g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "nothing");
}

static gboolean
has_all_images (gpointer user_data)
{
  BallastDocument *document = window_fixture_get_document (user_data);

  return document != NULL && ballast_document_get_job (document) == NULL &&
         ballast_document_get_tally (document)->images == 8;
}

static void
open_path (WindowFixture *fixture,
           const char    *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  ballast_window_open (fixture->window, file);
}

/* The preview stores nothing; importing shows the project and remembers it. */
static void
test_import (WindowFixture *fixture,
             gconstpointer  data)
{
  GtkWidget *page = find_import_page (fixture);
  GListModel *recent
    = G_LIST_MODEL (ballast_application_get_recent_projects (fixture->application));

  open_path (fixture, fixture->dataset);
  g_assert_true (window_fixture_wait (is_found, fixture));
  g_assert_null (window_fixture_get_document (fixture));
  g_assert_nonnull (window_fixture_find_labelled (page, GTK_TYPE_LABEL, "glass"));
  g_assert_nonnull (window_fixture_find_labelled (page, GTK_TYPE_LABEL, "paper"));

  gtk_widget_activate_action (page, "import.import", NULL);
  g_assert_true (window_fixture_wait (has_all_images, fixture));
  g_assert_cmpstr (get_page (fixture), ==, "workspace");
  window_fixture_settle (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (recent), >, 0);
}

static void
test_cancel (WindowFixture *fixture,
             gconstpointer  data)
{
  open_path (fixture, fixture->dataset);
  g_assert_true (window_fixture_wait (is_found, fixture));
  gtk_widget_activate_action (find_import_page (fixture), "import.cancel", NULL);
  g_assert_cmpstr (get_page (fixture), ==, "first-run");
}

static AdwComboRow *
find_row (WindowFixture *fixture,
          const char    *title)
{
  GtkWidget *page = find_import_page (fixture);
  GtkWidget *row;

  for (guint i = 0; (row = window_fixture_find (page, ADW_TYPE_COMBO_ROW, i)) != NULL; i++)
    if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), title))
      return ADW_COMBO_ROW (row);
  g_assert_not_reached ();
}

static gboolean
can_import_small (gpointer user_data)
{
  return window_fixture_find_labelled (find_import_page (user_data), GTK_TYPE_LABEL, "small") != NULL;
}

static gboolean
has_small (gpointer user_data)
{
  BallastDocument *document = window_fixture_get_document (user_data);

  return document != NULL && ballast_document_get_job (document) == NULL &&
         ballast_document_get_tally (document)->n_classes == 2 &&
         g_str_equal (ballast_document_get_tally (document)->classes[0].name, "big");
}

/* Another column of labels is chosen: the preview follows, and so does the import. */
static void
test_columns (WindowFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *manifest = g_build_filename (fixture->dataset, "list.csv", NULL);
  GtkWidget *page = find_import_page (fixture);
  g_autoptr(GString) text = g_string_new ("image,label,size,ward\n");
  g_autoptr(GDir) dir = NULL;
  g_autofree char *folder = g_build_filename (fixture->dataset, "glass", NULL);
  g_auto(GStrv) groups = NULL;
  const char *name;
  guint n = 0;

  dir = g_dir_open (folder, 0, NULL);
  for (; (name = g_dir_read_name (dir)) != NULL; n++)
    g_string_append_printf (text, "glass/%s,one,%s,w%u\n", name, n % 2 == 0 ? "big" : "small",
                            n / 2);
  g_assert_true (g_file_set_contents (manifest, text->str, -1, NULL));

  open_path (fixture, manifest);
  g_assert_true (window_fixture_wait (is_found, fixture));
  g_assert_nonnull (window_fixture_find_labelled (page, GTK_TYPE_LABEL, "one"));
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (fixture, "Label column")), ==, 2);
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (fixture, "Split column")), ==, 0);

  adw_combo_row_set_selected (find_row (fixture, "Label column"), 3);
  g_assert_true (window_fixture_wait (can_import_small, fixture));
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (fixture, "Label column")), ==, 3);
  adw_combo_row_set_selected (find_row (fixture, "Group column"), 4);
  g_assert_true (window_fixture_wait (can_import_small, fixture));
  window_fixture_settle (fixture);
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (fixture, "Group column")), ==, 4);
  gtk_widget_activate_action (page, "import.import", NULL);
  g_assert_true (window_fixture_wait (has_small, fixture));
  groups = ballast_document_dup_group_columns (window_fixture_get_document (fixture));
  g_assert_cmpstr (groups[0], ==, "ward");
}

/* A folder of nothing but links is read when they are followed. */
static void
test_follow_links (WindowFixture *fixture,
                   gconstpointer  data)
{
  g_autofree char *farm = g_build_filename (fixture->folder, "farm", NULL);
  GtkWidget *page = find_import_page (fixture);

  for (guint i = 0; i < 2; i++)
    {
      const char *class = i == 0 ? "glass" : "paper";
      g_autofree char *from = g_build_filename (fixture->dataset, class, NULL);
      g_autofree char *to = g_build_filename (farm, class, NULL);
      g_autoptr(GDir) dir = g_dir_open (from, 0, NULL);
      const char *name;

      g_mkdir_with_parents (to, 0755);
      while ((name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *target = g_build_filename (from, name, NULL);
          g_autofree char *link = g_build_filename (to, name, NULL);

          g_assert_cmpint (symlink (target, link), ==, 0);
        }
    }

  open_path (fixture, farm);
  g_assert_true (window_fixture_wait (has_nothing, fixture));
  gtk_widget_activate_action (page, "import.follow-links", NULL);
  g_assert_true (window_fixture_wait (is_found, fixture));
  gtk_widget_activate_action (page, "import.import", NULL);
  g_assert_true (window_fixture_wait (has_all_images, fixture));
}

static void
test_no_dataset (WindowFixture *fixture,
                 gconstpointer  data)
{
  g_autofree char *empty = g_build_filename (fixture->folder, "empty", NULL);

  g_assert_cmpint (g_mkdir (empty, 0700), ==, 0);
  open_path (fixture, empty);
  g_assert_true (window_fixture_wait (has_nothing, fixture));
}

static gboolean
is_first_run (gpointer user_data)
{
  return g_str_equal (get_page (user_data), "first-run");
}

/* What is not there or no project ends where the user was, not in a dead window. */
static void
test_missing (WindowFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.ballast", NULL);
  g_autofree char *broken = g_build_filename (fixture->folder, "broken.ballast", NULL);

  open_path (fixture, missing);
  g_assert_true (window_fixture_wait (is_first_run, fixture));

  g_assert_true (g_file_set_contents (broken, "no project", -1, NULL));
  open_path (fixture, broken);
  g_assert_true (window_fixture_wait (is_first_run, fixture));
  g_assert_null (window_fixture_get_document (fixture));
}

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }

  return NULL;
}

static void
test_drop (WindowFixture *fixture,
           gconstpointer  data)
{
  g_autoptr(GFile) file = g_file_new_for_path (fixture->dataset);
  g_autoptr(GSList) files = g_slist_prepend (NULL, file);
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean accepted = FALSE;

  gtk_window_present (GTK_WINDOW (fixture->window));
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_signal_emit_by_name (find_drop_target (GTK_WIDGET (fixture->window)), "drop", &value, 10.0, 10.0,
                         &accepted);
  g_assert_true (accepted);
  g_assert_true (window_fixture_wait (is_found, fixture));
}

#define FIRST_RUN_CASE(name, function)                                                            \
  g_test_add ("/app/first-run/" name, WindowFixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  FIRST_RUN_CASE ("shown", test_first_run);
  FIRST_RUN_CASE ("import", test_import);
  FIRST_RUN_CASE ("columns", test_columns);
  FIRST_RUN_CASE ("follow-links", test_follow_links);
  FIRST_RUN_CASE ("cancel", test_cancel);
  FIRST_RUN_CASE ("no-dataset", test_no_dataset);
  FIRST_RUN_CASE ("missing", test_missing);
  FIRST_RUN_CASE ("drop", test_drop);

  return g_test_run ();
}
