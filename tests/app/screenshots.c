/*
 * screenshots DATASET FOLDER [PAGE …]: pictures of every page, for people to look at.
 *
 * The looks come from outside: ADW_DEBUG_COLOR_SCHEME, LANGUAGE, BALLAST_WINDOW_SIZE=WxH.
 */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>

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

static void
shoot_window (WindowFixture *fixture,
              GtkWidget     *window,
              const char    *folder,
              const char    *name)
{
  g_autofree char *file = g_strconcat (name, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  window_fixture_settle (fixture);
  g_usleep (300 * 1000);
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
  dialog = window_fixture_find_dialog (fixture);
  if (dialog == NULL)
    return;

  shoot_window (fixture, dialog, folder, name);
  gtk_window_destroy (GTK_WINDOW (dialog));
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
  window_fixture_import (&fixture, argv[1]);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.show-page", "s", pages[i]);
      shoot (&fixture, argv[2], pages[i]);
    }
  shoot_dialog (&fixture, "win.export", argv[2], "export");
  shoot_dialog (&fixture, "win.export-weights", argv[2], "weights");
  shoot_dialog (&fixture, "app.preferences", argv[2], "preferences");
  shoot_dialog (&fixture, "win.show-help-overlay", argv[2], "shortcuts");
  window_fixture_tear_down (&fixture);

  return 0;
}
