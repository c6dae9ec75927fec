/*
 * The dialog that splits a dataset, and what is done about leaks.
 */
#include "config.h"

#include <glib/gstdio.h>

#include "ballast-split-options.h"
#include "ballast-split-table.h"
#include "window-fixture.h"

static const WindowFixtureClass waste[] = { { "glass", 10 }, { "paper", 20 }, { NULL, 0 } };

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

static gboolean
can_apply (gpointer user_data)
{
  return gtk_widget_get_sensitive (window_fixture_find_labelled (user_data, GTK_TYPE_BUTTON, "Split"));
}

static GtkWidget *
open_dialog (WindowFixture *fixture)
{
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.split-dataset", NULL));
  dialog = window_fixture_find_dialog (fixture);
  g_assert_nonnull (dialog);
  g_assert_true (window_fixture_wait (can_apply, dialog));
  window_fixture_settle (fixture);
  g_assert_true (window_fixture_wait (can_apply, dialog));

  return dialog;
}

static gboolean
has_splits (gpointer user_data)
{
  return ballast_document_get_tally (window_fixture_get_document (user_data))->n_splits > 0;
}

static void
test_split (WindowFixture *fixture,
            gconstpointer  data)
{
  GtkWidget *dialog = open_dialog (fixture);
  const BallastTally *tally;

  g_assert_nonnull (window_fixture_find_labelled (dialog, GTK_TYPE_LABEL, "8 · 80 %"));
  g_assert_nonnull (window_fixture_find_labelled (dialog, GTK_TYPE_LABEL, "2 · 10 %"));
  gtk_widget_activate_action (dialog, "split.apply", NULL);
  g_assert_true (window_fixture_wait (has_splits, fixture));
  window_fixture_settle (fixture);
  tally = ballast_document_get_tally (window_fixture_get_document (fixture));
  g_assert_cmpuint (tally->n_splits, ==, 3);
  g_assert_cmpuint (tally->splits[0].images, ==, 24);
  g_assert_null (window_fixture_find_dialog (fixture));
}

/* What one slider gains the others lose. */
static void
test_shares (WindowFixture *fixture,
             gconstpointer  data)
{
  GtkWidget *dialog = open_dialog (fixture);
  GtkWidget *train = window_fixture_find (dialog, GTK_TYPE_SCALE, 0);
  GtkWidget *val = window_fixture_find (dialog, GTK_TYPE_SCALE, 1);
  GtkWidget *test = window_fixture_find (dialog, GTK_TYPE_SCALE, 2);

  gtk_range_set_value (GTK_RANGE (train), 60);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (val)), ==, 20);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (test)), ==, 20);
  gtk_range_set_value (GTK_RANGE (test), 0);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (train)), ==, 75);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (val)), ==, 25);
  gtk_range_set_value (GTK_RANGE (val), 100);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (train)), ==, 0);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (test)), ==, 0);
  gtk_window_destroy (GTK_WINDOW (dialog));
  window_fixture_settle (fixture);
}

static guint
sum_shares (GtkWidget *dialog)
{
  GtkWidget *scale;
  double sum = 0;

  for (guint i = 0; (scale = window_fixture_find (dialog, GTK_TYPE_SCALE, i)) != NULL; i++)
    sum += gtk_range_get_value (GTK_RANGE (scale));

  return (guint) sum;
}

static void
click (GtkWidget  *dialog,
       const char *label)
{
  GtkWidget *button = window_fixture_find_labelled (dialog, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
find_remove_button (GtkWidget *dialog)
{
  GtkWidget *button;

  for (guint i = 0; (button = window_fixture_find (dialog, GTK_TYPE_BUTTON, i)) != NULL; i++)
    if (g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (button)), "list-remove-symbolic") == 0)
      return button;

  return NULL;
}

