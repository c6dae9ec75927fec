/*
 * PiecewiseAffine: nodes of a grid move a little, and the picture with them.
 *
 * A shift is N(0, s) of the size, no further than keeps neighbours in order.
 * Numbers: columns and rows of nodes, then the shift of each, x and y as shares of the size, tail.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-nodes.h"

enum
{
  SCALE,
  NB_ROWS,
  NB_COLS,
  INTERPOLATION,
  BORDER_MODE,
  FILL,
};

static const BallastParameter parameters[] = {
  [SCALE] = {
    .name = "scale", .type = BALLAST_PARAMETER_RANGE, .label = N_("Strength"), .unit = "",
    .help = N_("How far a node moves, as a share of the size: the spread is drawn between these."),
    .maximum = 0.2, .step = 0.005, .digits = 3, .initial = { { 0.02, 0.04 } },
    .absent = { { 0.03, 0.05 } },
  },
  [NB_ROWS] = BALLAST_PARAMETER_NODES ("nb_rows", N_("Rows")),
  [NB_COLS] = BALLAST_PARAMETER_NODES ("nb_cols", N_("Columns")),
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
  [BORDER_MODE] = BALLAST_PARAMETER_BORDER_MODE,
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of what is uncovered.")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double spread = ballast_sampler_range (sampler, &values[SCALE]);
  guint rows = (guint) ballast_sampler_whole (sampler, &values[NB_ROWS]);
  guint columns = (guint) ballast_sampler_whole (sampler, &values[NB_COLS]);

  ballast_sampler_put (sampler, columns);
  ballast_sampler_put (sampler, rows);
  for (guint i = 0; i < columns * rows; i++)
    {
      ballast_nodes_put_shift (sampler, spread * ballast_op_draw_normal (sampler), columns);
      ballast_nodes_put_shift (sampler, spread * ballast_op_draw_normal (sampler), rows);
    }
  ballast_dense_put_tail (sampler, &values[INTERPOLATION], &values[BORDER_MODE], &values[FILL]);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_dense_write_extra (arguments, values);
  json_object_set_boolean_member (arguments, "absolute_scale", FALSE);
}

const BallastOp ballast_op_piecewise_affine = {
  .name = "PiecewiseAffine",
  .group = BALLAST_GROUP_DISTORTION,
  .title = N_("Loose Grid"),
  .help = N_("Moves the nodes of a grid a little each way, and the picture with them."),
  .keywords = "warp deform local affine mesh piecewise",
  .glyph = "⌗",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .moves_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_nodes_check,
  .lower = ballast_nodes_lower,
  .describe = ballast_nodes_describe,
  .write_extra = write_extra,
};
