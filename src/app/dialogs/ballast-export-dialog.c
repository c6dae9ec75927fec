/*
 * The export dialog.
 *
 * What is chosen is the project's (one undoable edit when the export starts); the summary is
 * computed from the counts at each change, in microseconds.  The writing is a job of the document:
 * this window watches it and may be closed.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-export-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ballast-application.h"
#include "ballast-chart-model.h"
#include "ballast-document-edits.h"
#include "ballast-document-export.h"
#include "ballast-export-hierarchy.h"
#include "ballast-export-layouts.h"
#include "ballast-file-choosers.h"
#include "ballast-leaks-note.h"
#include "ballast-number-text.h"
#include "ballast-weight-kinds-button.h"

/* An export that is not finished yet is written beside its folder, under this ending. */
#define PARTIAL_ENDING ".ballast-partial"

static const char *const originals_names[] = { "copy", "hardlink", "reflink", "symlink", "list" };

struct _BallastExportDialog
{
  AdwWindow parent_instance;

  BallastDocument *document;
  BallastJob      *job;
  char            *folder; /* bytes */

  GtkWidget                *cancel_button;
  GtkWidget                *export_button;
  GtkStack                 *stack;
  GtkLabel                 *folder_label;
  AdwComboRow              *layout;
  AdwComboRow              *originals;
  AdwComboRow              *format;
  GtkWidget                *quality_row;
  GtkSpinButton            *quality;
  GtkSpinButton            *seed;
  AdwActionRow             *weights_row;
  BallastWeightKindsButton *weights_button;
  AdwActionRow             *hierarchy_row;
  GtkSwitch                *hierarchy;
  BallastLeaksNote         *leaks;
  GtkLabel                 *summary;
  GtkLabel                 *summary_detail;
  GtkLabel                 *warning;
  GtkLabel                 *progress_title;
  GtkProgressBar           *progress;
  GtkLabel                 *progress_message;
  AdwStatusPage            *done;
  AdwStatusPage            *failed;

  BallastExportSubstance *substance;   /* NULL: not known yet */
  GCancellable           *cancellable;
  gboolean                filling; /* rows are being set, not chosen */
};

G_DEFINE_FINAL_TYPE (BallastExportDialog, ballast_export_dialog, ADW_TYPE_WINDOW)

static guint
find_name (const char *const *names,
           guint              n_names,
           const char        *name)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return i;

  return 0;
}

/* Fills @settings, which the caller clears, with what the rows say. */
static void
read_rows (BallastExportDialog   *self,
           BallastExportSettings *settings)
{
  ballast_export_settings_init (settings);
  g_free (settings->layout);
  g_free (settings->originals);
  g_free (settings->weights);
  settings->layout = g_strdup (
    ballast_export_layouts_get_name (adw_combo_row_get_selected (self->layout)));
  settings->originals = g_strdup (originals_names[adw_combo_row_get_selected (self->originals)]);
  settings->format = adw_combo_row_get_selected (self->format);
  settings->quality = gtk_spin_button_get_value_as_int (self->quality);
  settings->weights = ballast_weight_kinds_button_dup_kinds (self->weights_button);
  settings->seed = gtk_spin_button_get_value (self->seed);
}

static void
fill_rows (BallastExportDialog *self)
{
  const BallastExportSettings *settings
    = ballast_settings_get_export (ballast_document_get_settings (self->document));

  g_autofree char *hierarchy = ballast_export_hierarchy_dup_help (self->document);

  gtk_widget_set_visible (GTK_WIDGET (self->hierarchy_row), ballast_export_hierarchy_is_there (self->document));
  adw_action_row_set_subtitle (self->hierarchy_row, hierarchy);
  self->filling = TRUE;
  adw_combo_row_set_selected (self->layout, ballast_export_layouts_find (settings->layout));
  adw_combo_row_set_selected (self->originals,
                              find_name (originals_names, G_N_ELEMENTS (originals_names),
                                         settings->originals));
  adw_combo_row_set_selected (self->format, settings->format);
  gtk_spin_button_set_value (self->quality, settings->quality);
  gtk_spin_button_set_value (self->seed, settings->seed);
  ballast_weight_kinds_button_set_kinds (self->weights_button, settings->weights);
  self->filling = FALSE;
}

/* (transfer full): what the layout is good for, and what it has no place for of this dataset. */
static char *
dup_layout_help (BallastExportDialog *self,
                 guint                layout)
{
  g_autoptr(BallastPlan) plan = ballast_document_dup_plan (self->document, NULL);
  const BallastExportQuestion question = {
    .tally = ballast_document_get_tally (self->document),
    .substance = self->substance,
    .format = adw_combo_row_get_selected (self->format),
    .draws = plan != NULL && plan->images_added > 0,
  };
  g_autofree char *loss = ballast_export_layouts_dup_loss (layout, &question);

  return g_strjoin (" ", ballast_export_layouts_get_summary (layout), loss, NULL);
}

