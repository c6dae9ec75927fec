/*
 * RandomGravel: patches of pebbles, each with a lit side, on the ground or the lens.
 *
 * Numbers: left, top, right, bottom of the region (shares), patches, two seeds.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-weather.h"

#include <math.h>

#define MAX_PATCHES 20
#define STONES 70

enum
{
  ROI_LEFT,
  ROI_TOP,
  ROI_RIGHT,
  ROI_BOTTOM,
  PATCHES,
};

#define EDGE(argument, text, first)                                                                \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_FLOAT, .label = text, .unit = "",                  \
    .help = N_("Where gravel lies, as a share of the picture."), .minimum = 0, .maximum = 1,       \
    .step = 0.05, .digits = 2, .secondary = TRUE, .initial = { { first } }, .neutral = { { first } },                                     \
    .absent = { { first } }                                                                        \
  }

static const BallastParameter parameters[] = {
  [ROI_LEFT] = EDGE ("gravel_roi.0", N_("Left"), 0.1),
  [ROI_TOP] = EDGE ("gravel_roi.1", N_("Top"), 0.4),
  [ROI_RIGHT] = EDGE ("gravel_roi.2", N_("Right"), 0.9),
  [ROI_BOTTOM] = EDGE ("gravel_roi.3", N_("Bottom"), 0.9),
  [PATCHES] = {
    .name = "number_of_patches", .type = BALLAST_PARAMETER_INT, .label = N_("Patches"), .unit = "",
    .help = N_("How many."), .minimum = 0, .maximum = MAX_PATCHES, .step = 1, .initial = { { 2 } },
    .absent = { { 2 } },
  },
};

/* A stone and, below and to the right of it, its shadow. */
static void
put_stone (BallastSpot  *pair,
           BallastDraws *dice,
           const float   centre[2],
           float         spread,
           float         side)
{
  float away = ballast_draws_unit (dice), turn = ballast_draws_unit (dice) * 6.2831853f;
  float radius = side * ballast_draws_range (dice, 0.003f, 0.012f);
  float x = centre[0] + spread * away * cosf (turn);
  float y = centre[1] + 0.55f * spread * away * sinf (turn);
  guint8 grey = (guint8) ballast_draws_range (dice, 70, 190);
  BallastSpot stone = { .x = x, .y = y, .radius_x = MAX (0.8f, radius),
                        .radius_y = MAX (0.7f, radius * ballast_draws_range (dice, 0.6f, 0.95f)),
                        .opacity = 1, .hardness = 0.8f, .relief = 0.4f };

  stone.colour[0] = grey;
  stone.colour[1] = (guint8) (grey * 0.97f);
  stone.colour[2] = (guint8) (grey * 0.9f);
  pair[1] = stone;
  pair[0] = stone;
  pair[0].x += radius * 0.45f;
  pair[0].y += radius * 0.45f;
  pair[0].opacity = 0.55f;
  pair[0].hardness = 0.2f;
  pair[0].relief = 0;
  for (guint c = 0; c < 3; c++)
    pair[0].colour[c] = 25;
}

static gpointer
prepare (const BallastFilterCall *call)
{
  const double *n = call->numbers;
  guint patches = (guint) n[4];
  BallastDraws dice = ballast_draws_new (call, 5);
  BallastSpots *stones = ballast_spots_new (patches * STONES * 2);
  float side = (float) ballast_weather_side (call);

  for (guint i = 0; i < patches; i++)
    {
      const float centre[2] = {
        ballast_draws_range (&dice, (float) n[0], (float) n[2]) * call->width,
        ballast_draws_range (&dice, (float) n[1], (float) n[3]) * call->height,
      };
      float spread = side * ballast_draws_range (&dice, 0.06f, 0.14f);

      for (guint j = 0; j < STONES; j++)
        put_stone (&stones->items[(i * STONES + j) * 2], &dice, centre, spread, side);
    }
  return stones;
}

static void
release (gpointer data)
{
  ballast_spots_free (data);
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  ballast_spots_draw (call->prepared, call->target, first, end);
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[4] <= 0;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 0.5, .is_idle = is_idle, .prepare = prepare,
  .release = release, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  for (guint i = 0; i < 4; i++)
    {
      double here = values[i].number[0], there = values[(i + 2) % 4].number[0];

      ballast_sampler_put (sampler, i < 2 ? MIN (here, there) : MAX (here, there));
    }
  ballast_sampler_put (sampler, values[PATCHES].number[0]);
  ballast_sampler_put_seed (sampler);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  if (!ballast_op_check_numbers (step, 7))
    return FALSE;
  for (guint i = 0; i < 4; i++)
    if (n[i] < 0 || n[i] > 1)
      return FALSE;
  return n[4] >= 0 && n[4] <= MAX_PATCHES && n[4] == floor (n[4]) && ballast_op_check_seed (step, 5);
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
  ballast_op_append_named (text, _("gravel"), step->numbers[4], 0);
}

const BallastOp ballast_op_random_gravel = {
  .name = "RandomGravel",
  .group = BALLAST_GROUP_WEATHER,
  .title = N_("Gravel"),
  .help = N_("Strews patches of pebbles; Albumentations' are grey rectangles."),
  .keywords = "gravel stones pebbles dirt road RandomGravel",
  .glyph = "⚉",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
