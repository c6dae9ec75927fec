/*
 * RandomSunFlare: a sun that shines into the lens: glow, rays, and ghosts on the line through the
 * middle.
 *
 * Light is added as a second exposure would ("screen"): 255 - (255 - v) (255 - g) / 255.
 * Numbers: the sun's x and y, its radius (shares of the longer side), red, green, blue, ghosts,
 * angle (of a turn), two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-weather.h"

#include <math.h>

#define LEVELS 1024
#define REACH 4 /* radii */
#define MAX_GHOSTS 20

enum
{
  ROI_LEFT,
  ROI_TOP,
  ROI_RIGHT,
  ROI_BOTTOM,
  RADIUS,
  COLOUR,
  ANGLE,
  GHOSTS,
};

#define EDGE(argument, text, first)                                                                \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_FLOAT, .label = text, .unit = "",                  \
    .help = N_("Where the sun stands, as a share of the picture."), .minimum = 0, .maximum = 1,    \
    .step = 0.05, .digits = 2, .secondary = TRUE, .initial = { { first } }, .neutral = { { first } },                                     \
    .absent = { { first } }                                                                        \
  }

static const BallastParameter parameters[] = {
  [ROI_LEFT] = EDGE ("flare_roi.0", N_("Left"), 0),
  [ROI_TOP] = EDGE ("flare_roi.1", N_("Top"), 0),
  [ROI_RIGHT] = EDGE ("flare_roi.2", N_("Right"), 1),
  [ROI_BOTTOM] = EDGE ("flare_roi.3", N_("Bottom"), 0.5),
  [RADIUS] = {
    .name = "src_radius", .type = BALLAST_PARAMETER_INT, .label = N_("Radius"), .unit = "px",
    .help = N_("Of the glow in the full picture; 0 makes it a sixth of the longer side."),
    .minimum = 0, .maximum = 4000, .step = 10, .absent = { { 400 } },
  },
  [COLOUR] = {
    .name = "src_color", .type = BALLAST_PARAMETER_COLOUR, .label = N_("Colour"), .unit = "",
    .help = N_("The colour of the light."), .maximum = 255, .step = 1, .secondary = TRUE,
    .initial = { { 255, 244, 224 } }, .absent = { { 255, 255, 255 } },
  },
  [ANGLE] = {
    .name = "angle_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Direction"), .unit = "",
    .help = N_("Of the rays, as a share of a turn."), .minimum = 0, .maximum = 1, .step = 0.05,
    .digits = 2, .secondary = TRUE, .initial = { { 0, 1 } }, .absent = { { 0, 1 } },
  },
  [GHOSTS] = {
    .name = "num_flare_circles_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Ghosts"),
    .unit = "", .help = N_("How many reflections of the lens are seen."), .minimum = 0,
    .maximum = MAX_GHOSTS, .step = 1, .whole = TRUE, .initial = { { 3, 8 } },
    .absent = { { 6, 10 } },
  },
};

typedef struct
{
  float         x, y, radius;
  float         ray[2];
  guint16       glow[LEVELS]; /* by the square of the distance, 0 … 256 */
  BallastSpots *ghosts;
} Flare;

static BallastSpots *
new_ghosts (const BallastFilterCall *call,
            const Flare             *flare)
{
  static const guint8 tints[][3] = { { 255, 214, 170 }, { 190, 230, 255 }, { 200, 255, 210 },
                                     { 255, 190, 200 }, { 225, 205, 255 } };
  BallastDraws dice = ballast_draws_new (call, 8);
  BallastSpots *ghosts = ballast_spots_new ((guint) call->numbers[6]);
  float side = (float) ballast_weather_side (call);
  float to_x = call->width / 2.0f - flare->x, to_y = call->height / 2.0f - flare->y;

  for (guint i = 0; i < ghosts->n; i++)
    {
      BallastSpot *ghost = &ghosts->items[i];
      float along = ballast_draws_range (&dice, 0.25f, 2.1f);
      float radius = side * ballast_draws_range (&dice, 0.008f, 0.06f);
      const guint8 *tint = tints[(guint) (ballast_draws_unit (&dice) * G_N_ELEMENTS (tints))];

      ghost->x = flare->x + along * to_x;
      ghost->y = flare->y + along * to_y;
      ghost->radius_x = ghost->radius_y = MAX (1, radius);
      ghost->opacity = ballast_draws_range (&dice, 0.06f, 0.22f);
      ghost->hardness = 0.85f;
      for (guint c = 0; c < 3; c++)
        ghost->colour[c] = tint[c];
    }
  return ghosts;
}

