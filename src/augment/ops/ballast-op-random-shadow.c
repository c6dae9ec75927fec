/*
 * RandomShadow: shadows with soft edges, a little bluer than the light, as the sky lights them.
 *
 * A shadow is a polygon round a point of its region, whose corners are drawn in turn.
 * Numbers: intensity, then for each shadow the number of corners and their x and y (shares).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-weather.h"

#include <math.h>

#define MAX_SHADOWS 8
#define MAX_CORNERS 12

enum
{
  ROI_LEFT,
  ROI_TOP,
  ROI_RIGHT,
  ROI_BOTTOM,
  NUMBER,
  CORNERS,
  INTENSITY,
};

#define EDGE(argument, text, first)                                                                \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_FLOAT, .label = text, .unit = "",                  \
    .help = N_("Where shadows lie, as a share of the picture."), .minimum = 0, .maximum = 1,       \
    .step = 0.05, .digits = 2, .secondary = TRUE, .initial = { { first } }, .neutral = { { first } },                                     \
    .absent = { { first } }                                                                        \
  }

static const BallastParameter parameters[] = {
  [ROI_LEFT] = EDGE ("shadow_roi.0", N_("Left"), 0),
  [ROI_TOP] = EDGE ("shadow_roi.1", N_("Top"), 0.5),
  [ROI_RIGHT] = EDGE ("shadow_roi.2", N_("Right"), 1),
  [ROI_BOTTOM] = EDGE ("shadow_roi.3", N_("Bottom"), 1),
  [NUMBER] = {
    .name = "num_shadows_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Shadows"),
    .unit = "", .help = N_("How many."), .minimum = 0, .maximum = MAX_SHADOWS, .step = 1,
    .whole = TRUE, .initial = { { 1, 2 } }, .absent = { { 1, 2 } },
  },
  [CORNERS] = {
    .name = "shadow_dimension", .type = BALLAST_PARAMETER_INT, .label = N_("Corners"), .unit = "",
    .help = N_("Of each shadow."), .minimum = 3, .maximum = MAX_CORNERS, .step = 1,
    .secondary = TRUE, .initial = { { 5 } }, .neutral = { { 5 } }, .absent = { { 5 } },
  },
  [INTENSITY] = {
    .name = "shadow_intensity_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Darkness"),
    .unit = "", .help = N_("The share of the light that is taken."), .minimum = 0, .maximum = 1,
    .step = 0.05, .digits = 2, .initial = { { 0.3, 0.6 } }, .absent = { { 0.5, 0.5 } },
  },
};

typedef struct
{
  guint         n;
  BallastField *fields[MAX_SHADOWS];
} Shadows;

static gpointer
prepare (const BallastFilterCall *call)
{
  Shadows *shadows = g_new0 (Shadows, 1);

  for (guint i = 1; i < call->n_numbers;)
    {
      guint n = (guint) call->numbers[i++];
      float corners[MAX_CORNERS][2];

      for (guint j = 0; j < n; j++, i += 2)
        {
          corners[j][0] = (float) call->numbers[i];
          corners[j][1] = (float) call->numbers[i + 1];
        }
      shadows->fields[shadows->n++]
        = ballast_field_new_polygon (call, (const float (*)[2])corners, n, 0.02);
    }
  return shadows;
}

static void
release (gpointer data)
{
  Shadows *shadows = data;

  for (guint i = 0; i < shadows->n; i++)
    ballast_field_free (shadows->fields[i]);
  g_free (shadows);
}

/* Red loses all of the share, blue four fifths. */
static void
darken (BallastBlock  *block,
        const guint16 *cover,
        gint32         share)
{
  static const gint32 losses[3] = { 256, 238, 206 };

  for (guint i = 0; i < block->n; i++)
    {
      guint pixel = block->n_colours == 1 ? i : i / 3;
      gint64 loss = (gint64) cover[pixel] * share >> 8; /* 1/65536 */

      loss = loss * (block->n_colours == 1 ? 240 : losses[i % 3]) >> 8;
      block->value[i] -= (gint32) ((block->value[i] * loss + 32768) >> 16);
    }
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const Shadows *shadows = call->prepared;
  gint32 share = (gint32) lrint (256 * call->numbers[0]);
  guint16 cover[BALLAST_BLOCK_PIXELS];
  BallastBlock block;

  for (guint y = first; y < end; y++)
    for (guint x = 0; x < call->target->width; x += BALLAST_BLOCK_PIXELS)
      {
        ballast_block_load (&block, call->target, x, y);
        for (guint i = 0; i < shadows->n; i++)
          {
            ballast_field_read (shadows->fields[i], call->target, x, y, block.n_pixels, cover);
            darken (&block, cover, share);
          }
        ballast_block_store (&block, call->target, x, y);
      }
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->n_numbers < 2 || call->numbers[0] <= 0;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 7, .is_idle = is_idle, .prepare = prepare,
  .release = release, .run = run,
};

