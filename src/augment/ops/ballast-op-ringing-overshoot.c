/*
 * RingingOvershoot: an ideal low-pass filter, whose edges ring.
 *
 * The circular sinc: cutoff · J1 (cutoff · r) / (2 π r), normalised.
 * Numbers: size (px, odd), cutoff (radians a pixel).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-area.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  BLUR_LIMIT,
  CUTOFF,
};

static const BallastParameter parameters[] = {
  [BLUR_LIMIT] = {
    .name = "blur_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Window"), .unit = "px",
    .help = N_("Width of the window in pixels of the full picture; even numbers are raised by 1."),
    .minimum = 3, .maximum = 31, .step = 1, .whole = TRUE, .initial = { { 7, 15 } },
    .neutral = { { 3, 3 } }, .absent = { { 7, 15 } },
  },
  [CUTOFF] = {
    .name = "cutoff", .type = BALLAST_PARAMETER_RANGE, .label = N_("Cutoff"), .unit = "rad/px",
    .help = N_("The finest waves that pass: 0.8 blurs and rings widely, 3.14 lets all through."),
    .minimum = 0.1, .maximum = 3.141592653589793, .step = 0.05, .digits = 2,
    .initial = { { 1.2, 2.2 } }, .neutral = { { 3, 3 } },
    .absent = { { 0.7853981633974483, 1.5707963267948966 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_op_draw_odd (sampler, &values[BLUR_LIMIT]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[CUTOFF]));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 2) && ballast_op_check_odd (step, 0)
         && step->numbers[1] >= 0.1 && step->numbers[1] <= 3.2;
}

static guint
get_size (const BallastFilterCall *call)
{
  return ballast_op_scale_window (call->numbers[0], call->scale);
}

/* A reduced picture has no waves finer than π a pixel. */
static gboolean
is_idle (const BallastFilterCall *call)
{
  return get_size (call) <= 1 || call->numbers[1] >= G_PI * call->scale * 1.2;
}

static gpointer
prepare (const BallastFilterCall *call)
{
  guint size = get_size (call), half = size / 2;
  double cutoff = call->numbers[1] / call->scale;
  double *weights = g_new (double, size * size);

  for (guint i = 0; i < size * size; i++)
    {
      double x = (double) (i % size) - half, y = (double) (i / size) - half;
      double distance = sqrt (x * x + y * y);

      weights[i] = distance > 0 ? cutoff * j1 (cutoff * distance) / (2 * G_PI * distance)
                                : cutoff * cutoff / (4 * G_PI);
    }
  return ballast_op_finish_kernel (weights, size * size);
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const guint rows[2] = { first, end };

  ballast_kernel_convolve (call->source, call->prepared, get_size (call), call->target, rows);
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA,
  .cost = 25,
  .band_rows = 64,
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
  ballast_op_append_named (text, _("ringing"), step->numbers[1], 2);
}

const BallastOp ballast_op_ringing_overshoot = {
  .name = "RingingOvershoot",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Ringing"),
  .help = N_("Edges get echoes, as after strong compression or too much sharpening."),
  .keywords = "ringing overshoot sinc gibbs artifact halo compression",
  .glyph = "◉",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.1,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