/* Splits are added, up to sixteen, and removed, down to one; names that cannot be are told. */
static void
test_rows (WindowFixture *fixture,
           gconstpointer  data)
{
  GtkWidget *dialog = open_dialog (fixture);
  GtkWidget *name;

  for (guint i = 3; i < BALLAST_SPLIT_MAX_PARTS; i++)
    {
      click (dialog, "_Add Split");
      g_assert_cmpuint (sum_shares (dialog), ==, 100);
    }
  g_assert_false (gtk_widget_get_sensitive (window_fixture_find_labelled (dialog, GTK_TYPE_BUTTON,
                                                                          "_Add Split")));
  g_assert_true (window_fixture_wait (can_apply, dialog));
  for (guint i = BALLAST_SPLIT_MAX_PARTS; i > 2; i--)
    g_signal_emit_by_name (find_remove_button (dialog), "clicked");
  g_assert_cmpuint (sum_shares (dialog), ==, 100);
  name = window_fixture_find (dialog, GTK_TYPE_ENTRY, 0);
  gtk_editable_set_text (GTK_EDITABLE (name), "");
  window_fixture_settle (fixture);
  g_assert_false (can_apply (dialog));
  g_assert_nonnull (window_fixture_find_labelled (dialog, GTK_TYPE_LABEL, "A split has no name"));
  gtk_editable_set_text (GTK_EDITABLE (name),
                         gtk_editable_get_text (GTK_EDITABLE (window_fixture_find (dialog, GTK_TYPE_ENTRY, 1))));
  window_fixture_settle (fixture);
  g_assert_false (can_apply (dialog));
  gtk_editable_set_text (GTK_EDITABLE (name), "mine");
  g_assert_true (window_fixture_wait (can_apply, dialog));
  g_signal_emit_by_name (find_remove_button (dialog), "clicked");
  g_assert_false (gtk_widget_get_sensitive (find_remove_button (dialog)));
  gtk_window_destroy (GTK_WINDOW (dialog));
  window_fixture_settle (fixture);
}

static gboolean
has_four_splits (gpointer user_data)
{
  return ballast_document_get_tally (window_fixture_get_document (user_data))->n_splits == 4;
}

/* One split is divided, the others stay. */
static void
test_from (WindowFixture *fixture,
           gconstpointer  data)
{
  const BallastTally *tally;
  GtkWidget *dialog = open_dialog (fixture);
  GtkWidget *from;

  gtk_widget_activate_action (dialog, "split.apply", NULL);
  g_assert_true (window_fixture_wait (has_splits, fixture));
  window_fixture_settle (fixture);
  dialog = open_dialog (fixture);
  from = window_fixture_find (dialog, ADW_TYPE_COMBO_ROW, 0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (from), 1);
  gtk_editable_set_text (GTK_EDITABLE (window_fixture_find (dialog, GTK_TYPE_ENTRY, 1)), "tuning");
  window_fixture_settle (fixture);
  g_assert_true (window_fixture_wait (can_apply, dialog));
  gtk_widget_activate_action (dialog, "split.apply", NULL);
  g_assert_true (window_fixture_wait (has_four_splits, fixture));
  window_fixture_settle (fixture);
  tally = ballast_document_get_tally (window_fixture_get_document (fixture));
  g_assert_cmpuint (tally->splits[0].images, ==, 19);
  g_assert_cmpuint (tally->splits[1].images, ==, 3);
  g_assert_cmpuint (tally->splits[2].images, ==, 3);
  g_assert_cmpuint (tally->splits[3].images, ==, 5);
}

static gboolean
has_compare (gpointer user_data)
{
  GtkWidget *button = window_fixture_find_labelled (user_data, GTK_TYPE_BUTTON, "Compare…");

  return button != NULL && gtk_widget_get_mapped (button);
}

/* (transfer none) (nullable): the window of that title, whatever it is over. */
static GtkWidget *
find_window (const char *title)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (g_strcmp0 (gtk_window_get_title (GTK_WINDOW (link->data)), title) == 0)
      return link->data;

  return NULL;
}

static gboolean
is_compared (gpointer user_data)
{
  return find_window ("Pictures That Look Alike") != NULL;
}

/* Looking for pictures that look alike, and closing while they are shown. */
static void
test_near (WindowFixture *fixture,
           gconstpointer  data)
{
  GtkWidget *dialog = open_dialog (fixture);
  GtkWidget *grouping = window_fixture_find (dialog, ADW_TYPE_COMBO_ROW, 1);

  adw_combo_row_set_selected (ADW_COMBO_ROW (grouping), 2);
  g_assert_true (window_fixture_wait (has_compare, dialog));
  g_assert_true (window_fixture_wait (can_apply, dialog));
  gtk_widget_activate_action (dialog, "split.compare", NULL);
  g_assert_true (window_fixture_wait (is_compared, NULL));
  window_fixture_settle (fixture);
  gtk_window_destroy (GTK_WINDOW (find_window ("Pictures That Look Alike")));
  gtk_window_destroy (GTK_WINDOW (dialog));
  window_fixture_settle (fixture);
}

