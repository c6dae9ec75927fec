/*
 * Perspective: four points near the corners become the corners, as if seen from elsewhere.
 *
 * Each corner moves inwards by |N(0, s)| of the size, no further than 0.32 of it (Albumentations takes
 * the remainder, and so does this).  fit_output shows the whole picture instead, bent inwards.
 * Numbers: how far the corners move, x and y of upper left, upper right, lower right, lower left (shares
 * of the size); width and height that come out (px); fit (0 or 1); interpolation; border mode, red,
 * green, blue.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

#define MOST 0.32

enum
{
  SCALE,
  KEEP_SIZE,
  FIT_OUTPUT,
  INTERPOLATION,
  BORDER_MODE,
  FILL,
};

static const BallastParameter parameters[] = {
  [SCALE] = {
    .name = "scale", .type = BALLAST_PARAMETER_RANGE, .label = N_("Strength"), .unit = "",
    .help = N_("How far a corner moves, as a share of the size: the spread is drawn between these."),
    .maximum = 0.3, .step = 0.01, .digits = 2, .initial = { { 0.03, 0.08 } },
    .absent = { { 0.05, 0.1 } },
  },
  [KEEP_SIZE] = {
    .name = "keep_size", .type = BALLAST_PARAMETER_BOOL, .label = N_("Keep the Size"), .unit = "",
    .help = N_("Otherwise the picture becomes as small as what is left of it."), .maximum = 1,
    .step = 1, .initial = { { 1 } }, .neutral = { { 1 } }, .absent = { { 1 } }, .secondary = TRUE,
  },
  [FIT_OUTPUT] = {
    .name = "fit_output", .type = BALLAST_PARAMETER_BOOL, .label = N_("Show All of It"), .unit = "",
    .help = N_("Fits the bent picture into the frame instead of cutting its edges off."),
    .maximum = 1, .step = 1, .secondary = TRUE,
  },
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
  [BORDER_MODE] = BALLAST_PARAMETER_BORDER_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of what is uncovered.")),
};

/* The four points in pixels of a picture of @width × @height, clockwise from the upper left. */
static void
place_corners (const double *shares,
               double        width,
               double        height,
               BallastPoint  corners[4])
{
  for (guint i = 0; i < 4; i++)
    {
      gboolean right = i == 1 || i == 2, bottom = i >= 2;

      corners[i].x = right ? width * (1 - shares[2 * i]) : width * shares[2 * i];
      corners[i].y = bottom ? height * (1 - shares[2 * i + 1]) : height * shares[2 * i + 1];
    }
}

static double
distance (const BallastPoint *a,
          const BallastPoint *b)
{
  return hypot (a->x - b->x, a->y - b->y);
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double scale = ballast_sampler_range (sampler, &values[SCALE]), shares[8];
  double width = sampler->width, height = sampler->height;
  BallastPoint corners[4];

  for (guint i = 0; i < 8; i++)
    {
      shares[i] = fmod (fabs (scale * ballast_op_draw_normal (sampler)), MOST);
      ballast_sampler_put (sampler, shares[i]);
    }
  place_corners (shares, width, height, corners);
  if (values[KEEP_SIZE].number[0] == 0)
    {
      width = MAX (distance (&corners[0], &corners[1]), distance (&corners[3], &corners[2]));
      height = MAX (distance (&corners[0], &corners[3]), distance (&corners[1], &corners[2]));
    }
  ballast_sampler_put (sampler, MAX (1, round (width)));
  ballast_sampler_put (sampler, MAX (1, round (height)));
  ballast_sampler_put (sampler, values[FIT_OUTPUT].number[0]);
  ballast_sampler_put (sampler, values[INTERPOLATION].number[0]);
  ballast_sampler_put (sampler, values[BORDER_MODE].number[0]);
  ballast_sampler_put_colour (sampler, &values[FILL]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  if (!ballast_op_check_numbers (step, 16) || !ballast_op_check_border (step, 12)
      || !ballast_op_check_choice (step, 10, 2) || !ballast_op_check_choice (step, 11, 5))
    return FALSE;
  /* Beyond 0.4 the four points need not be a convex shape any more. */
  for (guint i = 0; i < 10; i++)
    if (i < 8 ? n[i] < 0 || n[i] > 0.4 : n[i] != floor (n[i]) || n[i] < 1 || n[i] > 65535)
      return FALSE;
  return TRUE;
}

/* Shrinks and moves @map so that the picture's corners just fit into the frame. */
static BallastMap
fit_map (const BallastMap *map,
         double            width,
         double            height,
         const double      out[2])
{
  double low[2] = { G_MAXDOUBLE, G_MAXDOUBLE }, high[2] = { -G_MAXDOUBLE, -G_MAXDOUBLE };
  BallastMap scale, shift;

  for (guint i = 0; i < 4; i++)
    {
      double at[2];

      ballast_map_apply (map, i & 1 ? width : 0, i & 2 ? height : 0, &at[0], &at[1]);
      for (guint axis = 0; axis < 2; axis++)
        {
          low[axis] = MIN (low[axis], at[axis]);
          high[axis] = MAX (high[axis], at[axis]);
        }
    }
  shift = ballast_map_translate (-low[0], -low[1]);
  scale = ballast_map_scale (out[0] / (high[0] - low[0]), out[1] / (high[1] - low[1]));
  scale = ballast_map_compose (&scale, &shift);
  return ballast_map_compose (&scale, map);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  const double *n = step->numbers;
  double width = lowering->width, height = lowering->height;
  BallastPoint from[4], to[4];
  const double none[8] = { 0 };
  BallastAction *action;
  BallastMap map;

  place_corners (n, width, height, from);
  place_corners (none, n[8], n[9], to);
  map = ballast_map_quadrangle (from, to);
  if (n[10] != 0)
    map = fit_map (&map, width, height, n + 8);
  action = ballast_lowering_geometry (lowering, &map, (guint) n[8], (guint) n[9]);
  action->geometry.interpolation = (BallastInterpolation) n[11];
  if (n[10] != 0)
    ballast_action_set_border (action, n[12], n + 13);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  double most = 0;

  for (guint i = 0; i < 8; i++)
    most = MAX (most, step->numbers[i]);
  if (most >= 0.005)
    ballast_op_append_plain (text, "⏢ ", most, 2);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_int_member (arguments, "mask_interpolation", 0);
  json_object_set_int_member (arguments, "fill_mask", 0);
}

const BallastOp ballast_op_perspective = {
  .name = "Perspective",
  .group = BALLAST_GROUP_GEOMETRY,
  .title = N_("Perspective"),
  .help = N_("Shows the picture as if it had been taken from a little to the side."),
  .keywords = "homography projective viewpoint tilt RandomPerspective PerspectiveTransform camera",
  .glyph = "⏢",
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
