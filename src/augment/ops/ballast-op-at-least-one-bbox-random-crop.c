/*
 * AtLeastOneBBoxRandomCrop: cuts out a rectangle of a size that meets one of the boxes.
 *
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
  EROSION_FACTOR,
};

static const BallastParameter parameters[] = {
  [HEIGHT] = BALLAST_PARAMETER_SIDE ("height", N_("Height"),
                                     N_("Height of the cut-out; 0 is that of the picture."), 256),
  [WIDTH] = BALLAST_PARAMETER_SIDE ("width", N_("Width"),
                                    N_("Width of the cut-out; 0 is that of the picture."), 256),
  [EROSION_FACTOR] = {
    .name = "erosion_factor", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Depth"), .unit = "",
    .help = N_("How far the cut-out reaches into the box: 0 touches it, 1 holds its middle."),
    .maximum = 1, .step = 0.01, .digits = 2, .initial = { { 0.5 } },
  },
};

/* Where a cut-out of @length may begin so that it meets @start … @end, on an axis of @size. */
static double
draw_start (double u,
            double start,
            double end,
            double length,
            double size)
{
  double first = CLAMP (floor (start) + 1 - length, 0, size - length);
  double last = CLAMP (ceil (end) - 1, first, size - length);

  return MIN (first + floor (u * (last - first + 1)), last);
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double width = values[WIDTH].number[0], height = values[HEIGHT].number[0];
  double u = ballast_sampler_unit (sampler);
  double x = ballast_sampler_unit (sampler), y = ballast_sampler_unit (sampler);
  double depth = values[EROSION_FACTOR].number[0] / 2;
  BallastFrame frame = ballast_frame_cut (sampler, width > 0 ? width : sampler->width,
                                          height > 0 ? height : sampler->height, x, y);

  if (sampler->n_boxes > 0)
    {
      const BallastBox *box = &sampler->boxes[(guint) (u * sampler->n_boxes)];

      frame.left = draw_start (x, box->x + depth * box->width, box->x + (1 - depth) * box->width,
                               frame.width, sampler->width);
      frame.top = draw_start (y, box->y + depth * box->height, box->y + (1 - depth) * box->height,
                              frame.height, sampler->height);
    }
  ballast_frame_put (&frame, sampler);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_frame_write_side (arguments, "height", BALLAST_FRAME_STAND_IN);
  ballast_frame_write_side (arguments, "width", BALLAST_FRAME_STAND_IN);
}

const BallastOp ballast_op_at_least_one_bbox_random_crop = {
  .name = "AtLeastOneBBoxRandomCrop",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Crop That Meets a Box"),
  .help = N_("Cuts out a rectangle of a size that is sure to meet one of the boxes."),
  .keywords = "bounding box crop detection objects patch",
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
