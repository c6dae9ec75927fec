/*
 * MultiplicativeNoise: multiplies by a number near 1: the whole picture, each channel, or each pixel
 * by its own.
 *
 * Numbers: a factor for red (and grey), green and blue; the range of single pixels' factors; each
 * pixel by itself (0 or 1), each channel by itself (0 or 1), two seeds.
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
  MULTIPLIER,
  PER_CHANNEL,
  ELEMENTWISE,
};

static const BallastParameter parameters[] = {
  [MULTIPLIER] = {
    .name = "multiplier", .type = BALLAST_PARAMETER_RANGE, .label = N_("Factor"), .unit = "×",
    .help = N_("1 leaves a value as it is."), .minimum = 0, .maximum = 4, .step = 0.01, .digits = 2,
    .initial = { { 0.8, 1.2 } }, .neutral = { { 1, 1 } }, .absent = { { 0.9, 1.1 } },
  },
  [PER_CHANNEL] = {
    .name = "per_channel", .type = BALLAST_PARAMETER_BOOL, .label = N_("Coloured"), .unit = "",
    .help = N_("Draws every channel by itself."), .maximum = 1, .step = 1,
  },
  [ELEMENTWISE] = {
    .name = "elementwise", .type = BALLAST_PARAMETER_BOOL, .label = N_("Each Pixel"), .unit = "",
    .help = N_("Draws every pixel by itself, as speckle in radar and ultrasound; otherwise one "
                "factor holds for the whole picture."),
    .maximum = 1, .step = 1, .initial = { { 1 } },
  },
};

/* Whole: one factor a channel. */
static void
multiply_whole (const BallastFilterCall *call,
                BallastBlock            *block)
{
  guint colours = block->n_colours;

  for (guint i = 0; i < block->n; i++)
    block->value[i] = (gint32) (block->value[i] * (float) call->numbers[i % colours] + 1e-4f);
}

BALLAST_CLONES static void
multiply_each (gint32        *values,
               const guint32 *hashes,
               guint          n,
               float          low,
               float          span)
{
  for (guint i = 0; i < n; i++)
    values[i] = (gint32) (values[i] * (low + span * ballast_hash_unit (hashes[i])) + 0.5f);
}

static void
multiply_pixels (const BallastFilterCall *call,
                 BallastBlock            *block,
                 guint                    x,
                 guint                    y)
{
  const guint32 seed[2] = { (guint32) call->numbers[7], (guint32) call->numbers[8] };
  double middle = (call->numbers[3] + call->numbers[4]) / 2;
  float span = (float) ((call->numbers[4] - call->numbers[3]) * MIN (1, call->scale));
  guint colours = block->n_colours, each = call->numbers[6] != 0 ? colours : 1;
  guint32 hashes[BALLAST_BLOCK_SAMPLES];

  ballast_kernel_hash_places (seed, y, x * each, block->n_pixels * each, hashes);
  if (each < colours)
    for (guint i = block->n; i-- > 0;)
      hashes[i] = hashes[i / colours];
  multiply_each (block->value, hashes, block->n, (float) middle - span / 2, span);
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  BallastBlock block;

  for (guint y = first; y < end; y++)
    for (guint x = 0; x < call->target->width; x += BALLAST_BLOCK_PIXELS)
      {
        ballast_block_load (&block, call->target, x, y);
        if (call->numbers[5] != 0)
          multiply_pixels (call, &block, x, y);
        else
          multiply_whole (call, &block);
        ballast_block_store (&block, call->target, x, y);
      }
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  gboolean each = call->numbers[5] != 0;

  for (guint i = each ? 3 : 0; i < (each ? 5 : 3); i++)
    if (call->numbers[i] != 1)
      return FALSE;
  return TRUE;
}

static const BallastFilter whole_filter = {
  .reach = BALLAST_FILTER_COLOUR, .cost = 1, .is_idle = is_idle, .run = run,
};

static const BallastFilter pixel_filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 2, .is_idle = is_idle, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  gboolean per_channel = values[PER_CHANNEL].number[0] != 0;
  double factor[3];

  for (guint i = 0; i < 3; i++)
    factor[i] = ballast_sampler_range (sampler, &values[MULTIPLIER]);
  for (guint i = 0; i < 3; i++)
    ballast_sampler_put (sampler, factor[per_channel ? i : 0]);
  ballast_sampler_put (sampler, values[MULTIPLIER].number[0]);
  ballast_sampler_put (sampler, values[MULTIPLIER].number[1]);
  ballast_sampler_put (sampler, values[ELEMENTWISE].number[0]);
  ballast_sampler_put (sampler, values[PER_CHANNEL].number[0]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  if (!ballast_op_check_numbers (step, 9))
    return FALSE;
  for (guint i = 0; i < 5; i++)
    if (step->numbers[i] < 0 || step->numbers[i] > 4)
      return FALSE;
  return ballast_op_check_seed (step, 7);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_filter (lowering, step->numbers[5] != 0 ? &pixel_filter : &whole_filter,
                           step->numbers, step->n_numbers);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  if (step->numbers[5] != 0)
    ballast_op_append_named (text, _("speckle"), step->numbers[4] - step->numbers[3], 2);
  else
    ballast_op_append_plain (text, "× ", step->numbers[0], 2);
}

const BallastOp ballast_op_multiplicative_noise = {
  .name = "MultiplicativeNoise",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Speckle"),
  .help = N_("Multiplies by numbers near 1: noise that is strong in the light and weak in the dark. "
              "Starts pixel by pixel; Albumentations' default is one factor for the picture."),
  .keywords = "multiplicative speckle noise radar ultrasound Multiply MultiplyElementwise gain",
  .glyph = "✕",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
