/*
 * RandomScale: makes the picture larger or smaller, its size included.
 *
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

enum
{
  SCALE_LIMIT,
  INTERPOLATION,
};

static const BallastParameter parameters[] = {
  [SCALE_LIMIT] = {
    .name = "scale_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Growth"), .unit = "",
    .help = N_("Added to the size, as a share of it: 0.1 makes the picture a tenth larger."),
    .minimum = -0.95, .maximum = 3, .step = 0.01, .digits = 2,
    .initial = { { -0.1, 0.1 } }, .absent = { { -0.1, 0.1 } },
  },
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastFrame frame = ballast_frame_whole (sampler);
  double scale = 1 + ballast_sampler_range (sampler, &values[SCALE_LIMIT]);

  frame.out_width = MAX (1, round (frame.width * scale));
  frame.out_height = MAX (1, round (frame.height * scale));
  frame.interpolation = values[INTERPOLATION].number[0];
  ballast_frame_put (&frame, sampler);
}

const BallastOp ballast_op_random_scale = {
  .name = "RandomScale",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Random Size"),
  .help = N_("Makes the picture larger or smaller, its size in pixels included."),
  .keywords = "resize scale zoom ScaleJitter torchvision",
  .glyph = "⤢",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_frame_check,
  .lower = ballast_frame_lower,
  .describe = ballast_frame_describe,
  .write_extra = ballast_frame_write_resizing,
};
