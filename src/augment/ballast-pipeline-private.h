#pragma once

#include "ballast-pipeline.h"

G_BEGIN_DECLS

struct _BallastPipeline
{
  GArray          *steps;   /* of BallastStep */
  guint32          next_id; /* ids are never used again, or a new step would get an old one's draws */
  BallastBoxPolicy boxes;
};

/* Puts a copy of @step at @position; an id of 0, or one that is taken, becomes a new one. */
void ballast_pipeline_insert (BallastPipeline   *pipeline,
                              const BallastStep *step,
                              int                position);

/* Reads the arguments of one transform of a file into @values; what is not understood is said to
 * @dropped (nullable). */
void ballast_pipeline_read_values (const BallastOp *op,
                                   JsonObject      *arguments,
                                   BallastValue    *values,
                                   GStrvBuilder    *dropped);

G_END_DECLS
