/*
 * Resize: to a width and a height, whatever the proportions.
 *
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

enum
{
  HEIGHT,
  WIDTH,
  INTERPOLATION,
};

static const BallastParameter parameters[] = {
  [HEIGHT] = BALLAST_PARAMETER_SIDE ("height", N_("Height"),
                                     N_("Height that comes out; 0 is that of the picture."), 512),
  [WIDTH] = BALLAST_PARAMETER_SIDE ("width", N_("Width"),
                                    N_("Width that comes out; 0 is that of the picture."), 512),
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastFrame frame = ballast_frame_whole (sampler);

  frame.out_width = values[WIDTH].number[0];
  frame.out_height = values[HEIGHT].number[0];
  frame.interpolation = values[INTERPOLATION].number[0];
  ballast_frame_put (&frame, sampler);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_frame_write_resizing (arguments, values);
  ballast_frame_write_side (arguments, "height", BALLAST_FRAME_STAND_IN);
  ballast_frame_write_side (arguments, "width", BALLAST_FRAME_STAND_IN);
}

const BallastOp ballast_op_resize = {
  .name = "Resize",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Resize"),
  .help = N_("Brings the picture to a width and a height, whatever its proportions.  What shrinks "
              "is filtered."),
  .keywords = "size scale stretch squash resolution",
  .glyph = "⤢",
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
