/*
 * AdvancedBlur: a Gaussian that is stretched, turned, made more pointed or flatter, and uneven.
 *
 * exp (−½ (xᵀ Σ⁻¹ x)^β), each weight times a number of the noise range, then normalised.
 * Numbers: size (px, odd), σ along both axes (px), angle (°), β, noise from … to, two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-area.h"
#include "ballast-kernel-random.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  BLUR_LIMIT,
  SIGMA_X,
  SIGMA_Y,
  ROTATE,
  BETA,
  NOISE,
};

#define SIGMA(argument, text)                                                                      \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_RANGE, .label = text, .unit = "px",                \
    .help = N_("Standard deviation along one axis of the blur."), .minimum = 0.1, .maximum = 10,   \
    .step = 0.1, .digits = 1, .initial = { { 0.2, 2 } }, .neutral = { { 0.1, 0.1 } },              \
    .absent = { { 0.2, 1 } }                                                                       \
  }

static const BallastParameter parameters[] = {
  [BLUR_LIMIT] = BALLAST_PARAMETER_WINDOW (3, 9),
  [SIGMA_X] = SIGMA ("sigma_x_limit", N_("Length")),
  [SIGMA_Y] = SIGMA ("sigma_y_limit", N_("Breadth")),
  [ROTATE] = {
    .name = "rotate_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Angle"), .unit = "°",
    .help = N_("By which the blur is turned."), .minimum = -180, .maximum = 180, .step = 5,
    .secondary = TRUE, .initial = { { -90, 90 } }, .absent = { { -90, 90 } },
  },
  [BETA] = {
    .name = "beta_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Shape"), .unit = "",
    .help = N_("1 is a Gaussian, less more pointed, more flatter."), .minimum = 0.1, .maximum = 10,
    .step = 0.1, .digits = 1, .secondary = TRUE, .initial = { { 0.5, 8 } },
    .neutral = { { 1, 1 } }, .absent = { { 0.5, 8 } },
  },
  [NOISE] = {
    .name = "noise_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Unevenness"), .unit = "×",
    .help = N_("Each weight is multiplied by a number of this range."), .minimum = 0,
    .maximum = 3, .step = 0.05, .digits = 2, .secondary = TRUE, .initial = { { 0.9, 1.1 } },
    .neutral = { { 1, 1 } }, .absent = { { 0.9, 1.1 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  gboolean pointed;
  double low, high, unit;

  ballast_sampler_put (sampler, ballast_op_draw_odd (sampler, &values[BLUR_LIMIT]));
  for (guint i = SIGMA_X; i <= ROTATE; i++)
    ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[i]));
  /* Half of the draws are below 1, where the range reaches there. */
  pointed = ballast_sampler_unit (sampler) < 0.5;
  unit = ballast_sampler_unit (sampler);
  low = pointed ? values[BETA].number[0] : MAX (1, values[BETA].number[0]);
  high = pointed ? MIN (1, values[BETA].number[1]) : values[BETA].number[1];
  ballast_sampler_put (sampler, low < high ? low + (high - low) * unit
                                           : CLAMP (1, values[BETA].number[0],
                                                    values[BETA].number[1]));
  ballast_sampler_put (sampler, values[NOISE].number[0]);
  ballast_sampler_put (sampler, values[NOISE].number[1]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *numbers = step->numbers;

  return ballast_op_check_numbers (step, 9) && ballast_op_check_odd (step, 0) && numbers[1] >= 0.1
         && numbers[1] <= 36 && numbers[2] >= 0.1 && numbers[2] <= 36 && fabs (numbers[3]) <= 720
         && numbers[4] >= 0.1 && numbers[4] <= 10 && numbers[5] >= 0 && numbers[6] >= numbers[5]
         && numbers[6] <= 10 && ballast_op_check_seed (step, 7);
}

static guint
get_size (const BallastFilterCall *call)
{
  return ballast_op_scale_window (call->numbers[0], call->scale);
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return get_size (call) <= 1;
}

static gpointer
prepare (const BallastFilterCall *call)
{
  guint size = get_size (call);
  double angle = call->numbers[3] * (G_PI / 180), c = cos (angle), s = sin (angle);
  double long_side = call->numbers[1] * call->scale, broad = call->numbers[2] * call->scale;
  double low = call->numbers[5], span = call->numbers[6] - call->numbers[5];
  double *weights = g_new (double, size * size);

  for (guint i = 0; i < size * size; i++)
    {
      double x = i % size - (size - 1) / 2.0, y = i / size - (size - 1) / 2.0;
      double u = (c * x + s * y) / long_side, v = (c * y - s * x) / broad;
      guint32 row = ballast_hash_row ((guint32) call->numbers[7], i / size);
      float noise = ballast_hash_unit (ballast_hash_at (row, (guint32) call->numbers[8], i % size));

      weights[i] = exp (-0.5 * pow (u * u + v * v, call->numbers[4])) * (low + span * noise);
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
  .cost = 8,
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
  ballast_op_append_named (text, _("blur"), step->numbers[1], 1);
  ballast_op_append_plain (text, "×", step->numbers[2], 1);
}

const BallastOp ballast_op_advanced_blur = {
  .name = "AdvancedBlur",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Lopsided Blur"),
  .help = N_("A blur that is longer in one direction, pointed or flat, and a little uneven: what "
              "real lenses do."),
  .keywords = "advanced blur anisotropic generalized gaussian degradation super resolution",
  .glyph = "◎",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.1,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
