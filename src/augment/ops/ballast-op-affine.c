/*
 * Affine: scale, turn, shear and shift about the centre, in this order.
 *
 * As Albumentations: M = C · T · Shear · Rotation · Scale · C⁻¹ with C the centre, shear angles
 * negated, positive angles counter-clockwise, and shifts as shares of the size.
 * Numbers: scale x, scale y, shift x, shift y, angle (degrees), shear x, shear y (degrees),
 * border mode, red, green, blue; then, unless they are as usual, interpolation,
 * ellipse, fit (0 or 1).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

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
  TRANSLATE_PX_X,
  TRANSLATE_PX_Y,
  BALANCED_SCALE,
  FIT_OUTPUT,
  INTERPOLATION,
  BORDER_MODE,
  FILL,
  ROTATE_METHOD,
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
#define TRANSLATE_PX(member, text)                                                                 \
  {                                                                                                \
    .name = "translate_px." member, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "px",  \
    .help = N_("The shift in pixels; counts instead of the share where it is not 0."),             \
    .minimum = -1000, .maximum = 1000, .step = 1, .whole = TRUE, .secondary = TRUE                 \
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
  [TRANSLATE_PX_X] = TRANSLATE_PX ("x", N_("Pixels, Horizontal")),
  [TRANSLATE_PX_Y] = TRANSLATE_PX ("y", N_("Pixels, Vertical")),
  [BALANCED_SCALE] = {
    .name = "balanced_scale", .type = BALLAST_PARAMETER_BOOL, .label = N_("As Often Smaller as Larger"),
    .unit = "", .help = N_("Shrinks half of the copies and magnifies the other half, however far the "
                            "range reaches each way."),
    .maximum = 1, .step = 1, .secondary = TRUE,
  },
  [FIT_OUTPUT] = {
    .name = "fit_output", .type = BALLAST_PARAMETER_BOOL, .label = N_("Show All of It"), .unit = "",
    .help = N_("Changes the size so that nothing is cut off; shifts have no effect then."),
    .maximum = 1, .step = 1, .secondary = TRUE,
  },
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
  [BORDER_MODE] = BALLAST_PARAMETER_BORDER_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of what is uncovered.")),
  [ROTATE_METHOD] = BALLAST_PARAMETER_ROTATE_METHOD,
};

/* What is drawn. */
typedef struct
{
  double scale[2];
  double shift[2]; /* shares of the size */
  double angle;    /* degrees */
  double shear[2]; /* degrees */
  double border;
  double fill[3];
  double interpolation;
  double ellipse;
  double fit;
} Affine;

static void
put_affine (const Affine   *affine,
            BallastSampler *sampler)
{
  const double numbers[] = {
    affine->scale[0], affine->scale[1], affine->shift[0], affine->shift[1], affine->angle,
    affine->shear[0], affine->shear[1], affine->border, affine->fill[0], affine->fill[1],
    affine->fill[2], affine->interpolation, affine->ellipse, affine->fit,
  };
  gboolean usual = affine->interpolation == BALLAST_INTERPOLATION_LINEAR && affine->ellipse == 0
                   && affine->fit == 0;

  for (guint i = 0; i < G_N_ELEMENTS (numbers) - (usual ? 3 : 0); i++)
    ballast_sampler_put (sampler, numbers[i]);
}

static double
draw_scale (BallastSampler     *sampler,
            const BallastValue *range,
            gboolean            balanced)
{
  double low = range->number[0], high = range->number[1], u;

  if (!balanced || low >= 1 || high <= 1)
    return ballast_sampler_range (sampler, range);
  u = 2 * ballast_sampler_unit (sampler);
  return u < 1 ? low + u * (1 - low) : 1 + (u - 1) * (high - 1);
}

