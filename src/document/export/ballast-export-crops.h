#pragma once

#include "ballast-exporter.h"
#include "ballast-plan.h"
#include "ballast-snapshot.h"

G_BEGIN_DECLS

/* (transfer full) (nullable) (element-type BallastExportCrop): the crops that @plan makes of an image,
 * as pipelines: that of the first class of what a window holds, with the cutting before it. */
GArray *ballast_export_crops_new (const BallastSnapshot *snapshot,
                                  const BallastPlan     *plan,
                                  gint64                 image_id);

G_END_DECLS
