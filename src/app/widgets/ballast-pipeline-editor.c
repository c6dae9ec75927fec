/*
 * The list of step cards over a draft pipeline.
 *
 * A card is found by its step's id, so that an undo, which brings another pipeline, touches only
 * the cards that differ: open sliders keep their focus.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-pipeline-editor.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ballast-pipeline-tree.h"
#include "ballast-step-edit.h"
#include "ballast-step-row.h"

struct _BallastPipelineEditor
{
  GtkBox parent_instance;

  BallastPipeline *draft;
  char           **class_names;
  char           **mirrored_names;

  GtkBox        *steps;
  GtkWidget     *empty;
  GtkMenuButton *add;
  GtkWidget     *chooser;
  guint32        inside; /* the group that the chosen op goes into; 0: none */
  guint32        solo;   /* the step that the look ends with; 0: all */
};

G_DEFINE_FINAL_TYPE (BallastPipelineEditor, ballast_pipeline_editor, GTK_TYPE_BOX)

enum
{
  CHANGED,
  COMMITTED,
  SOLO_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWidget *
find_row (BallastPipelineEditor *self,
          const BallastStep     *step)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->steps));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (ballast_step_row_get_id (BALLAST_STEP_ROW (child)) == step->id &&
        g_object_get_data (G_OBJECT (child), "op") == step->op)
      return child;

  return NULL;
}

static void
show_place (BallastPipelineEditor *self,
            guint                  position,
            GtkWidget             *row)
{
  BallastStepPlace place;

  ballast_step_place_find (&place, self->draft, position, self->solo);
  ballast_step_row_set_place (BALLAST_STEP_ROW (row), &place);
}

static void
show_places (BallastPipelineEditor *self)
{
  for (guint i = 0; i < ballast_pipeline_get_n_steps (self->draft); i++)
    {
      GtkWidget *row = find_row (self, ballast_pipeline_get_step (self->draft, i));

      if (row != NULL)
        show_place (self, i, row);
    }
}

static void
on_row_changed (BallastStepRow        *row,
                BallastPipelineEditor *self)
{
  ballast_step_row_apply (row, self->draft);
  show_places (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_row_committed (BallastStepRow        *row,
                  BallastPipelineEditor *self)
{
  g_signal_emit (self, signals[COMMITTED], 0);
}

static void show (BallastPipelineEditor *self);

static void
forget_solo (BallastPipelineEditor *self)
{
  if (self->solo != 0 && ballast_pipeline_find_step (self->draft, self->solo) < 0)
    ballast_pipeline_editor_set_solo (self, 0);
}

static void
finish_edit (BallastPipelineEditor *self)
{
  show (self);
  forget_solo (self);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[COMMITTED], 0);
}

/* The chooser points at the group's button, and what is chosen goes into the group. */
static void
choose_inside (BallastPipelineEditor *self,
               BallastStepRow        *row)
{
  graphene_rect_t bounds;

  self->inside = ballast_step_row_get_id (row);
  if (gtk_widget_compute_bounds (ballast_step_row_get_add_button (row), GTK_WIDGET (self->add), &bounds))
    {
      const GdkRectangle place = { (int) bounds.origin.x, (int) bounds.origin.y,
                                   (int) bounds.size.width, (int) bounds.size.height };

      gtk_popover_set_pointing_to (GTK_POPOVER (self->chooser), &place);
    }
  gtk_menu_button_popup (self->add);
}

static void
on_row_edit (BallastStepRow        *row,
             int                    edit,
             const BallastOp       *group,
             BallastPipelineEditor *self)
{
  guint32 id = ballast_step_row_get_id (row);
  int position = ballast_pipeline_find_step (self->draft, id);

  if (position < 0)
    return;
  if (edit == BALLAST_STEP_EDIT_ADD)
    choose_inside (self, row);
  else if (edit == BALLAST_STEP_EDIT_SOLO)
    ballast_pipeline_editor_set_solo (self, self->solo == id ? 0 : id);
  else if (ballast_step_edit_apply ((BallastStepEdit) edit, self->draft, (guint) position, group))
    finish_edit (self);
  else
    gtk_widget_error_bell (GTK_WIDGET (row));
}

/* On a group: into it; on another step: to its place. */
static void
on_row_dropped (BallastStepRow        *row,
                guint                  id,
                BallastPipelineEditor *self)
{
  int from = ballast_pipeline_find_step (self->draft, id);
  int to = ballast_pipeline_find_step (self->draft, ballast_step_row_get_id (row));

  if (from < 0 || to < 0 || from == to)
    return;
  if (!ballast_step_is_group (ballast_pipeline_get_step (self->draft, (guint) to)))
    ballast_pipeline_move (self->draft, (guint) from, (guint) to);
  else if (!ballast_pipeline_move_into (self->draft, (guint) from, to))
    return;
  finish_edit (self);
}

static GtkWidget *
new_row (BallastPipelineEditor *self,
         const BallastStep     *step)
{
  GtkWidget *row = ballast_step_row_new (step);

  g_object_set_data (G_OBJECT (row), "op", (gpointer) step->op);
  if (self->class_names != NULL)
    ballast_step_row_set_class_names (BALLAST_STEP_ROW (row), (const char * const *) self->class_names);
  ballast_step_row_set_mirrored_names (BALLAST_STEP_ROW (row),
                                       (const char * const *) self->mirrored_names);
  g_signal_connect (row, "changed", G_CALLBACK (on_row_changed), self);
  g_signal_connect (row, "committed", G_CALLBACK (on_row_committed), self);
  g_signal_connect (row, "edit", G_CALLBACK (on_row_edit), self);
  g_signal_connect (row, "dropped", G_CALLBACK (on_row_dropped), self);
  return row;
}

static void
remove_stale_rows (BallastPipelineEditor *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->steps));

  while (child != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);
      int position = ballast_pipeline_find_step (self->draft,
                                                 ballast_step_row_get_id (BALLAST_STEP_ROW (child)));

      if (position < 0 || ballast_pipeline_get_step (self->draft, position)->op !=
          g_object_get_data (G_OBJECT (child), "op"))
        gtk_box_remove (self->steps, child);
      child = next;
    }
}

