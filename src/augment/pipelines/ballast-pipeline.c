/*
 * A pipeline: an ordered tree of steps, as a value.
 *
 * Every number in it is within its limits at all times, because the setters clamp.  One thread owns
 * a pipeline; others get a copy.  A dozen steps: everything is a walk over an array.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-pipeline-private.h"
#include "ballast-pipeline-tree.h"

#include <math.h>
#include <string.h>

static BallastStep *
peek_step (const BallastPipeline *pipeline,
           guint                  position)
{
  return &g_array_index (pipeline->steps, BallastStep, position);
}

static void
step_clear (gpointer data)
{
  BallastStep *step = data;

  g_clear_pointer (&step->kept_from, g_strfreev);
}

BallastPipeline *
ballast_pipeline_new (void)
{
  BallastPipeline *pipeline = g_new0 (BallastPipeline, 1);

  pipeline->steps = g_array_new (FALSE, TRUE, sizeof (BallastStep));
  g_array_set_clear_func (pipeline->steps, step_clear);
  pipeline->next_id = 1;
  pipeline->boxes = (BallastBoxPolicy) BALLAST_BOX_POLICY_INITIAL;
  return pipeline;
}

BallastPipeline *
ballast_pipeline_copy (const BallastPipeline *pipeline)
{
  BallastPipeline *copy = ballast_pipeline_new ();

  for (guint i = 0; i < pipeline->steps->len; i++)
    ballast_pipeline_insert (copy, peek_step (pipeline, i), -1);
  copy->next_id = pipeline->next_id;
  copy->boxes = pipeline->boxes;
  return copy;
}

void
ballast_pipeline_free (BallastPipeline *pipeline)
{
  if (pipeline == NULL)
    return;
  g_array_unref (pipeline->steps);
  g_free (pipeline);
}

static gboolean
step_equal (const BallastStep *a,
            const BallastStep *b)
{
  static const char *const none[] = { NULL };

  if (a->op != b->op || a->id != b->id || a->depth != b->depth
      || a->enabled != b->enabled || a->p != b->p)
    return FALSE;
  for (guint i = 0; i < a->op->n_parameters; i++)
    for (guint j = 0; j < 3; j++)
      if (a->values[i].number[j] != b->values[i].number[j])
        return FALSE;
  return g_strv_equal (a->kept_from != NULL ? (const char *const *) a->kept_from : none,
                       b->kept_from != NULL ? (const char *const *) b->kept_from : none);
}

gboolean
ballast_pipeline_equal (const BallastPipeline *a,
                        const BallastPipeline *b)
{
  if (a->steps->len != b->steps->len || !ballast_box_policy_equal (&a->boxes, &b->boxes))
    return FALSE;
  for (guint i = 0; i < a->steps->len; i++)
    if (!step_equal (peek_step (a, i), peek_step (b, i)))
      return FALSE;
  return TRUE;
}

const BallastBoxPolicy *
ballast_pipeline_get_box_policy (const BallastPipeline *pipeline)
{
  return &pipeline->boxes;
}

void
ballast_pipeline_set_box_policy (BallastPipeline        *pipeline,
                                 const BallastBoxPolicy *policy)
{
  pipeline->boxes = *policy;
  ballast_box_policy_clamp (&pipeline->boxes);
}

guint
ballast_pipeline_get_n_steps (const BallastPipeline *pipeline)
{
  return pipeline->steps->len;
}

const BallastStep *
ballast_pipeline_get_step (const BallastPipeline *pipeline,
                           guint                  position)
{
  g_return_val_if_fail (position < pipeline->steps->len, NULL);

  return peek_step (pipeline, position);
}

int
ballast_pipeline_find_step (const BallastPipeline *pipeline,
                            guint32                id)
{
  for (guint i = 0; i < pipeline->steps->len; i++)
    if (peek_step (pipeline, i)->id == id)
      return (int) i;
  return -1;
}

/* A step behind another is in the same group, in one further out, or inside the other. */
static guint
fitting_depth (const BallastPipeline *pipeline,
               guint                  depth,
               guint                  position)
{
  const BallastStep *before = position > 0 ? peek_step (pipeline, position - 1) : NULL;

  if (before == NULL)
    return 0;
  return MIN (depth, before->depth + (ballast_step_is_group (before) ? 1 : 0));
}

