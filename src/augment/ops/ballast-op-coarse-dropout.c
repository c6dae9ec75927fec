/*
 * CoarseDropout: covers a few rectangles with a colour.
 *
 * Sizes are drawn as shares of the picture, positions so that a hole lies inside.  A box keeps the
 * part that stays visible.
 * Numbers: red, green, blue, then left, top, width, height (px, whole) of every hole.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-ops.h"

#include <math.h>

#define MAX_HOLES 64

enum
{
  NUM_HOLES,
  HOLE_HEIGHT,
  HOLE_WIDTH,
  FILL,
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
    .help = N_("How many rectangles are covered."), .minimum = 0, .maximum = MAX_HOLES, .step = 1,
    .whole = TRUE, .initial = { { 1, 2 } }, .absent = { { 1, 2 } },
  },
  [HOLE_HEIGHT] = HOLE_SIZE ("hole_height_range", N_("Height")),
  [HOLE_WIDTH] = HOLE_SIZE ("hole_width_range", N_("Width")),
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the holes.")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  guint n = (guint) ballast_sampler_whole (sampler, &values[NUM_HOLES]);

  ballast_sampler_put_colour (sampler, &values[FILL]);
  for (guint i = 0; i < n; i++)
    {
      double h = ballast_sampler_range (sampler, &values[HOLE_HEIGHT]);
      double w = ballast_sampler_range (sampler, &values[HOLE_WIDTH]);
      double x = ballast_sampler_unit (sampler), y = ballast_sampler_unit (sampler);
      double width = floor (w * sampler->width), height = floor (h * sampler->height);

      ballast_sampler_put (sampler, floor (x * (sampler->width - width + 1)));
      ballast_sampler_put (sampler, floor (y * (sampler->height - height + 1)));
      ballast_sampler_put (sampler, width);
      ballast_sampler_put (sampler, height);
    }
}

static gboolean
check (const BallastRecipeStep *step)
{
  if (step->n_numbers < 3 || (step->n_numbers - 3) % 4 != 0
      || step->n_numbers > 3 + 4 * MAX_HOLES || !ballast_op_check_numbers (step, step->n_numbers))
    return FALSE;
  for (guint i = 0; i < step->n_numbers; i++)
    if (step->numbers[i] < 0 || step->numbers[i] > (i < 3 ? 255 : 65535)
        || (i >= 3 && step->numbers[i] != floor (step->numbers[i])))
      return FALSE;
  return TRUE;
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  guint n = (step->n_numbers - 3) / 4;
  BallastAction *action;

  if (n == 0)
    return;
  action = ballast_lowering_add (lowering, BALLAST_ACTION_RECTANGLES);
  action->rectangles.items = g_new (BallastRectangle, n);
  action->rectangles.n = n;
  for (guint i = 0; i < 3; i++)
    action->colour[i] = step->numbers[i];
  for (guint i = 0; i < n; i++)
    {
      const double *hole = step->numbers + 3 + 4 * i;

      action->rectangles.items[i] = (BallastRectangle) { (gint32) hole[0], (gint32) hole[1],
                                                         (gint32) hole[2], (gint32) hole[3] };
    }
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  if (step->n_numbers > 3)
    g_string_append_printf (text, "▪ %u", (step->n_numbers - 3) / 4);
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
  json_object_set_null_member (arguments, "fill_mask");
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
  .check = check,
  .lower = lower,
  .describe = describe,
  .read_legacy = read_legacy,
  .write_extra = write_extra,
};
