/*
 * Edits of steps that a card asks for, and a card's place in the pipeline.
 *
 * Pure functions on the draft; a dozen steps, so every one is a walk.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-step-edit.h"

#include "ballast-pipeline-tree.h"

/* One place up or down among its neighbours; past the last, out of the group. */
static gboolean
step_over (BallastPipeline *pipeline,
           guint            position,
           gboolean         down)
{
  int neighbour = down ? ballast_pipeline_get_next (pipeline, position)
                       : ballast_pipeline_get_previous (pipeline, position);
  int parent = ballast_pipeline_get_parent (pipeline, position);

  if (neighbour >= 0)
    ballast_pipeline_move (pipeline, position, (guint) neighbour);
  else if (parent >= 0 && down)
    ballast_pipeline_move_out (pipeline, position);
  else if (parent >= 0)
    ballast_pipeline_move (pipeline, position, (guint) parent);
  return neighbour >= 0 || parent >= 0;
}

static gboolean
step_into (BallastPipeline *pipeline,
           guint            position)
{
  int above = ballast_pipeline_get_previous (pipeline, position);

  return above >= 0 && ballast_pipeline_move_into (pipeline, position, above);
}

gboolean
ballast_step_edit_apply (BallastStepEdit  edit,
                         BallastPipeline *pipeline,
                         guint            position,
                         const BallastOp *group)
{
  switch (edit)
    {
    case BALLAST_STEP_EDIT_UP:
    case BALLAST_STEP_EDIT_DOWN:
      return step_over (pipeline, position, edit == BALLAST_STEP_EDIT_DOWN);
    case BALLAST_STEP_EDIT_INTO:
      return step_into (pipeline, position);
    case BALLAST_STEP_EDIT_OUT:
      return ballast_pipeline_move_out (pipeline, position);
    case BALLAST_STEP_EDIT_WRAP:
      return ballast_pipeline_wrap (pipeline, position, group) != 0;
    case BALLAST_STEP_EDIT_DISSOLVE:
      ballast_pipeline_unwrap (pipeline, position);
      return TRUE;
    case BALLAST_STEP_EDIT_DUPLICATE:
      return ballast_pipeline_duplicate (pipeline, position) != 0;
    case BALLAST_STEP_EDIT_REMOVE:
      ballast_pipeline_remove (pipeline, position);
      return TRUE;
    case BALLAST_STEP_EDIT_ADD:
    case BALLAST_STEP_EDIT_SOLO:
    default:
      return FALSE;
    }
}

/* The step's share of what “one of” draws; -1 where it is not one of several. */
static double
share_of (const BallastPipeline *pipeline,
          guint                  position)
{
  int parent = ballast_pipeline_get_parent (pipeline, position);
  const BallastStep *step = ballast_pipeline_get_step (pipeline, position);
  double sum = 0;

  if (parent < 0 || ballast_pipeline_get_step (pipeline, (guint) parent)->op->combinator
      != BALLAST_COMBINATOR_ONE_OF)
    return -1;
  for (int i = ballast_pipeline_get_first (pipeline, parent); i >= 0;
       i = ballast_pipeline_get_next (pipeline, (guint) i))
    if (ballast_pipeline_get_step (pipeline, (guint) i)->enabled)
      sum += ballast_pipeline_get_step (pipeline, (guint) i)->p;
  return step->enabled && sum > 0 ? step->p / sum : 0;
}

static gboolean
is_group_off (const BallastPipeline *pipeline,
              guint                  position)
{
  for (int i = ballast_pipeline_get_parent (pipeline, position); i >= 0;
       i = ballast_pipeline_get_parent (pipeline, (guint) i))
    if (!ballast_pipeline_get_step (pipeline, (guint) i)->enabled)
      return TRUE;
  return FALSE;
}

void
ballast_step_place_find (BallastStepPlace      *place,
                         const BallastPipeline *pipeline,
                         guint                  position,
                         guint32                solo_id)
{
  const BallastStep *step = ballast_pipeline_get_step (pipeline, position);
  int solo = ballast_pipeline_find_step (pipeline, solo_id);
  int parent = ballast_pipeline_get_parent (pipeline, position);
  int above = ballast_pipeline_get_previous (pipeline, position);

  *place = (BallastStepPlace) { .depth = step->depth, .share = share_of (pipeline, position) };
  place->is_certain = parent >= 0 && ballast_pipeline_get_step (pipeline, (guint) parent)->op
                      ->combinator == BALLAST_COMBINATOR_ONE_OR_OTHER;
  place->is_solo = solo == (int) position;
  place->is_idle = is_group_off (pipeline, position)
                   || (solo >= 0 && position >= ballast_pipeline_get_end (pipeline, (guint) solo));
  place->is_below_group = above >= 0 && ballast_step_is_group (
    ballast_pipeline_get_step (pipeline, (guint) above));
  place->is_empty = ballast_step_is_group (step)
                    && ballast_pipeline_get_first (pipeline, (int) position) < 0;
}
