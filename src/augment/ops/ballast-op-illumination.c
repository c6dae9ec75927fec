/*
 * Illumination: light that is stronger on one side, in a corner, or about a point.
 *
 * As Albumentations: linear 1 − |i| + 2 |i| g along a direction; corner 1 − i · distance / diagonal;
 * Gaussian 1 + i · exp (−distance² / 2σ²), σ as a share of the longer side.
 * Numbers: mode (0 … 2), intensity (signed), then angle (°) | corner (0 … 3, clockwise from the upper
 * left) | centre x, y, σ (shares).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-gain.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  MODE,
  INTENSITY,
  EFFECT,
  ANGLE,
  CENTRE,
  SIGMA,
};

enum
{
  LINEAR,
  CORNER,
  GAUSSIAN,
};

static const BallastChoice modes[] = {
  [LINEAR] = { "linear", N_("From One Side"), -1 },
  [CORNER] = { "corner", N_("From a Corner"), -1 },
  [GAUSSIAN] = { "gaussian", N_("A Spot"), -1 },
};

static const BallastChoice effects[] = {
  { "brighten", N_("Lighter"), -1 },
  { "darken", N_("Darker"), -1 },
  { "both", N_("Either"), -1 },
};

static const BallastParameter parameters[] = {
  [MODE] = {
    .name = "mode", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Light"), .unit = "",
    .help = N_("Where the light comes from."), .maximum = 2, .step = 1, .choices = modes,
    .n_choices = G_N_ELEMENTS (modes),
  },
  [INTENSITY] = {
    .name = "intensity_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Strength"),
    .unit = "", .help = N_("Share by which the light changes."), .minimum = 0.01, .maximum = 0.2,
    .step = 0.01, .digits = 2, .initial = { { 0.05, 0.2 } }, .neutral = { { 0.01, 0.01 } },
    .absent = { { 0.01, 0.2 } },
  },
  [EFFECT] = {
    .name = "effect_type", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Effect"), .unit = "",
    .help = N_("Whether it becomes lighter or darker there."), .maximum = 2, .step = 1,
    .initial = { { 2 } }, .absent = { { 2 } }, .secondary = TRUE, .choices = effects,
    .n_choices = G_N_ELEMENTS (effects),
  },
  [ANGLE] = {
    .name = "angle_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Direction"), .unit = "°",
    .help = N_("Of light from one side; 0° is from the right, 90° from below."), .maximum = 360,
    .step = 5, .secondary = TRUE, .initial = { { 0, 360 } }, .absent = { { 0, 360 } },
  },
  [CENTRE] = {
    .name = "center_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Place"), .unit = "",
    .help = N_("Of a spot, as a share of width and height."), .maximum = 1, .step = 0.05,
    .digits = 2, .secondary = TRUE, .initial = { { 0.1, 0.9 } }, .absent = { { 0.1, 0.9 } },
  },
  [SIGMA] = {
    .name = "sigma_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Size"), .unit = "",
    .help = N_("Of a spot, as a share of the longer side."), .minimum = 0.2, .maximum = 1,
    .step = 0.05, .digits = 2, .secondary = TRUE, .initial = { { 0.2, 1 } },
    .neutral = { { 0.2, 1 } }, .absent = { { 0.2, 1 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double mode = values[MODE].number[0], effect = values[EFFECT].number[0];
  double intensity = ballast_sampler_range (sampler, &values[INTENSITY]);
  gboolean darker = ballast_sampler_unit (sampler) < 0.5;
  double angle = ballast_sampler_range (sampler, &values[ANGLE]);
  guint corner = ballast_sampler_below (sampler, 4);

  darker = effect == 1 || (effect == 2 && darker);
  ballast_sampler_put (sampler, mode);
  ballast_sampler_put (sampler, darker ? -intensity : intensity);
  if (mode == GAUSSIAN)
    for (guint i = 0; i < 3; i++)
      ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[i < 2 ? CENTRE : SIGMA]));
  else
    ballast_sampler_put (sampler, mode == LINEAR ? angle : corner);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *numbers = step->numbers;

  if (step->n_numbers < 3 || !ballast_op_check_numbers (step, step->n_numbers)
      || !ballast_op_check_choice (step, 0, 3) || fabs (numbers[1]) > 1)
    return FALSE;
  if (numbers[0] == GAUSSIAN)
    return step->n_numbers == 5 && fabs (numbers[2]) <= 10 && fabs (numbers[3]) <= 10
           && numbers[4] >= 0.01 && numbers[4] <= 10;
  return step->n_numbers == 3
         && (numbers[0] == LINEAR ? fabs (numbers[2]) <= 720 : ballast_op_check_choice (step, 2, 4));
}

/* The last digits of a mathematical library's results do not count. */
static float
to_float (double value)
{
  return (float) (rint (value * 0x1p20) * 0x1p-20);
}

