/*
 * ShotNoise: counts photons: a pixel of linear light v receives Poisson (v / scale) of them.
 *
 * Light is v^2.2 of the value.  For each of 256 values a table holds 1024 quantiles of what comes
 * out, by inversion of the exact distribution; 16-bit values keep what they have beyond it.
 * Numbers: scale (light of one photon, of full white), two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-block.h"
#include "ballast-kernel-random.h"
#include "ballast-ops.h"

#include <math.h>

#define VALUES 256
#define QUANTILE_BITS 10
#define QUANTILES (1 << QUANTILE_BITS)

/* Beyond this mean the distribution is as good as normal with its skew (Cornish and Fisher 1938). */
#define MANY 200

enum
{
  SCALE_RANGE,
};

static const BallastParameter parameters[] = {
  [SCALE_RANGE] = {
    .name = "scale_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Strength"), .unit = "",
    .help = N_("The light of one photon: at 0.01, full white is a hundred of them."),
    .minimum = 0, .maximum = 1, .step = 0.005, .digits = 3, .initial = { { 0.005, 0.04 } },
    .absent = { { 0.1, 0.3 } },
  },
};

typedef struct
{
  guint16 value[VALUES][QUANTILES]; /* 0 … 65535 */
} Photons;

static guint16
get_value (double photons,
           double scale)
{
  return (guint16) lrint (65535 * pow (MIN (1, photons * scale), 1 / 2.2));
}

/* Walks up the exact distribution: each count is the quantile of its share. */
static void
fill_few (guint16 *quantiles,
          double   mean,
          double   scale)
{
  double probability = exp (-mean), sum = probability;
  guint count = 0;

  for (guint i = 0; i < QUANTILES; i++)
    {
      while (sum < (i + 0.5) / QUANTILES && count < 4 * MANY)
        {
          count++;
          probability *= mean / count;
          sum += probability;
        }
      quantiles[i] = get_value (count, scale);
    }
}

static void
fill_many (guint16 *quantiles,
           double   mean,
           double   scale)
{
  const gint16 *normal = ballast_kernel_get_quantiles ();

  for (guint i = 0; i < QUANTILES; i++)
    {
      double z = (normal[4 * i + 1] + normal[4 * i + 2]) / 4096.0;

      quantiles[i] = get_value (MAX (0, mean + sqrt (mean) * z + (z * z - 1) / 6), scale);
    }
}

/* In a reduced picture a pixel gathers the photons of several. */
static gpointer
prepare (const BallastFilterCall *call)
{
  double reduced = MIN (1, call->scale), scale = call->numbers[0] * reduced * reduced;
  Photons *photons = g_new (Photons, 1);

  for (guint v = 0; v < VALUES; v++)
    {
      double mean = pow (v / 255.0, 2.2) / scale;

      if (mean < MANY)
        fill_few (photons->value[v], mean, scale);
      else
        fill_many (photons->value[v], mean, scale);
    }
  return photons;
}

static void
count_photons (const Photons *photons,
               const guint32 *hashes,
               BallastBlock  *block)
{
  for (guint i = 0; i < block->n; i++)
    {
      guint32 place = hashes[i] >> (32 - QUANTILE_BITS);
      gint32 value = block->value[i];

      if (block->maximum == 255)
        block->value[i] = (photons->value[value][place] + 128) / 257;
      else
        block->value[i] = photons->value[value / 257][place] + value % 257;
    }
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const guint32 seed[2] = { (guint32) call->numbers[1], (guint32) call->numbers[2] };
  guint32 hashes[BALLAST_BLOCK_SAMPLES];
  BallastBlock block;

  for (guint y = first; y < end; y++)
    for (guint x = 0; x < call->target->width; x += BALLAST_BLOCK_PIXELS)
      {
        ballast_block_load (&block, call->target, x, y);
        ballast_kernel_hash_places (seed, y, x * block.n_colours, block.n, hashes);
        count_photons (call->prepared, hashes, &block);
        ballast_block_store (&block, call->target, x, y);
      }
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[0] < 1e-6;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 6, .is_idle = is_idle, .prepare = prepare,
  .release = g_free, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[SCALE_RANGE]));
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 3) && step->numbers[0] >= 0 && step->numbers[0] <= 1
         && ballast_op_check_seed (step, 1);
}

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
  ballast_op_append_named (text, _("photons"), step->numbers[0], 3);
}

const BallastOp ballast_op_shot_noise = {
  .name = "ShotNoise",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Photon Noise"),
  .help = N_("Too little light: every pixel counts a few photons. Starts at 25 to 200 of them in "
              "white; Albumentations' default of 3 to 10 leaves little to see."),
  .keywords = "shot poisson photon noise AdditivePoissonNoise low light microscope",
  .glyph = "⁛",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
