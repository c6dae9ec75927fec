/*
 * CenterCrop: cuts a rectangle of a fixed size out of the middle.
 *
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

enum
{
  HEIGHT,
  WIDTH,
  PAD_IF_NEEDED,
  PAD_POSITION,
  BORDER_MODE,
  FILL,
};

static const BallastParameter parameters[] = {
  [HEIGHT] = BALLAST_PARAMETER_SIDE ("height", N_("Height"),
                                     N_("Height of the cut-out; 0 is that of the picture."), 256),
  [WIDTH] = BALLAST_PARAMETER_SIDE ("width", N_("Width"),
                                    N_("Width of the cut-out; 0 is that of the picture."), 256),
  [PAD_IF_NEEDED] = BALLAST_PARAMETER_PAD_IF_NEEDED,
  [PAD_POSITION] = BALLAST_PARAMETER_POSITION ("pad_position"),
  [BORDER_MODE] = BALLAST_PARAMETER_PAD_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the edge round a small picture.")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double width = values[WIDTH].number[0] > 0 ? values[WIDTH].number[0] : sampler->width;
  double height = values[HEIGHT].number[0] > 0 ? values[HEIGHT].number[0] : sampler->height;
  BallastFrame frame = ballast_frame_cut (sampler, width, height, 0, 0);
  gboolean pad = values[PAD_IF_NEEDED].number[0] != 0;

  frame.left = floor ((sampler->width - frame.width) / 2);
  frame.top = floor ((sampler->height - frame.height) / 2);
  ballast_frame_grow (&frame, sampler, pad ? width : 0, pad ? height : 0,
                      values[PAD_POSITION].number[0]);
  ballast_frame_set_border (&frame, &values[BORDER_MODE], &values[FILL]);
  ballast_frame_put (&frame, sampler);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_frame_write_side (arguments, "height", BALLAST_FRAME_STAND_IN);
  ballast_frame_write_side (arguments, "width", BALLAST_FRAME_STAND_IN);
  json_object_set_int_member (arguments, "fill_mask", 0);
}

const BallastOp ballast_op_center_crop = {
  .name = "CenterCrop",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Cut out the Middle"),
  .help = N_("Cuts a rectangle of so many pixels out of the middle of the picture."),
  .keywords = "crop centre cut CenterCropToFixedSize",
  .glyph = "⛶",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 1,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_frame_check,
  .lower = ballast_frame_lower,
  .describe = ballast_frame_describe,
  .write_extra = write_extra,
};
