/*
 * PlasmaShadow: shadows like those of clouds: value · (1 − intensity · field).
 *
 * Numbers: intensity, roughness, two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-gain.h"
#include "ballast-ops.h"

enum
{
  INTENSITY,
  ROUGHNESS,
};

static const BallastParameter parameters[] = {
  [INTENSITY] = {
    .name = "shadow_intensity_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Strength"),
    .unit = "", .help = N_("How dark the darkest shadow is; 1 is black."), .maximum = 1,
    .step = 0.05, .digits = 2, .initial = { { 0.3, 0.7 } }, .absent = { { 0.3, 0.7 } },
  },
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
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[INTENSITY]));
  ballast_sampler_put (sampler, values[ROUGHNESS].number[0]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 4) && step->numbers[0] >= 0 && step->numbers[0] <= 1
         && step->numbers[1] >= 0.1 && step->numbers[1] <= 5 && ballast_op_check_seed (step, 2);
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
  return call->numbers[0] == 0;
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  BallastPlasma plasma = get_plasma (call, 1);
  float intensity = (float) call->numbers[0];
  g_autofree float *gains = g_new (float, call->width);

  for (guint y = first; y < end; y++)
    {
      ballast_kernel_plasma_row (&plasma, y, gains);
      for (guint x = 0; x < call->width; x++)
        gains[x] = 1 - intensity * gains[x];
      ballast_kernel_gain_row (call->target, y, gains, NULL);
    }
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE,
  .cost = 12,
  .is_idle = is_idle,
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
  ballast_op_append_named (text, _("shadows"), step->numbers[0], 2);
}

const BallastOp ballast_op_plasma_shadow = {
  .name = "PlasmaShadow",
  .group = BALLAST_GROUP_WEATHER,
  .title = N_("Cloud Shadows"),
  .help = N_("Darkens parts of the picture as clouds do.  Albumentations' default roughness of 3 makes "
              "grain of them; here they are soft."),
  .keywords = "plasma shadow clouds fractal dark RandomPlasmaShadow",
  .glyph = "☂",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
