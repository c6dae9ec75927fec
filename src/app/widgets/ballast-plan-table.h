#pragma once

#include <gtk/gtk.h>

#include "ballast-plan.h"
#include "ballast-weights.h"

G_BEGIN_DECLS

/*
 * The classes of a plan as a table: now, target, after, copies, weight.  Sorted by its headers.
 *
 * Signals: "override-set" (uint class index, int64 count; -1: take the override back), when a target
 * was typed; "class-activated" (uint class index).
 */
#define BALLAST_TYPE_PLAN_TABLE (ballast_plan_table_get_type ())
G_DECLARE_FINAL_TYPE (BallastPlanTable, ballast_plan_table, BALLAST, PLAN_TABLE, GtkWidget)

/* NULL empties it.  Rows stay where the number of classes is the same. */
void ballast_plan_table_set_plan    (BallastPlanTable     *self,
                                     const BallastPlan    *plan);

/* NULL: no weights are shown. */
void ballast_plan_table_set_weights (BallastPlanTable     *self,
                                     const BallastWeights *weights);

G_END_DECLS
