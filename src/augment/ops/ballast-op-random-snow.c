/*
 * RandomSnow: snow that lies and falls, or (“bleach”) what is dark made light.
 *
 * Bleach is the reference's: where HLS lightness is below snow_point / 2 + 1 / 3 it is multiplied.
 * Texture lays snow where a cloud of noise says so, more of it where it is light already and near
 * the top, and lets flakes fall.
 * Numbers: snow point, brightness, method (0 bleach, 1 texture), two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-weather.h"

#include <math.h>

enum
{
  SNOW_POINT,
  BRIGHTNESS,
  METHOD,
};

enum
{
  BLEACH,
  TEXTURE,
};

static const BallastChoice methods[] = {
  [BLEACH] = { "bleach", N_("Light Ground"), -1 },
  [TEXTURE] = { "texture", N_("Snowfall"), -1 },
};

static const BallastParameter parameters[] = {
  [SNOW_POINT] = {
    .name = "snow_point_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Snow"), .unit = "",
    .help = N_("How much of it."), .minimum = 0, .maximum = 1, .step = 0.05, .digits = 2,
    .initial = { { 0.1, 0.5 } }, .absent = { { 0.1, 0.3 } },
  },
  [BRIGHTNESS] = {
    .name = "brightness_coeff", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Whiteness"),
    .unit = "×", .help = N_("How bright the snow is."), .minimum = 0, .maximum = 5, .step = 0.1,
    .digits = 1, .secondary = TRUE, .initial = { { 2.5 } }, .neutral = { { 2.5 } },
    .absent = { { 2.5 } },
  },
  [METHOD] = {
    .name = "method", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Kind"), .unit = "",
    .help = N_("Snow that falls and lies, or only a lighter ground."), .maximum = 1, .step = 1,
    .initial = { { TEXTURE } }, .absent = { { BLEACH } }, .choices = methods,
    .n_choices = G_N_ELEMENTS (methods),
  },
};

static const guint8 white[3] = { 246, 248, 252 };

typedef struct
{
  BallastField *cover;
  BallastSpots *flakes;
} Snow;

static BallastSpots *
new_flakes (const BallastFilterCall *call)
{
  BallastDraws dice = ballast_draws_new (call, 3);
  float side = (float) ballast_weather_side (call);
  BallastSpots *flakes = ballast_spots_new (
    (guint) ((250 + 1600 * call->numbers[0]) * call->width * call->height / (side * side)));

  for (guint i = 0; i < flakes->n; i++)
    {
      BallastSpot *flake = &flakes->items[i];
      float near = ballast_draws_unit (&dice), radius;

      near = near * near * near;
      radius = side * (0.0012f + 0.007f * near);
      flake->x = ballast_draws_range (&dice, 0, (float) call->width);
      flake->y = ballast_draws_range (&dice, 0, (float) call->height);
      flake->radius_x = MAX (0.7f, radius * ballast_draws_range (&dice, 0.7f, 1));
      flake->radius_y = MAX (0.7f, radius * ballast_draws_range (&dice, 0.9f, 1.5f));
      flake->opacity = (0.9f - 0.35f * near) * MIN (1, radius / 0.7f);
      flake->hardness = 0.6f - 0.6f * near;
      for (guint c = 0; c < 3; c++)
        flake->colour[c] = white[c];
    }
  return flakes;
}

static gpointer
prepare (const BallastFilterCall *call)
{
  Snow *snow = g_new0 (Snow, 1);

  snow->cover = ballast_field_new_noise (call, 3, 0.12, 5);
  snow->flakes = new_flakes (call);
  return snow;
}

static void
release (gpointer data)
{
  Snow *snow = data;

  ballast_field_free (snow->cover);
  ballast_spots_free (snow->flakes);
  g_free (snow);
}

static guint
get_light (const BallastBlock *block,
           guint               i)
{
  const gint32 *value = block->value + i * block->n_colours;
  gint32 light = block->n_colours == 1 ? value[0] : (value[0] + 2 * value[1] + value[2]) / 4;

  return (guint) (light / (block->maximum / 255));
}

/* Colour fades towards grey, and light grey towards white. */
static void
whiten (BallastBlock *block,
        gint32        amount)
{
  for (guint i = 0; i < block->n_pixels; i++)
    {
      gint32 *value = block->value + i * block->n_colours;
      gint32 light = (gint32) get_light (block, i) * (block->maximum / 255);

      for (guint c = 0; c < block->n_colours; c++)
        value[c] += (((light + (block->maximum - light) / 4) - value[c]) * (amount >> 3)) >> 8;
    }
}

