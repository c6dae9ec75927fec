/*
 * GlassBlur: pixels change places with near ones, between two Gaussian blurs.
 *
 * Every pixel follows a path of as many hops as there are iterations, each by its place's own draw,
 * so that no order of pixels matters; Albumentations swaps one after the other.
 * Numbers: σ (px), largest hop (px), iterations, two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-random.h"
#include "ballast-ops.h"

#include <math.h>
#include <string.h>

enum
{
  SIGMA,
  MAX_DELTA,
  ITERATIONS,
};

static const BallastParameter parameters[] = {
  [SIGMA] = {
    .name = "sigma", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Blur"), .unit = "px",
    .help = N_("Standard deviation of the blurs before and after."), .minimum = 0, .maximum = 10,
    .step = 0.1, .digits = 1, .initial = { { 0.7 } }, .absent = { { 0.7 } },
  },
  [MAX_DELTA] = {
    .name = "max_delta", .type = BALLAST_PARAMETER_INT, .label = N_("Reach"), .unit = "px",
    .help = N_("How far a pixel may move at a time."), .minimum = 0, .maximum = 30, .step = 1,
    .initial = { { 2 } }, .absent = { { 4 } },
  },
  [ITERATIONS] = {
    .name = "iterations", .type = BALLAST_PARAMETER_INT, .label = N_("Times"), .unit = "",
    .help = N_("How often pixels move."), .minimum = 1, .maximum = 10, .step = 1,
    .secondary = TRUE, .initial = { { 2 } }, .neutral = { { 1 } }, .absent = { { 2 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  for (guint i = 0; i < 3; i++)
    ballast_sampler_put (sampler, values[i].number[0]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 5) && step->numbers[0] >= 0 && step->numbers[0] <= 36
         && ballast_op_check_choice (step, 1, 256) && ballast_op_check_choice (step, 2, 101)
         && ballast_op_check_seed (step, 3);
}

/* As OpenCV takes it from σ. */
static guint
get_size (const BallastFilterCall *call)
{
  double sigma = call->numbers[0] * call->scale;

  return sigma > 0.05 ? (guint) lrint (sigma * 6 + 1) | 1 : 1;
}

static guint32
get_reach (const BallastFilterCall *call)
{
  return (guint32) lround (call->numbers[1] * call->scale);
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return get_size (call) <= 1 && get_reach (call) == 0;
}

static BallastRaster *
blur (const BallastFilterCall *call,
      const BallastRaster     *source)
{
  guint size = get_size (call);
  g_autofree guint16 *weights = NULL;
  BallastRaster *blurred;

  if (size <= 1)
    return ballast_raster_copy (source);
  weights = ballast_gaussian_weights (call->numbers[0] * call->scale, size);
  blurred = ballast_raster_new (source->width, source->height, source->channels, source->depth);
  ballast_kernel_blur (source, weights, size, blurred, 0, source->height);
  return blurred;
}

/* Where the path that begins at (x, y) ends. */
static void
follow (const BallastFilterCall *call,
        gint64                  *x,
        gint64                  *y)
{
  guint32 reach = get_reach (call), n = 2 * reach + 1;

  for (guint32 hop = 0; hop < call->numbers[2]; hop++)
    {
      guint32 row = ballast_hash_row ((guint32) call->numbers[3] + hop, (guint32) *y);
      guint32 bits = ballast_hash_at (row, (guint32) call->numbers[4], (guint32) *x);

      *x = CLAMP (*x + (gint64) ((bits & 0xffff) * n >> 16) - reach, 0, (gint64) call->width - 1);
      *y = CLAMP (*y + (gint64) ((bits >> 16) * n >> 16) - reach, 0, (gint64) call->height - 1);
    }
}

static gpointer
prepare (const BallastFilterCall *call)
{
  g_autoptr(BallastRaster) blurred = blur (call, call->source);
  guint bytes = ballast_kernel_get_pixel_bytes (blurred);
  BallastRaster *moved = ballast_raster_new (blurred->width, blurred->height, blurred->channels,
                                             blurred->depth);

  for (guint y = 0; y < moved->height; y++)
    for (guint x = 0; x < moved->width; x++)
      {
        gint64 from_x = x, from_y = y;

        follow (call, &from_x, &from_y);
        memcpy (ballast_raster_get_row (moved, y) + (gsize) x * bytes,
                ballast_raster_get_row (blurred, (guint) from_y) + from_x * bytes, bytes);
      }
  return moved;
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  guint size = get_size (call);
  g_autofree guint16 *weights = NULL;

  if (size <= 1)
    {
      ballast_kernel_symmetry (call->prepared, BALLAST_SYMMETRY_NONE, 0, 0, call->target, first, end);
      return;
    }
  weights = ballast_gaussian_weights (call->numbers[0] * call->scale, size);
  ballast_kernel_blur (call->prepared, weights, size, call->target, first, end);
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA,
  .cost = 12,
  .band_rows = 256,
  .is_idle = is_idle,
  .prepare = prepare,
  .release = (GDestroyNotify) ballast_raster_free,
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
  ballast_op_append_named (text, _("glass"), step->numbers[1], 0);
}

const BallastOp ballast_op_glass_blur = {
  .name = "GlassBlur",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Frosted Glass"),
  .help = N_("As if seen through frosted glass: pixels change places with near ones."),
  .keywords = "glass blur frosted scatter jitter imagenet-c",
  .glyph = "▒",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.1,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
