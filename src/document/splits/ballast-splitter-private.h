#pragma once

#include "ballast-document-split.h"
#include "ballast-split-data.h"

G_BEGIN_DECLS

/* (transfer full): any thread. */
BallastSplitPlan *ballast_split_plan_new   (BallastSplitData          *data,
                                            const BallastNearSet      *near,
                                            const BallastSplitRequest *request,
                                            GError                   **error);

G_END_DECLS
