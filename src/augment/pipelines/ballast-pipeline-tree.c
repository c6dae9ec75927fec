/*
 * The tree of a pipeline: a list of steps in reading order, each with its depth.
 *
 * Invariant: the first step has depth 0, and a step is at most one deeper than the one before it,
 * deeper only behind a group.  A subtree is a run of the list, so it moves as one block.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-pipeline-private.h"
#include "ballast-pipeline-tree.h"

static BallastStep *
peek_step (const BallastPipeline *pipeline,
           guint                  position)
{
  return &g_array_index (pipeline->steps, BallastStep, position);
}

gboolean
ballast_step_is_group (const BallastStep *step)
{
  return step->op->combinator > BALLAST_COMBINATOR_NOTHING;
}

int
ballast_pipeline_get_parent (const BallastPipeline *pipeline,
                             guint                  position)
{
  guint depth;

  g_return_val_if_fail (position < pipeline->steps->len, -1);

  depth = peek_step (pipeline, position)->depth;
  for (int i = (int) position - 1; i >= 0 && depth > 0; i--)
    if (peek_step (pipeline, (guint) i)->depth < depth)
      return i;
  return -1;
}

guint
ballast_pipeline_get_end (const BallastPipeline *pipeline,
                          guint                  position)
{
  guint end = position + 1;

  g_return_val_if_fail (position < pipeline->steps->len, pipeline->steps->len);

  while (end < pipeline->steps->len
         && peek_step (pipeline, end)->depth > peek_step (pipeline, position)->depth)
    end++;
  return end;
}

int
ballast_pipeline_get_first (const BallastPipeline *pipeline,
                            int                    group)
{
  guint first = (guint) (group + 1);

  if (first >= pipeline->steps->len)
    return -1;
  if (group >= 0 && peek_step (pipeline, first)->depth <= peek_step (pipeline, (guint) group)->depth)
    return -1;
  return (int) first;
}

int
ballast_pipeline_get_next (const BallastPipeline *pipeline,
                           guint                  position)
{
  guint end = ballast_pipeline_get_end (pipeline, position);

  if (end >= pipeline->steps->len
      || peek_step (pipeline, end)->depth < peek_step (pipeline, position)->depth)
    return -1;
  return (int) end;
}

int
ballast_pipeline_get_previous (const BallastPipeline *pipeline,
                               guint                  position)
{
  int step = ballast_pipeline_get_first (pipeline, ballast_pipeline_get_parent (pipeline, position));
  int previous = -1;

  while (step >= 0 && step != (int) position)
    {
      previous = step;
      step = ballast_pipeline_get_next (pipeline, (guint) step);
    }
  return previous;
}

gboolean
ballast_pipeline_is_active (const BallastPipeline *pipeline,
                            guint                  position)
{
  for (int i = (int) position; i >= 0; i = ballast_pipeline_get_parent (pipeline, (guint) i))
    {
      const BallastStep *step = peek_step (pipeline, (guint) i);
      gboolean either = step->op->combinator == BALLAST_COMBINATOR_ONE_OR_OTHER;

      if (!step->enabled || (step->p <= 0 && !either))
        return FALSE;
    }
  return TRUE;
}

static guint
height_of (const BallastPipeline *pipeline,
           guint                  position)
{
  guint height = 0, depth = peek_step (pipeline, position)->depth;

  for (guint i = position; i < ballast_pipeline_get_end (pipeline, position); i++)
    height = MAX (height, peek_step (pipeline, i)->depth - depth);
  return height;
}

static guint
depth_inside (const BallastPipeline *pipeline,
              int                    group)
{
  return group < 0 ? 0 : peek_step (pipeline, (guint) group)->depth + 1;
}

guint32
ballast_pipeline_add_into (BallastPipeline *pipeline,
                           const BallastOp *op,
                           int              group)
{
  BallastStep step = { .op = op, .id = pipeline->next_id, .enabled = TRUE, .p = op->initial_p };

  g_return_val_if_fail (group < (int) pipeline->steps->len, 0);

  step.depth = depth_inside (pipeline, group);
  if (step.depth > BALLAST_PIPELINE_MAX_DEPTH)
    return 0;
  ballast_op_get_initial_values (op, step.values);
  ballast_pipeline_insert (pipeline, &step, group < 0
                                              ? -1
                                              : (int) ballast_pipeline_get_end (pipeline,
                                                                                (guint) group));
  return step.id;
}

/* Moves the block at @from so that it begins before what is now at @before, @depth deep. */
static void
move_block (BallastPipeline *pipeline,
            guint            from,
            guint            before,
            guint            depth)
{
  guint end = ballast_pipeline_get_end (pipeline, from), n = end - from;
  guint old_depth = peek_step (pipeline, from)->depth;
  g_autofree BallastStep *block = g_memdup2 (peek_step (pipeline, from), n * sizeof *block);

  g_assert (before <= from || before >= end);
  for (guint i = 0; i < n; i++)
    {
      block[i].depth = block[i].depth - old_depth + depth;
      peek_step (pipeline, from + i)->kept_from = NULL; /* it goes with the copy */
    }
  g_array_remove_range (pipeline->steps, from, n);
  g_array_insert_vals (pipeline->steps, before > from ? before - n : before, block, n);
}

