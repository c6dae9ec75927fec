#pragma once

#include "ballast-pipeline.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;        /* for the command line: "photographs" */
  const char *title;       /* English: "Photographs" */
  const char *explanation; /* one English sentence */
} BallastPipelinePreset;

guint                        ballast_pipeline_preset_get_n (void);
const BallastPipelinePreset *ballast_pipeline_preset_get   (guint                        index);

/* (nullable): by name or title, in any case. */
const BallastPipelinePreset *ballast_pipeline_preset_find  (const char                  *name);

/* (transfer full): a new pipeline as the preset has it. */
BallastPipeline             *ballast_pipeline_new_preset   (const BallastPipelinePreset *preset);

/* (transfer full): what a new project starts with: Photographs. */
BallastPipeline             *ballast_pipeline_new_default  (void);

G_END_DECLS
