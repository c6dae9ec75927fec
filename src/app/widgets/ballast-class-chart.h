#pragma once

#include <gtk/gtk.h>

#include "ballast-chart-model.h"

G_BEGIN_DECLS

/*
 * The chart of the classes as a widget: bars with names while they fit, a ranked curve beyond.
 *
 * Pointer and keyboard (Left, Right, Home, End) move through the classes, and a tooltip says what
 * is under them; a click or Enter activates.  Where the model has a target, the line is dragged or
 * moved with Ctrl+Up and Ctrl+Down; where it has handles, a bar's top is, with Up and Down.
 *
 * Signals:
 *   "class-activated" (uint class_index)
 *   "class-selected"  (int class_index; -1 for none)
 *   "target-dragged"  (double count, boolean final)
 *   "handle-dragged"  (uint class_index, double count, boolean final)
 * While something is dragged its signal comes with final FALSE, once a frame at most; the widget
 * changes nothing itself but expects a new model.  On release it comes with final TRUE.
 */
#define BALLAST_TYPE_CLASS_CHART (ballast_class_chart_get_type ())
G_DECLARE_FINAL_TYPE (BallastClassChart, ballast_class_chart, BALLAST, CLASS_CHART, GtkWidget)

GtkWidget               *ballast_class_chart_new          (void);

/* Takes @model; NULL shows nothing.  What is selected and hovered stays where the number of classes
 * is the same. */
void                     ballast_class_chart_take_model   (BallastClassChart *self,
                                                           BallastChartModel *model);
/* (transfer none) (nullable) */
const BallastChartModel *ballast_class_chart_get_model    (BallastClassChart *self);

void                     ballast_class_chart_set_scale    (BallastClassChart *self,
                                                           BallastChartScale  scale);
void                     ballast_class_chart_set_sort     (BallastClassChart *self,
                                                           BallastChartSort   sort);

/* The class that the keyboard is on, or -1. */
int                      ballast_class_chart_get_selected (BallastClassChart *self);
void                     ballast_class_chart_set_selected (BallastClassChart *self,
                                                           int                class_index);

G_END_DECLS