static gboolean
is_in_pixels (const BallastValue *values)
{
  for (guint i = TRANSLATE_PX_X; i <= TRANSLATE_PX_Y; i++)
    if (values[i].number[0] != 0 || values[i].number[1] != 0)
      return TRUE;
  return FALSE;
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  gboolean balanced = values[BALANCED_SCALE].number[0] != 0;
  Affine affine = { .border = values[BORDER_MODE].number[0] };
  double pixels[2];

  affine.scale[0] = draw_scale (sampler, &values[SCALE_X], balanced);
  affine.scale[1] = draw_scale (sampler, &values[SCALE_Y], balanced);
  if (values[KEEP_RATIO].number[0] != 0)
    affine.scale[1] = affine.scale[0];
  affine.shift[0] = ballast_sampler_range (sampler, &values[TRANSLATE_X]);
  affine.shift[1] = ballast_sampler_range (sampler, &values[TRANSLATE_Y]);
  affine.angle = ballast_sampler_range (sampler, &values[ROTATE]);
  affine.shear[0] = ballast_sampler_range (sampler, &values[SHEAR_X]);
  affine.shear[1] = ballast_sampler_range (sampler, &values[SHEAR_Y]);
  pixels[0] = ballast_sampler_whole (sampler, &values[TRANSLATE_PX_X]);
  pixels[1] = ballast_sampler_whole (sampler, &values[TRANSLATE_PX_Y]);
  if (is_in_pixels (values))
    {
      affine.shift[0] = CLAMP (pixels[0] / sampler->width, -10, 10);
      affine.shift[1] = CLAMP (pixels[1] / sampler->height, -10, 10);
    }
  affine.fit = values[FIT_OUTPUT].number[0];
  affine.interpolation = values[INTERPOLATION].number[0];
  affine.ellipse = values[ROTATE_METHOD].number[0];
  for (guint i = 0; i < 3; i++)
    affine.fill[i] = values[FILL].number[i];
  put_affine (&affine, sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  if (ballast_op_check_numbers (step, 14)
      && (!ballast_op_check_choice (step, 11, 5) || !ballast_op_check_choice (step, 12, 2)
          || !ballast_op_check_choice (step, 13, 2)))
    return FALSE;
  return (ballast_op_check_numbers (step, 11) || ballast_op_check_numbers (step, 14))
         && ballast_op_check_border (step, 7) && n[0] >= 0.01 && n[0] <= 100 && n[1] >= 0.01
         && n[1] <= 100 && fabs (n[2]) <= 10 && fabs (n[3]) <= 10 && fabs (n[4]) <= 360
         && fabs (n[5]) <= 80 && fabs (n[6]) <= 80
         && fabs (1 - tan (n[5] * (G_PI / 180)) * tan (n[6] * (G_PI / 180))) > 1e-3;
}

/* Scale, turn and shear about the origin. */
static BallastMap
linear_part (const double *n)
{
  double radians = n[4] * (G_PI / 180), cosine = cos (radians), sine = sin (radians);
  BallastMap scale = ballast_map_scale (n[0], n[1]);
  BallastMap turn = { { cosine, sine, 0, -sine, cosine, 0, 0, 0, 1 } };
  BallastMap shear = { { 1, tan (-n[5] * (G_PI / 180)), 0,
                         tan (-n[6] * (G_PI / 180)), 1, 0, 0, 0, 1 } };
  BallastMap map = ballast_map_compose (&turn, &scale);

  return ballast_map_compose (&shear, &map);
}

/* A side that holds @length px: the next whole number, but for rounding. */
static double
whole_side (double length)
{
  return CLAMP (ceil (length - 1e-6), 1, BALLAST_FRAME_MAX_SIDE);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  const double *n = step->numbers;
  double width = lowering->width, height = lowering->height;
  BallastMap map = ballast_map_translate (-width / 2, -height / 2), linear = linear_part (n), back;
  double out_width = width, out_height = height, x = n[2] * width, y = n[3] * height;
  BallastAction *action;

  if (step->n_numbers > 13 && n[13] != 0)
    {
      out_width = whole_side (fabs (linear.m[0]) * width + fabs (linear.m[1]) * height);
      out_height = whole_side (fabs (linear.m[3]) * width + fabs (linear.m[4]) * height);
      x = y = 0;
    }
  back = ballast_map_translate (out_width / 2 + x, out_height / 2 + y);
  map = ballast_map_compose (&linear, &map);
  map = ballast_map_compose (&back, &map);
  action = ballast_lowering_geometry (lowering, &map, (guint) out_width, (guint) out_height);
  ballast_action_set_border (action, n[7], n + 8);
  if (step->n_numbers <= 11)
    return;
  action->geometry.interpolation = (BallastInterpolation) n[11];
  lowering->ellipse |= n[12] != 0;
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
  json_object_set_int_member (arguments, "mask_interpolation", 0);
  json_object_set_int_member (arguments, "fill_mask", 0);
  /* It takes one of the two. */
  json_object_set_null_member (arguments, is_in_pixels (values) ? "translate_percent"
                                                                : "translate_px");
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
