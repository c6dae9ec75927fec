/*
 * The card of one step.  Its rows of parameters come from the op's own declaration.
 *
 * Everything works by key: the card's actions are bound to Alt+Up, Alt+Down and Delete, and the
 * menu lists them.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-step-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ballast-parameter-row.h"
#include "ballast-range-slider.h"

/* With more parameters than this a card starts closed. */
#define OPEN_PARAMETERS 2

struct _BallastStepRow
{
  GtkBox parent_instance;

  const BallastOp *op;
  guint32          id;
  double           p;
  GHashTable      *kept_from; /* names */
  char           **mirrored_names; /* of classes that a mirror changes */

  GtkWidget     *handle;
  GtkWidget     *expander;
  GtkWidget     *arrow;
  GtkLabel      *title;
  GtkWidget     *mirror;
  GtkWidget     *kept;
  GtkLabel      *kept_text;
  GtkWidget     *kept_popover;
  GtkBox        *class_list;
  GtkMenuButton *probability;
  GtkLabel      *probability_text;
  GtkBox        *probability_box;
  GtkWidget     *probability_slider;
  GtkSwitch     *enabled;
  GtkWidget     *menu;
  GtkBox        *primary;
  GtkBox        *secondary;
  GtkWidget     *more;
  GtkWidget     *parameters[BALLAST_OP_MAX_PARAMETERS];

  guint showing : 1;
};

G_DEFINE_FINAL_TYPE (BallastStepRow, ballast_step_row, GTK_TYPE_BOX)

enum
{
  CHANGED,
  COMMITTED,
  MOVE,
  REMOVE,
  DROPPED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
commit (BallastStepRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[COMMITTED], 0);
}

static void
show_probability (BallastStepRow *self)
{
  g_autofree char *text = g_strdup_printf (_("%.0f %%"), self->p * 100);

  gtk_label_set_label (self->probability_text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->probability),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* The first class that this step, as it is set, would turn into another one; NULL: none. */
static const char *
find_mirrored (BallastStepRow *self)
{
  if (!self->op->mirrors || self->p <= 0 || !gtk_switch_get_active (self->enabled))
    return NULL;

  for (char **name = self->mirrored_names; name != NULL && *name != NULL; name++)
    if (!g_hash_table_contains (self->kept_from, *name))
      return *name;

  return NULL;
}

static void
show_mirror (BallastStepRow *self)
{
  const char *name = find_mirrored (self);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->mirror, name != NULL);
  if (name == NULL)
    return;

  text = g_strdup_printf (_("A mirror may turn “%s” into another class. Say which, or keep the step "
                             "from it."), name);
  gtk_widget_set_tooltip_text (self->mirror, text);
}

static void
show_kept (BallastStepRow *self)
{
  guint n = g_hash_table_size (self->kept_from);
  g_autofree char *text = NULL;

  if (n == 1)
    {
      GHashTableIter iter;
      gpointer name;

      g_hash_table_iter_init (&iter, self->kept_from);
      g_hash_table_iter_next (&iter, &name, NULL);
      /* Translators: a step that is not used for this one class. */
      text = g_strdup_printf (_("not %s"), (const char *) name);
    }
  else
    text = g_strdup_printf (ngettext ("not %u class", "not %u classes", n), n);

  gtk_label_set_label (self->kept_text, text);
  show_mirror (self);
  gtk_widget_set_visible (self->kept, n > 0);
}

static void
show_enabled (BallastStepRow *self)
{
  show_mirror (self);
  if (gtk_switch_get_active (self->enabled))
    gtk_widget_remove_css_class (GTK_WIDGET (self), "switched-off");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "switched-off");
}

static void
on_enabled_changed (BallastStepRow *self)
{
  show_enabled (self);
  if (self->showing)
    return;

  commit (self);
}

static void
on_probability_changed (BallastStepRow *self)
{
  self->p = ballast_range_slider_get_upper (BALLAST_RANGE_SLIDER (self->probability_slider)) / 100;
  show_probability (self);
  show_mirror (self);
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
on_class_toggled (GtkCheckButton *button,
                  BallastStepRow *self)
{
  const char *name = gtk_widget_get_name (GTK_WIDGET (button));

  if (self->showing)
    return;

  if (gtk_check_button_get_active (button))
    g_hash_table_add (self->kept_from, g_strdup (name));
  else
    g_hash_table_remove (self->kept_from, name);
  show_kept (self);
  commit (self);
}

static void
show_class_checks (BallastStepRow *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->class_list));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (child),
                                 g_hash_table_contains (self->kept_from,
                                                        gtk_widget_get_name (child)));
}