/* A white core, a glow that falls off quickly, and a veil over the picture. */
static gpointer
prepare (const BallastFilterCall *call)
{
  Flare *flare = g_new0 (Flare, 1);
  double turn = call->numbers[7] * 2 * G_PI;

  flare->x = (float) (call->numbers[0] * call->width);
  flare->y = (float) (call->numbers[1] * call->height);
  flare->radius = (float) MAX (1, call->numbers[2] * ballast_weather_side (call));
  flare->ray[0] = (float) cos (turn);
  flare->ray[1] = (float) sin (turn);
  for (guint i = 0; i < LEVELS; i++)
    {
      double r = REACH * sqrt ((double) i / LEVELS), end = 1 - (double) i / LEVELS;

      flare->glow[i] = (guint16) lrint (
        256 * MIN (1, (1.1 * exp (-5 * r * r) + 0.55 * exp (-1.6 * r) + 0.12 * exp (-0.5 * r)) * end));
    }
  flare->ghosts = new_ghosts (call, flare);
  return flare;
}

static void
release (gpointer data)
{
  Flare *flare = data;

  ballast_spots_free (flare->ghosts);
  g_free (flare);
}

/* How much light reaches a pixel, 0 … 256: rays are four thin lines that fade. */
static guint
get_light (const Flare *flare,
           float        x,
           float        y)
{
  float dx = (x - flare->x) / flare->radius, dy = (y - flare->y) / flare->radius;
  float square = dx * dx + dy * dy;
  float along = dx * flare->ray[0] + dy * flare->ray[1];
  float across = dy * flare->ray[0] - dx * flare->ray[1];
  float ray;
  guint level, spike;

  if (square >= REACH * REACH)
    return 0;
  level = flare->glow[(guint) (square * (LEVELS / (float) (REACH * REACH)))];
  ray = MIN (along * along, across * across);
  spike = (guint) (96 / (1 + 900 * ray) * (1 - square / (REACH * REACH)) / (1 + 0.6f * square));
  return MIN (256, level + spike);
}

static void
add_light (const BallastFilterCall *call,
           BallastBlock            *block,
           guint                    x,
           guint                    y)
{
  const Flare *flare = call->prepared;
  gint32 maximum = block->maximum;

  for (guint i = 0; i < block->n_pixels; i++)
    {
      guint light = get_light (flare, x + i + 0.5f, y + 0.5f);
      gint32 *value = block->value + i * block->n_colours;

      for (guint c = 0; light > 0 && c < block->n_colours; c++)
        {
          gint64 dark = 65280 - (gint64) light * (gint32) call->numbers[3 + c];

          value[c] = maximum - (gint32) (((maximum - value[c]) * MAX (0, dark) + 32640) / 65280);
        }
    }
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const Flare *flare = call->prepared;
  BallastBlock block;

  for (guint y = first; y < end; y++)
    for (guint x = 0; x < call->target->width; x += BALLAST_BLOCK_PIXELS)
      {
        ballast_block_load (&block, call->target, x, y);
        add_light (call, &block, x, y);
        ballast_block_store (&block, call->target, x, y);
      }
  ballast_spots_draw (flare->ghosts, call->target, first, end);
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 7, .prepare = prepare, .release = release, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  BallastValue across = { { MIN (values[ROI_LEFT].number[0], values[ROI_RIGHT].number[0]),
                            MAX (values[ROI_LEFT].number[0], values[ROI_RIGHT].number[0]) } };
  BallastValue down = { { MIN (values[ROI_TOP].number[0], values[ROI_BOTTOM].number[0]),
                          MAX (values[ROI_TOP].number[0], values[ROI_BOTTOM].number[0]) } };
  double radius = values[RADIUS].number[0] / MAX (sampler->width, sampler->height);

  ballast_weather_put_range (sampler, &across);
  ballast_weather_put_range (sampler, &down);
  ballast_sampler_put (sampler, radius > 0 ? MIN (radius, 10) : 1 / 6.0);
  ballast_sampler_put_colour (sampler, &values[COLOUR]);
  ballast_sampler_put (sampler, ballast_sampler_whole (sampler, &values[GHOSTS]));
  ballast_weather_put_range (sampler, &values[ANGLE]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  if (!ballast_op_check_numbers (step, 10))
    return FALSE;
  for (guint i = 3; i < 6; i++)
    if (n[i] < 0 || n[i] > 255)
      return FALSE;
  return fabs (n[0]) <= 10 && fabs (n[1]) <= 10 && n[2] > 0 && n[2] <= 10 && n[6] >= 0
         && n[6] <= MAX_GHOSTS && n[6] == floor (n[6]) && fabs (n[7]) <= 1
         && ballast_op_check_seed (step, 8);
}

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  ballast_lowering_filter (lowering, &filter, step->numbers, step->n_numbers);
}

static void
write_extra (JsonObject         *arguments,
             const BallastValue *values)
{
  json_object_set_string_member (arguments, "method", "overlay");
  if (values[RADIUS].number[0] < 1)
    json_object_remove_member (arguments, "src_radius");
}

const BallastOp ballast_op_random_sun_flare = {
  .name = "RandomSunFlare",
  .group = BALLAST_GROUP_WEATHER,
  .title = N_("Sun Flare"),
  .help = N_("The sun shines into the lens. Its size follows the picture; Albumentations' default of "
              "400 px drowns a small one."),
  .keywords = "sun flare glare light lens LensFlare weather overexposed",
  .glyph = "☼",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .sample = sample,
  .check = check,
  .lower = lower,
  .write_extra = write_extra,
};
