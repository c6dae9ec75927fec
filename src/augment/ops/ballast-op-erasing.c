/*
 * Erasing: covers one rectangle of random area and shape (torchvision's RandomErasing).
 *
 * An area and a shape are drawn until the rectangle fits, at most ten times; then it is left out.
 * Numbers: see ballast-holes.h.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-holes.h"

#include <math.h>

#define TRIES 10

enum
{
  SCALE,
  RATIO,
  FILL,
  FILL_STYLE,
};

static const BallastParameter parameters[] = {
  [SCALE] = {
    .name = "scale", .type = BALLAST_PARAMETER_RANGE, .label = N_("Area"), .unit = "",
    .help = N_("Of the rectangle, as a share of the picture's."),
    .minimum = 0.001, .maximum = 1, .step = 0.01, .digits = 2,
    .initial = { { 0.02, 0.2 } }, .absent = { { 0.02, 0.33 } }, .neutral = { { 0.02, 0.2 } },
  },
  [RATIO] = {
    .name = "ratio", .type = BALLAST_PARAMETER_RANGE, .label = N_("Shape"), .unit = "",
    .help = N_("Height over width: below 1 is wide, above 1 is tall."),
    .minimum = 0.1, .maximum = 10, .step = 0.1, .digits = 2, .secondary = TRUE,
    .initial = { { 0.3, 3.3 } }, .absent = { { 0.3, 3.3 } }, .neutral = { { 1, 1 } },
  },
  [FILL] = BALLAST_PARAMETER_FILL (N_("The colour of the rectangle.")),
  [FILL_STYLE] = BALLAST_PARAMETER_FILL_STYLE,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastValue logs = { { log (values[RATIO].number[0]), log (values[RATIO].number[1]) } };
  gboolean found = FALSE;
  double x, y;

  ballast_holes_put_colour (sampler, &values[FILL]);
  x = ballast_sampler_unit (sampler);
  y = ballast_sampler_unit (sampler);
  for (guint i = 0; i < TRIES && !found; i++)
    {
      double area = ballast_sampler_range (sampler, &values[SCALE]);
      double ratio = exp (ballast_sampler_range (sampler, &logs));
      double pixels = area * sampler->width * sampler->height;
      double height = round (sqrt (pixels * ratio)), width = round (sqrt (pixels / ratio));

      found = width >= 1 && height >= 1 && width < sampler->width && height < sampler->height;
      if (found)
        ballast_holes_put (sampler, floor (x * (sampler->width - width + 1)),
                           floor (y * (sampler->height - height + 1)), width, height);
    }
  ballast_holes_put_style (sampler, &values[FILL_STYLE]);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_holes_write (arguments, &values[FILL_STYLE]);
}

const BallastOp ballast_op_erasing = {
  .name = "Erasing",
  .group = BALLAST_GROUP_DROPOUT,
  .title = N_("Random Erasing"),
  .help = N_("Covers one rectangle of random size and shape. Starts smaller than Albumentations' "
              "default, which may take a third of the picture."),
  .keywords = "RandomErasing cutout erase occlusion hide hole dropout",
  .glyph = "▬",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.3,
  .hides_boxes = TRUE,
  .sample = sample,
  .check = ballast_holes_check,
  .lower = ballast_holes_lower,
  .describe = ballast_holes_describe,
  .write_extra = write_extra,
};
