/*
 * The card of one step.  Its rows of parameters come from the op's own declaration.
 *
 * A group is a card, too; the cards inside it stand below, indented.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-step-row-private.h"

#include <glib/gi18n.h>

#include "ballast-parameter-row.h"
#include "ballast-range-slider.h"

/* With more parameters than this a card starts closed. */
#define OPEN_PARAMETERS 2

/* Of a step inside a group. */
#define INDENT_PX 16

G_DEFINE_FINAL_TYPE (BallastStepRow, ballast_step_row, GTK_TYPE_BOX)

enum
{
  CHANGED,
  COMMITTED,
  EDIT,
  DROPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
_ballast_step_row_commit (BallastStepRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[COMMITTED], 0);
}

void
_ballast_step_row_emit_edit (BallastStepRow  *self,
                             BallastStepEdit  edit,
                             const BallastOp *group)
{
  g_signal_emit (self, signals[EDIT], 0, (int) edit, group);
}

void
_ballast_step_row_emit_dropped (BallastStepRow *self,
                                guint32         id)
{
  g_signal_emit (self, signals[DROPPED], 0, id);
}

/* Of one of several the share of the draws is told: the weights alone say little. */
static void
show_probability (BallastStepRow *self)
{
  gboolean is_weight = self->place.share >= 0;
  g_autofree char *text =
    g_strdup_printf (_("%.0f %%"), (is_weight ? self->place.share : self->p) * 100);
  g_autofree char *tip = NULL;

  gtk_label_set_label (self->probability_text, text);
  gtk_label_set_label (self->probability_name, is_weight ? _("Weight") : _("Probability"));
  if (is_weight)
    tip = g_strdup_printf (_("Weight %.2f: drawn in %s of the cases in which one is drawn"), self->p,
                           text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->probability), is_weight ? tip : _("Probability"));
  gtk_widget_set_visible (GTK_WIDGET (self->probability), !self->place.is_certain);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->probability),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
set_css_class (BallastStepRow *self,
               const char     *name,
               gboolean        on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
show_enabled (BallastStepRow *self)
{
  _ballast_step_row_show_mirror (self);
  set_css_class (self, "switched-off", !gtk_switch_get_active (self->enabled));
}

static void
on_enabled_changed (BallastStepRow *self)
{
  show_enabled (self);
  if (self->showing)
    return;

  _ballast_step_row_commit (self);
}

static void
on_probability_changed (BallastStepRow *self)
{
  self->p = ballast_range_slider_get_upper (BALLAST_RANGE_SLIDER (self->probability_slider)) / 100;
  show_probability (self);
  _ballast_step_row_show_mirror (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
emit_changed (BallastStepRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
emit_committed (BallastStepRow *self)
{
  g_signal_emit (self, signals[COMMITTED], 0);
}

static void
on_kept_closed (BallastStepRow *self)
{
  _ballast_step_row_show_kept (self);
}

static void
add_parameters (BallastStepRow *self)
{
  guint n_primary = 0;

  for (guint i = 0; i < self->op->n_parameters; i++)
    {
      const BallastParameter *parameter = &self->op->parameters[i];
      GtkBox *box = parameter->secondary ? self->secondary : self->primary;

      self->parameters[i] = ballast_parameter_row_new (parameter);
      g_signal_connect_swapped (self->parameters[i], "changed", G_CALLBACK (emit_changed), self);
      g_signal_connect_swapped (self->parameters[i], "committed", G_CALLBACK (emit_committed), self);
      gtk_box_append (box, self->parameters[i]);
      if (parameter->secondary)
        gtk_widget_set_visible (self->more, TRUE);
      else
        n_primary++;
    }

  /* Greyed out, the title would look like that of a step that is switched off. */
  gtk_widget_set_can_target (self->expander, self->op->n_parameters > 0);
  gtk_widget_set_focusable (self->expander, self->op->n_parameters > 0);
  gtk_widget_set_visible (self->arrow, self->op->n_parameters > 0);
  ballast_step_row_set_expanded (self, n_primary > 0 && n_primary <= OPEN_PARAMETERS);
}

static void
ballast_step_row_dispose (GObject *object)
{
  BallastStepRow *self = BALLAST_STEP_ROW (object);

  g_clear_pointer (&self->kept_from, g_hash_table_unref);
  g_clear_pointer (&self->mirrored_names, g_strfreev);
  gtk_widget_dispose_template (GTK_WIDGET (self), BALLAST_TYPE_STEP_ROW);

  G_OBJECT_CLASS (ballast_step_row_parent_class)->dispose (object);
}

static void
install_signals (GType type)
{
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[COMMITTED] = g_signal_new ("committed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);
  signals[EDIT] = g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_INT, G_TYPE_POINTER);
  signals[DROPPED] = g_signal_new ("dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ballast_step_row_class_init (BallastStepRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ballast_step_row_dispose;
  install_signals (G_TYPE_FROM_CLASS (klass));

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-step-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, handle);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, expander);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, title);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, kept);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, mirror);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, kept_text);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, kept_popover);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, class_list);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, probability);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, probability_text);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, probability_box);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, enabled);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, menu);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, primary);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, secondary);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, more);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, facts);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, empty);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, add);
  gtk_widget_class_bind_template_child (widget_class, BallastStepRow, probability_name);

  _ballast_step_row_install_actions (widget_class);
}

