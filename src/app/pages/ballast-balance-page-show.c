/* What the Balance page shows of its draft: controls, chart, table, figures and warnings. */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-balance-page-private.h"

#include <glib/gi18n.h>

#include "ballast-balance-texts.h"
#include "ballast-chart-model.h"
#include "ballast-document-export.h"
#include "ballast-warning-cards.h"
#include "ballast-weight-scheme.h"

static gboolean
uses_target (BallastBalancePage *self)
{
  return self->draft.strategy != BALLAST_STRATEGY_NONE &&
         self->draft.strategy != BALLAST_STRATEGY_REPEAT_FACTOR;
}

double
_ballast_balance_page_get_line (BallastBalancePage *self,
                                const BallastPlan  *plan)
{
  guint64 count;

  if (!uses_target (self) || self->draft.target.kind == BALLAST_TARGET_POWER)
    return -1;

  for (guint i = 0; i < plan->n_classes; i++)
    if (!ballast_balance_settings_get_override (&self->draft, plan->classes[i].name, &count))
      return (double) plan->classes[i].target;

  return -1;
}

static void
show_chart (BallastBalancePage *self,
            const BallastPlan  *plan)
{
  BallastTally *tally = ballast_document_get_tally (self->document);
  BallastChartModel *model =
    ballast_chart_model_new_from_tally (tally,
                                        self->draft.unit == BALLAST_UNIT_INSTANCES
                                        ? BALLAST_CHART_UNIT_INSTANCES : BALLAST_CHART_UNIT_IMAGES,
                                        (int) plan->training_split, FALSE);
  g_autofree guint64 *after = ballast_plan_dup_counts (plan);

  ballast_chart_model_set_after (model, after);
  model->target = _ballast_balance_page_get_line (self, plan);
  model->handles = uses_target (self);
  model->scale = gtk_toggle_button_get_active (self->log) ? BALLAST_CHART_SCALE_LOG
                                                          : BALLAST_CHART_SCALE_LINEAR;
  gtk_widget_set_visible (self->hint, model->handles);
  ballast_class_chart_take_model (self->chart, model);
}

static void
show_estimate (BallastBalancePage *self,
               const BallastPlan  *plan)
{
  BallastSettings *settings = ballast_document_get_settings (self->document);
  BallastExportEstimate estimate;
  g_autofree char *total = NULL, *parts = NULL, *costs = NULL;

  ballast_document_estimate_export (self->document, plan, ballast_settings_get_export (settings), NULL,
                                    &estimate);
  total = ballast_balance_total_text (&estimate);
  parts = ballast_balance_parts_text (plan, &estimate);
  costs = ballast_balance_costs_text (plan, &estimate);
  gtk_label_set_label (self->total, total);
  gtk_label_set_label (self->parts, parts);
  gtk_label_set_label (self->costs, costs);
}

void
_ballast_balance_page_show_weights (BallastBalancePage *self)
{
  g_autoptr(BallastWeights) weights = ballast_document_dup_weights (self->document, NULL, NULL);

  ballast_plan_table_set_weights (self->table, weights);
}

void
_ballast_balance_page_show_plan (BallastBalancePage *self)
{
  g_autoptr(BallastPlan) plan = ballast_document_dup_plan_for (self->document, &self->draft, NULL);

  gtk_stack_set_visible_child_name (self->stack, plan == NULL          ? "empty"
                                                 : self->weights_shown ? "weights"
                                                                       : "plan");
  if (plan == NULL)
    return;

  show_chart (self, plan);
  ballast_plan_table_set_plan (self->table, plan);
  if (!plan->coarse)
    ballast_warning_cards_fill (self->warnings, plan);
  show_estimate (self, plan);
}

static void
show_target (BallastBalancePage *self)
{
  BallastTargetKind kind = self->draft.target.kind;
  gboolean power = kind == BALLAST_TARGET_POWER;
  double maximum = kind == BALLAST_TARGET_PERCENTILE ? 100 : power ? 1 : MAXIMUM_TARGET;

  gtk_drop_down_set_selected (self->target, kind);
  gtk_widget_set_visible (GTK_WIDGET (self->value), ballast_target_kind_has_value (kind));
  gtk_spin_button_set_digits (self->value, power ? 2 : 0);
  gtk_spin_button_set_increments (self->value, power ? 0.05 : 1, power ? 0.25 : 10);
  gtk_spin_button_set_range (self->value, 0, maximum);
  gtk_spin_button_set_value (self->value, self->draft.target.value);
}

void
_ballast_balance_page_show_controls (BallastBalancePage *self)
{
  gboolean repeats = self->draft.strategy == BALLAST_STRATEGY_OVERSAMPLE ||
                     self->draft.strategy == BALLAST_STRATEGY_BOTH ||
                     self->draft.strategy == BALLAST_STRATEGY_REPEAT_FACTOR;

  self->showing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[self->draft.strategy]), TRUE);
  gtk_widget_set_visible (self->target_box, uses_target (self));
  gtk_widget_set_visible (self->cap_box, repeats);
  gtk_widget_set_visible (self->threshold_box,
                          self->draft.strategy == BALLAST_STRATEGY_REPEAT_FACTOR);
  show_target (self);
  gtk_spin_button_set_value (self->cap, self->draft.max_repeats);
  gtk_spin_button_set_value (self->threshold, self->draft.threshold);
  ballast_plan_options_show (self->options, &self->draft,
                             ballast_document_get_tally (self->document));
  self->showing = FALSE;
}

void
_ballast_balance_page_show_weight_controls (BallastBalancePage *self)
{
  const BallastWeightOptions *weights =
    ballast_settings_get_weights (ballast_document_get_settings (self->document));

  self->showing = TRUE;
  for (guint i = 0; i < ballast_weight_scheme_get_n (); i++)
    if (ballast_weight_scheme_get (i) == weights->scheme)
      gtk_drop_down_set_selected (self->scheme, i);
  gtk_label_set_label (self->scheme_summary, _(weights->scheme->summary));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->scheme_summary), weights->scheme->source);
  gtk_drop_down_set_selected (self->basis, weights->basis);
  self->showing = FALSE;
}
