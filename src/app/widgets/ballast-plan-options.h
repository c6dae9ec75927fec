#pragma once

#include <adwaita.h>

#include "ballast-plan.h"

G_BEGIN_DECLS

/*
 * What there is to choose where images hold several labels, boxes or nothing: the unit, the form of
 * repeat factors, the budget of images without objects, crops.  Signal: "changed", by the user.
 */
#define BALLAST_TYPE_PLAN_OPTIONS (ballast_plan_options_get_type ())
G_DECLARE_FINAL_TYPE (BallastPlanOptions, ballast_plan_options, BALLAST, PLAN_OPTIONS, AdwBin)

/* Shows @settings, and of the choices those that mean something for a dataset of these counts; hidden
 * where none does. */
void ballast_plan_options_show (BallastPlanOptions           *self,
                                const BallastBalanceSettings *settings,
                                const BallastTally           *tally);

/* Takes what is shown into @settings. */
void ballast_plan_options_read (BallastPlanOptions     *self,
                                BallastBalanceSettings *settings);

G_END_DECLS
