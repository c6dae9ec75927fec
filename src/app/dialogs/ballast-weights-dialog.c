/*
 * The class weights, before they are saved.
 *
 * Weights are a pure function of the counts: computed anew at each choice, at most MAX_ROWS of them
 * shown.  Saving stores the choice in the project as well.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-weights-dialog.h"

#include <glib/gi18n.h>

#include "ballast-chart-model.h"
#include "ballast-class-dot.h"
#include "ballast-document-edits.h"
#include "ballast-document-export.h"
#include "ballast-file-choosers.h"

#define MAX_ROWS 200

struct _BallastWeightsDialog
{
  AdwWindow parent_instance;

  BallastDocument *document;

  AdwComboRow         *scheme;
  AdwActionRow        *parameter_row;
  GtkSpinButton       *parameter;
  AdwComboRow         *normalise;
  AdwComboRow         *basis;
  GtkLabel            *finding;
  AdwPreferencesGroup *group;
  GtkListBox          *list;

  gboolean filling;             /* rows are being set, not chosen */
};

G_DEFINE_FINAL_TYPE (BallastWeightsDialog, ballast_weights_dialog, ADW_TYPE_WINDOW)

static const BallastWeightScheme *
get_scheme (BallastWeightsDialog *self)
{
  return ballast_weight_scheme_get (adw_combo_row_get_selected (self->scheme));
}

static void
read_rows (BallastWeightsDialog *self,
           BallastWeightOptions *options)
{
  const BallastWeightScheme *scheme = get_scheme (self);

  ballast_weight_options_init (options);
  ballast_weight_options_set_scheme (options, scheme->name, NULL);
  if (scheme->n_parameters > 0)
    options->params[0] = gtk_spin_button_get_value (self->parameter);
  options->normalise = adw_combo_row_get_selected (self->normalise);
  options->basis = adw_combo_row_get_selected (self->basis);
}

static void
add_row (BallastWeightsDialog     *self,
         const BallastClassWeight *weight)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (weight->name, -1);
  g_autofree char *count = ballast_chart_format_count (weight->count);
  g_autofree char *subtitle = g_strdup_printf (g_dngettext (NULL, "%s image", "%s images",
                                                            weight->count), count);
  g_autofree char *text = weight->empty ? g_strdup ("–") : g_strdup_printf ("%.4g", weight->weight);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), ballast_class_dot_new (weight->index));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_append (self->list, row);
}

static void
show_findings (BallastWeightsDialog *self,
               const BallastWeights *weights)
{
  g_autoptr(BallastPlan) plan = ballast_document_dup_plan (self->document, NULL);
  gboolean oversampled = plan != NULL && plan->images_added > 0;
  g_auto(GStrv) findings = ballast_weights_dup_findings (weights, oversampled);
  g_autofree char *text = g_strjoinv ("\n", findings);

  gtk_label_set_label (self->finding, text);
  gtk_widget_set_visible (GTK_WIDGET (self->finding), *text != '\0');
}

static void
update (BallastWeightsDialog *self)
{
  BallastWeightOptions options;
  g_autoptr(BallastWeights) weights = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *more = NULL;
  GtkListBoxRow *row;

  read_rows (self, &options);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));

  weights = ballast_document_dup_weights (self->document, &options, &error);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "weights.save", weights != NULL);
  if (weights == NULL)
    {
      gtk_label_set_label (self->finding, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->finding), TRUE);
      return;
    }

  for (guint i = 0; i < MIN (weights->n, MAX_ROWS); i++)
    add_row (self, &weights->classes[i]);
  if (weights->n > MAX_ROWS)
    more = g_strdup_printf (_("The first %u of %u"), MAX_ROWS, weights->n);
  adw_preferences_group_set_description (self->group, more);
  show_findings (self, weights);
}

static void
on_choice_changed (BallastWeightsDialog *self)
{
  if (!self->filling && self->document != NULL)
    update (self);
}

static void
show_parameter (BallastWeightsDialog *self,
                double                value)
{
  const BallastWeightScheme *scheme = get_scheme (self);
  const BallastWeightParameter *parameter = &scheme->parameters[0];

  gtk_widget_set_visible (GTK_WIDGET (self->parameter_row), scheme->n_parameters > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->normalise), !scheme->fixed_scale);
  if (scheme->n_parameters == 0)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->parameter_row), parameter->name);
  adw_action_row_set_subtitle (self->parameter_row, _(parameter->help));
  gtk_spin_button_set_range (self->parameter, parameter->minimum, parameter->maximum);
  gtk_spin_button_set_increments (self->parameter,
                                  parameter->maximum - parameter->minimum > 2 ? 0.5 : 0.01, 0.1);
  gtk_spin_button_set_value (self->parameter, value);
}

