/*
 * The export dialog.
 *
 * What is chosen is the project's (one undoable edit when the export starts); the summary is
 * computed from the counts at each change, in microseconds.  The writing is a job of the document:
 * this window watches it and may be closed.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-export-dialog-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ballast-application.h"
#include "ballast-chart-model.h"
#include "ballast-document-edits.h"
#include "ballast-file-choosers.h"
#include "ballast-number-text.h"

G_DEFINE_FINAL_TYPE (BallastExportDialog, ballast_export_dialog, ADW_TYPE_WINDOW)

static void
on_choice_changed (BallastExportDialog *self)
{
  if (!self->filling && self->document != NULL)
    _ballast_export_dialog_show_choices (self);
}

/* What is not known of the data when the dialog opens. */
static void
on_substance_loaded (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr(BallastExportDialog) self = user_data;
  BallastExportSubstance *substance = ballast_export_substance_load_finish (result, NULL);

  g_free (self->substance);
  self->substance = substance;
  if (substance != NULL)
    on_choice_changed (self);
}

/* Leaks can be mended, and edits undone, while the dialog is open. */
static void
on_document_changed (BallastExportDialog *self)
{
  ballast_export_substance_load_async (self->document, self->cancellable, on_substance_loaded,
                                       g_object_ref (self));
}

static void
show_page (BallastExportDialog *self,
           const char          *page)
{
  gboolean setup = g_str_equal (page, "setup");

  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (self->export_button, setup);
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), setup ? _("Cancel") : _("Close"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cancel_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, setup ? _("Cancel") : _("Close"),
                                  -1);
}

static void
on_job_notify (BallastExportDialog *self)
{
  double fraction = ballast_job_get_fraction (self->job);
  double seconds = ballast_job_get_seconds_left (self->job);
  const char *message = ballast_job_get_message (self->job);
  g_autofree char *text = NULL;

  if (seconds >= 1)
    {
      g_autofree char *left = ballast_text_of_duration (seconds);

      text = g_strdup_printf (_("%s · %s left"), message, left);
    }
  gtk_label_set_label (self->progress_message, text != NULL ? text : message);
  if (fraction > 0)
    gtk_progress_bar_set_fraction (self->progress, MIN (fraction, 1));
  else
    gtk_progress_bar_pulse (self->progress);
}

static void
show_result (BallastExportDialog       *self,
             const BallastExportResult *result)
{
  g_autofree char *count = ballast_chart_format_count (result->written + result->skipped);
  g_autofree char *title
    = g_strdup_printf (g_dngettext (NULL, "%s File Written", "%s Files Written",
                                    MIN (result->written + result->skipped, G_MAXULONG)), count);
  g_autofree char *bytes = ballast_text_of_bytes (result->bytes);
  g_autofree char *duration = ballast_text_of_duration (result->seconds);
  GString *text = g_string_new (NULL);
  g_autofree char *markup = NULL;

  g_string_append_printf (text, _("%s in %s"), bytes, duration);
  if (result->problems > 0)
    {
      g_autofree char *problems = ballast_chart_format_count (result->problems);

      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              g_dngettext (NULL, "%s source could not be read",
                                           "%s sources could not be read",
                                           MIN (result->problems, G_MAXULONG)),
                              problems);
    }
  for (guint i = 0; result->notes != NULL && result->notes[i] != NULL && i < 3; i++)
    g_string_append_printf (text, "\n%s", result->notes[i]);

  markup = g_markup_escape_text (text->str, text->len);
  g_string_free (text, TRUE);
  adw_status_page_set_title (self->done, title);
  adw_status_page_set_description (self->done, markup);
  show_page (self, "done");
}

static void
on_job_finished (BallastExportDialog *self)
{
  const GError *error = ballast_job_get_error (self->job);
  g_autofree char *markup = NULL;

  if (ballast_job_get_state (self->job) == BALLAST_JOB_DONE)
    {
      show_result (self, ballast_job_get_result (self->job));
      return;
    }

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    markup = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->failed, markup != NULL
                                                   ? markup
                                                   : _("What is written stays. The export goes on "
                                                        "from there."));
  show_page (self, "failed");
}

