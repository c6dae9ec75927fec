/*
 * GridElasticDeform: the inner nodes of a grid move a little, its edges stay.
 *
 * A shift is even between plus and minus the strength, no further than keeps neighbours in order.
 * Numbers: columns and rows of nodes, then the shift of each, x and y as shares of the size, tail.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-nodes.h"

enum
{
  COLUMNS,
  ROWS,
  MAGNITUDE,
  INTERPOLATION,
};

static const BallastParameter parameters[] = {
  [COLUMNS] = BALLAST_PARAMETER_CELLS ("num_grid_xy.0", N_("Columns")),
  [ROWS] = BALLAST_PARAMETER_CELLS ("num_grid_xy.1", N_("Rows")),
  [MAGNITUDE] = {
    .name = "magnitude", .type = BALLAST_PARAMETER_INT, .label = N_("Strength"), .unit = "px",
    .help = N_("The most that a node moves each way."), .maximum = 512, .step = 1,
    .initial = { { 10 } },
  },
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  guint columns = (guint) values[COLUMNS].number[0] + 1, rows = (guint) values[ROWS].number[0] + 1;
  const BallastValue stretched = { { BALLAST_BORDER_REPLICATE } };
  double most = values[MAGNITUDE].number[0];

  ballast_sampler_put (sampler, columns);
  ballast_sampler_put (sampler, rows);
  for (guint i = 0; i < columns * rows; i++)
    {
      guint column = i % columns, row = i / columns;
      gboolean inner = column > 0 && row > 0 && column + 1 < columns && row + 1 < rows;
      double x = most * (2 * ballast_sampler_unit (sampler) - 1) / sampler->width;
      double y = most * (2 * ballast_sampler_unit (sampler) - 1) / sampler->height;

      ballast_nodes_put_shift (sampler, inner ? x : 0, columns);
      ballast_nodes_put_shift (sampler, inner ? y : 0, rows);
    }
  ballast_dense_put_tail (sampler, &values[INTERPOLATION], &stretched, &stretched);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_int_member (arguments, "mask_interpolation", 0);
  if (values[MAGNITUDE].number[0] < 1)
    json_object_set_int_member (arguments, "magnitude", 1);
}

const BallastOp ballast_op_grid_elastic_deform = {
  .name = "GridElasticDeform",
  .group = BALLAST_GROUP_DISTORTION,
  .title = N_("Elastic Grid"),
  .help = N_("Moves the inner nodes of a grid a little each way; the edges stay."),
  .keywords = "warp deform mesh grid elastic",
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
