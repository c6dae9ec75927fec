/*
 * Letterbox: the picture whole and in its proportions inside a frame of a size, colour round it.
 *
 * What detectors of the YOLO family do to their input: LongestMaxSize and PadIfNeeded in one.
 * Numbers: the size of the picture (px), the size that comes out (px), red, green, blue.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-op-frame.h"

#include <math.h>

enum
{
  HEIGHT,
  WIDTH,
  FILL,
};

static const BallastParameter parameters[] = {
  [HEIGHT] = BALLAST_PARAMETER_SIDE ("size.0", N_("Height"),
                                     N_("Height that comes out; 0 is that of the picture."), 640),
  [WIDTH] = BALLAST_PARAMETER_SIDE ("size.1", N_("Width"),
                                    N_("Width that comes out; 0 is that of the picture."), 640),
  [FILL] = {
    .name = "fill", .type = BALLAST_PARAMETER_COLOUR, .label = N_("Fill Colour"), .unit = "",
    .help = N_("The colour of the bars; detectors of the YOLO family expect 114."), .maximum = 255,
    .step = 1, .secondary = TRUE, .initial = { { 114, 114, 114 } },
    .neutral = { { 114, 114, 114 } }, .absent = { { 114, 114, 114 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double width = values[WIDTH].number[0], height = values[HEIGHT].number[0];

  ballast_sampler_put (sampler, sampler->width);
  ballast_sampler_put (sampler, sampler->height);
  ballast_sampler_put (sampler, width > 0 ? width : sampler->width);
  ballast_sampler_put (sampler, height > 0 ? height : sampler->height);
  ballast_sampler_put_colour (sampler, &values[FILL]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  if (!ballast_op_check_numbers (step, 7))
    return FALSE;
  for (guint i = 0; i < 7; i++)
    if (n[i] < (i < 4 ? 1 : 0) || n[i] > (i < 4 ? 65535 : 255) || (i < 4 && n[i] != floor (n[i])))
      return FALSE;
  return TRUE;
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  const double *n = step->numbers;
  double scale = MIN (n[2] / n[0], n[3] / n[1]);
  double width = CLAMP (round (n[0] * scale), 1, n[2]), height = CLAMP (round (n[1] * scale), 1, n[3]);
  BallastMap map = ballast_map_scale (width / lowering->width, height / lowering->height);
  BallastMap shift = ballast_map_translate (floor ((n[2] - width) / 2), floor ((n[3] - height) / 2));
  BallastAction *action;

  map = ballast_map_compose (&shift, &map);
  action = ballast_lowering_geometry (lowering, &map, (guint) n[2], (guint) n[3]);
  if (width == n[2] && height == n[3])
    return;
  ballast_action_set_border (action, BALLAST_BORDER_CONSTANT, n + 4);
  action->geometry.clips = TRUE;
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  const double *n = step->numbers;

  if (n[0] != n[2] || n[1] != n[3])
    g_string_append_printf (text, "%s %u × %u", step->op->glyph, (guint) n[2], (guint) n[3]);
}

const BallastOp ballast_op_letterbox = {
  .name = "Letterbox",
  .group = BALLAST_GROUP_SIZE,
  .title = N_("Letterbox"),
  .help = N_("Fits the whole picture into a frame of a size, and fills the rest with a colour."),
  .keywords = "yolo ultralytics fit pad resize contain LongestMaxSize PadIfNeeded bars",
  .glyph = "▣",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 1,
  .moves_boxes = TRUE,
  .ours_alone = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
