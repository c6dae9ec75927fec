/*
 * Hierarchies as files: trees and accuracies that are read, trees and drawings that are saved, and
 * the datasets of all groups.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-hierarchy-page-private.h"

#include <glib/gi18n.h>

#include "ballast-chart-file.h"
#include "ballast-document-export.h"
#include "ballast-document-hierarchy.h"
#include "ballast-file-choosers.h"
#include "ballast-hierarchy-chart.h"
#include "ballast-hierarchy-file.h"

static void
toast (BallastHierarchyPage *self,
       const char           *text)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", text);
}

/* (transfer full) (nullable): the path of a file that is on this machine; a toast otherwise. */
static char *
dup_path (BallastHierarchyPage *self,
          GFile                *file)
{
  char *path = g_file_get_path (file);

  if (path == NULL)
    toast (self, _("The file must be on this computer"));
  return path;
}

static void
take_tree (BallastHierarchyPage *self,
           const char           *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastHierarchy) read = ballast_hierarchy_file_read (path, &error);
  BallastHierarchy *fitted = NULL;
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *label = g_strdup_printf ("Load the hierarchy “%s”", name);
  g_autofree char *message = NULL;
  guint n_unknown = 0;

  if (read != NULL)
    fitted = ballast_document_fit_hierarchy (self->document, read, &n_unknown, &error);
  if (fitted == NULL)
    {
      _ballast_hierarchy_page_fail (self, error);
      return;
    }
  message = n_unknown == 0
              ? g_strdup_printf (_("“%s” is loaded"), name)
              : g_strdup_printf (g_dngettext (NULL, "“%s” is loaded, but for %u name that no class has",
                                              "“%s” is loaded, but for %u names that no class has",
                                              n_unknown), name, n_unknown);
  _ballast_hierarchy_page_store (self, fitted, label, message);
}

static void
take_accuracies (BallastHierarchyPage *self,
                 const char           *path)
{
  BallastHierarchy *next = ballast_hierarchy_copy (self->draft);
  g_autoptr(GError) error = NULL;
  guint n_unknown = 0;

  if (ballast_hierarchy_file_read_accuracies (next, path, &n_unknown, &error))
    {
      _ballast_hierarchy_page_store (self, next, "Change accuracies", _("Accuracies are loaded"));
      return;
    }
  _ballast_hierarchy_page_fail (self, error);
  ballast_hierarchy_free (next);
}

static void
on_load_response (GtkNativeDialog      *chooser,
                  int                   response,
                  BallastHierarchyPage *self)
{
  if (response == GTK_RESPONSE_ACCEPT && self->document != NULL)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      g_autofree char *path = dup_path (self, file);

      if (path != NULL && g_object_get_data (G_OBJECT (chooser), "accuracies") != NULL)
        take_accuracies (self, path);
      else if (path != NULL)
        take_tree (self, path);
    }
  g_object_unref (chooser);
}

static void
choose_file (BallastHierarchyPage *self,
             const char           *title,
             gboolean              accuracies)
{
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, _("_Load"), _("_Cancel"));
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Tables and JSON"));
  gtk_file_filter_add_pattern (filter, "*.json");
  gtk_file_filter_add_pattern (filter, "*.csv");
  gtk_file_filter_add_pattern (filter, "*.tsv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_object_set_data (G_OBJECT (chooser), "accuracies", accuracies ? self : NULL);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_load_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
load (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  choose_file (BALLAST_HIERARCHY_PAGE (widget), _("Load Hierarchy"), FALSE);
}

static void
load_accuracies (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  choose_file (BALLAST_HIERARCHY_PAGE (widget), _("Load Accuracies"), TRUE);
}

static void
on_drawing_saved (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(BallastHierarchyPage) self = user_data;
  g_autoptr(GError) error = NULL;

  if (ballast_document_save_tree_finish (BALLAST_DOCUMENT (object), result, &error))
    toast (self, _("Hierarchy saved"));
  else
    _ballast_hierarchy_page_fail (self, error);
}

static void
save_to (GFile   *file,
         gpointer user_data)
{
  BallastHierarchyPage *self = user_data;
  g_autofree char *path = dup_path (self, file);
  g_autoptr(GError) error = NULL;

  if (path == NULL || self->document == NULL)
    return;
  if (ballast_chart_file_is_supported (path))
    ballast_document_save_tree_async (self->document,
                                      g_strcmp0 (self->style, "icicle") == 0
                                        ? BALLAST_TREE_STYLE_ICICLE : BALLAST_TREE_STYLE_TREE,
                                      path, on_drawing_saved, g_object_ref (self));
  else if (ballast_hierarchy_file_write (self->draft, path, &error))
    toast (self, _("Hierarchy saved"));
  else
    _ballast_hierarchy_page_fail (self, error);
}

/* "png", "svg", "pdf", "json", "csv" */
static void
save (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (widget);
  const char *extension = g_variant_get_string (parameter, NULL);
  g_autofree char *name = g_strdup_printf ("%s.%s", self->draft->root->name, extension);
  BallastSaveChoice choice = { _("Save Hierarchy"), _("_Save"), name, extension };

  ballast_choose_save_file (GTK_WINDOW (gtk_widget_get_root (widget)), &choice, save_to, self);
}

static void
on_exported (BallastJob           *job,
             BallastHierarchyPage *self)
{
  const BallastExportResult *result = ballast_job_get_result (job);
  const GError *error = ballast_job_get_error (job);
  g_autofree char *text = NULL;

  if (ballast_job_get_state (job) == BALLAST_JOB_DONE)
    {
      text = g_strdup_printf (g_dngettext (NULL, "%u dataset is written", "%u datasets are written",
                                           self->figures->n_datasets), self->figures->n_datasets);
      toast (self, result->notes[0] != NULL ? result->notes[0] : text);
    }
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _ballast_hierarchy_page_fail (self, error);
}

/* With the project's export settings; what they would copy is linked: every picture is in a dataset
 * of each level. */
static void
export_to (GFile   *file,
           gpointer user_data)
{
  BallastHierarchyPage *self = user_data;
  g_autofree char *path = dup_path (self, file);
  g_auto(BallastExportSettings) settings = { 0 };
  g_autoptr(BallastJob) job = NULL;

  if (path == NULL || self->document == NULL)
    return;
  ballast_export_settings_copy (
    ballast_settings_get_export (ballast_document_get_settings (self->document)), &settings);
  if (g_strcmp0 (settings.originals, "copy") == 0)
    {
      g_free (settings.originals);
      settings.originals = g_strdup ("symlink");
    }
  job = ballast_document_export_hierarchy (self->document, path, &settings, 0);
  g_signal_connect_object (job, "finished", G_CALLBACK (on_exported), self, 0);
  if (!ballast_job_is_running (job))
    on_exported (job, self);
}

static void
export_datasets (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (widget);
  g_autofree char *name = g_strdup_printf (_("%s hierarchy"),
                                           ballast_document_get_title (self->document));
  BallastSaveChoice choice = { _("Export One Dataset a Group"), _("_Export"), name, NULL };

  ballast_choose_save_file (GTK_WINDOW (gtk_widget_get_root (widget)), &choice, export_to, self);
}

void
_ballast_hierarchy_page_install_files (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "hierarchy.load", NULL, load);
  gtk_widget_class_install_action (widget_class, "hierarchy.load-accuracies", NULL, load_accuracies);
  gtk_widget_class_install_action (widget_class, "hierarchy.save", "s", save);
  gtk_widget_class_install_action (widget_class, "hierarchy.export", NULL, export_datasets);
}
