/*
 * The Balance page: how the training split is brought into balance, and what that does.
 *
 * It shows a draft of the settings.  While the target line or a bar is dragged, the plan is made of
 * the draft alone, which takes microseconds a class; on release the draft goes to the project as
 * one step of undo.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-balance-page-private.h"

#include <glib/gi18n.h>

#include "ballast-balance-texts.h"
#include "ballast-chart-model.h"
#include "ballast-document-edits.h"
#include "ballast-document-export.h"
#include "ballast-weight-scheme.h"
#include "ballast-wrap-box.h"

G_DEFINE_FINAL_TYPE (BallastBalancePage, ballast_balance_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_DOCUMENT,
  PROP_SELECTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The project's own settings, unless an edit of ours has still to come back from it. */
static void
show_settings (BallastBalancePage *self)
{
  BallastSettings *settings = ballast_document_get_settings (self->document);

  if (self->n_pending > 0)
    return;

  ballast_balance_settings_clear (&self->draft);
  ballast_balance_settings_copy (ballast_settings_get_balance (settings), &self->draft);
  _ballast_balance_page_show_controls (self);
  _ballast_balance_page_show_weight_controls (self);
  _ballast_balance_page_show_plan (self);
  _ballast_balance_page_show_weights (self);
}

static void
on_edit_done (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(BallastBalancePage) self = user_data;
  g_autoptr(GError) error = NULL;

  self->n_pending--;
  if (!ballast_document_edit_finish (BALLAST_DOCUMENT (object), result, &error))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  if (self->document == BALLAST_DOCUMENT (object))
    show_settings (self);
}

static void
commit (BallastBalancePage *self)
{
  const BallastBalanceSettings *stored =
    ballast_settings_get_balance (ballast_document_get_settings (self->document));

  if (ballast_balance_settings_equal (stored, &self->draft))
    return;

  self->n_pending++;
  ballast_document_set_balance_async (self->document, &self->draft, on_edit_done,
                                      g_object_ref (self));
}

static void
take (BallastBalancePage *self,
      gboolean            final)
{
  _ballast_balance_page_show_plan (self);
  if (final)
    {
      _ballast_balance_page_show_controls (self);
      commit (self);
    }
}

static void
on_strategy_toggled (GtkToggleButton    *button,
                     BallastBalancePage *self)
{
  if (self->showing || self->document == NULL || !gtk_toggle_button_get_active (button))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (self->buttons); i++)
    if (self->buttons[i] == GTK_WIDGET (button))
      self->draft.strategy = i;
  take (self, TRUE);
}

/* A kind of target that needs a number starts from one that changes little. */
static double
get_first_value (BallastBalancePage *self,
                 BallastTargetKind   kind)
{
  g_autoptr(BallastPlan) plan = NULL;
  double line;

  if (kind == BALLAST_TARGET_PERCENTILE)
    return 75;
  if (kind == BALLAST_TARGET_POWER)
    return 0.5;

  plan = ballast_document_dup_plan_for (self->document, &self->draft, NULL);
  line = plan != NULL ? _ballast_balance_page_get_line (self, plan) : -1;
  return line >= 0 ? line : 100;
}

static void
on_target_changed (BallastBalancePage *self)
{
  BallastTargetKind kind = gtk_drop_down_get_selected (self->target);

  if (self->showing || self->document == NULL || kind == self->draft.target.kind)
    return;

  self->draft.target.value = ballast_target_kind_has_value (kind) ? get_first_value (self, kind) : 0;
  self->draft.target.kind = kind;
  take (self, TRUE);
}

static void
on_number_changed (BallastBalancePage *self)
{
  if (self->showing || self->document == NULL)
    return;

  self->draft.target.value = gtk_spin_button_get_value (self->value);
  self->draft.max_repeats = (guint) gtk_spin_button_get_value_as_int (self->cap);
  self->draft.threshold = gtk_spin_button_get_value (self->threshold);
  take (self, TRUE);
}

static void
on_options_changed (BallastBalancePage *self)
{
  ballast_plan_options_read (self->options, &self->draft);
  take (self, TRUE);
}

static void
on_target_dragged (BallastBalancePage *self,
                   double              count,
                   gboolean            final)
{
  self->draft.target.kind = BALLAST_TARGET_NUMBER;
  self->draft.target.value = CLAMP ((double) (guint64) (count + 0.5), 1, MAXIMUM_TARGET);
  take (self, final);
}

static void
on_handle_dragged (BallastBalancePage *self,
                   guint               class_index,
                   double              count,
                   gboolean            final)
{
  BallastTally *tally = ballast_document_get_tally (self->document);

  if (class_index >= tally->n_classes)
    return;

  ballast_balance_settings_set_override (&self->draft, tally->classes[class_index].name,
                                         (guint64) (MAX (count, 0) + 0.5));
  take (self, final);
}

