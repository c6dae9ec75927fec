/*
 * RandomZoomOut: the picture somewhere on a larger, filled canvas (torchvision).
 *
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

enum
{
  SIDE_RANGE,
  KEEP_SIZE,
  FILL,
};

static const BallastParameter parameters[] = {
  [SIDE_RANGE] = {
    .name = "side_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Canvas"), .unit = "×",
    .help = N_("The canvas is so many times as wide and high as the picture."), .minimum = 1,
    .maximum = 8, .step = 0.1, .digits = 1, .initial = { { 1, 2 } }, .neutral = { { 1, 1 } },
    .absent = { { 1, 4 } },
  },
  [KEEP_SIZE] = {
    .name = "keep_size", .type = BALLAST_PARAMETER_BOOL, .label = N_("Keep the Size"), .unit = "",
    .help = N_("Brings the canvas to the size that the picture had."), .maximum = 1, .step = 1,
    .initial = { { 1 } }, .neutral = { { 1 } },
  },
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the canvas.")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastFrame frame = ballast_frame_whole (sampler);
  double times = ballast_sampler_range (sampler, &values[SIDE_RANGE]);

  ballast_frame_grow (&frame, sampler, floor (frame.width * times), floor (frame.height * times),
                      BALLAST_POSITION_RANDOM);
  if (values[KEEP_SIZE].number[0] != 0)
    {
      frame.out_width = sampler->width;
      frame.out_height = sampler->height;
    }
  for (guint i = 0; i < 3; i++)
    frame.fill[i] = values[FILL].number[i];
  ballast_frame_put (&frame, sampler);
}

const BallastOp ballast_op_random_zoom_out = {
  .name = "RandomZoomOut",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Zoom Out"),
  .help = N_("Puts the picture somewhere on a larger canvas, so that small objects are seen."),
  .keywords = "expand canvas small objects torchvision ssd",
  .glyph = "▣",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .ours_alone = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_frame_check,
  .lower = ballast_frame_lower,
  .describe = ballast_frame_describe,
};
