/*
 * The weights, before they leave the program.
 *
 * Every control is a setting of the project: a change is an edit, and what is shown follows from the
 * document.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-weights-view.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "ballast-application.h"
#include "ballast-chart-font.h"
#include "ballast-document-edits.h"
#include "ballast-document-export.h"
#include "ballast-weight-chart.h"
#include "ballast-weight-kinds.h"
#include "ballast-weights-table.h"
#include "ballast-wrap-box.h"

struct _BallastWeightsView
{
  AdwBin parent_instance;

  BallastDocument  *document;
  BallastChartFont *font;
  BallastWeights   *weights; /* of the chosen scheme; NULL: nothing to weigh */
  guint            *order;   /* indices of classes, the largest count first */
  gboolean          showing; /* controls are being set, not changed */

  GtkDropDown         *scheme;
  GtkBox              *parameter_box;
  GtkLabel            *parameter_name;
  GtkSpinButton       *parameter;
  GtkDropDown         *basis;
  GtkDropDown         *unit;
  GtkDropDown         *normalise;
  GtkSpinButton       *cap;
  GtkDrawingArea      *chart;
  BallastWeightsTable *table;
  GtkLabel            *title;
  GtkLabel            *summary;
  GtkLabel            *caution;
  GtkLabel            *source;
  GtkLabel            *scale;
  GtkWidget           *finding_card;
  GtkLabel            *finding;
  GtkWidget           *use_plan;
};

G_DEFINE_FINAL_TYPE (BallastWeightsView, ballast_weights_view, ADW_TYPE_BIN)

enum
{
  BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Beside the chosen scheme, the first of these that are not it. */
static const char *const compared[] = { "balanced", "inverse-sqrt", "effective-number",
                                        "median-frequency" };

/* In the order of the drop-down. */
static const char *const units[] = { "images", "instances", "area" };

static const BallastWeightOptions *
get_options (BallastWeightsView *self)
{
  return ballast_settings_get_weights (ballast_document_get_settings (self->document));
}

static void
on_edit_done (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(BallastWeightsView) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (object), result, &error))
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
      ballast_weights_view_update (self);
    }
}

static void
set_options (BallastWeightsView         *self,
             const BallastWeightOptions *options)
{
  ballast_document_set_weights_async (self->document, options, on_edit_done, g_object_ref (self));
}

static void
on_scheme_changed (BallastWeightsView *self)
{
  BallastWeightOptions options;

  if (self->showing || self->document == NULL)
    return;
  options = *get_options (self);
  ballast_weight_options_set_scheme (
    &options, ballast_weight_scheme_get (gtk_drop_down_get_selected (self->scheme))->name, NULL);
  set_options (self, &options);
}

static void
on_control_changed (BallastWeightsView *self)
{
  BallastWeightOptions options;

  if (self->showing || self->document == NULL)
    return;
  options = *get_options (self);
  if (options.scheme->n_parameters > 0)
    options.params[0] = gtk_spin_button_get_value (self->parameter);
  options.basis = gtk_drop_down_get_selected (self->basis);
  ballast_weight_options_set_unit (&options, units[gtk_drop_down_get_selected (self->unit)], NULL);
  options.normalise = gtk_drop_down_get_selected (self->normalise);
  options.cap = gtk_spin_button_get_value (self->cap);
  set_options (self, &options);
}

static void
show_parameter (BallastWeightsView         *self,
                const BallastWeightOptions *options)
{
  const BallastWeightScheme *scheme = options->scheme;
  const BallastWeightParameter *parameter = &scheme->parameters[0];

  gtk_widget_set_visible (GTK_WIDGET (self->parameter_box), scheme->n_parameters > 0);
  if (scheme->n_parameters == 0)
    return;
  gtk_label_set_label (self->parameter_name, parameter->name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->parameter), _(parameter->help));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->parameter), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  parameter->name, -1);
  gtk_spin_button_set_digits (self->parameter, parameter->maximum > 0.99 && parameter->maximum < 1
                                                 ? 7 : 3);
  gtk_spin_button_set_range (self->parameter, parameter->minimum, parameter->maximum);
  gtk_spin_button_set_increments (self->parameter, parameter->maximum > 2 ? 0.1 : 0.05, 0.5);
  gtk_spin_button_set_value (self->parameter, options->params[0]);
}

