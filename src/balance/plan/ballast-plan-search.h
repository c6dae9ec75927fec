#pragma once

#include "ballast-plan-solver.h"

G_BEGIN_DECLS

/*
 * Improves whole @totals by changing one group by one, then two (and in small problems three) at
 * once, until nothing helps or a bound on the work is reached.  @totals must be within their limits.
 */
gboolean ballast_plan_search (const BallastPlanProblem *problem,
                              GCancellable             *cancellable,
                              guint64                  *totals);

/* The weight of class @index in J: 1 / max (T, 1)², 0 where any count will do. */
double   ballast_plan_weigh  (const BallastPlanProblem *problem,
                              guint                     index);

G_END_DECLS
