/*
 * Pad: an edge of a fixed width on each side.
 *
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

enum
{
  LEFT,
  TOP,
  RIGHT,
  BOTTOM,
  BORDER_MODE,
  FILL,
};

#define SIDE(argument, text)                                                                       \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_INT, .label = text, .unit = "px",                  \
    .help = N_("Width of the edge on this side."), .maximum = 4096, .step = 1,                     \
    .initial = { { 16 } }                                                                          \
  }

static const BallastParameter parameters[] = {
  [LEFT] = SIDE ("padding.0", N_("Left")),
  [TOP] = SIDE ("padding.1", N_("Top")),
  [RIGHT] = SIDE ("padding.2", N_("Right")),
  [BOTTOM] = SIDE ("padding.3", N_("Bottom")),
  [BORDER_MODE] = BALLAST_PARAMETER_PAD_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the edge.")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastFrame frame = ballast_frame_whole (sampler);

  frame.left = -values[LEFT].number[0];
  frame.top = -values[TOP].number[0];
  frame.width += values[LEFT].number[0] + values[RIGHT].number[0];
  frame.height += values[TOP].number[0] + values[BOTTOM].number[0];
  ballast_frame_set_border (&frame, &values[BORDER_MODE], &values[FILL]);
  ballast_frame_put (&frame, sampler);
}

/* Two numbers are the sides, and above and below. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  double pair[2];

  if (!ballast_op_read_pair (arguments, "padding", pair))
    return;
  values[LEFT].number[0] = values[RIGHT].number[0] = pair[0];
  values[TOP].number[0] = values[BOTTOM].number[0] = pair[1];
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_int_member (arguments, "fill_mask", 0);
}

const BallastOp ballast_op_pad = {
  .name = "Pad",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Pad"),
  .help = N_("Puts an edge of a fixed width round the picture."),
  .keywords = "border margin frame edge",
  .glyph = "▣",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 1,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_frame_check,
  .lower = ballast_frame_lower,
  .describe = ballast_frame_describe,
  .read_legacy = read_legacy,
  .write_extra = write_extra,
};