static const char *
get_originals_help (guint originals)
{
  static const char *const help[] = {
    N_("Safe anywhere; takes the space a second time"),
    N_("Takes no space; sources are never changed"),
    N_("Takes no space where the file system can share blocks, else copies"),
    N_("Takes no space; breaks when the sources move"),
    N_("Named in the manifest, not placed in the folder"),
  };

  return originals < G_N_ELEMENTS (help) ? _(help[originals]) : "";
}

static void
update_weights_row (BallastExportDialog *self)
{
  const BallastWeightOptions *options
    = ballast_settings_get_weights (ballast_document_get_settings (self->document));
  g_autofree char *subtitle
    = g_strdup_printf (options->basis == BALLAST_WEIGHT_BASIS_PLAN ? _("%s, of the exported set")
                                                                   : _("%s, of the set as it is"),
                       _(options->scheme->title));

  adw_action_row_set_subtitle (self->weights_row, subtitle);
}

static gboolean
is_continued (BallastExportDialog *self)
{
  g_autofree char *partial = g_strconcat (self->folder, PARTIAL_ENDING, NULL);

  return g_file_test (partial, G_FILE_TEST_IS_DIR);
}

/* TRUE where something stands in the way. */
static gboolean
is_taken (BallastExportDialog *self)
{
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);

  if (dir == NULL)
    return g_file_test (self->folder, G_FILE_TEST_EXISTS);

  return g_dir_read_name (dir) != NULL;
}

static void
show_warning (BallastExportDialog         *self,
              const BallastExportEstimate *estimate)
{
  g_autofree char *text = NULL;
  gboolean taken = is_taken (self);

  if (taken)
    text = g_strdup (_("There are files in this folder already. Choose an empty one."));
  else if (estimate->free_bytes != G_MAXUINT64 && estimate->bytes > estimate->free_bytes)
    {
      g_autofree char *free_text = ballast_text_of_bytes (estimate->free_bytes);

      text = g_strdup_printf (_("Only %s are free there."), free_text);
    }
  else if (is_continued (self))
    text = g_strdup (_("An export stopped here before: it will be continued."));
  else if (estimate->note != NULL)
    text = g_strdup (estimate->note);

  gtk_label_set_label (self->warning, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning), text != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.start", !taken);
}

static void
update_summary (BallastExportDialog *self)
{
  g_auto(BallastExportSettings) settings = { 0 };
  BallastExportEstimate estimate = { 0 };
  g_autofree char *total = NULL;
  g_autofree char *originals = NULL;
  g_autofree char *augmented = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *duration = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *detail = NULL;

  read_rows (self, &settings);
  ballast_document_estimate_export (self->document, NULL, &settings, self->folder, &estimate);
  total = ballast_chart_format_count (estimate.originals + estimate.augmented);
  originals = ballast_chart_format_count (estimate.originals);
  augmented = ballast_chart_format_count (estimate.augmented);
  bytes = ballast_text_of_bytes (estimate.bytes);
  duration = ballast_text_of_duration (estimate.seconds);

  /* Translators: "594 images: 428 originals, 166 augmented". */
  summary = g_strdup_printf (_("%s images: %s originals, %s augmented"), total, originals, augmented);
  detail = g_strdup_printf (_("%s, about %s · only the training split is balanced; no copy leaves "
                               "its source’s split"),
                            bytes, duration);
  if (gtk_switch_get_active (self->hierarchy))
    {
      g_autofree char *of_nodes = ballast_export_hierarchy_dup_summary (self->document);

      gtk_label_set_label (self->summary, of_nodes);
      gtk_label_set_label (self->summary_detail,
                           _("Each is balanced by itself; hierarchy.json says how they belong together"));
    }
  else
    {
      gtk_label_set_label (self->summary, summary);
      gtk_label_set_label (self->summary_detail, detail);
    }
  show_warning (self, &estimate);
}

static void
on_choice_changed (BallastExportDialog *self)
{
  guint layout = adw_combo_row_get_selected (self->layout);
  guint originals = adw_combo_row_get_selected (self->originals);
  g_autofree char *help = NULL;

  if (self->filling || self->document == NULL)
    return;

  help = dup_layout_help (self, layout);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->layout), help);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->originals), get_originals_help (originals));
  gtk_widget_set_visible (self->quality_row, adw_combo_row_get_selected (self->format) !=
                          BALLAST_FORMAT_CHOICE_PNG);
  update_weights_row (self);
  update_summary (self);
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

  read_rows (self, &settings);
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

  read_rows (self, &settings);
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
  if (!is_taken (self))
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
  for (guint i = 2; is_taken (self) && i < 100; i++)
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
  fill_rows (self);
  ballast_leaks_note_set_document (self->leaks, document);
  set_default_folder (self);
  on_choice_changed (self);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (document, "changed", G_CALLBACK (on_document_changed), self,
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
  update_summary (self);
}
