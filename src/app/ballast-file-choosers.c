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
#include <string.h>

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
  static const char *const all[] = { "ballast", "csv", "tsv", "jsonl", "ndjson", "txt", "json", "yaml",
                                     "yml", "data", "gz", NULL };
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

/* The ending follows the kind that is chosen. */
static void
on_kind_chosen (GtkFileChooser *chooser)
{
  g_autofree char *name = gtk_file_chooser_get_current_name (chooser);
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);
  gboolean page = filter != NULL && g_object_get_data (G_OBJECT (filter), "ballast-page") != NULL;
  char *dot = name == NULL ? NULL : strrchr (name, '.');
  g_autofree char *renamed = NULL;

  if (dot == NULL)
    return;
  *dot = '\0';
  renamed = g_strconcat (name, page ? ".html" : ".pdf", NULL);
  gtk_file_chooser_set_current_name (chooser, renamed);
}

void
ballast_choose_report_file (GtkWindow            *parent,
                            const char           *name,
                            BallastFileChosenFunc func,
                            gpointer              owner)
{
  static const char *const pdf[] = { "pdf", NULL };
  static const char *const html[] = { "html", "htm", NULL };
  GtkFileChooserNative *chooser
    = gtk_file_chooser_native_new (_("Save a Report"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                   _("_Save"), _("_Cancel"));
  g_autoptr(GListModel) filters = NULL;
  g_autoptr(GObject) page = NULL;

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  add_filter (GTK_FILE_CHOOSER (chooser), _("PDF, to Print or Attach"), pdf);
  add_filter (GTK_FILE_CHOOSER (chooser), _("Web Page in One File"), html);
  filters = gtk_file_chooser_get_filters (GTK_FILE_CHOOSER (chooser));
  page = g_list_model_get_item (filters, 1);
  g_object_set_data (page, "ballast-page", page);
  g_signal_connect (chooser, "notify::filter", G_CALLBACK (on_kind_chosen), NULL);
  show_chooser (chooser, func, owner);
}
