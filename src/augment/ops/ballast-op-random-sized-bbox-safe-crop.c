/*
 * RandomSizedBBoxSafeCrop: cuts out a rectangle with all boxes in it, and brings it to a size.
 *
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-safe-crop.h"

enum
{
  HEIGHT,
  WIDTH,
  EROSION_RATE,
  INTERPOLATION,
};

static const BallastParameter parameters[] = {
  [HEIGHT] = BALLAST_PARAMETER_SIDE ("height", N_("Height"),
                                     N_("Height that comes out; 0 is that of the picture."), 512),
  [WIDTH] = BALLAST_PARAMETER_SIDE ("width", N_("Width"),
                                    N_("Width that comes out; 0 is that of the picture."), 512),
  [EROSION_RATE] = BALLAST_PARAMETER_EROSION ("erosion_rate"),
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastFrame frame = ballast_safe_crop_draw (sampler, values[EROSION_RATE].number[0]);
  double width = values[WIDTH].number[0], height = values[HEIGHT].number[0];

  frame.out_width = width > 0 ? width : sampler->width;
  frame.out_height = height > 0 ? height : sampler->height;
  frame.interpolation = values[INTERPOLATION].number[0];
  ballast_frame_put (&frame, sampler);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_int_member (arguments, "mask_interpolation", 0);
  ballast_frame_write_side (arguments, "height", BALLAST_FRAME_STAND_IN);
  ballast_frame_write_side (arguments, "width", BALLAST_FRAME_STAND_IN);
}

const BallastOp ballast_op_random_sized_bbox_safe_crop = {
  .name = "RandomSizedBBoxSafeCrop",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Crop to a Size That Keeps the Boxes"),
  .help = N_("Cuts out a rectangle that holds all boxes of the picture, and brings it to a size."),
  .keywords = "bounding box safe crop resize detection objects RandomIoUCrop",
  .glyph = "⛶",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 1,
  .moves_boxes = TRUE,
  .needs_boxes = TRUE,
  .sample = sample,
  .check = ballast_frame_check,
  .lower = ballast_frame_lower,
  .describe = ballast_frame_describe,
  .write_extra = write_extra,
};