static void
set_job (BallastExportDialog *self,
         BallastJob          *job)
{
  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_set_object (&self->job, job);
  if (job == NULL)
    return;

  g_signal_connect_swapped (job, "notify", G_CALLBACK (on_job_notify), self);
  g_signal_connect_swapped (job, "finished", G_CALLBACK (on_job_finished), self);
}

/* What the user prefers; 0 for one a core. */
static guint
get_n_threads (BallastExportDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  GtkApplication *application = parent != NULL ? gtk_window_get_application (parent) : NULL;

  if (!BALLAST_IS_APPLICATION (application))
    return 0;

  return ballast_preferences_get_export_threads (
    ballast_application_get_preferences (BALLAST_APPLICATION (application)));
}

static void
start_job (BallastExportDialog         *self,
           const BallastExportSettings *settings)
{
  BallastJob *(*export) (BallastDocument *, const char *, const BallastExportSettings *, guint) =
    gtk_switch_get_active (self->hierarchy) ? ballast_document_export_hierarchy : ballast_document_export;
  g_autoptr(BallastJob) job = export (self->document, self->folder, settings, get_n_threads (self));

  g_object_set_data (G_OBJECT (job), "ballast-export", self->document);
  set_job (self, job);
  gtk_label_set_label (self->progress_title, _("Writing the dataset…"));
  show_page (self, "progress");
  if (ballast_job_is_running (job))
    on_job_notify (self);
  else
    on_job_finished (self);
}

static void
set_export_done (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(BallastExportDialog) self = BALLAST_EXPORT_DIALOG (user_data);
  g_auto(BallastExportSettings) settings = { 0 };

  /* A project that cannot be written to can still be exported. */
  ballast_document_edit_finish (BALLAST_DOCUMENT (source), result, NULL);
  if (self->document == NULL)
    return;

  _ballast_export_dialog_read_choices (self, &settings);
  start_job (self, &settings);
}

static void
on_start (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  BallastExportDialog *self = BALLAST_EXPORT_DIALOG (widget);
  g_auto(BallastExportSettings) settings = { 0 };
  BallastSettings *stored = ballast_document_get_settings (self->document);

  _ballast_export_dialog_read_choices (self, &settings);
  if (ballast_export_settings_equal (&settings, ballast_settings_get_export (stored)))
    start_job (self, &settings);
  else
    ballast_document_set_export_async (self->document, &settings, set_export_done,
                                       g_object_ref (self));
}

