/*
 * ConstrainedCoarseDropout: covers parts of the objects, not of what is beside them.
 *
 * Holes are shares of a box and lie inside it.  Where a picture has no boxes nothing is covered.
 * Numbers: see ballast-holes.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-holes.h"

#include <math.h>

#define MAX_HOLES_A_BOX 8

enum
{
  NUM_HOLES,
  HOLE_HEIGHT,
  HOLE_WIDTH,
  FILL,
  FILL_STYLE,
};

#define HOLE_SIZE(argument, text)                                                                  \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "",                  \
    .help = N_("As a share of the object's."), .minimum = 0, .maximum = 1, .step = 0.01,           \
    .digits = 2, .initial = { { 0.2, 0.5 } }, .absent = { { 0.1, 0.1 } }                           \
  }

static const BallastParameter parameters[] = {
  [NUM_HOLES] = {
    .name = "num_holes_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Holes"), .unit = "",
    .help = N_("How many parts of each object are covered."), .minimum = 0,
    .maximum = MAX_HOLES_A_BOX, .step = 1, .whole = TRUE, .initial = { { 1, 1 } },
    .absent = { { 1, 1 } },
  },
  [HOLE_HEIGHT] = HOLE_SIZE ("hole_height_range", N_("Height")),
  [HOLE_WIDTH] = HOLE_SIZE ("hole_width_range", N_("Width")),
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the holes.")),
  [FILL_STYLE] = BALLAST_PARAMETER_FILL_STYLE,
};

/* A hole inside @box, in whole pixels of the picture. */
static void
put_hole (BallastSampler     *sampler,
          const BallastValue *values,
          const BallastBox   *box)
{
  double h = ballast_sampler_range (sampler, &values[HOLE_HEIGHT]) * box->height;
  double w = ballast_sampler_range (sampler, &values[HOLE_WIDTH]) * box->width;
  double left = box->x + ballast_sampler_unit (sampler) * (box->width - w);
  double top = box->y + ballast_sampler_unit (sampler) * (box->height - h);
  double x = CLAMP (round (left), 0, sampler->width), y = CLAMP (round (top), 0, sampler->height);
  double right = CLAMP (round (left + w), x, sampler->width);
  double bottom = CLAMP (round (top + h), y, sampler->height);

  if (right > x && bottom > y && sampler->numbers->len + 4 <= 3 + 4 * BALLAST_MAX_HOLES)
    ballast_holes_put (sampler, x, y, right - x, bottom - y);
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  guint n = (guint) ballast_sampler_whole (sampler, &values[NUM_HOLES]);

  ballast_holes_put_colour (sampler, &values[FILL]);
  for (guint i = 0; i < sampler->n_boxes; i++)
    for (guint j = 0; j < n; j++)
      put_hole (sampler, values, &sampler->boxes[i]);
  ballast_holes_put_style (sampler, &values[FILL_STYLE]);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_holes_write (arguments, &values[FILL_STYLE]);
}

const BallastOp ballast_op_constrained_coarse_dropout = {
  .name = "ConstrainedCoarseDropout",
  .group = BALLAST_GROUP_DROPOUT,
  .title = N_("Cutout in Objects"),
  .help = N_("Covers a part of every object, so that a model knows it by the rest. Pictures "
              "without boxes are left as they are."),
  .keywords = "cutout occlusion object box bbox erase ConstrainedCoarseDropout dropout bbblur",
  .glyph = "◪",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.3,
  .hides_boxes = TRUE,
  .needs_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_holes_check,
  .lower = ballast_holes_lower,
  .describe = ballast_holes_describe,
  .write_extra = write_extra,
};
