/*
 * RandomResizedCrop: cuts out a rectangle of a random area and shape, and brings it to a size.
 *
 * Torchvision's rule: ten tries at (area, log-uniform ratio), then the largest central rectangle
 * whose ratio is allowed.  The size 0 × 0 stands for the picture's own; the ratio is then relative
 * to the picture's, so that 1 keeps its proportions.
 * Numbers: left, top, width, height (px, whole) of the cut-out, width and height that come out, the
 * share of the area that was kept (for people only), and the interpolation where it is not bilinear.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"
#include "ballast-ops.h"

#include <math.h>

#define TRIES 10
#define MAX_SIDE 16384

/* What stands in a file for “the picture's own size”, which Albumentations cannot say. */
#define STAND_IN_SIZE 512

enum
{
  SCALE,
  RATIO,
  HEIGHT,
  WIDTH,
  INTERPOLATION,
};

static const BallastParameter parameters[] = {
  [SCALE] = {
    .name = "scale", .type = BALLAST_PARAMETER_RANGE, .label = N_("Area"), .unit = "",
    .help = N_("The share of the picture's area that is kept."),
    .minimum = 0.01, .maximum = 1, .step = 0.01, .digits = 2,
    .initial = { { 0.7, 1 } }, .neutral = { { 1, 1 } }, .absent = { { 0.08, 1 } },
  },
  [RATIO] = {
    .name = "ratio", .type = BALLAST_PARAMETER_RANGE, .label = N_("Proportions"), .unit = "",
    .help = N_("Width divided by height of the cut-out; relative to the picture's own where the "
                "size "
                "is the picture's."),
    .minimum = 0.1, .maximum = 10, .step = 0.01, .digits = 2, .secondary = TRUE,
    .initial = { { 1, 1 } }, .neutral = { { 1, 1 } }, .absent = { { 0.75, 4.0 / 3 } },
  },
  [HEIGHT] = {
    .name = "size.0", .type = BALLAST_PARAMETER_INT, .label = N_("Height"), .unit = "px",
    .help = N_("Height that comes out; 0 is that of the picture."),
    .maximum = MAX_SIDE, .step = 1, .secondary = TRUE,
  },
  [WIDTH] = {
    .name = "size.1", .type = BALLAST_PARAMETER_INT, .label = N_("Width"), .unit = "px",
    .help = N_("Width that comes out; 0 is that of the picture."),
    .maximum = MAX_SIDE, .step = 1, .secondary = TRUE,
  },
  [INTERPOLATION] = BALLAST_PARAMETER_INTERPOLATION,
};

typedef struct
{
  double left, top, width, height;
} Cut;

/* The largest central rectangle whose ratio is between the two. */
static Cut
cut_centre (double width,
            double height,
            double low,
            double high)
{
  double ratio = CLAMP (width / height, low, high);
  Cut cut = { 0, 0, width, height };

  if (ratio < width / height)
    cut.width = MAX (1, round (height * ratio));
  else
    cut.height = MAX (1, round (width / ratio));
  cut.width = MIN (cut.width, width);
  cut.height = MIN (cut.height, height);
  cut.left = floor ((width - cut.width) / 2);
  cut.top = floor ((height - cut.height) / 2);
  return cut;
}

static Cut
draw_cut (BallastSampler     *sampler,
          const BallastValue *values,
          double              own_ratio)
{
  double low = values[RATIO].number[0] * own_ratio, high = values[RATIO].number[1] * own_ratio;
  double width = sampler->width, height = sampler->height;
  Cut cut = cut_centre (width, height, low, high);
  gboolean found = FALSE;

  /* All ten are drawn, so that what follows has the same draws whatever fits. */
  for (guint i = 0; i < TRIES; i++)
    {
      double area = width * height * ballast_sampler_range (sampler, &values[SCALE]);
      double ratio = exp (log (low) + ballast_sampler_unit (sampler) * (log (high) - log (low)));
      double x = ballast_sampler_unit (sampler), y = ballast_sampler_unit (sampler);
      double w = MAX (1, round (sqrt (area * ratio))), h = MAX (1, round (sqrt (area / ratio)));

      if (found || w > width || h > height)
        continue;
      found = TRUE;
      cut = (Cut) { floor (x * (width - w + 1)), floor (y * (height - h + 1)), w, h };
    }
  return cut;
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  gboolean own_size = values[WIDTH].number[0] < 1 || values[HEIGHT].number[0] < 1;
  double own_ratio = own_size ? (double) sampler->width / sampler->height : 1;
  Cut cut = draw_cut (sampler, values, own_ratio);

  ballast_sampler_put (sampler, cut.left);
  ballast_sampler_put (sampler, cut.top);
  ballast_sampler_put (sampler, cut.width);
  ballast_sampler_put (sampler, cut.height);
  ballast_sampler_put (sampler, own_size ? sampler->width : values[WIDTH].number[0]);
  ballast_sampler_put (sampler, own_size ? sampler->height : values[HEIGHT].number[0]);
  ballast_sampler_put (sampler, cut.width * cut.height / ((double) sampler->width * sampler->height));
  if (values[INTERPOLATION].number[0] != BALLAST_INTERPOLATION_LINEAR)
    ballast_sampler_put (sampler, values[INTERPOLATION].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  if (!ballast_op_check_numbers (step, 7)
      && !(ballast_op_check_numbers (step, 8) && ballast_op_check_choice (step, 7, 5)))
    return FALSE;
  if (n[6] < 0 || n[6] > 1)
    return FALSE;
  for (guint i = 0; i < 6; i++)
    if (n[i] != floor (n[i]) || n[i] < (i < 2 ? 0 : 1) || n[i] > 65535)
      return FALSE;
  return TRUE;
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  const double *n = step->numbers;
  BallastMap shift = ballast_map_translate (-n[0], -n[1]);
  BallastMap scale = ballast_map_scale (n[4] / n[2], n[5] / n[3]);
  BallastMap map = ballast_map_compose (&scale, &shift);
  BallastAction *action = ballast_lowering_geometry (lowering, &map, (guint) n[4], (guint) n[5]);

  if (step->n_numbers == 8)
    action->geometry.interpolation = (BallastInterpolation) n[7];
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  const double *n = step->numbers;

  if (n[6] < 1)
    ballast_op_append_named (text, _("crop"), n[6], 2);
  else if (n[2] != n[4] || n[3] != n[5])
    g_string_append_printf (text, "%u × %u", (guint) n[4], (guint) n[5]);
}

static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  if (json_object_has_member (arguments, "size"))
    return;
  values[WIDTH].number[0] = ballast_op_read_number (arguments, "width", 0);
  values[HEIGHT].number[0] = ballast_op_read_number (arguments, "height", 0);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  ballast_frame_write_resizing (arguments, values);
  if (values[WIDTH].number[0] < 1 || values[HEIGHT].number[0] < 1)
    {
      JsonArray *size = json_array_new ();

      json_array_add_int_element (size, STAND_IN_SIZE);
      json_array_add_int_element (size, STAND_IN_SIZE);
      json_object_set_array_member (arguments, "size", size);
    }
}

const BallastOp ballast_op_random_resized_crop = {
  .name = "RandomResizedCrop",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Random Crop"),
  .help = N_("Cuts out a part of the picture and magnifies it to the picture's size, or to one "
              "given."),
  .keywords = "crop zoom resize cut RandomCrop RandomSizedCrop",
  .glyph = "⛶",
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
