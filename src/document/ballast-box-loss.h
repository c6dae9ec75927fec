#pragma once

#include "ballast-pipeline.h"

G_BEGIN_DECLS

/*
 * About which share of the boxes of a copy @pipeline (nullable) cuts away, 0 … 1: of small boxes
 * evenly over a picture, in draws that are always the same.  Pure; some 0.3 ms.
 */
double ballast_box_loss_estimate (const BallastPipeline *pipeline);

G_END_DECLS
