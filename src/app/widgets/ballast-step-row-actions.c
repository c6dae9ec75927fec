/*
 * What can be done with a step's card: its keys, its menu, and dragging.
 *
 * Everything works by key.  The card changes no pipeline; it asks its owner to.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-step-row-private.h"

#include "ballast-combinators.h"
#include "ballast-parameter-row.h"
#include "ballast-pipeline-tree.h"

static void
move_up (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  _ballast_step_row_emit_edit (BALLAST_STEP_ROW (widget), BALLAST_STEP_EDIT_UP, NULL);
}

static void
move_down (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  _ballast_step_row_emit_edit (BALLAST_STEP_ROW (widget), BALLAST_STEP_EDIT_DOWN, NULL);
}

static void
move_into (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  _ballast_step_row_emit_edit (BALLAST_STEP_ROW (widget), BALLAST_STEP_EDIT_INTO, NULL);
}

static void
move_out (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  _ballast_step_row_emit_edit (BALLAST_STEP_ROW (widget), BALLAST_STEP_EDIT_OUT, NULL);
}

static void
dissolve (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  _ballast_step_row_emit_edit (BALLAST_STEP_ROW (widget), BALLAST_STEP_EDIT_DISSOLVE, NULL);
}

static void
duplicate (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  _ballast_step_row_emit_edit (BALLAST_STEP_ROW (widget), BALLAST_STEP_EDIT_DUPLICATE, NULL);
}

static void
remove_step (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  _ballast_step_row_emit_edit (BALLAST_STEP_ROW (widget), BALLAST_STEP_EDIT_REMOVE, NULL);
}

static void
add_inside (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  _ballast_step_row_emit_edit (BALLAST_STEP_ROW (widget), BALLAST_STEP_EDIT_ADD, NULL);
}

static void
solo (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  _ballast_step_row_emit_edit (BALLAST_STEP_ROW (widget), BALLAST_STEP_EDIT_SOLO, NULL);
}

/* @parameter: the name of the group. */
static void
wrap (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  const BallastOp *group = ballast_combinator_find (g_variant_get_string (parameter, NULL));

  if (group != NULL)
    _ballast_step_row_emit_edit (BALLAST_STEP_ROW (widget), BALLAST_STEP_EDIT_WRAP, group);
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
reset (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  BallastStepRow *self = BALLAST_STEP_ROW (widget);

  for (guint i = 0; i < self->op->n_parameters; i++)
    ballast_parameter_row_set_value (BALLAST_PARAMETER_ROW (self->parameters[i]),
                                     &self->op->parameters[i].initial);
  _ballast_step_row_commit (self);
}

static void
bind_key (GtkWidgetClass *widget_class,
          guint           key,
          const char     *action)
{
  gtk_widget_class_add_binding_action (widget_class, key, GDK_ALT_MASK, action, NULL);
}

void
_ballast_step_row_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "step.move-up", NULL, move_up);
  gtk_widget_class_install_action (widget_class, "step.move-down", NULL, move_down);
  gtk_widget_class_install_action (widget_class, "step.move-into", NULL, move_into);
  gtk_widget_class_install_action (widget_class, "step.move-out", NULL, move_out);
  gtk_widget_class_install_action (widget_class, "step.wrap", "s", wrap);
  gtk_widget_class_install_action (widget_class, "step.dissolve", NULL, dissolve);
  gtk_widget_class_install_action (widget_class, "step.duplicate", NULL, duplicate);
  gtk_widget_class_install_action (widget_class, "step.add-inside", NULL, add_inside);
  gtk_widget_class_install_action (widget_class, "step.solo", NULL, solo);
  gtk_widget_class_install_action (widget_class, "step.keep-from", NULL, keep_from);
  gtk_widget_class_install_action (widget_class, "step.reset", NULL, reset);
  gtk_widget_class_install_action (widget_class, "step.remove", NULL, remove_step);
  bind_key (widget_class, GDK_KEY_Up, "step.move-up");
  bind_key (widget_class, GDK_KEY_Down, "step.move-down");
  bind_key (widget_class, GDK_KEY_Right, "step.move-into");
  bind_key (widget_class, GDK_KEY_Left, "step.move-out");
  bind_key (widget_class, GDK_KEY_s, "step.solo");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "step.remove", NULL);
}

void
_ballast_step_row_enable_actions (BallastStepRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_group = self->op->combinator > BALLAST_COMBINATOR_NOTHING;

  gtk_widget_action_set_enabled (widget, "step.move-into", self->place.is_below_group);
  gtk_widget_action_set_enabled (widget, "step.move-out", self->place.depth > 0);
  gtk_widget_action_set_enabled (widget, "step.wrap",
                                 self->place.depth < BALLAST_PIPELINE_MAX_DEPTH);
  gtk_widget_action_set_enabled (widget, "step.dissolve", is_group);
  gtk_widget_action_set_enabled (widget, "step.add-inside", is_group);
  gtk_widget_action_set_enabled (widget, "step.reset", self->op->n_parameters > 0);
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

  _ballast_step_row_emit_dropped (self, id);
  return TRUE;
}

void
_ballast_step_row_add_dragging (BallastStepRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_UINT, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), self);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
