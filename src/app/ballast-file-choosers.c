/*
 * The choosers of files and folders that more than one place needs.
 *
 * GtkFileChooserNative is not a widget and nobody else holds it: the request owns it until it has
 * answered.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-file-choosers.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkFileChooserNative *chooser;
  BallastFileChosenFunc func;
  GObject              *owner;
} Request;

static void
on_response (GtkNativeDialog *dialog,
             int              response,
             Request         *request)
{
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    request->func (file, request->owner);

  gtk_native_dialog_destroy (dialog);
  g_object_unref (request->chooser);
  g_object_unref (request->owner);
  g_free (request);
}

static void
show_chooser (GtkFileChooserNative *chooser,
              BallastFileChosenFunc func,
              gpointer              owner)
{
  Request *request = g_new0 (Request, 1);

  request->chooser = chooser;
  request->func = func;
  request->owner = g_object_ref (owner);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (on_response), request);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
add_filter (GtkFileChooser    *chooser,
            const char        *name,
            const char *const *suffixes)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
ballast_choose_folder (GtkWindow            *parent,
                       const char           *title,
                       BallastFileChosenFunc func,
                       gpointer              owner)
{
  GtkFileChooserNative *chooser
    = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                   _("_Select"), _("_Cancel"));

  show_chooser (chooser, func, owner);
}

void
ballast_choose_dataset_file (GtkWindow            *parent,
                             BallastFileChosenFunc func,
                             gpointer              owner)
{
  static const char *const all[] = { "ballast", "csv", "tsv", "jsonl", "ndjson", "txt", NULL };
  static const char *const projects[] = { "ballast", NULL };
  GtkFileChooserNative *chooser
    = gtk_file_chooser_native_new (_("Open a Project or a Manifest"), parent,
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));

  add_filter (GTK_FILE_CHOOSER (chooser), _("Projects and Manifests"), all);
  add_filter (GTK_FILE_CHOOSER (chooser), _("Ballast Projects"), projects);
  show_chooser (chooser, func, owner);
}

void
ballast_choose_save_file (GtkWindow               *parent,
                          const BallastSaveChoice *choice,
                          BallastFileChosenFunc    func,
                          gpointer                 owner)
{
  GtkFileChooserNative *chooser
    = gtk_file_chooser_native_new (choice->title, parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                   choice->accept, _("_Cancel"));

  if (choice->name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), choice->name);
  if (choice->extension != NULL)
    {
      const char *suffixes[] = { choice->extension, NULL };

      add_filter (GTK_FILE_CHOOSER (chooser), choice->extension, suffixes);
    }
  show_chooser (chooser, func, owner);
}
