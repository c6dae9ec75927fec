/*
 * RandomCropFromBorders: cuts up to a share off each side.
 *
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

enum
{
  CROP_LEFT,
  CROP_RIGHT,
  CROP_TOP,
  CROP_BOTTOM,
};

#define SIDE(argument, text)                                                                       \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_FLOAT, .label = text, .unit = "",                  \
    .help = N_("The most that is cut off, as a share of the size."), .maximum = 0.49,              \
    .step = 0.01, .digits = 2, .initial = { { 0.1 } }, .absent = { { 0.1 } }                       \
  }

static const BallastParameter parameters[] = {
  [CROP_LEFT] = SIDE ("crop_left", N_("Left")),
  [CROP_RIGHT] = SIDE ("crop_right", N_("Right")),
  [CROP_TOP] = SIDE ("crop_top", N_("Top")),
  [CROP_BOTTOM] = SIDE ("crop_bottom", N_("Bottom")),
};

static double
draw_side (BallastSampler     *sampler,
           const BallastValue *share,
           double              size)
{
  return floor (ballast_sampler_unit (sampler) * (floor (share->number[0] * size) + 1));
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastFrame frame = ballast_frame_whole (sampler);

  frame.left = draw_side (sampler, &values[CROP_LEFT], sampler->width);
  frame.width -= frame.left + draw_side (sampler, &values[CROP_RIGHT], sampler->width);
  frame.top = draw_side (sampler, &values[CROP_TOP], sampler->height);
  frame.height -= frame.top + draw_side (sampler, &values[CROP_BOTTOM], sampler->height);
  ballast_frame_put (&frame, sampler);
}

const BallastOp ballast_op_random_crop_from_borders = {
  .name = "RandomCropFromBorders",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Trim the Edges"),
  .help = N_("Cuts up to a share off each side; the picture becomes smaller."),
  .keywords = "crop trim border margin",
  .glyph = "⛶",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_frame_check,
  .lower = ballast_frame_lower,
  .describe = ballast_frame_describe,
};