static void
on_scheme_selected (BallastWeightsDialog *self)
{
  const BallastWeightScheme *scheme = get_scheme (self);
  gboolean filling = self->filling;
  g_autofree char *subtitle = NULL;

  if (self->document == NULL)
    return;

  subtitle = g_markup_printf_escaped ("%s (%s)", _(scheme->summary), scheme->source);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->scheme), subtitle);
  self->filling = TRUE;
  show_parameter (self, scheme->parameters[0].initial);
  self->filling = filling;
  on_choice_changed (self);
}

static void
fill_rows (BallastWeightsDialog *self)
{
  const BallastWeightOptions *options
    = ballast_settings_get_weights (ballast_document_get_settings (self->document));
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  self->filling = TRUE;
  for (guint i = 0; i < ballast_weight_scheme_get_n (); i++)
    gtk_string_list_append (titles, _(ballast_weight_scheme_get (i)->title));
  adw_combo_row_set_model (self->scheme, G_LIST_MODEL (titles));
  for (guint i = 0; i < ballast_weight_scheme_get_n (); i++)
    if (ballast_weight_scheme_get (i) == options->scheme)
      adw_combo_row_set_selected (self->scheme, i);
  adw_combo_row_set_selected (self->normalise, options->normalise);
  adw_combo_row_set_selected (self->basis, options->basis);
  on_scheme_selected (self);
  show_parameter (self, options->params[0]);
  self->filling = FALSE;
}

static void
write_done (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(BallastWeightsDialog) self = BALLAST_WEIGHTS_DIALOG (user_data);
  g_autoptr(GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (!ballast_document_write_weights_finish (BALLAST_DOCUMENT (source), result, &error))
    {
      gtk_label_set_label (self->finding, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->finding), TRUE);
      return;
    }

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", _("Class weights saved"));
  gtk_window_close (GTK_WINDOW (self));
}

/* A project that cannot be written to can still save its weights elsewhere. */
static void
set_weights_done (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  ballast_document_edit_finish (BALLAST_DOCUMENT (source), result, NULL);
}

static void
on_file_chosen (GFile   *file,
                gpointer owner)
{
  ballast_weights_dialog_save (BALLAST_WEIGHTS_DIALOG (owner), file);
}

static void
on_save (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  BallastSaveChoice choice = { _("Save the Class Weights"), _("_Save"), "class_weights.json", NULL };

  ballast_choose_save_file (GTK_WINDOW (widget), &choice, on_file_chosen, widget);
}

static void
on_cancel (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
ballast_weights_dialog_dispose (GObject *object)
{
  BallastWeightsDialog *self = BALLAST_WEIGHTS_DIALOG (object);

  g_clear_object (&self->document);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_WEIGHTS_DIALOG);

  G_OBJECT_CLASS (ballast_weights_dialog_parent_class)->dispose (object);
}

static void
ballast_weights_dialog_class_init (BallastWeightsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_weights_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-weights-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsDialog, scheme);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsDialog, parameter_row);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsDialog, parameter);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsDialog, normalise);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsDialog, basis);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsDialog, finding);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsDialog, group);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, on_scheme_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);

  gtk_widget_class_install_action (widget_class, "weights.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "weights.cancel", NULL, on_cancel);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "weights.cancel", NULL);
}

static void
ballast_weights_dialog_init (BallastWeightsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ballast_weights_dialog_present (GtkWindow       *parent,
                                BallastDocument *document)
{
  BallastWeightsDialog *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (BALLAST_IS_DOCUMENT (document), NULL);

  self = g_object_new (BALLAST_TYPE_WEIGHTS_DIALOG, "transient-for", parent, NULL);
  self->document = g_object_ref (document);
  fill_rows (self);
  update (self);
  gtk_window_present (GTK_WINDOW (self));

  return GTK_WIDGET (self);
}

void
ballast_weights_dialog_save (BallastWeightsDialog *self,
                             GFile                *file)
{
  BallastWeightOptions options;

  g_return_if_fail (BALLAST_IS_WEIGHTS_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->document == NULL)
    return;

  read_rows (self, &options);
  ballast_document_set_weights_async (self->document, &options, set_weights_done, NULL);
  ballast_document_write_weights_async (self->document, &options, g_file_peek_path (file), NULL,
                                        write_done, g_object_ref (self));
}