static void
move_up (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[MOVE], 0, -1);
}

static void
move_down (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  g_signal_emit (widget, signals[MOVE], 0, 1);
}

static void
remove_step (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  g_signal_emit (widget, signals[REMOVE], 0);
}

static void
keep_from (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  BallastStepRow *self = BALLAST_STEP_ROW (widget);

  /* A popover needs its button on the screen. */
  gtk_widget_set_visible (self->kept, TRUE);
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->kept));
}

static void
on_kept_closed (BallastStepRow *self)
{
  show_kept (self);
}

static void
reset (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  BallastStepRow *self = BALLAST_STEP_ROW (widget);

  for (guint i = 0; i < self->op->n_parameters; i++)
    ballast_parameter_row_set_value (BALLAST_PARAMETER_ROW (self->parameters[i]),
                                     &self->op->parameters[i].initial);
  commit (self);
}

/* Dragging the handle carries the step's id. */
static GdkContentProvider *
on_drag_prepare (GtkDragSource  *source,
                 double          x,
                 double          y,
                 BallastStepRow *self)
{
  g_autoptr(GdkPaintable) icon = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, icon, (int) x, (int) y);
  return gdk_content_provider_new_typed (G_TYPE_UINT, self->id);
}

static gboolean
on_drop (GtkDropTarget  *target,
         const GValue   *value,
         double          x,
         double          y,
         BallastStepRow *self)
{
  guint id = g_value_get_uint (value);

  if (id == self->id)
    return FALSE;

  g_signal_emit (self, signals[DROPPED], 0, id);
  return TRUE;
}

static void
add_drag_and_drop (BallastStepRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_UINT, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), self);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
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
  signals[MOVE] = g_signal_new ("move", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_INT);
  signals[REMOVE] = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
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

  gtk_widget_class_install_action (widget_class, "step.move-up", NULL, move_up);
  gtk_widget_class_install_action (widget_class, "step.move-down", NULL, move_down);
  gtk_widget_class_install_action (widget_class, "step.keep-from", NULL, keep_from);
  gtk_widget_class_install_action (widget_class, "step.reset", NULL, reset);
  gtk_widget_class_install_action (widget_class, "step.remove", NULL, remove_step);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "step.move-up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "step.move-down",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "step.remove", NULL);
}

static void
ballast_step_row_init (BallastStepRow *self)
{
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
  add_drag_and_drop (self);
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
  add_parameters (self);
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
  show_class_checks (self);
  self->showing = FALSE;

  show_probability (self);
  show_kept (self);
  show_enabled (self);
}

guint32
ballast_step_row_get_id (BallastStepRow *self)
{
  g_return_val_if_fail (BALLAST_IS_STEP_ROW (self), 0);

  return self->id;
}

void
ballast_step_row_set_class_names (BallastStepRow     *self,
                                  const char * const *names)
{
  GtkWidget *child;

  g_return_if_fail (BALLAST_IS_STEP_ROW (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->class_list))) != NULL)
    gtk_box_remove (self->class_list, child);

  self->showing = TRUE;
  for (; *names != NULL; names++)
    {
      GtkWidget *button = gtk_check_button_new_with_label (*names);

      gtk_widget_set_name (button, *names);
      g_signal_connect (button, "toggled", G_CALLBACK (on_class_toggled), self);
      gtk_box_append (self->class_list, button);
    }
  show_class_checks (self);
  self->showing = FALSE;
}

void
ballast_step_row_set_expanded (BallastStepRow *self,
                               gboolean        expanded)
{
  g_return_if_fail (BALLAST_IS_STEP_ROW (self));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->expander), expanded);
}

static void
apply_kept_from (BallastStepRow  *self,
                 BallastPipeline *pipeline,
                 guint            position)
{
  g_auto(GStrv) before =
    g_strdupv (ballast_pipeline_get_step (pipeline, position)->kept_from);
  GHashTableIter iter;
  gpointer name;

  for (char **old = before; old != NULL && *old != NULL; old++)
    if (!g_hash_table_contains (self->kept_from, *old))
      ballast_pipeline_set_kept_from (pipeline, position, *old, FALSE);

  g_hash_table_iter_init (&iter, self->kept_from);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    ballast_pipeline_set_kept_from (pipeline, position, name, TRUE);
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
  apply_kept_from (self, pipeline, position);
}

void
ballast_step_row_set_mirrored_names (BallastStepRow     *self,
                                     const char * const *names)
{
  g_return_if_fail (BALLAST_IS_STEP_ROW (self));

  g_strfreev (self->mirrored_names);
  self->mirrored_names = g_strdupv ((char **) names);
  show_mirror (self);
}