static void
on_override_set (BallastBalancePage *self,
                 guint               class_index,
                 gint64              count)
{
  const char *name = ballast_document_get_tally (self->document)->classes[class_index].name;

  if (count < 0)
    ballast_balance_settings_unset_override (&self->draft, name);
  else
    ballast_balance_settings_set_override (&self->draft, name, (guint64) count);
  take (self, TRUE);
}

static void
on_class_activated (BallastBalancePage *self,
                    guint               class_index)
{
  BallastTally *tally = ballast_document_get_tally (self->document);

  if (class_index < tally->n_classes)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-class", "x",
                                tally->classes[class_index].id);
}

static void
on_weights_changed (BallastBalancePage *self)
{
  const BallastWeightScheme *scheme =
    ballast_weight_scheme_get (gtk_drop_down_get_selected (self->scheme));
  BallastWeightOptions weights;

  if (self->showing || self->document == NULL)
    return;

  weights = *ballast_settings_get_weights (ballast_document_get_settings (self->document));
  if (weights.scheme != scheme)
    ballast_weight_options_set_scheme (&weights, scheme->name, NULL);
  weights.basis = gtk_drop_down_get_selected (self->basis);
  self->n_pending++;
  ballast_document_set_weights_async (self->document, &weights, on_edit_done, g_object_ref (self));
}

static void
show_weights_view (BallastBalancePage *self,
                   gboolean            shown)
{
  self->weights_shown = shown;
  gtk_stack_set_visible_child_name (self->stack, shown ? "weights" : "plan");
  if (shown)
    gtk_widget_child_focus (GTK_WIDGET (self->weights_view), GTK_DIR_TAB_FORWARD);
}

static void
on_compare_weights (BallastBalancePage *self)
{
  show_weights_view (self, TRUE);
}

static void
on_weights_back (BallastBalancePage *self)
{
  show_weights_view (self, FALSE);
}

static gboolean
on_escape (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   user_data)
{
  BallastBalancePage *self = BALLAST_BALANCE_PAGE (widget);

  if (!self->weights_shown)
    return FALSE;
  show_weights_view (self, FALSE);
  return TRUE;
}

static void
on_document_changed (BallastBalancePage *self,
                     BallastChanged      changed)
{
  ballast_weights_view_update (self->weights_view);
  ballast_effect_card_clear (self->effect);
  if (changed & (BALLAST_CHANGED_SETTINGS | BALLAST_CHANGED_CLASSES | BALLAST_CHANGED_RECORDS))
    show_settings (self);
}

/* What was shown was a first look. */
static void
on_planned (BallastBalancePage *self)
{
  ballast_weights_view_update (self->weights_view);
  _ballast_balance_page_show_plan (self);
  _ballast_balance_page_show_weights (self);
}

static void
on_log_toggled (BallastBalancePage *self)
{
  ballast_class_chart_set_scale (self->chart, gtk_toggle_button_get_active (self->log)
                                 ? BALLAST_CHART_SCALE_LOG : BALLAST_CHART_SCALE_LINEAR);
}

static void
ballast_balance_page_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  BallastBalancePage *self = BALLAST_BALANCE_PAGE (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SELECTION:
      g_value_set_object (value, self->selection);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_balance_page_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  BallastBalancePage *self = BALLAST_BALANCE_PAGE (object);

  switch (property_id)
    {
    case PROP_DOCUMENT:
      ballast_balance_page_set_document (self, g_value_get_object (value));
      break;
    case PROP_SELECTION:
      ballast_balance_page_set_selection (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
ballast_balance_page_dispose (GObject *object)
{
  BallastBalancePage *self = BALLAST_BALANCE_PAGE (object);

  if (self->document_signals != NULL)
    g_signal_group_set_target (self->document_signals, NULL);
  g_clear_object (&self->document_signals);
  g_clear_object (&self->document);
  g_clear_object (&self->selection);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_BALANCE_PAGE);

  G_OBJECT_CLASS (ballast_balance_page_parent_class)->dispose (object);
}

static void
ballast_balance_page_finalize (GObject *object)
{
  ballast_balance_settings_clear (&BALLAST_BALANCE_PAGE (object)->draft);

  G_OBJECT_CLASS (ballast_balance_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (BALLAST_TYPE_CLASS_CHART);
  g_type_ensure (BALLAST_TYPE_PLAN_OPTIONS);
  g_type_ensure (BALLAST_TYPE_PLAN_TABLE);
  g_type_ensure (BALLAST_TYPE_EFFECT_CARD);
  g_type_ensure (BALLAST_TYPE_WEIGHTS_VIEW);
  g_type_ensure (BALLAST_TYPE_WRAP_BOX);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-balance-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, stack);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, strategies);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, target_box);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, target);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, value);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, cap_box);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, cap);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, threshold_box);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, threshold);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, options);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, hint);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, log);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, chart);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, table);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, total);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, parts);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, costs);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, scheme);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, basis);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, scheme_summary);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, warnings);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, effect);
  gtk_widget_class_bind_template_child (widget_class, BallastBalancePage, weights_view);
  gtk_widget_class_bind_template_callback (widget_class, on_options_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_compare_weights);
  gtk_widget_class_bind_template_callback (widget_class, on_weights_back);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
