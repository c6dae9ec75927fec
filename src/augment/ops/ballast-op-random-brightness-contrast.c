/*
 * RandomBrightnessContrast: v' = (1 + contrast) · v + brightness · maximum, or · mean of the picture.
 *
 * As Albumentations: computed in single precision, clipped, and truncated rather than rounded.  In the
 * safe range nothing is ever clipped: the brightness is not negative, and the contrast gives way to it.
 * Numbers: brightness, contrast; and where the mean counts 1, and whether the range is safe (otherwise that is
 * in the first two already).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-levels.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  BRIGHTNESS,
  CONTRAST,
  BY_MAXIMUM,
  SAFE,
};

#define LIMIT(argument, text, sentence)                                                            \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "",                  \
    .help = sentence, .minimum = -1, .maximum = 1, .step = 0.01, .digits = 2,                      \
    .initial = { { -0.2, 0.2 } }, .absent = { { -0.2, 0.2 } }                                      \
  }

static const BallastParameter parameters[] = {
  [BRIGHTNESS] = LIMIT ("brightness_limit", N_("Brightness"),
                        N_("Added to every channel, as a share of full white.")),
  [CONTRAST] = LIMIT ("contrast_limit", N_("Contrast"),
                      N_("Every channel is multiplied by 1 plus this.")),
  [BY_MAXIMUM] = {
    .name = "brightness_by_max", .type = BALLAST_PARAMETER_BOOL, .label = N_("Share of White"),
    .unit = "", .help = N_("Off: brightness is a share of the picture's own mean, so that dark pictures "
                            "change less."),
    .maximum = 1, .step = 1, .secondary = TRUE,
    .initial = { { 1 } }, .neutral = { { 1 } }, .absent = { { 1 } },
  },
  [SAFE] = {
    .name = "ensure_safe_range", .type = BALLAST_PARAMETER_BOOL, .label = N_("Never Clipped"),
    .unit = "", .help = N_("Keeps to numbers that drive no value beyond black or white; pictures only get "
                            "lighter, and flatter."),
    .maximum = 1, .step = 1, .secondary = TRUE,
  },
};

/* Albumentations' rule, for a positive gain: @offset is a share of white. */
static void
keep_in_range (double *gain,
               double *offset)
{
  *offset = CLAMP (*offset, 0, 1);
  *gain = MIN (*gain, 1 - *offset);
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double offset = ballast_sampler_range (sampler, &values[BRIGHTNESS]);
  double contrast = ballast_sampler_range (sampler, &values[CONTRAST]);
  gboolean by_mean = values[BY_MAXIMUM].number[0] == 0, safe = values[SAFE].number[0] != 0;

  if (safe && !by_mean)
    {
      double gain = 1 + contrast;

      keep_in_range (&gain, &offset);
      contrast = gain - 1;
    }
  ballast_sampler_put (sampler, offset);
  ballast_sampler_put (sampler, contrast);
  if (!by_mean)
    return;
  ballast_sampler_put (sampler, 1);
  ballast_sampler_put (sampler, safe);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return (ballast_op_check_numbers (step, 2)
          || (ballast_op_check_numbers (step, 4) && step->numbers[2] == 1
              && ballast_op_check_choice (step, 3, 2)))
         && fabs (step->numbers[0]) <= 10
         && fabs (step->numbers[1]) <= 10;
}

static double
stretch (double        value,
         double        maximum,
         const double *numbers)
{
  float gain = (float) (1 + numbers[1]), offset = (float) (numbers[0] * maximum);
  float scaled = (float) value * gain;

  return truncf (scaled + offset);
}

/* Of all colours together. */
static double
get_mean (const BallastRaster *raster)
{
  g_autoptr(BallastHistogram) histogram = ballast_histogram_new (raster);
  guint64 sum = 0;

  for (guint i = 0; i < histogram->n_channels; i++)
    for (guint v = 0; v < histogram->n_levels; v++)
      sum += (guint64) v * histogram->count[i][v];
  return (double) sum / ((double) histogram->n_pixels * histogram->n_channels);
}

static gpointer
prepare_by_mean (const BallastFilterCall *call)
{
  guint n = call->source->depth == 16 ? 65536 : 256;
  BallastTables *tables = ballast_tables_new (1, n);
  double offset = call->numbers[0] * get_mean (call->source) / (n - 1), gain = 1 + call->numbers[1];

  if (call->numbers[3] != 0)
    keep_in_range (&gain, &offset);
  for (guint v = 0; v < n; v++)
    ballast_tables_set (tables, 0, v,
                        stretch (v, n - 1, (const double[2]) { offset, gain - 1 }));
  return tables;
}

static const BallastFilter by_mean_filter = {
  .reach = BALLAST_FILTER_GLOBAL,
  .cost = 0.6,
  .prepare = prepare_by_mean,
  .release = (GDestroyNotify) ballast_tables_free,
  .run = ballast_filter_run_tables,
};

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  if (step->n_numbers == 4)
    ballast_lowering_filter (lowering, &by_mean_filter, step->numbers, 4);
  else
    ballast_lowering_point (lowering, stretch, step->numbers[0], step->numbers[1]);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  if (fabs (step->numbers[0]) >= 0.005)
    ballast_op_append_signed (text, step->numbers[0], 2, "");
  if (text->len > 0)
    g_string_prepend (text, "☀ ");
  if (fabs (step->numbers[1]) >= 0.005)
    {
      g_string_append (text, text->len > 0 ? " ◐ " : "◐ ");
      ballast_op_append_signed (text, step->numbers[1], 2, "");
    }
}

const BallastOp ballast_op_random_brightness_contrast = {
  .name = "RandomBrightnessContrast",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Brightness and Contrast"),
  .help = N_("Makes the picture lighter or darker, and its differences stronger or weaker."),
  .keywords = "exposure light dark ColorJitter brightness contrast multiply add linear",
  .glyph = "☀",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.5,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
