/*
 * CoarseDropout: covers a few rectangles with a colour.
 *
 * Sizes are drawn as shares of the picture, positions so that a hole lies inside.  A box keeps the
 * part that stays visible.
 * Numbers: see ballast-holes.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-holes.h"

#include <math.h>

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
    .help = N_("As a share of the picture's."), .minimum = 0, .maximum = 1, .step = 0.01,          \
    .digits = 2,                                                                                   \
    .initial = { { 0.1, 0.2 } }, .absent = { { 0.1, 0.2 } }                                        \
  }

static const BallastParameter parameters[] = {
  [NUM_HOLES] = {
    .name = "num_holes_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Holes"), .unit = "",
    .help = N_("How many rectangles are covered."), .minimum = 0, .maximum = BALLAST_MAX_HOLES, .step = 1,
    .whole = TRUE, .initial = { { 1, 2 } }, .absent = { { 1, 2 } },
  },
  [HOLE_HEIGHT] = HOLE_SIZE ("hole_height_range", N_("Height")),
  [HOLE_WIDTH] = HOLE_SIZE ("hole_width_range", N_("Width")),
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the holes.")),
  [FILL_STYLE] = BALLAST_PARAMETER_FILL_STYLE,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  guint n = (guint) ballast_sampler_whole (sampler, &values[NUM_HOLES]);

  ballast_holes_put_colour (sampler, &values[FILL]);
  for (guint i = 0; i < n; i++)
    {
      double h = ballast_sampler_range (sampler, &values[HOLE_HEIGHT]);
      double w = ballast_sampler_range (sampler, &values[HOLE_WIDTH]);
      double x = ballast_sampler_unit (sampler), y = ballast_sampler_unit (sampler);
      double width = floor (w * sampler->width), height = floor (h * sampler->height);

      ballast_holes_put (sampler, floor (x * (sampler->width - width + 1)),
                         floor (y * (sampler->height - height + 1)), width, height);
    }
  ballast_holes_put_style (sampler, &values[FILL_STYLE]);
}

/* Albumentations 1.x: max_holes and min_holes, max_height … as shares or as pixels. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  static const char *const names[3] = { "holes", "height", "width" };

  ballast_op_read_old_fill (arguments, &values[FILL]);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *most_name = g_strconcat ("max_", names[i], NULL);
      g_autofree char *least_name = g_strconcat ("min_", names[i], NULL);
      double most = ballast_op_read_number (arguments, most_name, -1);
      double least = ballast_op_read_number (arguments, least_name, most);

      if (most >= 0 && (i == NUM_HOLES || most <= 1))
        values[i] = (BallastValue) { { least < 0 ? most : least, most } };
    }
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_holes_write (arguments, &values[FILL_STYLE]);
}

const BallastOp ballast_op_coarse_dropout = {
  .name = "CoarseDropout",
  .group = BALLAST_GROUP_DROPOUT,
  .title = N_("Cutout"),
  .help = N_("Covers a few rectangles, so that a model learns from the rest."),
  .keywords = "cutout erase erasing occlusion hide holes RandomErasing dropout mask",
  .glyph = "▪",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.3,
  .hides_boxes = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = ballast_holes_check,
  .lower = ballast_holes_lower,
  .describe = ballast_holes_describe,
  .read_legacy = read_legacy,
  .write_extra = write_extra,
};
