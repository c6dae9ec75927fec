/*
 * The dialogs: export from the summary to the folder, weights to a file, preferences.
 */
#include "config.h"

#include <glib/gstdio.h>

#include "ballast-document-edits.h"
#include "ballast-export-dialog.h"
#include "ballast-preferences-window.h"
#include "ballast-weights-dialog.h"
#include "window-fixture.h"

static const WindowFixtureClass waste[] = { { "glass", 3 }, { "paper", 6 }, { NULL, 0 } };

static void
set_up (WindowFixture *fixture,
        gconstpointer  data)
{
  window_fixture_set_up_with (fixture, waste);
}

static void
tear_down (WindowFixture *fixture,
           gconstpointer  data)
{
  window_fixture_tear_down (fixture);
}

static GtkWidget *
open_dialog (WindowFixture *fixture,
             const char    *action)
{
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
  dialog = window_fixture_find_dialog (fixture);
  g_assert_nonnull (dialog);
  window_fixture_settle (fixture);

  return dialog;
}

static gboolean
is_done (gpointer user_data)
{
  GtkWidget *stack = window_fixture_find (user_data, GTK_TYPE_STACK, 0);
  const char *page = gtk_stack_get_visible_child_name (GTK_STACK (stack));

  return g_str_equal (page, "done") || g_str_equal (page, "failed");
}

static void
test_export (WindowFixture *fixture,
             gconstpointer  data)
{
  g_autofree char *dest = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *manifest = g_build_filename (dest, "manifest.csv", NULL);
  GtkWidget *dialog = open_dialog (fixture, "win.export");
  GtkWidget *stack = window_fixture_find (dialog, GTK_TYPE_STACK, 0);

  ballast_export_dialog_set_folder (BALLAST_EXPORT_DIALOG (dialog), dest);
  g_assert_nonnull (window_fixture_find_labelled (dialog, GTK_TYPE_LABEL,
                                                  "12 images: 9 originals, 3 augmented"));
  gtk_widget_activate_action (dialog, "export.start", NULL);
  g_assert_true (window_fixture_wait (is_done, dialog));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "done");
  g_assert_true (g_file_test (manifest, G_FILE_TEST_IS_REGULAR));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* With a hierarchy there is a switch, and what is written is one dataset a classifier. */
static void
test_export_hierarchy (WindowFixture *fixture,
                       gconstpointer  data)
{
  g_autofree char *dest = g_build_filename (fixture->folder, "nodes", NULL);
  g_autofree char *routing = g_build_filename (dest, "hierarchy.json", NULL);
  g_autoptr(BallastHierarchy) tree = ballast_hierarchy_new (NULL);
  GtkWidget *dialog, *stack, *of_nodes;

  ballast_hierarchy_add_class (tree, tree->root, "glass");
  ballast_hierarchy_add_class (tree, tree->root, "paper");
  ballast_document_set_hierarchy_async (window_fixture_get_document (fixture), tree, NULL, NULL, NULL);
  window_fixture_settle (fixture);
  dialog = open_dialog (fixture, "win.export");
  stack = window_fixture_find (dialog, GTK_TYPE_STACK, 0);
  of_nodes = window_fixture_find (dialog, GTK_TYPE_SWITCH, 0);
  g_assert_true (gtk_widget_get_mapped (of_nodes));
  ballast_export_dialog_set_folder (BALLAST_EXPORT_DIALOG (dialog), dest);
  gtk_switch_set_active (GTK_SWITCH (of_nodes), TRUE);
  g_assert_nonnull (window_fixture_find_labelled (dialog, GTK_TYPE_LABEL, "12 images in 1 dataset"));
  gtk_widget_activate_action (dialog, "export.start", NULL);
  g_assert_true (window_fixture_wait (is_done, dialog));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "done");
  g_assert_true (g_file_test (routing, G_FILE_TEST_IS_REGULAR));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* A folder with something in it is refused before anything is written. */
