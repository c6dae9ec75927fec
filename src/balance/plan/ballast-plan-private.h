#pragma once

#include "ballast-plan.h"

G_BEGIN_DECLS

/* (transfer full): counts, factors and targets; what follows from them is still to be filled. */
BallastPlan *ballast_plan_begin           (const BallastTally           *tally,
                                           const BallastBalanceSettings *settings);

gboolean     ballast_plan_may_raise       (BallastStrategy               strategy);
gboolean     ballast_plan_may_lower       (BallastStrategy               strategy);

/* What follows from what the class has now and after. */
void         ballast_plan_class_close     (BallastPlanClass             *class);

/* How many of @available images without an object stay beside @others with one. */
void         ballast_plan_set_background  (BallastPlan                  *plan,
                                           guint64                       available,
                                           guint64                       others);

/* The ratios, once all classes are filled. */
void         ballast_plan_measure_ratios  (BallastPlan                  *plan);

/* What the plan aims at for the class: its target, or its count where the strategy cannot go there. */
guint64      ballast_plan_get_goal        (const BallastPlan            *plan,
                                           const BallastPlanClass       *class);

/* (transfer full): what the user should know of @plan, the rest of which is filled. */
GPtrArray   *ballast_plan_find_warnings   (const BallastPlan            *plan);

/* A window of an image; what it holds is a row of window_rows at the same place. */
typedef struct
{
  guint32    row;
  BallastBox box;
} BallastPlanWindow;

/* TRUE where the settings ask for crops and boxes are known. */
gboolean     ballast_plan_can_crop        (const BallastPlan            *plan);

/* Fills windows and window_rows, where the classes come to @sums without them.  FALSE where cancelled. */
gboolean     ballast_plan_find_windows    (BallastPlan                  *plan,
                                           const double                 *sums,
                                           GCancellable                 *cancellable);

/* How many crops are made of a window. */
guint64      ballast_plan_count_window    (const BallastPlan            *plan,
                                           guint                         index);

/* Finds out, where the plan is over rows, which class keeps another from its target. */
void         ballast_plan_find_companions (BallastPlan                  *plan);

G_END_DECLS
