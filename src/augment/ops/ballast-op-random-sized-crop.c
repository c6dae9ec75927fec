/*
 * RandomSizedCrop: cuts out a rectangle of a random height and fixed proportions, and brings it to a
 * size.
 *
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

enum
{
  MIN_MAX_HEIGHT,
  HEIGHT,
  WIDTH,
  W2H_RATIO,
  INTERPOLATION,
};

static const BallastParameter parameters[] = {
  [MIN_MAX_HEIGHT] = {
    .name = "min_max_height", .type = BALLAST_PARAMETER_RANGE, .label = N_("Height of the Cut-out"),
    .unit = "px", .help = N_("The cut-out's height is drawn between these; it is no larger than the "
                              "picture."),
    .minimum = 1, .maximum = BALLAST_FRAME_MAX_SIDE, .step = 1, .whole = TRUE,
    .initial = { { 200, 400 } }, .neutral = { { BALLAST_FRAME_MAX_SIDE, BALLAST_FRAME_MAX_SIDE } },
    .absent = { { 200, 400 } },
  },
  [HEIGHT] = BALLAST_PARAMETER_SIDE ("size.0", N_("Height"),
                                     N_("Height that comes out; 0 is that of the picture."), 256),
  [WIDTH] = BALLAST_PARAMETER_SIDE ("size.1", N_("Width"),
                                    N_("Width that comes out; 0 is that of the picture."), 256),
  [W2H_RATIO] = {
    .name = "w2h_ratio", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Proportions"), .unit = "",
    .help = N_("Width divided by height of the cut-out."), .minimum = 0.1, .maximum = 10,
    .step = 0.01, .digits = 2, .secondary = TRUE, .initial = { { 1 } }, .neutral = { { 1 } },
    .absent = { { 1 } },
  },
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double height = ballast_sampler_whole (sampler, &values[MIN_MAX_HEIGHT]);
  double x = ballast_sampler_unit (sampler), y = ballast_sampler_unit (sampler);
  double width = round (height * values[W2H_RATIO].number[0]);
  BallastFrame frame = ballast_frame_cut (sampler, width, height, x, y);

  frame.out_width = values[WIDTH].number[0] > 0 ? values[WIDTH].number[0] : sampler->width;
  frame.out_height = values[HEIGHT].number[0] > 0 ? values[HEIGHT].number[0] : sampler->height;
  frame.interpolation = values[INTERPOLATION].number[0];
  ballast_frame_put (&frame, sampler);
}

/* Before 2.0: height and width. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  if (json_object_has_member (arguments, "size"))
    return;
  values[WIDTH].number[0] = ballast_op_read_number (arguments, "width", 0);
  values[HEIGHT].number[0] = ballast_op_read_number (arguments, "height", 0);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  JsonArray *size = json_array_new ();

  for (guint i = HEIGHT; i <= WIDTH; i++)
    json_array_add_int_element (size, values[i].number[0] > 0 ? (gint64) values[i].number[0]
                                                              : BALLAST_FRAME_STAND_IN);
  json_object_set_array_member (arguments, "size", size);
  ballast_frame_write_resizing (arguments, values);
}

const BallastOp ballast_op_random_sized_crop = {
  .name = "RandomSizedCrop",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Cut-out of Random Height"),
  .help = N_("Cuts out a rectangle of a random height and fixed proportions, and brings it to a "
              "size."),
  .keywords = "crop zoom resize cut",
  .glyph = "⛶",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 1,
  .moves_boxes = TRUE,
  .sample = sample,
  .check = ballast_frame_check,
  .lower = ballast_frame_lower,
  .describe = ballast_frame_describe,
  .read_legacy = read_legacy,
  .write_extra = write_extra,
};
