#pragma once

#include <gtk/gtk.h>

#include "ballast-pipeline.h"

G_BEGIN_DECLS

/*
 * A step of a pipeline as a card: what it is, how probable, switched on or off, its parameters, the
 * classes that it is kept from.
 *
 * It shows a copy of the step and knows no pipeline: who owns the pipeline listens, and asks the
 * row to write itself into it.  Signals: "changed" while a slider moves; "committed" when a value
 * stands; "move" (int: -1 up, 1 down), "remove"; "dropped" (uint: the id of the step that was let
 * go on this one).
 */
#define BALLAST_TYPE_STEP_ROW (ballast_step_row_get_type ())
G_DECLARE_FINAL_TYPE (BallastStepRow, ballast_step_row, BALLAST, STEP_ROW, GtkBox)

GtkWidget *ballast_step_row_new             (const BallastStep  *step);

/* @step has the id and the op of this row.  Emits nothing. */
void       ballast_step_row_set_step        (BallastStepRow     *self,
                                             const BallastStep  *step);
guint32    ballast_step_row_get_id          (BallastStepRow     *self);

/* The classes that it can be kept from: copied, NULL-terminated. */
void       ballast_step_row_set_class_names (BallastStepRow     *self,
                                             const char * const *names);

/* Opens or closes the parameters. */
void       ballast_step_row_set_expanded    (BallastStepRow     *self,
                                             gboolean            expanded);

/* Writes what the row shows into the step of @pipeline that has its id. */
void       ballast_step_row_apply           (BallastStepRow     *self,
                                             BallastPipeline    *pipeline);

/* Classes whose images this step may turn into those of another class; a step that mirrors is
 * marked while it is not kept from all of them. */
void       ballast_step_row_set_mirrored_names (BallastStepRow     *self,
                                                const char * const *names);

G_END_DECLS
