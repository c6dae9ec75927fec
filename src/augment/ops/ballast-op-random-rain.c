/*
 * RandomRain: streaks of rain, near and far, under a duller sky.
 *
 * A streak is drawn row by row with soft edges and fading ends.  Where no length is given it is an
 * eighth of the height; widths grow with pictures higher than 500 px.
 * Numbers: slant (°), length and width of a drop (px), red, green, blue, softness, brightness,
 * kind (0 default, 1 drizzle, 2 heavy, 3 torrential), two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-weather.h"

#include <math.h>

enum
{
  SLANT,
  LENGTH,
  WIDTH,
  COLOUR,
  BLUR,
  BRIGHTNESS,
  KIND,
};

static const BallastChoice kinds[] = {
  { "default", N_("Rain"), -1 },
  { "drizzle", N_("Drizzle"), -1 },
  { "heavy", N_("Heavy Rain"), -1 },
  { "torrential", N_("Downpour"), -1 },
};

/* Streaks in a square picture, and how long they are. */
static const struct
{
  float count;
  float length;
} rains[] = { { 420, 1 }, { 260, 0.45f }, { 800, 1.2f }, { 1300, 1.5f } };

static const BallastParameter parameters[] = {
  [SLANT] = {
    .name = "slant_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Slant"), .unit = "°",
    .help = N_("Negative falls to the left."), .minimum = -20, .maximum = 20, .step = 1,
    .digits = 0, .initial = { { -10, 10 } }, .absent = { { -10, 10 } },
  },
  [LENGTH] = {
    .name = "drop_length", .type = BALLAST_PARAMETER_INT, .label = N_("Length"), .unit = "px",
    .help = N_("In the full picture; 0 makes it an eighth of the height."), .minimum = 0,
    .maximum = 1000, .step = 1, .secondary = TRUE,
  },
  [WIDTH] = {
    .name = "drop_width", .type = BALLAST_PARAMETER_INT, .label = N_("Width"), .unit = "px",
    .help = N_("In a picture of 500 px; larger ones have wider drops."), .minimum = 1,
    .maximum = 10, .step = 1, .secondary = TRUE, .initial = { { 1 } }, .neutral = { { 1 } },
    .absent = { { 1 } },
  },
  [COLOUR] = {
    .name = "drop_color", .type = BALLAST_PARAMETER_COLOUR, .label = N_("Colour"), .unit = "",
    .help = N_("The colour of the drops."), .maximum = 255, .step = 1, .secondary = TRUE,
    .initial = { { 200, 206, 212 } }, .absent = { { 200, 200, 200 } },
  },
  [BLUR] = {
    .name = "blur_value", .type = BALLAST_PARAMETER_INT, .label = N_("Softness"), .unit = "",
    .help = N_("Soft drops are wider and paler."), .minimum = 1, .maximum = 21, .step = 1,
    .secondary = TRUE, .initial = { { 4 } }, .neutral = { { 4 } }, .absent = { { 7 } },
  },
  [BRIGHTNESS] = {
    .name = "brightness_coefficient", .type = BALLAST_PARAMETER_FLOAT, .label = N_("Brightness"),
    .unit = "×", .help = N_("What clouds leave of the light."), .minimum = 0, .maximum = 1,
    .step = 0.05, .digits = 2, .initial = { { 0.8 } }, .neutral = { { 1 } }, .absent = { { 0.7 } },
  },
  [KIND] = {
    .name = "rain_type", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Kind"), .unit = "",
    .help = N_("How many drops fall, and how long they are."), .maximum = 3, .step = 1,
    .choices = kinds, .n_choices = G_N_ELEMENTS (kinds),
  },
};

typedef struct
{
  float x, y;    /* the upper end, px */
  float length;
  float width;
  float opacity;
} Streak;

typedef struct
{
  guint   n;
  float   slope;
  Streak *streaks;
} Rain;

static gpointer
prepare (const BallastFilterCall *call)
{
  const double *n = call->numbers;
  BallastDraws dice = ballast_draws_new (call, 9);
  guint kind = (guint) n[8];
  float length = (float) (n[1] * call->scale_y) * rains[kind].length;
  float side = (float) ballast_weather_side (call), soft = (float) n[6];
  float width = (float) n[2] * MAX (1, side / 500) * (1 + soft / 14);
  Rain *rain = g_new (Rain, 1);

  rain->n = (guint) (rains[kind].count * call->width * call->height / (side * side));
  rain->slope = (float) tan (n[0] * G_PI / 180);
  rain->streaks = g_new (Streak, rain->n + 1);
  for (guint i = 0; i < rain->n; i++)
    {
      float near = ballast_draws_unit (&dice); /* the far ones are many, short, thin and pale */
      Streak *streak = &rain->streaks[i];

      near = near * near;
      streak->length = MAX (2, length * (0.3f + 0.9f * near));
      streak->y = ballast_draws_range (&dice, -streak->length, (float) call->height);
      streak->x = ballast_draws_range (&dice, -0.1f, 1.1f) * call->width;
      streak->width = MAX (0.7f, width * (0.5f + near));
      streak->opacity = (0.2f + 0.4f * near) * 8 / (6 + soft / 2)
                        * MIN (1, width * (0.5f + near) / 0.7f);
    }
  return rain;
}

