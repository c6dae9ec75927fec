/*
 * The application: one process, any number of windows, each with at most one project.
 *
 * It owns what the windows share (recent projects, keys, the about window) and decides which
 * window a file is opened in.  Everything that concerns one project is the window's.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-application.h"

#include <glib/gi18n.h>

#include "ballast-file-choosers.h"
#include "ballast-guide.h"
#include "ballast-preferences-window.h"
#include "ballast-window.h"

struct _BallastApplication
{
  AdwApplication parent_instance;

  BallastRecentProjects *recent_projects;
  BallastPreferences    *preferences;
};

G_DEFINE_FINAL_TYPE (BallastApplication, ballast_application, ADW_TYPE_APPLICATION)

typedef struct
{
  const char *action;
  const char *keys[3];
} Keys;

/* Keys are bound to actions, never to callbacks; the shortcuts window reads them from here. */
static const Keys keys[] = {
  { "app.new-window", { "<Primary>n" } },
  { "app.open-folder", { "<Primary>o" } },
  { "app.open-file", { "<Primary><Shift>o" } },
  { "app.preferences", { "<Primary>comma" } },
  { "app.guide", { "F1" } },
  { "app.quit", { "<Primary>q" } },
  { "win.close", { "<Primary>w" } },
  { "win.undo", { "<Primary>z" } },
  { "win.redo", { "<Primary><Shift>z", "<Primary>y" } },
  { "win.export", { "<Primary>e" } },
  { "win.export-weights", { "<Primary><Shift>e" } },
  { "win.save-report", { "<Primary><Shift>s" } },
  { "win.import-again", { "F5" } },
  { "win.split-dataset", { "<Primary><Shift>d" } },
  { "win.search", { "<Primary>f" } },
  { "win.show-sidebar", { "F9" } },
  { "win.show-page('overview')", { "<Alt>1" } },
  { "win.show-page('images')", { "<Alt>2" } },
  { "win.show-page('augment')", { "<Alt>3" } },
  { "win.show-page('balance')", { "<Alt>4" } },
  { "win.show-page('hierarchy')", { "<Alt>5" } },
};

/* (transfer none): the active window where it shows no project, else a new one. */
static BallastWindow *
get_empty_window (BallastApplication *self)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (BALLAST_IS_WINDOW (active) && ballast_window_is_empty (BALLAST_WINDOW (active)))
    return BALLAST_WINDOW (active);

  return ballast_window_new (self);
}

/* (transfer none) (nullable): the window that shows the project @file. */
static GtkWindow *
find_window (BallastApplication *self,
             GFile              *file)
{
  const char *path = g_file_peek_path (file);

  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL;
       link = link->next)
    {
      BallastDocument *document
        = BALLAST_IS_WINDOW (link->data) ? ballast_window_get_document (link->data) : NULL;

      if (document != NULL && g_strcmp0 (ballast_document_get_path (document), path) == 0)
        return link->data;
    }

  return NULL;
}

static void
on_new_window (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  BallastApplication *self = BALLAST_APPLICATION (user_data);

  gtk_window_present (GTK_WINDOW (ballast_window_new (self)));
}

static void
on_file_chosen (GFile   *file,
                gpointer user_data)
{
  ballast_application_open (BALLAST_APPLICATION (user_data), file);
}

static void
on_open_folder (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BallastApplication *self = BALLAST_APPLICATION (user_data);

  ballast_choose_folder (gtk_application_get_active_window (GTK_APPLICATION (self)),
                         _("Open a Folder of Images"), on_file_chosen, self);
}

static void
on_open_file (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  BallastApplication *self = BALLAST_APPLICATION (user_data);

  ballast_choose_dataset_file (gtk_application_get_active_window (GTK_APPLICATION (self)),
                               on_file_chosen, self);
}

