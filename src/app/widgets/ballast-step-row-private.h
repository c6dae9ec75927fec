#pragma once

#include "ballast-step-row.h"

G_BEGIN_DECLS

struct _BallastStepRow
{
  GtkBox parent_instance;

  const BallastOp  *op;
  guint32           id;
  double            p;
  BallastStepPlace  place;
  GHashTable       *kept_from;      /* names */
  char            **mirrored_names; /* of classes that a mirror changes */

  GtkWidget     *handle;
  GtkWidget     *expander;
  GtkWidget     *arrow;
  GtkLabel      *title;
  GtkWidget     *mirror;
  GtkWidget     *kept;
  GtkLabel      *kept_text;
  GtkWidget     *kept_popover;
  GtkBox        *class_list;
  GtkMenuButton *probability;
  GtkLabel      *probability_text;
  GtkLabel      *probability_name;
  GtkBox        *probability_box;
  GtkWidget     *probability_slider;
  GtkWidget     *add;
  GtkSwitch     *enabled;
  GtkWidget     *menu;
  GtkWidget     *empty;
  GtkBox        *primary;
  GtkBox        *secondary;
  GtkWidget     *more;
  GtkLabel      *facts;
  GtkWidget     *parameters[BALLAST_OP_MAX_PARAMETERS];

  guint showing : 1;
};

/* Tells who owns the pipeline that what the row shows stands now. */
void _ballast_step_row_commit          (BallastStepRow  *self);
void _ballast_step_row_emit_edit       (BallastStepRow  *self,
                                        BallastStepEdit  edit,
                                        const BallastOp *group);
void _ballast_step_row_emit_dropped    (BallastStepRow  *self,
                                        guint32          id);

/* ballast-step-row-classes.c: the classes that the step is kept from, and those that it mirrors. */
void _ballast_step_row_show_kept       (BallastStepRow  *self);
void _ballast_step_row_show_mirror     (BallastStepRow  *self);
void _ballast_step_row_show_class_checks (BallastStepRow *self);
void _ballast_step_row_apply_kept_from (BallastStepRow  *self,
                                        BallastPipeline *pipeline,
                                        guint            position);

/* ballast-step-row-actions.c: keys, the menu, and dragging. */
void _ballast_step_row_install_actions (GtkWidgetClass  *widget_class);
void _ballast_step_row_enable_actions  (BallastStepRow  *self);
void _ballast_step_row_add_dragging    (BallastStepRow  *self);

G_END_DECLS
