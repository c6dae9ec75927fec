/*
 * screenshots DATASET FOLDER [PAGE …]: pictures of every page, for people to look at.
 *
 * The looks come from outside: ADW_DEBUG_COLOR_SCHEME, LANGUAGE, BALLAST_WINDOW_SIZE=WxH.
 */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "ballast-effect-card.h"
#include "ballast-import-page.h"
#include "ballast-problem.h"
#include "window-fixture.h"

static void
set_size (WindowFixture *fixture)
{
  const char *text = g_getenv ("BALLAST_WINDOW_SIZE");
  int width = 1200;
  int height = 800;

  if (text != NULL && sscanf (text, "%dx%d", &width, &height) != 2)
    g_error ("BALLAST_WINDOW_SIZE is WIDTHxHEIGHT");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
}

static gboolean
on_timeout (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Thumbnails and previews come when they come: a picture for people waits a moment for them. */
static void
spin (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, on_timeout, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
shoot_window (WindowFixture *fixture,
              GtkWidget     *window,
              const char    *folder,
              const char    *name)
{
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  window_fixture_settle (fixture);
  spin (g_getenv ("BALLAST_SHOT_WAIT_MS") != NULL ? atoi (g_getenv ("BALLAST_SHOT_WAIT_MS")) : 1500);
  window_fixture_settle (fixture);
  window_fixture_screenshot (window, path);
  g_print ("%s\n", path);
}

static void
shoot (WindowFixture *fixture,
       const char    *folder,
       const char    *name)
{
  shoot_window (fixture, GTK_WIDGET (fixture->window), folder, name);
}

static void
shoot_dialog (WindowFixture *fixture,
              const char    *action,
              const char    *folder,
              const char    *name)
{
  GtkWidget *dialog;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL);
  window_fixture_settle (fixture);
  dialog = window_fixture_find_dialog (fixture);
  if (dialog == NULL)
    return;

  shoot_window (fixture, dialog, folder, name);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* The preview of an import, and back to the first-run page. */
static void
shoot_import (WindowFixture *fixture,
              const char    *dataset,
              const char    *folder)
{
  g_autoptr(GFile) file = g_file_new_for_path (dataset);
  GtkWidget *page
    = window_fixture_find (GTK_WIDGET (fixture->window), BALLAST_TYPE_IMPORT_PAGE, 0);

  ballast_window_open (fixture->window, file);
  shoot (fixture, folder, "import");
  gtk_widget_activate_action (page, "import.cancel", NULL);
}

/* The schemes of weights side by side, behind a button of the balance page. */
static void
shoot_weights (WindowFixture *fixture,
               const char    *folder)
{
  GtkWidget *button = window_fixture_find_labelled (GTK_WIDGET (fixture->window), GTK_TYPE_BUTTON,
                                                    _("Compare Schemes…"));

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "balance");
  window_fixture_settle (fixture);
  g_signal_emit_by_name (button, "clicked");
  shoot (fixture, folder, "compare-weights");
}

static gboolean
effect_is_known (gpointer user_data)
{
  WindowFixture *fixture = user_data;
  GtkWidget *card = window_fixture_find (GTK_WIDGET (fixture->window), BALLAST_TYPE_EFFECT_CARD, 0);
  GtkWidget *stack = window_fixture_find (card, GTK_TYPE_STACK, 0);

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "report") == 0;
}

/* The balance page, tall enough for the estimate below its warnings. */
static void
shoot_effect (WindowFixture *fixture,
              const char    *folder)
{
  GtkWidget *card = window_fixture_find (GTK_WIDGET (fixture->window), BALLAST_TYPE_EFFECT_CARD, 0);
  GtkWidget *scrolled = gtk_widget_get_ancestor (card, GTK_TYPE_SCROLLED_WINDOW);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "balance");
  g_signal_emit_by_name (window_fixture_find (card, GTK_TYPE_BUTTON, 0), "clicked");
  window_fixture_wait (effect_is_known, fixture);
  gtk_adjustment_set_value (
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), 10000);
  shoot (fixture, folder, "effect");
}

int
main (int    argc,
      char **argv)
{
  static const char *const pages[] = { "overview", "images", "augment", "balance" };
  WindowFixture fixture = { 0 };

  if (argc < 3)
    {
      g_printerr ("screenshots DATASET FOLDER\n");
      return 2;
    }

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("BALLAST_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  adw_init ();
  g_mkdir_with_parents (argv[2], 0755);

  window_fixture_set_up (&fixture);
  set_size (&fixture);
  shoot (&fixture, argv[2], "first-run");
  shoot_import (&fixture, argv[1], argv[2]);
  window_fixture_import (&fixture, argv[1]);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.show-page", "s", pages[i]);
      shoot (&fixture, argv[2], pages[i]);
    }
  shoot_effect (&fixture, argv[2]);
  shoot_weights (&fixture, argv[2]);
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.review-problem", "u",
                              BALLAST_PROBLEM_CLASS_CONFLICT);
  shoot_dialog (&fixture, "win.search", argv[2], "review");
  shoot_dialog (&fixture, "win.export", argv[2], "export");
  shoot_dialog (&fixture, "win.export-weights", argv[2], "weights");
  shoot_dialog (&fixture, "app.preferences", argv[2], "preferences");
  shoot_dialog (&fixture, "win.show-help-overlay", argv[2], "shortcuts");
  window_fixture_tear_down (&fixture);

  return 0;
}
