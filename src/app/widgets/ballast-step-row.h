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
 * stands; "edit" (int: a BallastStepEdit; pointer: the group to wrap it in, else NULL); "dropped"
 * (uint: the id of the step that was let go on this one).
 */
typedef enum
{
  BALLAST_STEP_EDIT_UP,
  BALLAST_STEP_EDIT_DOWN,
  BALLAST_STEP_EDIT_INTO,     /* into the group above it */
  BALLAST_STEP_EDIT_OUT,      /* out of its group */
  BALLAST_STEP_EDIT_WRAP,     /* into a new group */
  BALLAST_STEP_EDIT_DISSOLVE, /* the group goes, what is inside stays */
  BALLAST_STEP_EDIT_DUPLICATE,
  BALLAST_STEP_EDIT_REMOVE,
  BALLAST_STEP_EDIT_ADD,      /* a step inside the group is to be chosen */
  BALLAST_STEP_EDIT_SOLO,     /* look at the chain up to here, or at all of it again */
} BallastStepEdit;

/* Where the step is in its pipeline, as far as the row shows it. */
typedef struct
{
  guint    depth;
  double   share;         /* of the draws of “one of”, 0 … 1; -1: not one of several */
  gboolean is_certain;    /* its group decides alone: the probability has no meaning */
  gboolean is_idle;       /* a group round it is switched off, or the look ends before it */
  gboolean is_solo;       /* the look ends with it */
  gboolean is_below_group;
  gboolean is_empty;      /* a group without steps */
} BallastStepPlace;

#define BALLAST_TYPE_STEP_ROW (ballast_step_row_get_type ())
G_DECLARE_FINAL_TYPE (BallastStepRow, ballast_step_row, BALLAST, STEP_ROW, GtkBox)

GtkWidget *ballast_step_row_new             (const BallastStep  *step);

/* @step has the id and the op of this row.  Emits nothing. */
void       ballast_step_row_set_step        (BallastStepRow     *self,
                                             const BallastStep  *step);
guint32    ballast_step_row_get_id          (BallastStepRow     *self);

void       ballast_step_row_set_place       (BallastStepRow         *self,
                                             const BallastStepPlace *place);

/* The button that adds into the group. */
GtkWidget *ballast_step_row_get_add_button  (BallastStepRow     *self);

/* A line about what the step costs: "0.4 ms an image"; NULL: nothing is known. */
void       ballast_step_row_set_facts       (BallastStepRow     *self,
                                             const char         *facts);

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