ballast_balance_page_class_init (BallastBalancePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ballast_balance_page_get_property;
  object_class->set_property = ballast_balance_page_set_property;
  object_class->dispose = ballast_balance_page_dispose;
  object_class->finalize = ballast_balance_page_finalize;

  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, BALLAST_TYPE_DOCUMENT,
                                                   flags);
  properties[PROP_SELECTION] = g_param_spec_object ("selection", NULL, NULL, BALLAST_TYPE_SELECTION,
                                                    flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
build_strategies (BallastBalancePage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->buttons); i++)
    {
      self->buttons[i] = gtk_toggle_button_new_with_label (ballast_balance_strategy_label (i));
      gtk_widget_set_tooltip_text (self->buttons[i], ballast_balance_strategy_tooltip (i));
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->buttons[i]),
                                     GTK_TOGGLE_BUTTON (self->buttons[0]));
      g_signal_connect (self->buttons[i], "toggled", G_CALLBACK (on_strategy_toggled), self);
      gtk_box_append (GTK_BOX (self->strategies), self->buttons[i]);
    }
}

static void
build_schemes (BallastBalancePage *self)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < ballast_weight_scheme_get_n (); i++)
    gtk_string_list_append (titles, _(ballast_weight_scheme_get (i)->title));
  gtk_drop_down_set_model (self->scheme, G_LIST_MODEL (titles));
}

static void
connect_controls (BallastBalancePage *self)
{
  g_signal_connect_swapped (self->target, "notify::selected", G_CALLBACK (on_target_changed), self);
  g_signal_connect_swapped (self->value, "value-changed", G_CALLBACK (on_number_changed), self);
  g_signal_connect_swapped (self->cap, "value-changed", G_CALLBACK (on_number_changed), self);
  g_signal_connect_swapped (self->threshold, "value-changed", G_CALLBACK (on_number_changed), self);
  g_signal_connect_swapped (self->log, "toggled", G_CALLBACK (on_log_toggled), self);
  g_signal_connect_swapped (self->chart, "target-dragged", G_CALLBACK (on_target_dragged), self);
  g_signal_connect_swapped (self->chart, "handle-dragged", G_CALLBACK (on_handle_dragged), self);
  g_signal_connect_swapped (self->chart, "class-activated", G_CALLBACK (on_class_activated), self);
  g_signal_connect_swapped (self->table, "override-set", G_CALLBACK (on_override_set), self);
  g_signal_connect_swapped (self->table, "class-activated", G_CALLBACK (on_class_activated), self);
  g_signal_connect_swapped (self->scheme, "notify::selected", G_CALLBACK (on_weights_changed), self);
  g_signal_connect_swapped (self->basis, "notify::selected", G_CALLBACK (on_weights_changed), self);
}

static void
ballast_balance_page_init (BallastBalancePage *self)
{
  ballast_balance_settings_init (&self->draft);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->showing = TRUE;
  build_strategies (self);
  build_schemes (self);
  connect_controls (self);
  self->showing = FALSE;

  self->document_signals = g_signal_group_new (BALLAST_TYPE_DOCUMENT);
  g_signal_group_connect_swapped (self->document_signals, "changed", G_CALLBACK (on_document_changed),
                                  self);
  g_signal_group_connect_swapped (self->document_signals, "planned", G_CALLBACK (on_planned), self);
}

void
ballast_balance_page_set_document (BallastBalancePage *self,
                                   BallastDocument    *document)
{
  g_return_if_fail (BALLAST_IS_BALANCE_PAGE (self));

  if (!g_set_object (&self->document, document))
    return;

  g_signal_group_set_target (self->document_signals, document);
  ballast_weights_view_set_document (self->weights_view, document);
  ballast_effect_card_set_document (self->effect, document);
  if (document != NULL)
    show_settings (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOCUMENT]);
}

void
ballast_balance_page_set_selection (BallastBalancePage *self,
                                    BallastSelection   *selection)
{
  g_return_if_fail (BALLAST_IS_BALANCE_PAGE (self));

  if (g_set_object (&self->selection, selection))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTION]);
}
