/*
 * MotionBlur: the mean of the pixels on a line, as if the camera had moved.
 *
 * The line is Albumentations': as many points as the window is wide, from −half to half (cut by the
 * direction), turned, shifted, rounded to pixels and kept inside the window.  A preview draws it at
 * its own scale.
 * Numbers: size (px, odd), angle (°), direction (−1 … 1), shift along x and y (in half sizes).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-area.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  BLUR_LIMIT,
  ANGLE,
  DIRECTION,
  ALLOW_SHIFTED,
};

static const BallastParameter parameters[] = {
  [BLUR_LIMIT] = BALLAST_PARAMETER_WINDOW (3, 9),
  [ANGLE] = {
    .name = "angle_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Angle"), .unit = "°",
    .help = N_("Direction of the movement; 0° is level, 90° upright."), .maximum = 360, .step = 5,
    .initial = { { 0, 360 } }, .absent = { { 0, 360 } },
  },
  [DIRECTION] = {
    .name = "direction_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Lopsidedness"),
    .unit = "",
    .help = N_("0 smears to both sides, −1 and 1 to one side only, which also shifts the picture by "
                "a pixel or two."),
    .minimum = -1, .maximum = 1, .step = 0.1, .digits = 1, .secondary = TRUE,
    .absent = { { -1, 1 } },
  },
  [ALLOW_SHIFTED] = {
    .name = "allow_shifted", .type = BALLAST_PARAMETER_BOOL, .label = N_("Shift"), .unit = "",
    .help = N_("Lets the line lie off the centre, which shifts the picture but not its boxes."),
    .maximum = 1, .step = 1, .secondary = TRUE, .absent = { { 1 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  gboolean shifted = values[ALLOW_SHIFTED].number[0] != 0;

  ballast_sampler_put (sampler, ballast_op_draw_odd (sampler, &values[BLUR_LIMIT]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[ANGLE]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[DIRECTION]));
  for (guint i = 0; i < 2; i++)
    {
      double unit = ballast_sampler_unit (sampler);

      ballast_sampler_put (sampler, shifted ? unit - 0.5 : 0);
    }
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 5) && ballast_op_check_odd (step, 0)
         && fabs (step->numbers[1]) <= 720 && fabs (step->numbers[2]) <= 1
         && fabs (step->numbers[3]) <= 1 && fabs (step->numbers[4]) <= 1;
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return ballast_op_scale_window (call->numbers[0], call->scale) <= 1;
}

/* From the window's corner to its centre.  Half to even; what differs by less than a millionth
 * between mathematical libraries does not count. */
static gint32
to_pixel (double position,
          double half)
{
  return (gint32) (CLAMP (rint (rint (position * 1048576) / 1048576), 0, 2 * half) - half);
}

static void
add_point (BallastPoints *points,
           gint32         x,
           gint32         y)
{
  for (guint i = 0; i < points->n; i++)
    if (points->offset[2 * i] == x && points->offset[2 * i + 1] == y)
      return;
  points->offset[2 * points->n] = x;
  points->offset[2 * points->n++ + 1] = y;
}

static gpointer
prepare (const BallastFilterCall *call)
{
  guint size = ballast_op_scale_window (call->numbers[0], call->scale);
  double half = size / 2, direction = call->numbers[2];
  double angle = call->numbers[1] * (G_PI / 180);
  double low = direction > 0 ? -half * (1 - direction) : -half;
  double high = direction < 0 ? half * (1 + direction) : half;
  BallastPoints *points = g_new0 (BallastPoints, 1);

  points->reach = size / 2;
  points->offset = g_new (gint32, 2 * size);
  for (guint i = 0; i < size; i++)
    {
      double t = low + (high - low) * i / (size - 1);

      add_point (points, to_pixel (half + cos (angle) * t + call->numbers[3] * half, half),
                 to_pixel (half + sin (angle) * t + call->numbers[4] * half, half));
    }
  return points;
}

static void
release (gpointer prepared)
{
  BallastPoints *points = prepared;

  g_free (points->offset);
  g_free (points);
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  ballast_kernel_mean_of_points (call->source, call->prepared, call->target, first, end);
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA,
  .cost = 0.8,
  .band_rows = 128,
  .is_idle = is_idle,
  .prepare = prepare,
  .release = release,
  .run = run,
};

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_filter (lowering, &filter, step->numbers, step->n_numbers);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_named (text, _("motion"), step->numbers[0], 0);
}

const BallastOp ballast_op_motion_blur = {
  .name = "MotionBlur",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Motion Blur"),
  .help = N_("Smears the picture along a line, as if the camera or the subject had moved.  Other "
              "than in Albumentations the line is centred unless you ask otherwise, so that boxes "
              "stay where they belong."),
  .keywords = "motion blur movement camera shake smear directional",
  .glyph = "≋",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
