#pragma once

#include <json-glib/json-glib.h>

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

/* (transfer full): the tree of JSON that the files of all kinds hold. */
JsonNode *ballast_pipeline_to_node (const BallastPipeline *pipeline);

/* Brings the arguments of one transform to what Albumentations takes. */
void ballast_pipeline_fit_arguments (JsonObject *arguments);

/* (transfer full): one step as Albumentations' transform, without what is inside it. */
JsonObject *ballast_step_to_arguments (const BallastStep *step);

/* (transfer full): the same, read.  @dropped and @error as for ballast_pipeline_from_json(). */
BallastPipeline *ballast_pipeline_from_node (JsonNode *root,
                                             char   ***dropped,
                                             GError  **error);

/* FALSE where @node (nullable) is no finite number; true and false count as 1 and 0. */
gboolean ballast_json_node_number  (JsonNode *node,
                                    double   *number);
/* The first @n numbers of an array, or FALSE. */
gboolean ballast_json_node_numbers (JsonNode *node,
                                    guint     n,
                                    double   *numbers);

/* Adds a sentence; @builder is nullable. */
void ballast_strv_builder_say (GStrvBuilder *builder,
                               const char   *format,
                               ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
