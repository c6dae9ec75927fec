/* What the rows of the export dialog say, and what it comes to: computed from counts, in microseconds. */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-export-dialog-private.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-export-hierarchy.h"
#include "ballast-name.h"
#include "ballast-number-text.h"

/* An export that is not finished yet is written beside its folder, under this ending. */
#define PARTIAL_ENDING ".ballast-partial"

static const char *const originals_names[] = { "copy", "hardlink", "reflink", "symlink", "list" };

void
_ballast_export_dialog_read_choices (BallastExportDialog   *self,
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

void
_ballast_export_dialog_fill_choices (BallastExportDialog *self)
{
  const BallastExportSettings *settings
    = ballast_settings_get_export (ballast_document_get_settings (self->document));
  g_autofree char *hierarchy = ballast_export_hierarchy_dup_help (self->document);

  gtk_widget_set_visible (GTK_WIDGET (self->hierarchy_row),
                          ballast_export_hierarchy_is_there (self->document));
  adw_action_row_set_subtitle (self->hierarchy_row, hierarchy);
  self->filling = TRUE;
  adw_combo_row_set_selected (self->layout, ballast_export_layouts_find (settings->layout));
  adw_combo_row_set_selected (self->originals,
                              (guint) MAX (0, ballast_name_find (originals_names,
                                                                 G_N_ELEMENTS (originals_names),
                                                                 settings->originals)));
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

gboolean
_ballast_export_dialog_is_taken (BallastExportDialog *self)
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
  gboolean taken = _ballast_export_dialog_is_taken (self);

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

  _ballast_export_dialog_read_choices (self, &settings);
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

void
_ballast_export_dialog_show_choices (BallastExportDialog *self)
{
  guint layout = adw_combo_row_get_selected (self->layout);
  guint originals = adw_combo_row_get_selected (self->originals);
  g_autofree char *help = dup_layout_help (self, layout);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->layout), help);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->originals), get_originals_help (originals));
  gtk_widget_set_visible (self->quality_row, adw_combo_row_get_selected (self->format) !=
                          BALLAST_FORMAT_CHOICE_PNG);
  update_weights_row (self);
  update_summary (self);
}
