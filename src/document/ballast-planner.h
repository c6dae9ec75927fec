#pragma once

#include "ballast-plan.h"
#include "ballast-snapshot.h"

G_BEGIN_DECLS

/*
 * Makes plans away from the main thread: a first look at once, the plan itself when it is there.
 *
 * Main thread.  Signal "planned": what was asked for last is known now; ask again.
 */
#define BALLAST_TYPE_PLANNER (ballast_planner_get_type ())
G_DECLARE_FINAL_TYPE (BallastPlanner, ballast_planner, BALLAST, PLANNER, GObject)

BallastPlanner *ballast_planner_new    (void);

/* (transfer full): the plan of @snapshot under @balance where it is known or takes no time; otherwise
 * a coarse one, and the other is begun.  An earlier one that is under way is given up. */
BallastPlan    *ballast_planner_ask    (BallastPlanner                *planner,
                                        const BallastSnapshot         *snapshot,
                                        const BallastBalanceSettings  *balance,
                                        GError                       **error);

/* Gives up what is under way. */
void            ballast_planner_cancel (BallastPlanner                *planner);

G_END_DECLS
