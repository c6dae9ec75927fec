/*
 * ThinPlateSpline: bends the picture as a thin plate held at a grid of points.
 *
 * A shift is N(0, s / 10) of the size, no further than keeps neighbours in order.
 * Numbers: columns and rows of nodes, then the shift of each, x and y as shares of the size, tail.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-nodes.h"

enum
{
  SCALE_RANGE,
  NUM_CONTROL_POINTS,
  INTERPOLATION,
  BORDER_MODE,
  FILL,
};

static const BallastParameter parameters[] = {
  [SCALE_RANGE] = {
    .name = "scale_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Strength"), .unit = "",
    .help = N_("How far a point moves, in tenths of the size: the spread is drawn between these."),
    .maximum = 1, .step = 0.01, .digits = 2, .initial = { { 0.2, 0.4 } }, .absent = { { 0.2, 0.4 } },
  },
  [NUM_CONTROL_POINTS] = {
    .name = "num_control_points", .type = BALLAST_PARAMETER_INT, .label = N_("Points"), .unit = "",
    .help = N_("So many points each way."), .minimum = 2, .maximum = 8, .step = 1,
    .initial = { { 4 } }, .neutral = { { 4 } }, .absent = { { 4 } },
  },
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
  [BORDER_MODE] = BALLAST_PARAMETER_BORDER_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of what is uncovered.")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double spread = ballast_sampler_range (sampler, &values[SCALE_RANGE]) / 10;
  guint n = (guint) values[NUM_CONTROL_POINTS].number[0];

  ballast_sampler_put (sampler, n);
  ballast_sampler_put (sampler, n);
  for (guint i = 0; i < 2 * n * n; i++)
    ballast_nodes_put_shift (sampler, spread * ballast_op_draw_normal (sampler), n);
  ballast_dense_put_tail (sampler, &values[INTERPOLATION], &values[BORDER_MODE], &values[FILL]);
}

const BallastOp ballast_op_thin_plate_spline = {
  .name = "ThinPlateSpline",
  .group = BALLAST_GROUP_DISTORTION,
  .title = N_("Bent Plate"),
  .help = N_("Bends the picture smoothly, as a thin plate that is held at a few points."),
  .keywords = "tps spline warp deform smooth nonlinear",
  .glyph = "∿",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_nodes_check,
  .lower = ballast_nodes_lower_spline,
  .describe = ballast_nodes_describe,
  .write_extra = ballast_dense_write_extra,
};
