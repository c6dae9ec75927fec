/*
 * CropNonEmptyMaskIfExists: cuts out a rectangle of a size round a random point of a random box.
 *
 * Boxes stand for the masks that Albumentations looks at.
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-safe-crop.h"

#include <math.h>

enum
{
  HEIGHT,
  WIDTH,
};

static const BallastParameter parameters[] = {
  [HEIGHT] = BALLAST_PARAMETER_SIDE ("height", N_("Height"),
                                     N_("Height of the cut-out; 0 is that of the picture."), 256),
  [WIDTH] = BALLAST_PARAMETER_SIDE ("width", N_("Width"),
                                    N_("Width of the cut-out; 0 is that of the picture."), 256),
};

/* Where a cut-out of @length may begin so that the pixel at @point is in it. */
static double
draw_start (double u,
            double point,
            double length,
            double size)
{
  double first = MAX (0, point - length + 1), last = MIN (point, size - length);

  return MIN (first + floor (u * (last - first + 1)), last);
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double width = values[WIDTH].number[0], height = values[HEIGHT].number[0], u[5];
  BallastFrame frame;

  for (guint i = 0; i < 5; i++)
    u[i] = ballast_sampler_unit (sampler);
  frame = ballast_frame_cut (sampler, width > 0 ? width : sampler->width,
                             height > 0 ? height : sampler->height, u[3], u[4]);
  if (sampler->n_boxes > 0)
    {
      const BallastBox *box = &sampler->boxes[(guint) (u[0] * sampler->n_boxes)];
      double x = MIN (floor (box->x + u[1] * box->width), sampler->width - 1.0);
      double y = MIN (floor (box->y + u[2] * box->height), sampler->height - 1.0);

      frame.left = draw_start (u[3], x, frame.width, sampler->width);
      frame.top = draw_start (u[4], y, frame.height, sampler->height);
    }
  ballast_frame_put (&frame, sampler);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_frame_write_side (arguments, "height", BALLAST_FRAME_STAND_IN);
  ballast_frame_write_side (arguments, "width", BALLAST_FRAME_STAND_IN);
  json_object_set_null_member (arguments, "ignore_values");
  json_object_set_null_member (arguments, "ignore_channels");
}

const BallastOp ballast_op_crop_non_empty_mask_if_exists = {
  .name = "CropNonEmptyMaskIfExists",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Crop Round a Point of an Object"),
  .help = N_("Cuts out a rectangle of a size round a random point of a random box; anywhere where "
              "there is none."),
  .keywords = "mask crop object segmentation patch foreground",
  .glyph = "⛶",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 1,
  .moves_boxes = TRUE,
  .needs_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_frame_check,
  .lower = ballast_frame_lower,
  .describe = ballast_frame_describe,
  .write_extra = write_extra,
};