static void
on_cancel (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
on_stop (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastExportDialog *self = BALLAST_EXPORT_DIALOG (widget);

  if (self->job != NULL)
    ballast_job_cancel (self->job);
}

static void
on_open_folder (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  BallastExportDialog *self = BALLAST_EXPORT_DIALOG (widget);
  g_autofree char *uri = g_filename_to_uri (self->folder, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

/* (transfer full): "TrashNet-balanced". */
static char *
dup_folder_name (BallastExportDialog *self)
{
  return g_strdup_printf ("%s-balanced", ballast_document_get_title (self->document));
}

/* An empty folder is taken as it is; in any other a new one is made. */
static void
on_folder_chosen (GFile   *file,
                  gpointer owner)
{
  BallastExportDialog *self = BALLAST_EXPORT_DIALOG (owner);
  g_autofree char *name = NULL;
  g_autofree char *inside = NULL;

  if (self->document == NULL)
    return;

  ballast_export_dialog_set_folder (self, g_file_peek_path (file));
  if (!_ballast_export_dialog_is_taken (self))
    return;

  name = dup_folder_name (self);
  inside = g_build_filename (g_file_peek_path (file), name, NULL);
  ballast_export_dialog_set_folder (self, inside);
}

static void
on_choose_folder (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  ballast_choose_folder (GTK_WINDOW (widget), _("Where to Write the Dataset"), on_folder_chosen,
                         widget);
}

/* A folder of the user's documents that is free, or holds an export to continue. */
static void
set_default_folder (BallastExportDialog *self)
{
  const char *documents = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *name = dup_folder_name (self);
  g_autofree char *path = g_build_filename (documents != NULL ? documents : g_get_home_dir (), name,
                                            NULL);

  ballast_export_dialog_set_folder (self, path);
  for (guint i = 2; _ballast_export_dialog_is_taken (self) && i < 100; i++)
    {
      g_autofree char *numbered = g_strdup_printf ("%s-%u", path, i);

      ballast_export_dialog_set_folder (self, numbered);
    }
}

static void
ballast_export_dialog_dispose (GObject *object)
{
  BallastExportDialog *self = BALLAST_EXPORT_DIALOG (object);

  set_job (self, NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->substance, g_free);
  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_EXPORT_DIALOG);

  G_OBJECT_CLASS (ballast_export_dialog_parent_class)->dispose (object);
}

static void
ballast_export_dialog_finalize (GObject *object)
{
  g_free (BALLAST_EXPORT_DIALOG (object)->folder);

  G_OBJECT_CLASS (ballast_export_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (BALLAST_TYPE_LEAKS_NOTE);
  g_type_ensure (BALLAST_TYPE_WEIGHT_KINDS_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, folder_label);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, layout);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, originals);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, quality_row);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, quality);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, seed);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, weights_row);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, weights_button);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, hierarchy_row);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, hierarchy);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, leaks);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, summary_detail);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, warning);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, progress_title);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, progress_message);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, done);
  gtk_widget_class_bind_template_child (widget_class, BallastExportDialog, failed);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);
}

static void
ballast_export_dialog_class_init (BallastExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ballast_export_dialog_dispose;
  object_class->finalize = ballast_export_dialog_finalize;

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "export.start", NULL, on_start);
  gtk_widget_class_install_action (widget_class, "export.cancel", NULL, on_cancel);
  gtk_widget_class_install_action (widget_class, "export.stop", NULL, on_stop);
  gtk_widget_class_install_action (widget_class, "export.open-folder", NULL, on_open_folder);
  gtk_widget_class_install_action (widget_class, "export.choose-folder", NULL, on_choose_folder);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "export.cancel", NULL);
}

static void
ballast_export_dialog_init (BallastExportDialog *self)
{
  g_autoptr(GtkStringList) layouts = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = TRUE;
  for (guint i = 0; i < ballast_export_layouts_get_n (); i++)
    gtk_string_list_append (layouts, ballast_export_layouts_get_title (i));
  adw_combo_row_set_model (self->layout, G_LIST_MODEL (layouts));
  self->filling = FALSE;
}

GtkWidget *
ballast_export_dialog_present (GtkWindow       *parent,
                               BallastDocument *document)
{
  BallastExportDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (document), NULL);

  self = g_object_new (BALLAST_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  self->document = g_object_ref (document);
  _ballast_export_dialog_fill_choices (self);
  ballast_leaks_note_set_document (self->leaks, document);
  set_default_folder (self);
  on_choice_changed (self);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (document, "changed", G_CALLBACK (on_document_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (document, "planned", G_CALLBACK (on_choice_changed), self,
                           G_CONNECT_SWAPPED);
  on_document_changed (self);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->export_button);

  return GTK_WIDGET (self);
}

void
ballast_export_dialog_set_folder (BallastExportDialog *self,
                                  const char          *path)
{
  g_autofree char *display = NULL;
  const char *home = g_get_home_dir ();

  g_return_if_fail (BALLAST_IS_EXPORT_DIALOG (self));
  g_return_if_fail (path != NULL);

  g_free (self->folder);
  self->folder = g_strdup (path);
  display = g_filename_display_name (path);
  if (g_str_has_prefix (display, home) && display[strlen (home)] == '/')
    {
      g_autofree char *full = g_steal_pointer (&display);

      display = g_strconcat ("~", full + strlen (home), NULL);
    }
  gtk_label_set_label (self->folder_label, display);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->folder_label), display);
  on_choice_changed (self);
}
