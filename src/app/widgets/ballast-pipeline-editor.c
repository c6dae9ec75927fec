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

#include "ballast-op-chooser.h"
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
};

G_DEFINE_FINAL_TYPE (BallastPipelineEditor, ballast_pipeline_editor, GTK_TYPE_BOX)

enum
{
  CHANGED,
  COMMITTED,
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
on_row_changed (BallastStepRow        *row,
                BallastPipelineEditor *self)
{
  ballast_step_row_apply (row, self->draft);
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
finish_edit (BallastPipelineEditor *self)
{
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[COMMITTED], 0);
}

static void
move_step (BallastPipelineEditor *self,
           guint32                id,
           int                    to)
{
  int from = ballast_pipeline_find_step (self->draft, id);

  if (from < 0 || to < 0 || to == from || (guint) to >= ballast_pipeline_get_n_steps (self->draft))
    return;

  ballast_pipeline_move (self->draft, from, to);
  finish_edit (self);
}

static void
on_row_move (BallastStepRow        *row,
             int                    direction,
             BallastPipelineEditor *self)
{
  guint32 id = ballast_step_row_get_id (row);

  move_step (self, id, ballast_pipeline_find_step (self->draft, id) + direction);
}

static void
on_row_dropped (BallastStepRow        *row,
                guint                  id,
                BallastPipelineEditor *self)
{
  move_step (self, id, ballast_pipeline_find_step (self->draft, ballast_step_row_get_id (row)));
}

static void
on_row_remove (BallastStepRow        *row,
               BallastPipelineEditor *self)
{
  int position = ballast_pipeline_find_step (self->draft, ballast_step_row_get_id (row));

  if (position < 0)
    return;

  ballast_pipeline_remove (self->draft, position);
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
  g_signal_connect (row, "move", G_CALLBACK (on_row_move), self);
  g_signal_connect (row, "dropped", G_CALLBACK (on_row_dropped), self);
  g_signal_connect (row, "remove", G_CALLBACK (on_row_remove), self);
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

  gtk_widget_set_visible (self->empty, n == 0);
}

static void
on_op_chosen (BallastOpChooser      *chooser,
              const BallastOp       *op,
              BallastPipelineEditor *self)
{
  guint32 id = ballast_pipeline_add (self->draft, op, -1);
  GtkWidget *row;

  finish_edit (self);
  row = find_row (self, ballast_pipeline_get_step (self->draft,
                                                   ballast_pipeline_find_step (self->draft, id)));
  ballast_step_row_set_expanded (BALLAST_STEP_ROW (row), op->n_parameters > 0);
  gtk_widget_child_focus (row, GTK_DIR_TAB_FORWARD);
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
  GtkWidget *chooser = ballast_op_chooser_new ();

  self->draft = ballast_pipeline_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_popover (self->add, chooser);
  g_signal_connect (chooser, "chosen", G_CALLBACK (on_op_chosen), self);
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