static void
show (BallastPipelineEditor *self)
{
  guint n = ballast_pipeline_get_n_steps (self->draft);
  GtkWidget *previous = NULL;

  remove_stale_rows (self);
  for (guint i = 0; i < n; i++)
    {
      const BallastStep *step = ballast_pipeline_get_step (self->draft, i);
      GtkWidget *row = find_row (self, step);

      if (row == NULL)
        {
          row = new_row (self, step);
          gtk_box_insert_child_after (self->steps, row, previous);
        }
      else
        {
          ballast_step_row_set_step (BALLAST_STEP_ROW (row), step);
          gtk_box_reorder_child_after (self->steps, row, previous);
        }
      previous = row;
    }

  show_places (self);
  gtk_widget_set_visible (self->empty, n == 0);
}

static void
on_op_chosen (BallastOpChooser      *chooser,
              const BallastOp       *op,
              BallastPipelineEditor *self)
{
  int group = self->inside != 0 ? ballast_pipeline_find_step (self->draft, self->inside) : -1;
  guint32 id = ballast_pipeline_add_into (self->draft, op, group);
  GtkWidget *row;

  self->inside = 0;
  gtk_popover_popdown (GTK_POPOVER (chooser)); /* or it would take the focus back */
  if (id == 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  finish_edit (self);
  row = find_row (self, ballast_pipeline_get_step (self->draft,
                                                   ballast_pipeline_find_step (self->draft, id)));
  ballast_step_row_set_expanded (BALLAST_STEP_ROW (row), op->n_parameters > 0);
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
}

static void
on_chooser_closed (BallastPipelineEditor *self)
{
  self->inside = 0;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->chooser), NULL);
}

static void
add_step (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  gtk_menu_button_popup (BALLAST_PIPELINE_EDITOR (widget)->add);
}

static void
ballast_pipeline_editor_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BALLAST_TYPE_PIPELINE_EDITOR);

  G_OBJECT_CLASS (ballast_pipeline_editor_parent_class)->dispose (object);
}

static void
ballast_pipeline_editor_finalize (GObject *object)
{
  BallastPipelineEditor *self = BALLAST_PIPELINE_EDITOR (object);

  ballast_pipeline_free (self->draft);
  g_strfreev (self->class_names);
  g_strfreev (self->mirrored_names);

  G_OBJECT_CLASS (ballast_pipeline_editor_parent_class)->finalize (object);
}