static void
ballast_step_row_init (BallastStepRow *self)
{
  self->place.share = -1;
  self->kept_from = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->probability_slider = ballast_range_slider_new (0, 100, 1, FALSE);
  ballast_range_slider_set_label (BALLAST_RANGE_SLIDER (self->probability_slider),
                                  _("Probability, percent"));
  gtk_widget_set_hexpand (self->probability_slider, TRUE);
  gtk_box_append (self->probability_box, self->probability_slider);
  g_signal_connect_swapped (self->probability_slider, "changed",
                            G_CALLBACK (on_probability_changed), self);
  g_signal_connect_swapped (self->probability_slider, "committed", G_CALLBACK (emit_committed), self);
  g_signal_connect_swapped (self->enabled, "notify::active", G_CALLBACK (on_enabled_changed), self);
  g_signal_connect_swapped (self->kept_popover, "closed", G_CALLBACK (on_kept_closed), self);
  _ballast_step_row_add_dragging (self);
}

GtkWidget *
ballast_step_row_new (const BallastStep *step)
{
  BallastStepRow *self = g_object_new (BALLAST_TYPE_STEP_ROW, NULL);

  self->op = step->op;
  self->id = step->id;
  gtk_label_set_label (self->title, _(step->op->title));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), _(step->op->help));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _(step->op->title), -1);
  if (step->op->combinator > BALLAST_COMBINATOR_NOTHING)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "group-row");
      gtk_widget_set_visible (self->add, TRUE);
    }
  add_parameters (self);
  _ballast_step_row_enable_actions (self);
  ballast_step_row_set_step (self, step);
  return GTK_WIDGET (self);
}

void
ballast_step_row_set_step (BallastStepRow    *self,
                           const BallastStep *step)
{
  g_return_if_fail (BALLAST_IS_STEP_ROW (self));
  g_return_if_fail (step->op == self->op && step->id == self->id);

  self->showing = TRUE;
  self->p = step->p;
  ballast_range_slider_set_values (BALLAST_RANGE_SLIDER (self->probability_slider), 0, step->p * 100);
  gtk_switch_set_active (self->enabled, step->enabled);
  for (guint i = 0; i < self->op->n_parameters; i++)
    ballast_parameter_row_set_value (BALLAST_PARAMETER_ROW (self->parameters[i]), &step->values[i]);
  g_hash_table_remove_all (self->kept_from);
  for (char **name = step->kept_from; name != NULL && *name != NULL; name++)
    g_hash_table_add (self->kept_from, g_strdup (*name));
  _ballast_step_row_show_class_checks (self);
  self->showing = FALSE;

  show_probability (self);
  _ballast_step_row_show_kept (self);
  show_enabled (self);
}

guint32
ballast_step_row_get_id (BallastStepRow *self)
{
  g_return_val_if_fail (BALLAST_IS_STEP_ROW (self), 0);

  return self->id;
}

void
ballast_step_row_set_expanded (BallastStepRow *self,
                               gboolean        expanded)
{
  g_return_if_fail (BALLAST_IS_STEP_ROW (self));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->expander), expanded);
}

void
ballast_step_row_apply (BallastStepRow  *self,
                        BallastPipeline *pipeline)
{
  int position;

  g_return_if_fail (BALLAST_IS_STEP_ROW (self));

  position = ballast_pipeline_find_step (pipeline, self->id);
  if (position < 0)
    return;

  ballast_pipeline_set_enabled (pipeline, position, gtk_switch_get_active (self->enabled));
  ballast_pipeline_set_p (pipeline, position, self->p);
  for (guint i = 0; i < self->op->n_parameters; i++)
    {
      BallastValue value;

      ballast_parameter_row_get_value (BALLAST_PARAMETER_ROW (self->parameters[i]), &value);
      ballast_pipeline_set_value (pipeline, position, i, &value);
    }
  _ballast_step_row_apply_kept_from (self, pipeline, position);
}

void
ballast_step_row_set_place (BallastStepRow         *self,
                            const BallastStepPlace *place)
{
  g_return_if_fail (BALLAST_IS_STEP_ROW (self));

  self->place = *place;
  gtk_widget_set_margin_start (GTK_WIDGET (self), (int) place->depth * INDENT_PX);
  gtk_widget_set_visible (self->empty, place->is_empty);
  set_css_class (self, "in-group", place->depth > 0);
  set_css_class (self, "idle", place->is_idle);
  set_css_class (self, "solo", place->is_solo);
  _ballast_step_row_enable_actions (self);
  show_probability (self);
}

GtkWidget *
ballast_step_row_get_add_button (BallastStepRow *self)
{
  g_return_val_if_fail (BALLAST_IS_STEP_ROW (self), NULL);

  return self->add;
}

void
ballast_step_row_set_facts (BallastStepRow *self,
                            const char     *facts)
{
  g_autofree char *tip = NULL;

  g_return_if_fail (BALLAST_IS_STEP_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->facts), facts != NULL);
  gtk_label_set_label (self->facts, facts != NULL ? facts : "");
  tip = facts != NULL ? g_strdup_printf ("%s\n%s", _(self->op->help), facts) : g_strdup (_(self->op->help));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), tip);
}