/* Corners at growing angles, so that the outline never crosses itself. */
static void
put_shadow (BallastSampler     *sampler,
            const BallastValue *values,
            gboolean            wanted)
{
  double left = MIN (values[ROI_LEFT].number[0], values[ROI_RIGHT].number[0]);
  double top = MIN (values[ROI_TOP].number[0], values[ROI_BOTTOM].number[0]);
  double width = fabs (values[ROI_RIGHT].number[0] - values[ROI_LEFT].number[0]);
  double height = fabs (values[ROI_BOTTOM].number[0] - values[ROI_TOP].number[0]);
  double x = left + width * (0.15 + 0.7 * ballast_sampler_unit (sampler));
  double y = top + height * (0.2 + 0.6 * ballast_sampler_unit (sampler));
  guint n = (guint) values[CORNERS].number[0];

  if (wanted)
    ballast_sampler_put (sampler, n);
  for (guint i = 0; i < MAX_CORNERS; i++)
    {
      double turn = (i + 0.8 * ballast_sampler_unit (sampler)) * 2 * G_PI / n;
      double reach = 0.25 + 0.5 * ballast_sampler_unit (sampler);

      if (!wanted || i >= n)
        continue;
      ballast_sampler_put (sampler, CLAMP (x + width * reach * cos (turn), left, left + width));
      ballast_sampler_put (sampler, CLAMP (y + height * reach * sin (turn), top, top + height));
    }
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  guint n = (guint) ballast_sampler_whole (sampler, &values[NUMBER]);

  ballast_weather_put_range (sampler, &values[INTENSITY]);
  for (guint i = 0; i < MAX_SHADOWS; i++)
    put_shadow (sampler, values, i < n);
}

static gboolean
check (const BallastRecipeStep *step)
{
  guint n = 0;

  if (step->n_numbers < 1 || !ballast_op_check_numbers (step, step->n_numbers)
      || step->numbers[0] < 0 || step->numbers[0] > 1)
    return FALSE;
  for (guint i = 1; i < step->n_numbers; n++)
    {
      double corners = step->numbers[i];

      if (corners < 3 || corners > MAX_CORNERS || corners != floor (corners)
          || i + 1 + 2 * (guint) corners > step->n_numbers)
        return FALSE;
      for (guint j = i + 1; j <= i + 2 * (guint) corners; j++)
        if (fabs (step->numbers[j]) > 10)
          return FALSE;
      i += 1 + 2 * (guint) corners;
    }
  return n <= MAX_SHADOWS;
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
  if (step->n_numbers > 1)
    ballast_op_append_named (text, _("shadow"), step->numbers[0], 2);
}

/* Before 2.0: num_shadows_lower and num_shadows_upper. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  double low = ballast_op_read_number (arguments, "num_shadows_lower", -1);
  double high = ballast_op_read_number (arguments, "num_shadows_upper", -1);

  if (low >= 0 || high >= 0)
    values[NUMBER] = (BallastValue) { { low >= 0 ? low : 1, high >= 0 ? high : 2 } };
}

const BallastOp ballast_op_random_shadow = {
  .name = "RandomShadow",
  .group = BALLAST_GROUP_WEATHER,
  .title = N_("Shadows"),
  .help = N_("Darkens a few areas, with soft edges. Unlike Albumentations' their outlines never "
              "cross themselves."),
  .keywords = "shadow shade dark weather light occlusion RandomShadow",
  .glyph = "◣",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
  .read_legacy = read_legacy,
};
