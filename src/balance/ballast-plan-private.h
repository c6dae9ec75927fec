#pragma once

#include "ballast-plan.h"

G_BEGIN_DECLS

/* (transfer full): what the user should know of @plan, the rest of which is filled; @multi_label:
 * images with several classes. */
GPtrArray *ballast_plan_find_warnings (const BallastPlan *plan,
                                       guint64            multi_label);

G_END_DECLS
