/*
 * SaltAndPepper: makes some pixels white and some black.
 *
 * Exactly ⌊amount · pixels⌋ are changed, without replacement: grains are thrown one after the other,
 * the white ones first, and those that fall on another are thrown again.  In a reduced picture they
 * are paler, as a pixel there stands for several.
 * Numbers: amount, salt (both shares), two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel.h"
#include "ballast-ops.h"

#include <math.h>
#include <string.h>

#define BLOCK 256

/* Beyond this, most throws would hit what is hit already. */
#define MAX_AMOUNT 0.9

enum
{
  AMOUNT,
  SALT_VS_PEPPER,
};

static const BallastParameter parameters[] = {
  [AMOUNT] = {
    .name = "amount", .type = BALLAST_PARAMETER_RANGE, .label = N_("Amount"), .unit = "",
    .help = N_("How many pixels are changed, as a share of all."),
    .minimum = 0, .maximum = MAX_AMOUNT, .step = 0.005, .digits = 3,
    .initial = { { 0.01, 0.06 } }, .absent = { { 0.01, 0.06 } },
  },
  [SALT_VS_PEPPER] = {
    .name = "salt_vs_pepper", .type = BALLAST_PARAMETER_RANGE, .label = N_("White Share"),
    .unit = "", .help = N_("How many of the changed pixels are white; the rest is black."),
    .minimum = 0, .maximum = 1, .step = 0.05, .digits = 2, .secondary = TRUE,
    .initial = { { 0.4, 0.6 } }, .absent = { { 0.4, 0.6 } },
  },
};

typedef struct
{
  guint    weight; /* of black or white, in 1/256 */
  guint64 *salt;   /* a bit a pixel, row after row without gaps */
  guint64 *pepper;
} Grains;

static gboolean
set_bit (guint64 *bits,
         guint64 *others,
         guint32  place)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (place & 63);

  if (((bits[place >> 6] | others[place >> 6]) & bit) != 0)
    return FALSE;
  bits[place >> 6] |= bit;
  return TRUE;
}

/* Throws at the picture until @n pixels are hit, the first @n_salt of them by salt. */
static void
throw_grains (const BallastFilterCall *call,
              guint                    n,
              guint                    n_salt,
              Grains                  *grains)
{
  const guint32 seed[2] = { (guint32) call->numbers[2], (guint32) call->numbers[3] };
  guint64 pixels = (guint64) call->width * call->height;
  guint32 hashes[BLOCK];

  for (guint32 hit = 0, throw = 0; hit < n; throw += BLOCK)
    {
      ballast_kernel_hash_places (seed, 0, throw, BLOCK, hashes);
      for (guint i = 0; i < BLOCK && hit < n; i++)
        {
          guint32 place = (guint32) ((hashes[i] * pixels) >> 32);

          hit += hit < n_salt ? set_bit (grains->salt, grains->pepper, place)
                              : set_bit (grains->pepper, grains->salt, place);
        }
    }
}

static gpointer
prepare (const BallastFilterCall *call)
{
  guint64 pixels = (guint64) call->width * call->height;
  double share = MIN (MAX_AMOUNT, call->numbers[0] / MIN (1, call->scale));
  Grains *grains = g_new0 (Grains, 1);
  guint n = (guint) (pixels * share + 1e-9);

  grains->weight = (guint) lrint (256 * MIN (1, call->numbers[0] / share));
  grains->salt = g_new0 (guint64, pixels / 64 + 1);
  grains->pepper = g_new0 (guint64, pixels / 64 + 1);
  throw_grains (call, n, (guint) (n * call->numbers[1] + 1e-9), grains);
  return grains;
}

static void
release (gpointer data)
{
  Grains *grains = data;

  g_free (grains->salt);
  g_free (grains->pepper);
  g_free (grains);
}

static guint
blend (guint value,
       guint other,
       guint weight)
{
  return (guint) (((guint64) value * (256 - weight) + (guint64) other * weight + 128) >> 8);
}

static void
put_grain (BallastRaster *raster,
           guint          x,
           guint          y,
           gboolean       salt,
           guint          weight)
{
  guint8 *pixel = ballast_raster_get_row (raster, y) + (gsize) x * ballast_kernel_get_pixel_bytes (raster);
  guint16 wide;

  if (raster->depth == 16)
    {
      memcpy (&wide, pixel, 2);
      wide = (guint16) blend (wide, salt ? 65535 : 0, weight);
      memcpy (pixel, &wide, 2);
      return;
    }
  if (weight == 256 && raster->channels == 3)
    {
      memset (pixel, salt ? 255 : 0, 3);
      return;
    }
  for (guint c = 0; c < ballast_kernel_get_n_colours (raster); c++)
    pixel[c] = (guint8) blend (pixel[c], salt ? 255 : 0, weight);
}

/* The bits of word @word that lie in pixels @from … @to - 1. */
static guint64
mask_word (guint64 word,
           guint64 from,
           guint64 to)
{
  guint64 mask = G_MAXUINT64;

  if (word * 64 < from)
    mask &= G_MAXUINT64 << (from & 63);
  if (word * 64 + 64 > to)
    mask &= G_MAXUINT64 >> (64 - (to & 63));
  return mask;
}

static void
put_grains (const BallastFilterCall *call,
            const guint64           *bits,
            gboolean                 salt,
            guint64                  from,
            guint64                  to)
{
  const Grains *grains = call->prepared;
  guint width = call->target->width;

  for (guint64 word = from / 64; word * 64 < to; word++)
    for (guint64 rest = bits[word] & mask_word (word, from, to); rest != 0; rest &= rest - 1)
      {
        guint32 place = (guint32) (word * 64 + (guint) __builtin_ctzll (rest));

        put_grain (call->target, place % width, place / width, salt, grains->weight);
      }
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const Grains *grains = call->prepared;
  guint64 from = (guint64) first * call->target->width, to = (guint64) end * call->target->width;

  put_grains (call, grains->salt, TRUE, from, to);
  put_grains (call, grains->pepper, FALSE, from, to);
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[0] <= 0;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 0.4, .is_idle = is_idle, .prepare = prepare,
  .release = release, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[AMOUNT]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[SALT_VS_PEPPER]));
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  return ballast_op_check_numbers (step, 4) && n[0] >= 0 && n[0] <= MAX_AMOUNT && n[1] >= 0 && n[1] <= 1
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
  ballast_op_append_plain (text, "⁘ ", step->numbers[0] * 100, 1);
  g_string_append (text, " %");
}

const BallastOp ballast_op_salt_and_pepper = {
  .name = "SaltAndPepper",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Salt and Pepper"),
  .help = N_("Makes single pixels white or black, as dust and dead sensor cells do."),
  .keywords = "noise impulse dust dead pixels SaltAndPepper ImpulseNoise salt pepper",
  .glyph = "⁘",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