static void
lay_snow (const BallastFilterCall *call,
          BallastBlock            *block,
          const guint16           *cover,
          guint                    y,
          guint16                 *alpha)
{
  gint32 amount = (gint32) lrint (1024 * MIN (1, call->numbers[0] * call->numbers[1] / 2.5));
  gint32 high = 96 - (gint32) (128 * y / call->height);

  whiten (block, amount);
  for (guint i = 0; i < block->n_pixels; i++)
    {
      gint32 depth = (cover[i] >> 8) + (gint32) get_light (block, i) / 2 + high / 2 + amount / 4 - 330;

      alpha[i] = (guint16) (CLAMP (depth * 3, 0, 256) * CLAMP (64 + amount / 4, 0, 230) >> 8);
    }
}

static void
run_texture (const BallastFilterCall *call,
             guint                    first,
             guint                    end)
{
  const Snow *snow = call->prepared;
  guint16 values[BALLAST_BLOCK_PIXELS];
  BallastBlock block;

  for (guint y = first; y < end; y++)
    for (guint x = 0; x < call->target->width; x += BALLAST_BLOCK_PIXELS)
      {
        ballast_block_load (&block, call->target, x, y);
        ballast_field_read (snow->cover, call->target, x, y, block.n_pixels, values);
        lay_snow (call, &block, values, y, values);
        ballast_block_blend (&block, values, white);
        ballast_block_store (&block, call->target, x, y);
      }
  ballast_spots_draw (snow->flakes, call->target, first, end);
}

/* A new lightness with the hue and the saturation of HLS. */
static void
bleach_pixel (gint32 *value,
              guint   n,
              gint32  maximum,
              float   limit,
              float   factor)
{
  gint32 low = value[0], high = value[0];
  float light, next, room, next_room;

  for (guint c = 1; c < n; c++)
    {
      low = MIN (low, value[c]);
      high = MAX (high, value[c]);
    }
  light = (low + high) * 0.5f / maximum;
  if (light >= limit)
    return;
  next = MIN (1, light * factor);
  room = 1 - fabsf (2 * light - 1);
  next_room = 1 - fabsf (2 * next - 1);
  for (guint c = 0; c < n; c++)
    {
      float chroma = room > 0 ? ((float) value[c] / maximum - light) * next_room / room : 0;

      value[c] = (gint32) ((next + chroma) * maximum + 0.5f);
    }
}

static void
run_bleach (const BallastFilterCall *call,
            guint                    first,
            guint                    end)
{
  float limit = (float) (call->numbers[0] / 2 + 1 / 3.0), factor = (float) call->numbers[1];
  BallastBlock block;

  for (guint y = first; y < end; y++)
    for (guint x = 0; x < call->target->width; x += BALLAST_BLOCK_PIXELS)
      {
        ballast_block_load (&block, call->target, x, y);
        for (guint i = 0; i < block.n_pixels; i++)
          bleach_pixel (block.value + i * block.n_colours, block.n_colours, block.maximum, limit,
                        factor);
        ballast_block_store (&block, call->target, x, y);
      }
}

static const BallastFilter texture_filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 9, .prepare = prepare, .release = release,
  .run = run_texture,
};

static const BallastFilter bleach_filter = {
  .reach = BALLAST_FILTER_COLOUR, .cost = 6, .run = run_bleach,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_weather_put_range (sampler, &values[SNOW_POINT]);
  ballast_sampler_put (sampler, values[BRIGHTNESS].number[0]);
  ballast_sampler_put (sampler, values[METHOD].number[0]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  return ballast_op_check_numbers (step, 5) && n[0] >= 0 && n[0] <= 1 && n[1] >= 0 && n[1] <= 5
         && (n[2] == BLEACH || n[2] == TEXTURE) && ballast_op_check_seed (step, 3);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_filter (lowering, step->numbers[2] == BLEACH ? &bleach_filter : &texture_filter,
                           step->numbers, step->n_numbers);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  ballast_op_append_named (text, _("snow"), step->numbers[0], 2);
}

/* 1.x: snow_point_lower and snow_point_upper. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  double low = ballast_op_read_number (arguments, "snow_point_lower", -1);
  double high = ballast_op_read_number (arguments, "snow_point_upper", -1);

  if (low >= 0 || high >= 0)
    values[SNOW_POINT] = (BallastValue) { { low >= 0 ? low : 0.1, high >= 0 ? high : 0.3 } };
}

const BallastOp ballast_op_random_snow = {
  .name = "RandomSnow",
  .group = BALLAST_GROUP_WEATHER,
  .title = N_("Snow"),
  .help = N_("Snow that falls and lies. Albumentations' default only makes dark ground light."),
  .keywords = "snow winter flakes weather FastSnowyLandscape Snowflakes frost",
  .glyph = "❄",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .read_legacy = read_legacy,
};