gboolean
ballast_pipeline_move_into (BallastPipeline *pipeline,
                            guint            position,
                            int              group)
{
  guint depth, end;

  g_return_val_if_fail (position < pipeline->steps->len, FALSE);
  g_return_val_if_fail (group < (int) pipeline->steps->len, FALSE);

  depth = depth_inside (pipeline, group);
  end = ballast_pipeline_get_end (pipeline, position);
  if ((group >= (int) position && group < (int) end)
      || (group >= 0 && !ballast_step_is_group (peek_step (pipeline, (guint) group)))
      || depth + height_of (pipeline, position) > BALLAST_PIPELINE_MAX_DEPTH)
    return FALSE;
  move_block (pipeline, position,
              group < 0 ? pipeline->steps->len : ballast_pipeline_get_end (pipeline, (guint) group),
              depth);
  return TRUE;
}

gboolean
ballast_pipeline_move_out (BallastPipeline *pipeline,
                           guint            position)
{
  int parent = ballast_pipeline_get_parent (pipeline, position);

  if (parent < 0)
    return FALSE;
  move_block (pipeline, position, ballast_pipeline_get_end (pipeline, (guint) parent),
              peek_step (pipeline, (guint) parent)->depth);
  return TRUE;
}

void
ballast_pipeline_move (BallastPipeline *pipeline,
                       guint            from,
                       guint            to)
{
  guint end, depth;

  g_return_if_fail (from < pipeline->steps->len && to < pipeline->steps->len);

  end = ballast_pipeline_get_end (pipeline, from);
  depth = peek_step (pipeline, to)->depth;
  if ((to >= from && to < end) || depth + height_of (pipeline, from) > BALLAST_PIPELINE_MAX_DEPTH)
    return;
  move_block (pipeline, from, to < from ? to : ballast_pipeline_get_end (pipeline, to), depth);
}

/* Where one of several is drawn for certain, or weighed against others, the chance is the group's. */
static void
share_chance (const BallastPipeline *pipeline,
              BallastStep           *group,
              guint                  position)
{
  BallastStep *inner = peek_step (pipeline, position);
  int parent = ballast_pipeline_get_parent (pipeline, position);
  gboolean is_choice = group->op->combinator == BALLAST_COMBINATOR_ONE_OF
                       || group->op->combinator == BALLAST_COMBINATOR_ONE_OR_OTHER;
  gboolean is_weight = parent >= 0 && peek_step (pipeline, (guint) parent)->op->combinator
                       == BALLAST_COMBINATOR_ONE_OF;

  group->p = is_choice || is_weight ? inner->p : 1;
  if (is_weight && !is_choice)
    inner->p = 1;
}

guint32
ballast_pipeline_wrap (BallastPipeline *pipeline,
                       guint            position,
                       const BallastOp *group)
{
  BallastStep step = { .op = group, .id = pipeline->next_id, .enabled = TRUE };
  guint end;

  g_return_val_if_fail (position < pipeline->steps->len, 0);
  g_return_val_if_fail (group->combinator > BALLAST_COMBINATOR_NOTHING, 0);

  step.depth = peek_step (pipeline, position)->depth;
  if (step.depth + 1 + height_of (pipeline, position) > BALLAST_PIPELINE_MAX_DEPTH)
    return 0;
  share_chance (pipeline, &step, position);
  ballast_op_get_initial_values (group, step.values);

  end = ballast_pipeline_get_end (pipeline, position);
  for (guint i = position; i < end; i++)
    peek_step (pipeline, i)->depth++;
  ballast_pipeline_insert (pipeline, &step, (int) position);
  return step.id;
}

void
ballast_pipeline_unwrap (BallastPipeline *pipeline,
                         guint            position)
{
  guint end;

  g_return_if_fail (position < pipeline->steps->len);

  end = ballast_pipeline_get_end (pipeline, position);
  for (guint i = position + 1; i < end; i++)
    peek_step (pipeline, i)->depth--;
  g_array_remove_index (pipeline->steps, position);
}

guint32
ballast_pipeline_duplicate (BallastPipeline *pipeline,
                            guint            position)
{
  guint end = ballast_pipeline_get_end (pipeline, position);

  for (guint i = 0; i < end - position; i++)
    {
      BallastStep step = *peek_step (pipeline, position + i);

      step.id = 0;
      ballast_pipeline_insert (pipeline, &step, (int) (end + i));
    }
  return peek_step (pipeline, end)->id;
}

BallastPipeline *
ballast_pipeline_copy_up_to (const BallastPipeline *pipeline,
                             guint32                id)
{
  BallastPipeline *copy = ballast_pipeline_copy (pipeline);
  int position = ballast_pipeline_find_step (copy, id);

  if (position < 0)
    return copy;
  for (guint i = ballast_pipeline_get_end (copy, (guint) position); i < copy->steps->len; i++)
    peek_step (copy, i)->enabled = FALSE;
  return copy;
}

BallastPipeline *
ballast_pipeline_copy_of_step (const BallastPipeline *pipeline,
                               guint                  position)
{
  BallastPipeline *copy = ballast_pipeline_new ();

  ballast_pipeline_insert (copy, peek_step (pipeline, position), -1);
  return copy;
}
