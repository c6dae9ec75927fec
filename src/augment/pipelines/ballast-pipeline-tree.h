#pragma once

#include "ballast-pipeline.h"

G_BEGIN_DECLS

/*
 * A pipeline as a tree.  A group is named by its position, and no group, which holds the steps of
 * the first level, by -1.
 */

/* Groups may be nested this deep. */
#define BALLAST_PIPELINE_MAX_DEPTH 6

/* TRUE for a step that can have others inside. */
gboolean ballast_step_is_group          (const BallastStep     *step);

/* The group that the step is in, or -1. */
int      ballast_pipeline_get_parent    (const BallastPipeline *pipeline,
                                         guint                  position);

/* The position after the step and all that is inside it. */
guint    ballast_pipeline_get_end       (const BallastPipeline *pipeline,
                                         guint                  position);

/* The first step inside @group, or -1; and the next in the same group, or -1. */
int      ballast_pipeline_get_first     (const BallastPipeline *pipeline,
                                         int                    group);
int      ballast_pipeline_get_next      (const BallastPipeline *pipeline,
                                         guint                  position);
int      ballast_pipeline_get_previous  (const BallastPipeline *pipeline,
                                         guint                  position);

/* TRUE if the step and all groups round it are switched on and can be drawn. */
gboolean ballast_pipeline_is_active     (const BallastPipeline *pipeline,
                                         guint                  position);

/* Puts a step with the op's defaults at the end of @group.  Returns its id; 0 where groups would be
 * nested too deep. */
guint32  ballast_pipeline_add_into      (BallastPipeline       *pipeline,
                                         const BallastOp       *op,
                                         int                    group);

/* Moves the step with all that is inside it to the end of @group.  FALSE, and nothing happens, where
 * the group is inside the step, or would be nested too deep. */
gboolean ballast_pipeline_move_into     (BallastPipeline       *pipeline,
                                         guint                  position,
                                         int                    group);

/* Moves it out of its group, to stand behind it.  FALSE where it is in none. */
gboolean ballast_pipeline_move_out      (BallastPipeline       *pipeline,
                                         guint                  position);

/* Puts a new @group in the step's place, and the step into it, as probable as it was.  Returns the
 * group's id; 0: nested too deep. */
guint32  ballast_pipeline_wrap          (BallastPipeline       *pipeline,
                                         guint                  position,
                                         const BallastOp       *group);

/* Takes the group away; what was inside stands in its place. */
void     ballast_pipeline_unwrap        (BallastPipeline       *pipeline,
                                         guint                  position);

/* Puts a copy of the step, with all that is inside it, behind it.  Returns the copy's id: its draws
 * are its own. */
guint32  ballast_pipeline_duplicate     (BallastPipeline       *pipeline,
                                         guint                  position);

/* (transfer full): a pipeline of this step alone, without what is inside it.  It keeps its id. */
BallastPipeline *ballast_pipeline_copy_of_step (const BallastPipeline *pipeline,
                                                guint                  position);

/* (transfer full): the pipeline with the steps up to the one with @id alone: what comes after is
 * switched off, also inside its groups.  For a look at half a chain. */
BallastPipeline *ballast_pipeline_copy_up_to (const BallastPipeline *pipeline,
                                              guint32                id);

G_END_DECLS
