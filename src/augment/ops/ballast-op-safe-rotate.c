/*
 * SafeRotate: turns the picture and shrinks each direction so that all of it fits its old size.
 *
 * As Albumentations: 90° on 640 × 480 stays 640 × 480, and proportions change.
 * Numbers: angle (degrees), border mode, red, green, blue, interpolation, ellipse (0 or 1).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

enum
{
  LIMIT,
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
    .initial = { { -30, 30 } }, .absent = { { -90, 90 } },
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
  ballast_sampler_put (sampler, values[INTERPOLATION].number[0]);
  ballast_sampler_put (sampler, values[ROTATE_METHOD].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 7) && ballast_op_check_border (step, 1)
         && ballast_op_check_choice (step, 5, 5) && ballast_op_check_choice (step, 6, 2)
         && fabs (step->numbers[0]) <= 360;
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  const double *n = step->numbers;
  double radians = n[0] * (G_PI / 180), cosine = cos (radians), sine = sin (radians);
  double width = lowering->width, height = lowering->height;
  double wide = height * fabs (sine) + width * fabs (cosine);
  double tall = height * fabs (cosine) + width * fabs (sine);
  BallastMap map = ballast_map_translate (-width / 2, -height / 2);
  BallastMap turn = { { cosine, sine, 0, -sine, cosine, 0, 0, 0, 1 } };
  BallastMap scale = ballast_map_scale (width / wide, height / tall);
  BallastMap back = ballast_map_translate (width / 2, height / 2);

  map = ballast_map_compose (&turn, &map);
  map = ballast_map_compose (&scale, &map);
  map = ballast_map_compose (&back, &map);
  ballast_lowering_uncover (lowering, &map, n[1], n + 2)->geometry.interpolation =
    (BallastInterpolation) n[5];
  lowering->ellipse |= n[6] != 0;
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  if (fabs (step->numbers[0]) >= 0.05)
    ballast_op_append_signed (text, step->numbers[0], fabs (step->numbers[0]) < 1, "°");
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_int_member (arguments, "mask_interpolation", 0);
  json_object_set_int_member (arguments, "fill_mask", 0);
}

const BallastOp ballast_op_safe_rotate = {
  .name = "SafeRotate",
  .group = BALLAST_GROUP_GEOMETRY,
  .title = N_("Rotate Without Loss"),
  .help = N_("Turns the picture and shrinks it so that no corner is cut off; its proportions change."),
  .keywords = "rotation angle turn tilt safe fit expand",
  .glyph = "⟲",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .write_extra = write_extra,
};
