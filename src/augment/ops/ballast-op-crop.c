/*
 * Crop: cuts a rectangle at a fixed place out of the picture.
 *
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

enum
{
  X_MIN,
  Y_MIN,
  X_MAX,
  Y_MAX,
  PAD_IF_NEEDED,
  PAD_POSITION,
  BORDER_MODE,
  FILL,
};

#define EDGE(argument, text, usual, away)                                                          \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_INT, .label = text, .unit = "px",                  \
    .help = N_("An edge of the cut-out, from the picture's upper left corner."),                   \
    .maximum = BALLAST_FRAME_MAX_SIDE, .step = 1, .initial = { { usual } },                        \
    .neutral = { { away } }, .absent = { { usual == 0 ? 0 : 1024 } }                               \
  }

static const BallastParameter parameters[] = {
  [X_MIN] = EDGE ("x_min", N_("Left"), 0, 0),
  [Y_MIN] = EDGE ("y_min", N_("Top"), 0, 0),
  [X_MAX] = EDGE ("x_max", N_("Right"), 512, BALLAST_FRAME_MAX_SIDE),
  [Y_MAX] = EDGE ("y_max", N_("Bottom"), 512, BALLAST_FRAME_MAX_SIDE),
  [PAD_IF_NEEDED] = BALLAST_PARAMETER_PAD_IF_NEEDED,
  [PAD_POSITION] = BALLAST_PARAMETER_POSITION ("pad_position"),
  [BORDER_MODE] = BALLAST_PARAMETER_PAD_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the edge round a small picture.")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastFrame frame = ballast_frame_whole (sampler);
  double width = MAX (1, values[X_MAX].number[0] - values[X_MIN].number[0]);
  double height = MAX (1, values[Y_MAX].number[0] - values[Y_MIN].number[0]);
  gboolean pad = values[PAD_IF_NEEDED].number[0] != 0;

  frame.left = MIN (values[X_MIN].number[0], sampler->width - 1.0);
  frame.top = MIN (values[Y_MIN].number[0], sampler->height - 1.0);
  frame.width = MIN (width, sampler->width - frame.left);
  frame.height = MIN (height, sampler->height - frame.top);
  ballast_frame_grow (&frame, sampler, pad ? width : 0, pad ? height : 0,
                      values[PAD_POSITION].number[0]);
  ballast_frame_set_border (&frame, &values[BORDER_MODE], &values[FILL]);
  ballast_frame_put (&frame, sampler);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_int_member (arguments, "fill_mask", 0);
  /* Albumentations wants right and bottom beyond left and top. */
  if (values[X_MAX].number[0] <= values[X_MIN].number[0])
    json_object_set_int_member (arguments, "x_max", (gint64) values[X_MIN].number[0] + 1);
  if (values[Y_MAX].number[0] <= values[Y_MIN].number[0])
    json_object_set_int_member (arguments, "y_max", (gint64) values[Y_MIN].number[0] + 1);
}

const BallastOp ballast_op_crop = {
  .name = "Crop",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Cut out a Place"),
  .help = N_("Cuts the same rectangle out of every picture."),
  .keywords = "crop region roi cut static",
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
