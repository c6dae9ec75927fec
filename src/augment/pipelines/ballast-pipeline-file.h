#pragma once

#include "ballast-pipeline.h"

G_BEGIN_DECLS

/* What a pipeline can be written as. */
typedef enum
{
  BALLAST_PIPELINE_FORMAT_JSON,   /* Albumentations', with our part */
  BALLAST_PIPELINE_FORMAT_YAML,   /* the same tree */
  BALLAST_PIPELINE_FORMAT_PYTHON, /* a few lines that build it; cannot be read back */
} BallastPipelineFormat;

/* By the ending of @path (".json", ".yaml", ".yml", ".py"); FALSE for any other. */
gboolean         ballast_pipeline_format_of_path (const char            *path,
                                                  BallastPipelineFormat *format);

/* (transfer full): the whole file, with a line end. */
char            *ballast_pipeline_to_text        (const BallastPipeline *pipeline,
                                                  BallastPipelineFormat  format);

/* (transfer full): reads JSON or YAML, whichever @text is.  @dropped and @error as for
 * ballast_pipeline_from_json(). */
BallastPipeline *ballast_pipeline_from_text      (const char            *text,
                                                  gssize                 length,
                                                  char                ***dropped,
                                                  GError               **error);

/* (transfer full): a Python expression in lines that Albumentations 2.0.8 evaluates to @pipeline,
 * with the arguments that differ from its defaults. */
char            *ballast_pipeline_to_python      (const BallastPipeline *pipeline);

G_END_DECLS
