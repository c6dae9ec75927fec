/*
 * Affine: scale, turn, shear and shift about the centre, in this order.
 *
 * As Albumentations: M = C · T · Shear · Rotation · Scale · C⁻¹ with C the centre, shear angles
 * negated, positive angles counter-clockwise, and shifts as shares of the size.
 * Numbers: scale x, scale y, shift x, shift y, angle (degrees), shear x, shear y (degrees),
 * border mode, red, green, blue.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

#include <math.h>

enum
{
  SCALE_X,
  SCALE_Y,
  KEEP_RATIO,
  TRANSLATE_X,
  TRANSLATE_Y,
  ROTATE,
  SHEAR_X,
  SHEAR_Y,
  BORDER_MODE,
  FILL,
};

#define SCALE(member, text)                                                                        \
  {                                                                                                \
    .name = "scale." member, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "×",          \
    .help = N_("The picture is magnified by a factor between these; below 1 it shrinks."),         \
    .minimum = 0.1, .maximum = 4, .step = 0.01, .digits = 2, .initial = { { 0.9, 1.1 } },          \
    .neutral = { { 1, 1 } }, .absent = { { 1, 1 } }                                                \
  }
#define TRANSLATE(member, text)                                                                    \
  {                                                                                                \
    .name = "translate_percent." member, .type = BALLAST_PARAMETER_RANGE, .label = text,           \
    .unit = "", .help = N_("The shift, as a share of the picture's size: 0.1 is a tenth."),        \
    .minimum = -1, .maximum = 1, .step = 0.01, .digits = 2, .initial = { { -0.05, 0.05 } }         \
  }
#define SHEAR(member, text)                                                                        \
  {                                                                                                \
    .name = "shear." member, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "°",          \
    .help = N_("Slants the picture by an angle between these."), .minimum = -60, .maximum = 60,    \
    .step = 1, .digits = 0                                                                         \
  }

static const BallastParameter parameters[] = {
  [SCALE_X] = SCALE ("x", N_("Scale")),
  [SCALE_Y] = SCALE ("y", N_("Scale, Vertical")),
  [KEEP_RATIO] = {
    .name = "keep_ratio", .type = BALLAST_PARAMETER_BOOL, .label = N_("Keep Proportions"),
    .unit = "", .help = N_("Scales both directions by the first factor."), .maximum = 1, .step = 1,
    .initial = { { 1 } }, .neutral = { { 0 } }, .secondary = TRUE,
  },
  [TRANSLATE_X] = TRANSLATE ("x", N_("Shift, Horizontal")),
  [TRANSLATE_Y] = TRANSLATE ("y", N_("Shift, Vertical")),
  [ROTATE] = {
    .name = "rotate", .type = BALLAST_PARAMETER_RANGE, .label = N_("Angle"), .unit = "°",
    .help = N_("The turn is drawn between these angles; positive is counter-clockwise."),
    .minimum = -180, .maximum = 180, .step = 1, .digits = 0,
  },
  [SHEAR_X] = SHEAR ("x", N_("Shear, Horizontal")),
  [SHEAR_Y] = SHEAR ("y", N_("Shear, Vertical")),
  [BORDER_MODE] = BALLAST_PARAMETER_BORDER_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of what is uncovered.")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double scale_x = ballast_sampler_range (sampler, &values[SCALE_X]);
  double scale_y = ballast_sampler_range (sampler, &values[SCALE_Y]);

  ballast_sampler_put (sampler, scale_x);
  ballast_sampler_put (sampler, values[KEEP_RATIO].number[0] != 0 ? scale_x : scale_y);
  for (guint i = TRANSLATE_X; i <= SHEAR_Y; i++)
    ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[i]));
  ballast_sampler_put (sampler, values[BORDER_MODE].number[0]);
  ballast_sampler_put_colour (sampler, &values[FILL]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  return ballast_op_check_numbers (step, 11) && ballast_op_check_border (step, 7) && n[0] >= 0.01
         && n[0] <= 100 && n[1] >= 0.01 && n[1] <= 100 && fabs (n[2]) <= 10 && fabs (n[3]) <= 10
         && fabs (n[4]) <= 360 && fabs (n[5]) <= 80 && fabs (n[6]) <= 80
         && fabs (1 - tan (n[5] * (G_PI / 180)) * tan (n[6] * (G_PI / 180))) > 1e-3;
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  const double *n = step->numbers;
  double radians = n[4] * (G_PI / 180), x = lowering->width / 2.0, y = lowering->height / 2.0;
  double cosine = cos (radians), sine = sin (radians);
  BallastMap map = ballast_map_translate (-x, -y);
  BallastMap scale = ballast_map_scale (n[0], n[1]);
  BallastMap turn = { { cosine, sine, 0, -sine, cosine, 0, 0, 0, 1 } };
  BallastMap shear = { { 1, tan (-n[5] * (G_PI / 180)), 0,
                         tan (-n[6] * (G_PI / 180)), 1, 0, 0, 0, 1 } };
  BallastMap back = ballast_map_translate (x + n[2] * lowering->width, y + n[3] * lowering->height);

  map = ballast_map_compose (&scale, &map);
  map = ballast_map_compose (&turn, &map);
  map = ballast_map_compose (&shear, &map);
  map = ballast_map_compose (&back, &map);
  ballast_lowering_uncover (lowering, &map, n[7], n + 8);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  const double *n = step->numbers;
  const char *space = "";

  if (fabs (n[4]) >= 0.05)
    {
      ballast_op_append_signed (text, n[4], fabs (n[4]) < 1, "°");
      space = " ";
    }
  if (fabs (n[0] - 1) >= 0.005 || fabs (n[1] - 1) >= 0.005)
    {
      g_string_append (text, space);
      ballast_op_append_plain (text, "×", n[0], 2);
      if (fabs (n[1] - n[0]) >= 0.005)
        ballast_op_append_plain (text, "/", n[1], 2);
      space = " ";
    }
  if (fabs (n[2]) >= 0.005 || fabs (n[3]) >= 0.005)
    {
      g_string_append_printf (text, "%s✥ ", space);
      ballast_op_append_signed (text, n[2] * 100, 0, "/");
      ballast_op_append_signed (text, n[3] * 100, 0, " %");
      space = " ";
    }
  if (fabs (n[5]) >= 0.5 || fabs (n[6]) >= 0.5)
    {
      g_string_append_printf (text, "%s%s ", space, _("shear"));
      ballast_op_append_signed (text, n[5], 0, "/");
      ballast_op_append_signed (text, n[6], 0, "°");
    }
}

static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  ballast_op_read_old_fill (arguments, &values[FILL]);
  if (json_object_has_member (arguments, "mode"))
    values[BORDER_MODE].number[0] = CLAMP (ballast_op_read_number (arguments, "mode", 0), 0, 4);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  JsonObject *scale = json_object_get_object_member (arguments, "scale");

  /* It insists on one range where one factor serves both directions. */
  if (values[KEEP_RATIO].number[0] != 0)
    json_object_set_member (scale, "y", json_node_copy (json_object_get_member (scale, "x")));
  ballast_op_write_sampling (arguments, values);
  json_object_set_boolean_member (arguments, "balanced_scale", FALSE);
  json_object_set_int_member (arguments, "fill_mask", 0);
  json_object_set_boolean_member (arguments, "fit_output", FALSE);
  json_object_set_string_member (arguments, "rotate_method", "largest_box");
  json_object_set_null_member (arguments, "translate_px");
}

const BallastOp ballast_op_affine = {
  .name = "Affine",
  .group = BALLAST_GROUP_GEOMETRY,
  .title = N_("Scale, Shift and Shear"),
  .help = N_("Scales, turns, slants and shifts the picture about its centre; the size stays."),
  .keywords = "affine zoom translate translation scale shear rotate ShiftScaleRotate RandomAffine",
  .glyph = "⤢",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .read_legacy = read_legacy,
  .write_extra = write_extra,
};
