/*
 * PadIfNeeded: an edge round pictures that are smaller than a size, or no multiple of a number.
 *
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

enum
{
  MIN_HEIGHT,
  MIN_WIDTH,
  PAD_HEIGHT_DIVISOR,
  PAD_WIDTH_DIVISOR,
  POSITION,
  BORDER_MODE,
  FILL,
};

#define DIVISOR(argument, text)                                                                    \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_INT, .label = text, .unit = "px",                  \
    .help = N_("The size becomes a multiple of this; 0 does not ask for it."), .maximum = 1024,    \
    .step = 1, .secondary = TRUE                                                                   \
  }
#define LEAST(argument, text)                                                                      \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_INT, .label = text, .unit = "px",                  \
    .help = N_("The least that comes out; 0 does not ask for it."),                                \
    .maximum = BALLAST_FRAME_MAX_SIDE, .step = 1, .initial = { { 640 } }, .absent = { { 1024 } }   \
  }

static const BallastParameter parameters[] = {
  [MIN_HEIGHT] = LEAST ("min_height", N_("Height")),
  [MIN_WIDTH] = LEAST ("min_width", N_("Width")),
  [PAD_HEIGHT_DIVISOR] = DIVISOR ("pad_height_divisor", N_("Multiple, Height")),
  [PAD_WIDTH_DIVISOR] = DIVISOR ("pad_width_divisor", N_("Multiple, Width")),
  [POSITION] = BALLAST_PARAMETER_POSITION ("position"),
  [BORDER_MODE] = BALLAST_PARAMETER_PAD_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the edge.")),
};

/* The size that @size becomes. */
static double
target (double size,
        double least,
        double divisor)
{
  size = MAX (size, least);
  return divisor >= 1 ? ceil (size / divisor) * divisor : size;
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastFrame frame = ballast_frame_whole (sampler);

  ballast_frame_grow (&frame, sampler,
                      target (frame.width, values[MIN_WIDTH].number[0],
                              values[PAD_WIDTH_DIVISOR].number[0]),
                      target (frame.height, values[MIN_HEIGHT].number[0],
                              values[PAD_HEIGHT_DIVISOR].number[0]),
                      values[POSITION].number[0]);
  ballast_frame_set_border (&frame, &values[BORDER_MODE], &values[FILL]);
  ballast_frame_put (&frame, sampler);
}

/* Null asks for nothing, where a member that is missing asks for 1024. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  static const char *const names[] = { "min_height", "min_width" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonNode *node = json_object_get_member (arguments, names[i]);

      if (node != NULL && JSON_NODE_HOLDS_NULL (node))
        values[i].number[0] = 0;
    }
  ballast_op_read_old_fill (arguments, &values[FILL]);
}

/* Albumentations takes one of the two for each direction. */
static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  static const char *const names[2][2] = { { "min_height", "pad_height_divisor" },
                                           { "min_width", "pad_width_divisor" } };

  for (guint i = 0; i < 2; i++)
    {
      gboolean divided = values[PAD_HEIGHT_DIVISOR + i].number[0] > 0;

      json_object_set_null_member (arguments, names[i][divided ? 0 : 1]);
      if (!divided)
        ballast_frame_write_side (arguments, names[i][0], 1);
    }
  json_object_set_int_member (arguments, "fill_mask", 0);
}

const BallastOp ballast_op_pad_if_needed = {
  .name = "PadIfNeeded",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Pad to a Size"),
  .help = N_("Puts an edge round pictures that are smaller than a size."),
  .keywords = "pad border margin frame letterbox divisor multiple PadToFixedSize PadToMultiplesOf",
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