/* What each column and each row contribute. */
typedef struct
{
  float *across;
  float *down;
} Prepared;

static void
fill_axis (const BallastFilterCall *call,
           guint                    axis,
           float                   *values)
{
  const double *numbers = call->numbers;
  guint n = axis == 0 ? call->width : call->height, longer = MAX (call->width, call->height);
  double angle = numbers[2] * (G_PI / 180), turn = axis == 0 ? cos (angle) : sin (angle);
  gboolean from_end = axis == 0 ? numbers[2] == 1 || numbers[2] == 2 : numbers[2] >= 2;

  for (guint i = 0; i < n; i++)
    {
      double place = n > 1 ? (double) i / (n - 1) : 0, distance = from_end ? n - 1.0 - i : i;

      if (numbers[0] == LINEAR)
        /* About the middle, so that the light as a whole stays. */
        values[i] = to_float ((place - 0.5) * turn);
      else if (numbers[0] == CORNER)
        values[i] = (float) (distance * distance);
      else
        {
          distance = (i - n * numbers[2 + axis]) / (longer * numbers[4]);
          values[i] = to_float (exp (-0.5 * distance * distance));
        }
    }
}

static gpointer
prepare (const BallastFilterCall *call)
{
  Prepared *prepared = g_new (Prepared, 1);

  prepared->across = g_new (float, call->width);
  prepared->down = g_new (float, call->height);
  fill_axis (call, 0, prepared->across);
  fill_axis (call, 1, prepared->down);
  return prepared;
}

static void
release (gpointer data)
{
  Prepared *prepared = data;

  g_free (prepared->across);
  g_free (prepared->down);
  g_free (prepared);
}

static void
fill_gains (const BallastFilterCall *call,
            guint                    y,
            float                   *gains)
{
  const Prepared *prepared = call->prepared;
  float down = prepared->down[y], intensity = (float) call->numbers[1];
  float diagonal = sqrtf ((float) call->width * (float) call->width
                          + (float) call->height * (float) call->height);

  for (guint x = 0; x < call->width; x++)
    {
      float across = prepared->across[x];

      if (call->numbers[0] == LINEAR)
        gains[x] = 1 + 2 * intensity * (across + down);
      else if (call->numbers[0] == CORNER)
        gains[x] = 1 - intensity / diagonal * sqrtf (across + down);
      else
        gains[x] = 1 + intensity * across * down;
    }
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  g_autofree float *gains = g_new (float, call->width);

  for (guint y = first; y < end; y++)
    {
      fill_gains (call, y, gains);
      ballast_kernel_gain_row (call->target, y, gains, NULL);
    }
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE,
  .cost = 2,
  .prepare = prepare,
  .release = release,
  .run = run,
};

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_filter (lowering, &filter, step->numbers, step->n_numbers);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  g_string_append (text, "◐ ");
  ballast_op_append_signed (text, step->numbers[1], 2, "");
}

const BallastOp ballast_op_illumination = {
  .name = "Illumination",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Uneven Light"),
  .help = N_("Lightens or darkens one side, a corner or a spot of the picture.  Light from one side "
              "leaves the middle as it is, where Albumentations may darken or lighten all."),
  .keywords = "illumination light gradient vignette shading uneven lamp corner spot",
  .glyph = "◧",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