static void
show_controls (BallastWeightsView         *self,
               const BallastWeightOptions *options)
{
  self->showing = TRUE;
  for (guint i = 0; i < ballast_weight_scheme_get_n (); i++)
    if (ballast_weight_scheme_get (i) == options->scheme)
      gtk_drop_down_set_selected (self->scheme, i);
  show_parameter (self, options);
  gtk_drop_down_set_selected (self->basis, options->basis);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i], ballast_weight_options_get_unit (options)))
      gtk_drop_down_set_selected (self->unit, i);
  gtk_drop_down_set_selected (self->normalise, options->normalise);
  gtk_widget_set_sensitive (GTK_WIDGET (self->normalise), !options->scheme->fixed_scale);
  gtk_widget_set_sensitive (GTK_WIDGET (self->cap), !options->scheme->fixed_scale);
  gtk_spin_button_set_value (self->cap, options->cap);
  self->showing = FALSE;
}

static const char *
explain_scale (const BallastWeightOptions *options)
{
  if (options->scheme->fixed_scale)
    return _("The scale of these numbers carries meaning, so they are not normalised.");
  if (options->normalise == BALLAST_NORMALISE_SAMPLE_MEAN)
    return _("The mean over all examples is 1, so the learning rate keeps its meaning.");
  return _("Mind the scale: PyTorch’s mean divides by the weights of the batch, Keras does not, so the same weights "
            "times ten train alike in one and ten times as fast in the other. The sample mean avoids it.");
}

static void
show_scheme (BallastWeightsView         *self,
             const BallastWeightOptions *options)
{
  g_autofree char *source = g_strdup_printf (_("Source: %s"), options->scheme->source);

  gtk_label_set_label (self->title, _(options->scheme->title));
  gtk_label_set_label (self->summary, _(options->scheme->summary));
  gtk_label_set_label (self->caution, _(options->scheme->caution));
  gtk_label_set_label (self->source, source);
  gtk_label_set_label (self->scale, explain_scale (options));
}

static void
show_findings (BallastWeightsView *self)
{
  g_autoptr(BallastPlan) plan = ballast_document_dup_plan (self->document, NULL);
  gboolean oversampled = plan != NULL && plan->images_added > 0;
  g_auto(GStrv) findings = ballast_weights_dup_findings (self->weights, oversampled);
  g_autofree char *text = g_strjoinv ("\n", findings);

  gtk_label_set_label (self->finding, text);
  gtk_widget_set_visible (self->finding_card, *text != '\0');
  gtk_widget_set_visible (self->use_plan,
                          oversampled && self->weights->options.basis == BALLAST_WEIGHT_BASIS_DATASET);
}

static void
on_use_plan (BallastWeightsView *self)
{
  gtk_drop_down_set_selected (self->basis, BALLAST_WEIGHT_BASIS_PLAN);
}

static int
compare_counts (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const BallastWeights *weights = user_data;
  guint left = *(const guint *) a, right = *(const guint *) b;
  guint64 more = weights->classes[left].count, less = weights->classes[right].count;

  return more != less ? (more > less ? -1 : 1) : left < right ? -1 : 1;
}

static void
sort_classes (BallastWeightsView *self)
{
  g_free (self->order);
  self->order = g_new (guint, MAX (self->weights->n, 1));
  for (guint i = 0; i < self->weights->n; i++)
    self->order[i] = i;
  g_qsort_with_data (self->order, (int) self->weights->n, sizeof *self->order, compare_counts,
                     self->weights);
}

/* The chosen scheme and others, all normalised alike. */
static void
show_table (BallastWeightsView         *self,
            const BallastWeightOptions *options)
{
  BallastWeights *weights[BALLAST_WEIGHTS_TABLE_MAX];
  guint n = 0;

  weights[n++] = ballast_document_dup_weights (self->document, options, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (compared) && n < BALLAST_WEIGHTS_TABLE_MAX; i++)
    {
      BallastWeightOptions other = *options;

      if (g_str_equal (compared[i], options->scheme->name))
        continue;
      ballast_weight_options_set_scheme (&other, compared[i], NULL);
      weights[n++] = ballast_document_dup_weights (self->document, &other, NULL);
    }
  ballast_weights_table_take (self->table, self->document, weights, n);
}