/* A pattern that matches nothing is said, and cannot be carried out. */
static void
test_pattern (WindowFixture *fixture,
              gconstpointer  data)
{
  GtkWidget *dialog = open_dialog (fixture);
  GtkWidget *grouping = window_fixture_find (dialog, ADW_TYPE_COMBO_ROW, 1);
  GtkWidget *entry = window_fixture_find (dialog, ADW_TYPE_ENTRY_ROW, 0);

  adw_combo_row_set_selected (ADW_COMBO_ROW (grouping), 4);
  gtk_editable_set_text (GTK_EDITABLE (entry), "no-such-name");
  window_fixture_settle (fixture);
  g_assert_false (can_apply (dialog));
  gtk_editable_set_text (GTK_EDITABLE (entry), "([a-z]+)/");
  g_assert_true (window_fixture_wait (can_apply, dialog));
  g_assert_nonnull (window_fixture_find_labelled (
                      dialog, GTK_TYPE_LABEL, "2 groups with 30 images stay together; the largest has 20"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  window_fixture_settle (fixture);
}

static GtkWidget *
find_mend_button (GtkWidget *root)
{
  return window_fixture_find_labelled (root, GTK_TYPE_BUTTON, "_Mend…");
}

static gboolean
warns (gpointer user_data)
{
  GtkWidget *dialog = window_fixture_find_dialog (user_data);

  return dialog != NULL && find_mend_button (dialog) != NULL &&
         gtk_widget_get_mapped (find_mend_button (dialog));
}

static gboolean
is_calm (gpointer user_data)
{
  return !warns (user_data);
}

static gboolean
is_asked (gpointer user_data)
{
  return find_window ("Mend the Leaks") != NULL;
}

/* The same files in train and test: the export says so before it begins, until it is mended. */
static void
test_export_warns (WindowFixture *fixture,
                   gconstpointer  data)
{
  g_autofree char *train = g_build_filename (fixture->folder, "two", "train", NULL);
  g_autofree char *test = g_build_filename (fixture->folder, "two", "test", NULL);
  g_autofree char *root = g_path_get_dirname (train);
  GtkWidget *dialog;

  g_assert_cmpint (g_mkdir_with_parents (root, 0755), ==, 0);
  window_fixture_write_dataset (train, waste);
  window_fixture_write_dataset (test, waste);
  window_fixture_import (fixture, root);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.export", NULL));
  g_assert_true (window_fixture_wait (warns, fixture));
  dialog = window_fixture_find_dialog (fixture);
  g_assert_nonnull (window_fixture_find_labelled (
                      dialog, GTK_TYPE_LABEL, "30 images of test are also in train\n"
                      "A model is not tested by what it was trained on."));
  g_signal_emit_by_name (find_mend_button (dialog), "clicked");
  g_assert_true (window_fixture_wait (is_asked, NULL));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (find_window ("Mend the Leaks")), "exclude");
  g_assert_true (window_fixture_wait (is_calm, fixture));
  gtk_window_destroy (GTK_WINDOW (dialog));
  window_fixture_settle (fixture);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/app/splits/split", WindowFixture, NULL, set_up, test_split, tear_down);
  g_test_add ("/app/splits/shares", WindowFixture, NULL, set_up, test_shares, tear_down);
  g_test_add ("/app/splits/rows", WindowFixture, NULL, set_up, test_rows, tear_down);
  g_test_add ("/app/splits/from", WindowFixture, NULL, set_up, test_from, tear_down);
  g_test_add ("/app/splits/near", WindowFixture, NULL, set_up, test_near, tear_down);
  g_test_add ("/app/splits/pattern", WindowFixture, NULL, set_up, test_pattern, tear_down);

  g_test_add ("/app/splits/export-warns", WindowFixture, NULL, set_up, test_export_warns, tear_down);

  return g_test_run ();
}
