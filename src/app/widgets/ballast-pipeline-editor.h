#pragma once

#include <gtk/gtk.h>

#include "ballast-op-chooser.h"
#include "ballast-pipeline.h"

G_BEGIN_DECLS

/*
 * The steps of a pipeline as cards, to add, remove, reorder, switch and tune.
 *
 * It works on a draft of its own.  Signals: "changed" after every movement of a slider: draw the
 * preview; "committed" when a value stands: store the draft, one step of undo; "solo-changed".
 */
#define BALLAST_TYPE_PIPELINE_EDITOR (ballast_pipeline_editor_get_type ())
G_DECLARE_FINAL_TYPE (BallastPipelineEditor, ballast_pipeline_editor, BALLAST, PIPELINE_EDITOR,
                      GtkBox)

/* Shows a copy of @pipeline; emits nothing.  Cards of steps that stay are kept. */
void                   ballast_pipeline_editor_set_pipeline    (BallastPipelineEditor *self,
                                                                const BallastPipeline *pipeline);

/* Puts @pipeline in place of the draft, as an edit: emits both signals. */
void                   ballast_pipeline_editor_replace         (BallastPipelineEditor *self,
                                                                const BallastPipeline *pipeline);

/* (transfer none) */
const BallastPipeline *ballast_pipeline_editor_get_pipeline    (BallastPipelineEditor *self);

/* The classes that steps can be kept from: copied, NULL-terminated. */
void                   ballast_pipeline_editor_set_class_names (BallastPipelineEditor *self,
                                                                const char * const    *names);

/* The classes that a mirror turns into another one that is not declared. */
void                   ballast_pipeline_editor_set_mirrored_names (BallastPipelineEditor *self,
                                                                   const char * const    *names);

/* The step that the look at the chain ends with; 0: all of it.  The draft stays whole. */
void                   ballast_pipeline_editor_set_solo        (BallastPipelineEditor *self,
                                                                guint32                id);
/* (transfer none) (nullable) */
const BallastStep     *ballast_pipeline_editor_get_solo        (BallastPipelineEditor *self);

/* (transfer full): the draft as it is looked at: up to the solo step. */
BallastPipeline       *ballast_pipeline_editor_dup_looked_at   (BallastPipelineEditor *self);

/* A line about what the step costs, or NULL. */
void                   ballast_pipeline_editor_set_facts       (BallastPipelineEditor *self,
                                                                guint32                id,
                                                                const char            *facts);

/* (transfer none): where a new step is chosen. */
BallastOpChooser      *ballast_pipeline_editor_get_chooser     (BallastPipelineEditor *self);

G_END_DECLS