void
ballast_weights_view_update (BallastWeightsView *self)
{
  const BallastWeightOptions *options;

  g_return_if_fail (BALLAST_IS_WEIGHTS_VIEW (self));

  if (self->document == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  options = get_options (self);
  g_clear_pointer (&self->weights, ballast_weights_free);
  self->weights = ballast_document_dup_weights (self->document, options, NULL);
  show_controls (self, options);
  show_scheme (self, options);
  if (self->weights != NULL)
    {
      sort_classes (self);
      show_table (self, options);
      show_findings (self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self->chart));
}

static BallastWeightBar *
dup_bars (BallastWeightsView *self)
{
  BallastWeightBar *bars = g_new (BallastWeightBar, MAX (self->weights->n, 1));

  for (guint i = 0; i < self->weights->n; i++)
    {
      const BallastClassWeight *class = &self->weights->classes[self->order[i]];

      bars[i] = (BallastWeightBar){ class->name, class->index, class->count, class->weight };
    }
  return bars;
}

static void
draw_chart (GtkDrawingArea *area,
            cairo_t        *cr,
            int             width,
            int             height,
            gpointer        user_data)
{
  BallastWeightsView *self = user_data;
  AdwStyleManager *style = adw_style_manager_get_default ();
  const BallastChartRect rect = { 0, 0, width, height };
  const char *const captions[] = { _("Count"), _("Weight") };
  g_autofree BallastWeightBar *bars = NULL;

  if (self->weights == NULL)
    return;
  if (self->font == NULL)
    self->font = ballast_chart_font_new_for_context (gtk_widget_get_pango_context (GTK_WIDGET (area)));
  bars = dup_bars (self);
  ballast_weight_chart_draw (bars, self->weights->n, cr, &rect, captions,
                             ballast_theme_get (adw_style_manager_get_dark (style),
                                                adw_style_manager_get_high_contrast (style)),
                             self->font);
}

static gboolean
on_query_tooltip (BallastWeightsView *self,
                  int                 x,
                  int                 y,
                  gboolean            keyboard,
                  GtkTooltip         *tooltip,
                  GtkWidget          *chart)
{
  const BallastChartRect rect = { 0, 0, gtk_widget_get_width (chart), gtk_widget_get_height (chart) };
  const BallastClassWeight *class;
  g_autofree char *text = NULL;
  int hit;

  hit = self->weights == NULL || keyboard ? -1 : ballast_weight_chart_hit (&rect, self->weights->n, x);
  if (hit < 0)
    return FALSE;
  class = &self->weights->classes[self->order[hit]];
  /* Translators: "trash: count 23, weight 3.101". */
  text = g_strdup_printf (_("%s: count %" PRIu64 ", weight %.4g"), class->name, class->count,
                          class->weight);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
on_copy (BallastWeightsView *self)
{
  g_autofree char *text = NULL;

  if (self->weights == NULL)
    return;
  text = ballast_weight_kind_dup_text ("py", self->weights);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Copied as Python"));
}

static void
on_back (BallastWeightsView *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static void
ballast_weights_view_css_changed (GtkWidget         *widget,
                                  GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ballast_weights_view_parent_class)->css_changed (widget, change);
  g_clear_pointer (&BALLAST_WEIGHTS_VIEW (widget)->font, ballast_chart_font_free);
}

static void
ballast_weights_view_dispose (GObject *object)
{
  BallastWeightsView *self = BALLAST_WEIGHTS_VIEW (object);

  if (self->chart != NULL)
    gtk_drawing_area_set_draw_func (self->chart, NULL, NULL, NULL);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_WEIGHTS_VIEW);
  g_clear_object (&self->document);
  g_clear_pointer (&self->weights, ballast_weights_free);
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->font, ballast_chart_font_free);
  self->chart = NULL;

  G_OBJECT_CLASS (ballast_weights_view_parent_class)->dispose (object);
}

static void
ballast_weights_view_class_init (BallastWeightsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_weights_view_dispose;
  widget_class->css_changed = ballast_weights_view_css_changed;
  signals[BACK] = g_signal_new ("back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);

  g_type_ensure (BALLAST_TYPE_WEIGHTS_TABLE);
  g_type_ensure (BALLAST_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-weights-view.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, scheme);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, parameter_box);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, parameter_name);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, parameter);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, basis);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, unit);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, normalise);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, cap);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, chart);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, table);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, title);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, summary);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, caution);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, source);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, scale);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, finding_card);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, finding);
  gtk_widget_class_bind_template_child (widget_class, BallastWeightsView, use_plan);
  gtk_widget_class_bind_template_callback (widget_class, on_scheme_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_control_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_use_plan);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_query_tooltip);
}

static void
ballast_weights_view_init (BallastWeightsView *self)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < ballast_weight_scheme_get_n (); i++)
    gtk_string_list_append (titles, _(ballast_weight_scheme_get (i)->title));
  gtk_drop_down_set_model (self->scheme, G_LIST_MODEL (titles));
  gtk_drawing_area_set_draw_func (self->chart, draw_chart, self, NULL);
  self->showing = FALSE;
  g_signal_connect (self, "map", G_CALLBACK (ballast_weights_view_update), NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self->chart, G_CONNECT_SWAPPED);
}

void
ballast_weights_view_set_document (BallastWeightsView *self,
                                   BallastDocument    *document)
{
  g_return_if_fail (BALLAST_IS_WEIGHTS_VIEW (self));

  if (g_set_object (&self->document, document))
    ballast_weights_view_update (self);
}
