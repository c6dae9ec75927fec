/*
 * CropAndPad: every side gains an edge or loses one.
 *
 * Numbers: those of ballast-op-frame.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

enum
{
  PERCENT,
  PX,
  KEEP_SIZE,
  SAMPLE_INDEPENDENTLY,
  INTERPOLATION,
  BORDER_MODE,
  FILL,
};

static const BallastParameter parameters[] = {
  [PERCENT] = {
    .name = "percent", .type = BALLAST_PARAMETER_RANGE, .label = N_("Share"), .unit = "",
    .help = N_("What a side gains, as a share of the size; negative numbers cut off."),
    .minimum = -0.45, .maximum = 1, .step = 0.01, .digits = 2, .initial = { { -0.1, 0.1 } },
  },
  [PX] = {
    .name = "px", .type = BALLAST_PARAMETER_RANGE, .label = N_("Pixels"), .unit = "px",
    .help = N_("The same in pixels; counts instead of the share where it is not 0."),
    .minimum = -2048, .maximum = 2048, .step = 1, .whole = TRUE, .secondary = TRUE,
  },
  [KEEP_SIZE] = {
    .name = "keep_size", .type = BALLAST_PARAMETER_BOOL, .label = N_("Keep the Size"), .unit = "",
    .help = N_("Brings the result back to the size that the picture had."), .maximum = 1,
    .step = 1, .initial = { { 1 } }, .neutral = { { 1 } }, .absent = { { 1 } },
  },
  [SAMPLE_INDEPENDENTLY] = {
    .name = "sample_independently", .type = BALLAST_PARAMETER_BOOL, .label = N_("Each Side by Itself"),
    .unit = "", .help = N_("Draws a number for each side, instead of one for all."), .maximum = 1,
    .step = 1, .secondary = TRUE, .initial = { { 1 } }, .neutral = { { 1 } }, .absent = { { 1 } },
  },
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
  [BORDER_MODE] = BALLAST_PARAMETER_PAD_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the edges.")),
};

static gboolean
is_in_pixels (const BallastValue *values)
{
  return values[PX].number[0] != 0 || values[PX].number[1] != 0;
}

/* What a side gains, in pixels of a picture of @size. */
static double
draw_side (BallastSampler     *sampler,
           const BallastValue *values,
           double              size)
{
  double share = ballast_sampler_range (sampler, &values[PERCENT]);
  double pixels = ballast_sampler_whole (sampler, &values[PX]);

  return is_in_pixels (values) ? pixels : round (share * size);
}

/* At least a pixel stays. */
static void
keep_something (double *before,
                double *after,
                double  size)
{
  if (size + *before + *after >= 1)
    return;
  *before = -floor ((size - 1) / 2);
  *after = 1 - size - *before;
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastFrame frame = ballast_frame_whole (sampler);
  double sides[4]; /* top, right, bottom, left, as Albumentations draws them */

  for (guint i = 0; i < 4; i++)
    sides[i] = draw_side (sampler, values, i % 2 == 0 ? sampler->height : sampler->width);
  if (values[SAMPLE_INDEPENDENTLY].number[0] == 0)
    {
      double share = sides[0] / sampler->height;

      for (guint i = 1; i < 4; i++)
        sides[i] = is_in_pixels (values) || i == 2 ? sides[0] : round (share * sampler->width);
    }
  keep_something (&sides[3], &sides[1], sampler->width);
  keep_something (&sides[0], &sides[2], sampler->height);
  frame.left = -sides[3];
  frame.top = -sides[0];
  frame.width += sides[3] + sides[1];
  frame.height += sides[0] + sides[2];
  if (values[KEEP_SIZE].number[0] != 0)
    {
      frame.out_width = sampler->width;
      frame.out_height = sampler->height;
    }
  frame.interpolation = values[INTERPOLATION].number[0];
  ballast_frame_set_border (&frame, &values[BORDER_MODE], &values[FILL]);
  ballast_frame_put (&frame, sampler);
}

/* Albumentations takes one of the two. */
static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_null_member (arguments, is_in_pixels (values) ? "percent" : "px");
  json_object_set_int_member (arguments, "mask_interpolation", 0);
  json_object_set_int_member (arguments, "fill_mask", 0);
}

const BallastOp ballast_op_crop_and_pad = {
  .name = "CropAndPad",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Move the Edges"),
  .help = N_("Cuts something off each side, or adds an edge to it."),
  .keywords = "crop pad border margin edge imgaug CropToFixedSize",
  .glyph = "⛶",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_frame_check,
  .lower = ballast_frame_lower,
  .describe = ballast_frame_describe,
  .write_extra = write_extra,
};
