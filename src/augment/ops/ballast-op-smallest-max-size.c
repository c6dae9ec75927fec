/*
 * SmallestMaxSize: the picture's shorter side gets a length; its proportions stay.
 *
 * Or the picture is made to cover a height and a width, of which one may be left out.
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

enum
{
  MAX_SIZE,
  HEIGHT,
  WIDTH,
  INTERPOLATION,
};

static const BallastParameter parameters[] = {
  [MAX_SIZE] = BALLAST_PARAMETER_SIDE ("max_size", N_("Length"),
                                       N_("Length of the shorter side; 0 leaves the picture as it is."),
                                       512),
  [HEIGHT] = BALLAST_PARAMETER_SECOND_SIDE ("max_size_hw.0", N_("Height"),
                                            N_("Where the length is 0: at least this height.")),
  [WIDTH] = BALLAST_PARAMETER_SECOND_SIDE ("max_size_hw.1", N_("Width"),
                                           N_("Where the length is 0: at least this width.")),
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastFrame frame = ballast_frame_whole (sampler);
  double high = values[HEIGHT].number[0] / frame.height, wide = values[WIDTH].number[0] / frame.width;
  double scale = values[MAX_SIZE].number[0] / MIN (frame.width, frame.height);

  if (scale <= 0)
    scale = high > 0 && wide > 0 ? MAX (high, wide) : MAX (high, wide);
  if (scale > 0)
    {
      frame.out_width = MAX (1, round (frame.width * scale));
      frame.out_height = MAX (1, round (frame.height * scale));
    }
  frame.interpolation = values[INTERPOLATION].number[0];
  ballast_frame_put (&frame, sampler);
}

/* A list of lengths to choose from: the first of them. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  JsonNode *node = json_object_get_member (arguments, "max_size");

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)
      && json_array_get_length (json_node_get_array (node)) > 0
      && JSON_NODE_HOLDS_VALUE (json_array_get_element (json_node_get_array (node), 0)))
    values[MAX_SIZE].number[0] = json_node_get_double (
      json_array_get_element (json_node_get_array (node), 0));
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_frame_write_resizing (arguments, values);
  ballast_frame_write_max_size (arguments, values[HEIGHT].number[0], values[WIDTH].number[0]);
}

const BallastOp ballast_op_smallest_max_size = {
  .name = "SmallestMaxSize",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Fit the Shorter Side"),
  .help = N_("Brings the shorter side to a length; the proportions stay."),
  .keywords = "resize scale fit min size shortest RandomShortestSize torchvision",
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
  .read_legacy = read_legacy,
  .write_extra = write_extra,
};
