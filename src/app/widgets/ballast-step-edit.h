#pragma once

#include "ballast-step-row.h"

G_BEGIN_DECLS

/* What the editor does with a pipeline for a card, and what it tells the card.  Pure functions. */

/* FALSE where nothing was changed. */
gboolean ballast_step_edit_apply (BallastStepEdit        edit,
                                  BallastPipeline       *pipeline,
                                  guint                  position,
                                  const BallastOp       *group);

/* @solo_id: the step that the look at the chain ends with; 0: none. */
void     ballast_step_place_find (BallastStepPlace      *place,
                                  const BallastPipeline *pipeline,
                                  guint                  position,
                                  guint32                solo_id);

G_END_DECLS
