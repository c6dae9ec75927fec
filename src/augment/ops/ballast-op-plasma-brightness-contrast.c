/*
 * PlasmaBrightnessContrast: brightness and contrast that vary like clouds over the picture.
 *
 * v + brightness · field · 255, then about the picture's mean: (v − mean) · (1 + contrast · field) +
 * mean.  The field is smooth noise, 0 … 1.
 * Numbers: brightness, contrast, roughness, two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-gain.h"
#include "ballast-kernel-levels.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  BRIGHTNESS,
  CONTRAST,
  ROUGHNESS,
};

#define LIMIT(argument, text, sentence)                                                            \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "",                  \
    .help = sentence, .minimum = -1, .maximum = 1, .step = 0.05, .digits = 2,                      \
    .initial = { { -0.3, 0.3 } }, .absent = { { -0.3, 0.3 } }                                      \
  }

static const BallastParameter parameters[] = {
  [BRIGHTNESS] = LIMIT ("brightness_range", N_("Brightness"),
                        N_("Added where the clouds are thickest, as a share of full white.")),
  [CONTRAST] = LIMIT ("contrast_range", N_("Contrast"),
                      N_("How much stronger or weaker differences become there.")),
  [ROUGHNESS] = {
    .name = "roughness", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Roughness"), .unit = "",
    .help = N_("How strong fine patches are beside coarse ones; above 1 it is all grain."),
    .minimum = 0.1, .maximum = 5, .step = 0.1, .digits = 1, .secondary = TRUE,
    .initial = { { 0.6 } }, .neutral = { { 0.6 } }, .absent = { { 3 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[BRIGHTNESS]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[CONTRAST]));
  ballast_sampler_put (sampler, values[ROUGHNESS].number[0]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 5) && fabs (step->numbers[0]) <= 1
         && fabs (step->numbers[1]) <= 1 && step->numbers[2] >= 0.1 && step->numbers[2] <= 5
         && ballast_op_check_seed (step, 3);
}

static BallastPlasma
get_plasma (const BallastFilterCall *call,
            guint                    first)
{
  double side = MAX (call->width / call->scale_x, call->height / call->scale_y);

  return (BallastPlasma) { .seed = { (guint32) call->numbers[first + 1],
                                     (guint32) call->numbers[first + 2] },
                           .roughness = call->numbers[first], .width = call->width,
                           .pixel_x = 1 / (side * call->scale_x),
                           .pixel_y = 1 / (side * call->scale_y) };
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[0] == 0 && call->numbers[1] == 0;
}

static gpointer
prepare (const BallastFilterCall *call)
{
  double mean = ballast_kernel_mean_grey (call->source);

  mean = call->source->depth == 16 ? mean / 257 : mean;
  return g_memdup2 (&mean, sizeof mean);
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  BallastPlasma plasma = get_plasma (call, 2);
  float brightness = (float) (call->numbers[0] * 255), contrast = (float) call->numbers[1];
  float mean = (float) *(double *) call->prepared;
  g_autofree float *gains = g_new (float, call->width);
  g_autofree float *offsets = g_new (float, call->width);

  for (guint y = first; y < end; y++)
    {
      ballast_kernel_plasma_row (&plasma, y, gains);
      for (guint x = 0; x < call->width; x++)
        {
          float field = gains[x];

          gains[x] = 1 + contrast * field;
          offsets[x] = brightness * field * gains[x] - mean * (contrast * field);
        }
      ballast_kernel_gain_row (call->target, y, gains, offsets);
    }
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_GLOBAL,
  .cost = 12,
  .is_idle = is_idle,
  .prepare = prepare,
  .release = g_free,
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
  g_string_append (text, "☁ ");
  ballast_op_append_signed (text, step->numbers[0], 2, " ");
  ballast_op_append_signed (text, step->numbers[1], 2, "");
}

const BallastOp ballast_op_plasma_brightness_contrast = {
  .name = "PlasmaBrightnessContrast",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Cloudy Brightness"),
  .help = N_("Brightness and contrast that vary over the picture like clouds.  Albumentations' "
              "default roughness of 3 makes grain of the clouds; here they are soft."),
  .keywords = "plasma brightness contrast clouds fractal uneven RandomPlasma",
  .glyph = "☁",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
