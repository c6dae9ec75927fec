/*
 * RandomToneCurve: bends the tones along a cubic Bézier curve from black to white.
 *
 * Its two inner points are drawn about ¼ and ¾; table as in Albumentations, rounded:
 * 3 (1 − t)² t · low + 3 (1 − t) t² · high + t³.
 * Numbers: low, high (0 … 1) of red, green and blue.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-levels.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  SCALE,
  PER_CHANNEL,
};

static const BallastParameter parameters[] = {
  [SCALE] = {
    .name = "scale", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Strength"), .unit = "",
    .help = N_("Standard deviation of the curve's inner points; the curve ends at black and white."),
    .maximum = 1, .step = 0.01, .digits = 2, .initial = { { 0.1 } }, .absent = { { 0.1 } },
  },
  [PER_CHANNEL] = {
    .name = "per_channel", .type = BALLAST_PARAMETER_BOOL, .label = N_("Each Channel"), .unit = "",
    .help = N_("A curve of its own for each channel, which changes the colours."), .maximum = 1,
    .step = 1, .secondary = TRUE,
  },
};

static double
draw_point (BallastSampler *sampler,
            double          mean,
            double          scale)
{
  double point = mean + scale * ballast_op_draw_normal (sampler);

  return CLAMP (point, 0, 1);
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  gboolean per_channel = values[PER_CHANNEL].number[0] != 0;
  double scale = values[SCALE].number[0], low = 0.25, high = 0.75;

  for (guint c = 0; c < 3; c++)
    {
      double next_low = draw_point (sampler, 0.25, scale);
      double next_high = draw_point (sampler, 0.75, scale);

      low = c == 0 || per_channel ? next_low : low;
      high = c == 0 || per_channel ? next_high : high;
      ballast_sampler_put (sampler, low);
      ballast_sampler_put (sampler, high);
    }
}

static gboolean
check (const BallastRecipeStep *step)
{
  if (!ballast_op_check_numbers (step, 6))
    return FALSE;
  for (guint i = 0; i < 6; i++)
    if (step->numbers[i] < 0 || step->numbers[i] > 1)
      return FALSE;
  return TRUE;
}

static double
bend (double        value,
      double        maximum,
      const double *numbers)
{
  double t = value / maximum, rest = 1 - t;

  return rint ((3 * rest * rest * t * numbers[0] + 3 * rest * t * t * numbers[1] + t * t * t)
               * maximum);
}

static gpointer
prepare (const BallastFilterCall *call)
{
  BallastTables *tables = ballast_tables_new (3, 256);

  for (guint c = 0; c < 3; c++)
    for (guint v = 0; v < 256; v++)
      ballast_tables_set (tables, c, v, bend (v, 255, call->numbers + 2 * c));
  return tables;
}

static const BallastFilter on_colours = {
  .reach = BALLAST_FILTER_COLOUR,
  .cost = 0.4,
  .needs_colour = TRUE,
  .prepare = prepare,
  .release = (GDestroyNotify) ballast_tables_free,
  .run = ballast_filter_run_tables,
};

static gboolean
is_one_curve (const double *numbers)
{
  return numbers[0] == numbers[2] && numbers[0] == numbers[4] && numbers[1] == numbers[3]
         && numbers[1] == numbers[5];
}

/* Curves for three channels on a picture that has one: the first. */
static void
run_grey (const BallastFilterCall *call,
          guint                    first,
          guint                    end)
{
  guint8 bytes[256];

  for (guint v = 0; v < 256; v++)
    bytes[v] = (guint8) bend (v, 255, call->numbers);
  if (call->target->depth == 8)
    {
      ballast_kernel_table (call->target, bytes, first, end);
      return;
    }
  for (guint y = first; y < end; y++)
    {
      guint16 *row = (guint16 *) (gpointer) ballast_raster_get_row (call->target, y);

      for (guint x = 0; x < call->target->width; x++)
        row[x] = (guint16) bend (row[x], 65535, call->numbers);
    }
}

static const BallastFilter on_greys = {
  .reach = BALLAST_FILTER_COLOUR,
  .cost = 0.4,
  .needs_grey = TRUE,
  .run = run_grey,
};

/* One curve for all is a table like any other, and becomes one with its neighbours. */
static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  if (is_one_curve (step->numbers))
    {
      ballast_lowering_point (lowering, bend, step->numbers[0], step->numbers[1]);
      return;
    }
  ballast_lowering_filter (lowering, &on_colours, step->numbers, 6);
  ballast_lowering_filter (lowering, &on_greys, step->numbers, 2);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_plain (text, "∿ ", step->numbers[0], 2);
  ballast_op_append_plain (text, "/", step->numbers[1], 2);
}

const BallastOp ballast_op_random_tone_curve = {
  .name = "RandomToneCurve",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Tone Curve"),
  .help = N_("Bends the tones along a curve: shadows and lights change, black and white stay."),
  .keywords = "tone curve curves exposure shadows highlights gamma sigmoid",
  .glyph = "∿",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.3,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