static void
test_export_taken (WindowFixture *fixture,
                   gconstpointer  data)
{
  GtkWidget *dialog = open_dialog (fixture, "win.export");
  GtkWidget *button = window_fixture_find_labelled (dialog, GTK_TYPE_BUTTON, "Export");

  g_assert_true (gtk_widget_get_sensitive (button));
  ballast_export_dialog_set_folder (BALLAST_EXPORT_DIALOG (dialog), fixture->dataset);
  g_assert_false (gtk_widget_get_sensitive (button));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
exists (gpointer user_data)
{
  return g_file_test (user_data, G_FILE_TEST_IS_REGULAR);
}

static void
test_weights (WindowFixture *fixture,
              gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "class_weights.json", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GtkWidget *dialog = open_dialog (fixture, "win.export-weights");

  ballast_weights_dialog_save (BALLAST_WEIGHTS_DIALOG (dialog), file);
  g_assert_true (window_fixture_wait (exists, path));
  window_fixture_settle (fixture);
}

static void
test_preferences (WindowFixture *fixture,
                  gconstpointer  data)
{
  BallastPreferences *preferences = ballast_application_get_preferences (fixture->application);
  GtkWidget *dialog = open_dialog (fixture, "app.preferences");
  GtkWidget *style = window_fixture_find (dialog, ADW_TYPE_COMBO_ROW, 0);

  adw_combo_row_set_selected (ADW_COMBO_ROW (style), 2);
  g_assert_cmpuint (ballast_preferences_get_style (preferences), ==, 2);
  g_assert_true (adw_style_manager_get_dark (adw_style_manager_get_default ()));
  window_fixture_settle (fixture);
  adw_combo_row_set_selected (ADW_COMBO_ROW (style), 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_rename (WindowFixture *fixture,
             gconstpointer  data)
{
  BallastTally *tally = ballast_document_get_tally (window_fixture_get_document (fixture));
  GtkWidget *dialog;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.rename-class", "x",
                              tally->classes[0].id);
  dialog = window_fixture_find_dialog (fixture);
  g_assert_true (ADW_IS_MESSAGE_DIALOG (dialog));
  gtk_editable_set_text (GTK_EDITABLE (window_fixture_find (dialog, GTK_TYPE_ENTRY, 0)), "bottle");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "apply");
  window_fixture_settle (fixture);
  tally = ballast_document_get_tally (window_fixture_get_document (fixture));
  g_assert_nonnull (ballast_tally_find_class (tally, "bottle"));
}

/* The report is there when the job is, and what is no report's name becomes one. */
static void
test_report (WindowFixture *fixture,
             gconstpointer  data)
{
  static const char *const names[] = { "a report.pdf", "a report.html", "a report.pdf" };
  static const char *const given[] = { "a report.pdf", "a report.html", "a report" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);
      g_autofree char *asked = g_build_filename (fixture->folder, given[i], NULL);
      g_autoptr(GFile) file = g_file_new_for_path (asked);

      ballast_window_save_report (fixture->window, file);
      g_assert_true (window_fixture_wait (exists, path));
      window_fixture_settle (fixture);
      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

static guint64
count_excluded (WindowFixture *fixture)
{
  return ballast_document_get_tally (window_fixture_get_document (fixture))->excluded;
}

static gboolean
has_excluded (gpointer fixture)
{
  return count_excluded (fixture) > 0;
}

/* Two classes of 3 and 6 with a ratio of 3: six stay, and two of three. */
static void
test_long_tail (WindowFixture *fixture,
                gconstpointer  data)
{
  GtkWidget *dialog = open_dialog (fixture, "win.make-long-tailed");
  GtkWidget *ratio = window_fixture_find (dialog, GTK_TYPE_SPIN_BUTTON, 0);

  g_assert_nonnull (window_fixture_find_labelled (dialog, GTK_TYPE_LABEL,
                                                  "1 class would be left without an image: choose a "
                                                  "smaller ratio"));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (ratio), 3);
  g_assert_nonnull (window_fixture_find_labelled (dialog, GTK_TYPE_LABEL, "8 of 9 stay, ratio 3.0 : 1"));
  gtk_widget_activate_action (dialog, "long-tail.apply", NULL);
  g_assert_true (window_fixture_wait (has_excluded, fixture));
  g_assert_cmpuint (count_excluded (fixture), ==, 1);
  window_fixture_settle (fixture);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL));
  window_fixture_settle (fixture);
  g_assert_cmpuint (count_excluded (fixture), ==, 0);
}

#define DIALOGS_CASE(name, function)                                                              \
  g_test_add ("/app/dialogs/" name, WindowFixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  DIALOGS_CASE ("export", test_export);
  DIALOGS_CASE ("export-hierarchy", test_export_hierarchy);
  DIALOGS_CASE ("export-taken", test_export_taken);
  DIALOGS_CASE ("weights", test_weights);
  DIALOGS_CASE ("preferences", test_preferences);
  DIALOGS_CASE ("rename", test_rename);
  DIALOGS_CASE ("report", test_report);
  DIALOGS_CASE ("long-tail", test_long_tail);

  return g_test_run ();
}