void
ballast_pipeline_insert (BallastPipeline   *pipeline,
                         const BallastStep *step,
                         int                position)
{
  BallastStep copy = *step;

  if (copy.id == 0 || ballast_pipeline_find_step (pipeline, copy.id) >= 0)
    copy.id = pipeline->next_id;
  if (copy.id >= pipeline->next_id)
    pipeline->next_id = copy.id + 1;
  copy.kept_from = NULL;
  copy.p = isfinite (copy.p) ? CLAMP (copy.p, 0, 1) : copy.op->initial_p;
  for (guint i = 0; i < copy.op->n_parameters; i++)
    ballast_parameter_clamp (&copy.op->parameters[i], &copy.values[i]);

  if (position < 0 || (guint) position > pipeline->steps->len)
    position = (int) pipeline->steps->len;
  copy.depth = fitting_depth (pipeline, copy.depth, (guint) position);
  g_array_insert_val (pipeline->steps, position, copy);
  peek_step (pipeline, (guint) position)->kept_from = g_strdupv (step->kept_from);
}

guint32
ballast_pipeline_add (BallastPipeline *pipeline,
                      const BallastOp *op,
                      int              position)
{
  BallastStep step = { .op = op, .id = pipeline->next_id, .enabled = TRUE, .p = op->initial_p };

  ballast_op_get_initial_values (op, step.values);
  if (position >= 0 && (guint) position < pipeline->steps->len)
    step.depth = peek_step (pipeline, (guint) position)->depth;
  ballast_pipeline_insert (pipeline, &step, position);
  return step.id;
}

void
ballast_pipeline_remove (BallastPipeline *pipeline,
                         guint            position)
{
  g_return_if_fail (position < pipeline->steps->len);

  g_array_remove_range (pipeline->steps, position,
                        ballast_pipeline_get_end (pipeline, position) - position);
}

void
ballast_pipeline_set_enabled (BallastPipeline *pipeline,
                              guint            position,
                              gboolean         enabled)
{
  g_return_if_fail (position < pipeline->steps->len);

  peek_step (pipeline, position)->enabled = enabled != FALSE;
}

void
ballast_pipeline_set_p (BallastPipeline *pipeline,
                        guint            position,
                        double           p)
{
  g_return_if_fail (position < pipeline->steps->len);
  g_return_if_fail (isfinite (p));

  peek_step (pipeline, position)->p = CLAMP (p, 0, 1);
}

void
ballast_pipeline_set_value (BallastPipeline    *pipeline,
                            guint               position,
                            guint               parameter,
                            const BallastValue *value)
{
  BallastStep *step;

  g_return_if_fail (position < pipeline->steps->len);
  step = peek_step (pipeline, position);
  g_return_if_fail (parameter < step->op->n_parameters);

  step->values[parameter] = *value;
  ballast_parameter_clamp (&step->op->parameters[parameter], &step->values[parameter]);
}

gboolean
ballast_step_is_kept_from (const BallastStep *step,
                           const char        *class_name)
{
  return class_name != NULL && step->kept_from != NULL
         && g_strv_contains ((const char *const *) step->kept_from, class_name);
}

void
ballast_pipeline_set_kept_from (BallastPipeline *pipeline,
                                guint            position,
                                const char      *class_name,
                                gboolean         kept)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  BallastStep *step;

  g_return_if_fail (position < pipeline->steps->len);
  g_return_if_fail (class_name != NULL);

  step = peek_step (pipeline, position);
  if (ballast_step_is_kept_from (step, class_name) == (kept != FALSE))
    return;

  for (guint i = 0; step->kept_from != NULL && step->kept_from[i] != NULL; i++)
    if (strcmp (step->kept_from[i], class_name) != 0)
      g_strv_builder_add (builder, step->kept_from[i]);
  if (kept)
    g_strv_builder_add (builder, class_name);
  g_strfreev (step->kept_from);
  step->kept_from = g_strv_builder_end (builder);
}

void
ballast_pipeline_rename_class (BallastPipeline *pipeline,
                               const char      *old_name,
                               const char      *new_name)
{
  for (guint i = 0; i < pipeline->steps->len; i++)
    if (ballast_step_is_kept_from (peek_step (pipeline, i), old_name))
      {
        ballast_pipeline_set_kept_from (pipeline, i, old_name, FALSE);
        ballast_pipeline_set_kept_from (pipeline, i, new_name, TRUE);
      }
}

gboolean
ballast_pipeline_mixes (const BallastPipeline *pipeline)
{
  for (guint i = 0; i < ballast_pipeline_get_n_steps (pipeline); i++)
    {
      const BallastStep *step = ballast_pipeline_get_step (pipeline, i);

      if (step->enabled && step->op->n_partners > 0)
        return TRUE;
    }
  return FALSE;
}
