/*
 * RandomCropNearBBox: cuts one of the boxes out, each side moved by a random share.
 *
 * Albumentations is handed the box with every picture; here it is any of the picture's.
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-safe-crop.h"

#include <math.h>

static const BallastParameter parameters[] = {
  {
    .name = "max_part_shift", .type = BALLAST_PARAMETER_RANGE, .label = N_("Shift"), .unit = "",
    .help = N_("The most that a side moves, as a share of the box: drawn between these."),
    .maximum = 1, .step = 0.01, .digits = 2, .initial = { { 0, 0.3 } }, .absent = { { 0, 0.3 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastFrame frame = ballast_frame_whole (sampler);
  double u = ballast_sampler_unit (sampler), moves[4];

  for (guint i = 0; i < 4; i++)
    {
      double most = ballast_sampler_range (sampler, &values[0]);

      moves[i] = most * (2 * ballast_sampler_unit (sampler) - 1);
    }
  if (sampler->n_boxes > 0)
    {
      const BallastBox *box = &sampler->boxes[(guint) (u * sampler->n_boxes)];
      double right = box->x + box->width * (1 + moves[2]);
      double bottom = box->y + box->height * (1 + moves[3]);

      frame.left = CLAMP (floor (box->x + box->width * moves[0]), 0, sampler->width - 1.0);
      frame.top = CLAMP (floor (box->y + box->height * moves[1]), 0, sampler->height - 1.0);
      frame.width = CLAMP (ceil (right) - frame.left, 1, sampler->width - frame.left);
      frame.height = CLAMP (ceil (bottom) - frame.top, 1, sampler->height - frame.top);
    }
  ballast_frame_put (&frame, sampler);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_string_member (arguments, "cropping_bbox_key", "cropping_bbox");
}

const BallastOp ballast_op_random_crop_near_bbox = {
  .name = "RandomCropNearBBox",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Cut a Box Out"),
  .help = N_("Cuts one of the boxes out, a little more or less of it each time."),
  .keywords = "bounding box crop object detection classification",
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