static void
on_open_recent (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  g_autoptr(GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  ballast_application_open (BALLAST_APPLICATION (user_data), file);
}

static void
on_forget_recent (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  BallastApplication *self = BALLAST_APPLICATION (user_data);

  ballast_recent_projects_remove (self->recent_projects, g_variant_get_string (parameter, NULL));
}

static void
on_open_sample (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BallastWindow *window = get_empty_window (BALLAST_APPLICATION (user_data));

  gtk_window_present (GTK_WINDOW (window));
  ballast_window_open_sample (window, g_variant_get_string (parameter, NULL));
}

static void
on_preferences (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  BallastApplication *self = BALLAST_APPLICATION (user_data);
  GtkWidget *window = ballast_preferences_window_new (self->preferences);

  gtk_window_set_transient_for (GTK_WINDOW (window),
                                gtk_application_get_active_window (GTK_APPLICATION (self)));
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  static const char *developers[] = { "The Ballast developers", NULL };

  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name", _("Ballast"),
                         "application-icon", BALLAST_APP_ID,
                         "developer-name", _("The Ballast developers"),
                         "developers", developers,
                         "version", BALLAST_VERSION,
                         "comments", _("Shows how unevenly an image dataset is spread over its "
                                        "classes, and evens it out."),
                         "license-type", GTK_LICENSE_MIT_X11,
                         /* Translators: your names, one a line. */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
on_guide (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  ballast_guide_show (gtk_application_get_active_window (user_data));
}

/* Windows are closed one by one, so that each can stop its job in good order. */
static void
on_quit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
}

static const GActionEntry actions[] = {
  { "new-window", on_new_window },
  { "open-folder", on_open_folder },
  { "open-file", on_open_file },
  { "open-recent", on_open_recent, "s" },
  { "forget-recent", on_forget_recent, "s" },
  { "open-sample", on_open_sample, "s" },
  { "preferences", on_preferences },
  { "guide", on_guide },
  { "about", on_about },
  { "quit", on_quit },
};

static void
apply_style (BallastApplication *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[ballast_preferences_get_style (self->preferences)]);
}

static void
ballast_application_startup (GApplication *application)
{
  BallastApplication *self = BALLAST_APPLICATION (application);

  G_APPLICATION_CLASS (ballast_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (BALLAST_APP_ID);
  apply_style (self);
  g_signal_connect_object (self->preferences, "notify::style", G_CALLBACK (apply_style), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action,
                                           (const char *const *) keys[i].keys);
}

static void
ballast_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (ballast_window_new (BALLAST_APPLICATION (application)));
  gtk_window_present (window);
}

static void
ballast_application_open_files (GApplication *application,
                                GFile       **files,
                                int           n_files,
                                const char   *hint)
{
  for (int i = 0; i < n_files; i++)
    ballast_application_open (BALLAST_APPLICATION (application), files[i]);
}

static int
ballast_application_handle_local_options (GApplication *application,
                                          GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  g_print ("ballast %s\n", BALLAST_VERSION);
  return 0;
}

static void
ballast_application_finalize (GObject *object)
{
  BallastApplication *self = BALLAST_APPLICATION (object);

  g_clear_object (&self->recent_projects);
  g_clear_object (&self->preferences);

  G_OBJECT_CLASS (ballast_application_parent_class)->finalize (object);
}

static void
ballast_application_class_init (BallastApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = ballast_application_finalize;

  application_class->startup = ballast_application_startup;
  application_class->activate = ballast_application_activate;
  application_class->open = ballast_application_open_files;
  application_class->handle_local_options = ballast_application_handle_local_options;
}

static void
ballast_application_init (BallastApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, N_("Show the version and leave"), NULL },
    { NULL }
  };

  self->recent_projects = ballast_recent_projects_new ();
  self->preferences = ballast_preferences_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self),
                                                     _("[PROJECT, FOLDER OR MANIFEST…]"));
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

BallastApplication *
ballast_application_new (const char       *application_id,
                         GApplicationFlags flags)
{
  return g_object_new (BALLAST_TYPE_APPLICATION,
                       "application-id", application_id,
                       "flags", flags,
                       "resource-base-path", BALLAST_RESOURCE_BASE,
                       NULL);
}

BallastRecentProjects *
ballast_application_get_recent_projects (BallastApplication *self)
{
  g_return_val_if_fail (BALLAST_IS_APPLICATION (self), NULL);

  return self->recent_projects;
}

BallastPreferences *
ballast_application_get_preferences (BallastApplication *self)
{
  g_return_val_if_fail (BALLAST_IS_APPLICATION (self), NULL);

  return self->preferences;
}

void
ballast_application_open (BallastApplication *self,
                          GFile              *file)
{
  GtkWindow *shown;
  BallastWindow *window;

  g_return_if_fail (BALLAST_IS_APPLICATION (self));
  g_return_if_fail (G_IS_FILE (file));

  shown = find_window (self, file);
  if (shown != NULL)
    {
      gtk_window_present (shown);
      return;
    }

  window = get_empty_window (self);
  gtk_window_present (GTK_WINDOW (window));
  ballast_window_open (window, file);
}