static void
ballast_pipeline_editor_class_init (BallastPipelineEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ballast_pipeline_editor_dispose;
  object_class->finalize = ballast_pipeline_editor_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[COMMITTED] = g_signal_new ("committed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);

  signals[SOLO_CHANGED] = g_signal_new ("solo-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                        0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               BALLAST_RESOURCE_BASE "/ballast-pipeline-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, BallastPipelineEditor, steps);
  gtk_widget_class_bind_template_child (widget_class, BallastPipelineEditor, empty);
  gtk_widget_class_bind_template_child (widget_class, BallastPipelineEditor, add);

  gtk_widget_class_install_action (widget_class, "pipeline.add-step", NULL, add_step);
}

static void
ballast_pipeline_editor_init (BallastPipelineEditor *self)
{
  self->draft = ballast_pipeline_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->chooser = ballast_op_chooser_new ();
  gtk_menu_button_set_popover (self->add, self->chooser);
  g_signal_connect (self->chooser, "chosen", G_CALLBACK (on_op_chosen), self);
  g_signal_connect_swapped (self->chooser, "closed", G_CALLBACK (on_chooser_closed), self);
}

void
ballast_pipeline_editor_set_pipeline (BallastPipelineEditor *self,
                                      const BallastPipeline *pipeline)
{
  g_return_if_fail (BALLAST_IS_PIPELINE_EDITOR (self));

  if (ballast_pipeline_equal (self->draft, pipeline))
    return;

  ballast_pipeline_free (self->draft);
  self->draft = ballast_pipeline_copy (pipeline);
  show (self);
  forget_solo (self);
}

void
ballast_pipeline_editor_replace (BallastPipelineEditor *self,
                                 const BallastPipeline *pipeline)
{
  g_return_if_fail (BALLAST_IS_PIPELINE_EDITOR (self));

  if (ballast_pipeline_equal (self->draft, pipeline))
    return;

  ballast_pipeline_free (self->draft);
  self->draft = ballast_pipeline_copy (pipeline);
  finish_edit (self);
}

const BallastPipeline *
ballast_pipeline_editor_get_pipeline (BallastPipelineEditor *self)
{
  g_return_val_if_fail (BALLAST_IS_PIPELINE_EDITOR (self), NULL);

  return self->draft;
}

void
ballast_pipeline_editor_set_class_names (BallastPipelineEditor *self,
                                         const char * const    *names)
{
  GtkWidget *child;

  g_return_if_fail (BALLAST_IS_PIPELINE_EDITOR (self));

  g_strfreev (self->class_names);
  self->class_names = g_strdupv ((char **) names);
  child = gtk_widget_get_first_child (GTK_WIDGET (self->steps));
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    ballast_step_row_set_class_names (BALLAST_STEP_ROW (child), names);
}

void
ballast_pipeline_editor_set_mirrored_names (BallastPipelineEditor *self,
                                            const char * const    *names)
{
  GtkWidget *child;

  g_return_if_fail (BALLAST_IS_PIPELINE_EDITOR (self));

  g_strfreev (self->mirrored_names);
  self->mirrored_names = g_strdupv ((char **) names);
  child = gtk_widget_get_first_child (GTK_WIDGET (self->steps));
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    ballast_step_row_set_mirrored_names (BALLAST_STEP_ROW (child), names);
}

void
ballast_pipeline_editor_set_solo (BallastPipelineEditor *self,
                                  guint32                id)
{
  g_return_if_fail (BALLAST_IS_PIPELINE_EDITOR (self));

  if (self->solo == id)
    return;

  self->solo = id;
  show_places (self);
  g_signal_emit (self, signals[SOLO_CHANGED], 0);
}

const BallastStep *
ballast_pipeline_editor_get_solo (BallastPipelineEditor *self)
{
  int position;

  g_return_val_if_fail (BALLAST_IS_PIPELINE_EDITOR (self), NULL);

  position = self->solo == 0 ? -1 : ballast_pipeline_find_step (self->draft, self->solo);
  return position < 0 ? NULL : ballast_pipeline_get_step (self->draft, (guint) position);
}

BallastPipeline *
ballast_pipeline_editor_dup_looked_at (BallastPipelineEditor *self)
{
  g_return_val_if_fail (BALLAST_IS_PIPELINE_EDITOR (self), NULL);

  return self->solo == 0 ? ballast_pipeline_copy (self->draft)
                         : ballast_pipeline_copy_up_to (self->draft, self->solo);
}

void
ballast_pipeline_editor_set_facts (BallastPipelineEditor *self,
                                   guint32                id,
                                   const char            *facts)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->steps));

  g_return_if_fail (BALLAST_IS_PIPELINE_EDITOR (self));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (ballast_step_row_get_id (BALLAST_STEP_ROW (child)) == id)
      ballast_step_row_set_facts (BALLAST_STEP_ROW (child), facts);
}

BallastOpChooser *
ballast_pipeline_editor_get_chooser (BallastPipelineEditor *self)
{
  g_return_val_if_fail (BALLAST_IS_PIPELINE_EDITOR (self), NULL);

  return BALLAST_OP_CHOOSER (self->chooser);
}