static void
release (gpointer data)
{
  Rain *rain = data;

  g_free (rain->streaks);
  g_free (rain);
}

/* The part of a streak in row @y. */
static void
draw_streak (const Streak            *streak,
             float                    slope,
             const BallastFilterCall *call,
             guint                    y)
{
  float along = (y + 0.5f - streak->y) / streak->length;
  BallastSpot piece = { .y = y + 0.5f, .radius_y = 1, .hardness = 0.3f };
  BallastSpots spots = { 1, &piece };

  if (along <= 0 || along >= 1)
    return;
  for (guint i = 0; i < 3; i++)
    piece.colour[i] = (guint8) call->numbers[3 + i];
  if (call->target->channels < 3)
    piece.colour[0] = (guint8) ((piece.colour[0] * 77 + piece.colour[1] * 150 + piece.colour[2] * 29) / 256);
  piece.x = streak->x + slope * (y + 0.5f - streak->y);
  piece.radius_x = streak->width / 2 + 0.5f;
  piece.opacity = MIN (1, streak->opacity * MIN (1, along * 4) * MIN (1, (1 - along) * 8));
  ballast_spots_draw (&spots, call->target, y, y + 1);
}

static void
dim_rows (const BallastFilterCall *call,
          guint                    first,
          guint                    end)
{
  gint32 factor = (gint32) lrint (call->numbers[7] * 256);
  BallastBlock block;

  for (guint y = first; factor < 256 && y < end; y++)
    for (guint x = 0; x < call->target->width; x += BALLAST_BLOCK_PIXELS)
      {
        ballast_block_load (&block, call->target, x, y);
        ballast_block_dim (&block, factor);
        ballast_block_store (&block, call->target, x, y);
      }
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const Rain *rain = call->prepared;

  dim_rows (call, first, end);
  for (guint i = 0; i < rain->n; i++)
    {
      const Streak *streak = &rain->streaks[i];
      gint top = (gint) MAX ((float) first, floorf (streak->y));
      gint bottom = (gint) MIN ((float) end, ceilf (streak->y + streak->length));

      for (gint y = top; y < bottom; y++)
        draw_streak (streak, rain->slope, call, (guint) y);
    }
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 6, .prepare = prepare, .release = release, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double length = values[LENGTH].number[0];

  ballast_weather_put_range (sampler, &values[SLANT]);
  ballast_sampler_put (sampler, length > 0 ? length : MAX (1, sampler->height / 8));
  ballast_sampler_put (sampler, values[WIDTH].number[0]);
  ballast_sampler_put_colour (sampler, &values[COLOUR]);
  ballast_sampler_put (sampler, values[BLUR].number[0]);
  ballast_sampler_put (sampler, values[BRIGHTNESS].number[0]);
  ballast_sampler_put (sampler, values[KIND].number[0]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  if (!ballast_op_check_numbers (step, 11))
    return FALSE;
  for (guint i = 3; i < 6; i++)
    if (n[i] < 0 || n[i] > 255)
      return FALSE;
  return fabs (n[0]) <= 45 && n[1] >= 0 && n[1] <= 65535 && n[2] >= 1 && n[2] <= 10 && n[6] >= 0
         && n[6] <= 100 && n[7] >= 0 && n[7] <= 1 && n[8] >= 0 && n[8] <= 3 && n[8] == floor (n[8])
         && ballast_op_check_seed (step, 9);
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
  ballast_op_append_named (text, _("rain"), step->numbers[0], 0);
  g_string_append (text, "°");
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  if (values[LENGTH].number[0] < 1)
    json_object_set_null_member (arguments, "drop_length");
}

const BallastOp ballast_op_random_rain = {
  .name = "RandomRain",
  .group = BALLAST_GROUP_WEATHER,
  .title = N_("Rain"),
  .help = N_("Streaks of rain, near and far, and a duller light."),
  .keywords = "rain drizzle storm weather drops Rain RainLayer wet",
  .glyph = "🌧",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .write_extra = write_extra,
};
