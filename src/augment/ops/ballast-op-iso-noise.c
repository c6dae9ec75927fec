/*
 * ISONoise: what a camera does at high sensitivity: fine grain in the light, blotches in colour.
 *
 * Grain is normal with a standard deviation of intensity / 10 of full white, stronger in the dark;
 * colour noise has one of colour_shift in Cb and Cr, drawn for squares of 2 × 2 pixels.  (The
 * reference adds a Poisson count times the intensity to some pixels' lightness, and turns hues by
 * thousandths of a degree; neither looks like a camera.)
 * Numbers: colour shift, intensity, two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-block.h"
#include "ballast-kernel-random.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  COLOUR_SHIFT,
  INTENSITY,
};

static const BallastParameter parameters[] = {
  [COLOUR_SHIFT] = {
    .name = "color_shift", .type = BALLAST_PARAMETER_RANGE, .label = N_("Colour"), .unit = "",
    .help = N_("Blotches of colour, as a share of full white."), .minimum = 0, .maximum = 1,
    .step = 0.005, .digits = 3, .initial = { { 0.01, 0.05 } }, .absent = { { 0.01, 0.05 } },
  },
  [INTENSITY] = {
    .name = "intensity", .type = BALLAST_PARAMETER_RANGE, .label = N_("Grain"), .unit = "",
    .help = N_("Grain in the light, as a tenth of full white."), .minimum = 0, .maximum = 2,
    .step = 0.05, .digits = 2, .initial = { { 0.1, 0.5 } }, .absent = { { 0.1, 0.5 } },
  },
};

typedef struct
{
  gint32 grain;  /* standard deviations in levels, times 2^8 */
  gint32 colour;
} Strength;

/* Stronger in the dark: 1.25 at black, 0.5 at white, in 1/256. */
static gint32
get_share (const BallastBlock *block,
           guint               pixel)
{
  const gint32 *value = block->value + pixel * block->n_colours;
  gint32 light = block->n_colours == 1 ? value[0] : (value[0] + 2 * value[1] + value[2]) / 4;

  return 320 - (gint32) ((gint64) light * 192 / block->maximum);
}

static gint32
scale_draw (gint16 draw,
            gint64 strength)
{
  return (gint32) ((draw * strength + (1 << 18)) >> 19);
}

static void
add_noise (BallastBlock   *block,
           const guint32  *grain,
           const guint32  *blotches,
           const Strength *strength)
{
  const gint16 *table = ballast_kernel_get_quantiles ();

  for (guint i = 0; i < block->n_pixels; i++)
    {
      gint32 *value = block->value + i * block->n_colours;
      gint64 own = (gint64) strength->grain * get_share (block, i) >> 8;
      gint32 light = scale_draw (table[grain[i] >> 20], own), blue, red;

      value[0] += light;
      if (block->n_colours == 1)
        continue;
      blue = scale_draw (table[blotches[i] >> 20], strength->colour);
      red = scale_draw (table[blotches[i] & 4095], strength->colour);
      value[0] += (359 * red) >> 8;
      value[1] += light - ((88 * blue + 183 * red) >> 8);
      value[2] += light + ((454 * blue) >> 8);
    }
}

/* One hash for the two pixels of a square in this row. */
static void
hash_squares (const guint32 seed[2],
              guint         x,
              guint         y,
              guint         n,
              guint32      *hashes)
{
  const guint32 other[2] = { seed[1], seed[0] };
  guint32 squares[BALLAST_BLOCK_PIXELS / 2 + 1];

  ballast_kernel_hash_places (other, y / 2, x / 2, n / 2 + 1, squares);
  for (guint i = 0; i < n; i++)
    hashes[i] = squares[i / 2];
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const guint32 seed[2] = { (guint32) call->numbers[2], (guint32) call->numbers[3] };
  double levels = (call->target->depth == 16 ? 65535 : 255) * 256.0 * MIN (1, call->scale);
  Strength strength = { (gint32) lrint (call->numbers[1] * 0.1 * levels),
                        (gint32) lrint (call->numbers[0] * levels) };
  guint32 grain[BALLAST_BLOCK_PIXELS], blotches[BALLAST_BLOCK_PIXELS];
  BallastBlock block;

  for (guint y = first; y < end; y++)
    for (guint x = 0; x < call->target->width; x += BALLAST_BLOCK_PIXELS)
      {
        ballast_block_load (&block, call->target, x, y);
        ballast_kernel_hash_places (seed, y, x, block.n_pixels, grain);
        hash_squares (seed, x, y, block.n_pixels, blotches);
        add_noise (&block, grain, blotches, &strength);
        ballast_block_store (&block, call->target, x, y);
      }
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[0] <= 0 && call->numbers[1] <= 0;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 5, .is_idle = is_idle, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[COLOUR_SHIFT]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[INTENSITY]));
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  return ballast_op_check_numbers (step, 4) && n[0] >= 0 && n[0] <= 1 && n[1] >= 0 && n[1] <= 2
         && ballast_op_check_seed (step, 2);
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
  ballast_op_append_named (text, "ISO", step->numbers[1], 2);
}

const BallastOp ballast_op_iso_noise = {
  .name = "ISONoise",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Camera Noise"),
  .help = N_("What a camera adds in the dark: grain, and blotches of colour."),
  .keywords = "iso camera gain sensor noise grain low light night ISONoise",
  .glyph = "⁖",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
