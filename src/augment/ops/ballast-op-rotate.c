/*
 * Rotate: turns about the centre by an angle; the size stays, or becomes the largest rectangle
 * without an uncovered corner.
 *
 * The matrix is that of OpenCV's getRotationMatrix2D: positive angles turn counter-clockwise.
 * Numbers: angle (degrees), border mode, red, green, blue, crop (0 or 1); then, unless they are as usual,
 * interpolation and ellipse (0 or 1).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

enum
{
  LIMIT,
  CROP_BORDER,
  INTERPOLATION,
  BORDER_MODE,
  FILL,
  ROTATE_METHOD,
};

static const BallastParameter parameters[] = {
  [LIMIT] = {
    .name = "limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Angle"), .unit = "°",
    .help = N_("The turn is drawn between these angles; positive is counter-clockwise."),
    .minimum = -180, .maximum = 180, .step = 1, .digits = 0,
    .initial = { { -15, 15 } }, .absent = { { -90, 90 } },
  },
  [CROP_BORDER] = {
    .name = "crop_border", .type = BALLAST_PARAMETER_BOOL, .label = N_("Cut Corners Off"),
    .unit = "", .help = N_("Keeps only the largest upright rectangle that the turned picture fills."),
    .maximum = 1, .step = 1, .secondary = TRUE,
  },
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
  [BORDER_MODE] = BALLAST_PARAMETER_BORDER_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the uncovered corners.")),
  [ROTATE_METHOD] = BALLAST_PARAMETER_ROTATE_METHOD,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[LIMIT]));
  ballast_sampler_put (sampler, values[BORDER_MODE].number[0]);
  ballast_sampler_put_colour (sampler, &values[FILL]);
  ballast_sampler_put (sampler, values[CROP_BORDER].number[0]);
  if (values[INTERPOLATION].number[0] == BALLAST_INTERPOLATION_LINEAR
      && values[ROTATE_METHOD].number[0] == 0)
    return;
  ballast_sampler_put (sampler, values[INTERPOLATION].number[0]);
  ballast_sampler_put (sampler, values[ROTATE_METHOD].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  if (ballast_op_check_numbers (step, 8)
      && (!ballast_op_check_choice (step, 6, 5) || !ballast_op_check_choice (step, 7, 2)))
    return FALSE;
  return (ballast_op_check_numbers (step, 6) || ballast_op_check_numbers (step, 8))
         && ballast_op_check_border (step, 1) && fabs (step->numbers[0]) <= 360;
}

/* The largest upright rectangle inside a @width × @height one turned by @radians. */
static void
inscribe (double  width,
          double  height,
          double  radians,
          double *inner_width,
          double *inner_height)
{
  double sine = fabs (sin (radians)), cosine = fabs (cos (radians));
  double longer = MAX (width, height), shorter = MIN (width, height);

  if (shorter <= 2 * sine * cosine * longer || fabs (sine - cosine) < 1e-10)
    {
      /* Two corners touch the longer sides, the other two are free. */
      double half = 0.5 * shorter;

      *inner_width = width >= height ? half / sine : half / cosine;
      *inner_height = width >= height ? half / cosine : half / sine;
    }
  else
    {
      double double_cosine = cosine * cosine - sine * sine;

      *inner_width = (width * cosine - height * sine) / double_cosine;
      *inner_height = (height * cosine - width * sine) / double_cosine;
    }
}

static void
crop_to_inner (double           radians,
               BallastLowering *lowering)
{
  double width, height;
  guint out_width, out_height;
  BallastMap shift;

  inscribe (lowering->width, lowering->height, radians, &width, &height);
  out_width = (guint) MAX (1, floor (width + 1e-9));
  out_height = (guint) MAX (1, floor (height + 1e-9));
  shift = ballast_map_translate (-floor ((lowering->width - (double) out_width) / 2),
                                 -floor ((lowering->height - (double) out_height) / 2));
  ballast_lowering_geometry (lowering, &shift, out_width, out_height);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  double radians = step->numbers[0] * (G_PI / 180);
  double cosine = cos (radians), sine = sin (radians);
  double x = lowering->width / 2.0, y = lowering->height / 2.0;
  BallastMap map = { { cosine, sine, (1 - cosine) * x - sine * y,
                       -sine, cosine, sine * x + (1 - cosine) * y,
                       0, 0, 1 } };
  BallastAction *action;

  action = ballast_lowering_uncover (lowering, &map, step->numbers[1], step->numbers + 2);
  if (step->n_numbers > 6)
    {
      action->geometry.interpolation = (BallastInterpolation) step->numbers[6];
      lowering->ellipse |= step->numbers[7] != 0;
    }
  if (step->numbers[5] != 0)
    crop_to_inner (radians, lowering);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  if (fabs (step->numbers[0]) >= 0.05)
    ballast_op_append_signed (text, step->numbers[0], fabs (step->numbers[0]) < 1, "°");
}

static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  ballast_op_read_old_fill (arguments, &values[FILL]);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_int_member (arguments, "mask_interpolation", 0);
  json_object_set_int_member (arguments, "fill_mask", 0);
}

const BallastOp ballast_op_rotate = {
  .name = "Rotate",
  .group = BALLAST_GROUP_GEOMETRY,
  .title = N_("Rotate"),
  .help = N_("Turns the picture about its centre by an angle."),
  .keywords = "rotation angle turn tilt degrees RandomRotation",
  .glyph = "⟲",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.7,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .read_legacy = read_legacy,
  .write_extra = write_extra,
};
