/*
 * ChromaticAberration: red and blue are bent radially, apart from green.
 *
 * OpenCV's undistortion with fx = width, fy = height, centre at half: a point is read at
 * x · (1 + k1 r² + k2 r⁴); positions in 1/32 px and weights as in its remap(), the edge repeated.
 * Numbers: k1 and k2 of red, k1 and k2 of blue.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel.h"
#include "ballast-ops.h"

#include <math.h>
#include <string.h>

enum
{
  PRIMARY,
  SECONDARY,
  MODE,
};

static const BallastChoice modes[] = {
  { "green_purple", N_("Green and Purple"), -1 },
  { "red_blue", N_("Red and Blue"), -1 },
  { "random", N_("Any"), -1 },
};

static const BallastParameter parameters[] = {
  [PRIMARY] = {
    .name = "primary_distortion_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Strength"),
    .unit = "", .help = N_("How far colours part towards the edges; 0.02 is half a percent."),
    .minimum = -0.5, .maximum = 0.5, .step = 0.01, .digits = 2, .initial = { { -0.02, 0.02 } },
    .absent = { { -0.02, 0.02 } },
  },
  [SECONDARY] = {
    .name = "secondary_distortion_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("In Corners"),
    .unit = "", .help = N_("How much more in the corners."), .minimum = -0.5, .maximum = 0.5,
    .step = 0.01, .digits = 2, .secondary = TRUE, .initial = { { -0.05, 0.05 } },
    .absent = { { -0.05, 0.05 } },
  },
  [MODE] = {
    .name = "mode", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Fringes"), .unit = "",
    .help = N_("Which colours the edges get."), .maximum = 2, .step = 1, .secondary = TRUE,
    .choices = modes, .n_choices = G_N_ELEMENTS (modes),
  },
};

static double
with_sign (double value,
           double sign)
{
  return sign < 0 ? -fabs (value) : fabs (value);
}

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  double red = ballast_sampler_range (sampler, &values[PRIMARY]);
  double red_more = ballast_sampler_range (sampler, &values[SECONDARY]);
  double blue = ballast_sampler_range (sampler, &values[PRIMARY]);
  double blue_more = ballast_sampler_range (sampler, &values[SECONDARY]);

  if (values[MODE].number[0] == 0)
    blue = with_sign (blue, red);
  else if (values[MODE].number[0] == 1)
    blue = with_sign (blue, -red);
  ballast_sampler_put (sampler, red);
  ballast_sampler_put (sampler, with_sign (red_more, red));
  ballast_sampler_put (sampler, blue);
  ballast_sampler_put (sampler, with_sign (blue_more, blue));
}

static gboolean
check (const BallastRecipeStep *step)
{
  if (!ballast_op_check_numbers (step, 4))
    return FALSE;
  for (guint i = 0; i < 4; i++)
    if (fabs (step->numbers[i]) > 1)
      return FALSE;
  return TRUE;
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[0] == 0 && call->numbers[1] == 0 && call->numbers[2] == 0
         && call->numbers[3] == 0;
}

/* Channel @c at (@x, @y), in 1/32 px. */
static guint8
read_between (const BallastRaster *source,
              gint64               x,
              gint64               y,
              guint                c)
{
  gint64 left = CLAMP (x >> 5, 0, (gint64) source->width - 1);
  gint64 right = CLAMP ((x >> 5) + 1, 0, (gint64) source->width - 1);
  gint64 upper = CLAMP (y >> 5, 0, (gint64) source->height - 1);
  gint64 lower = CLAMP ((y >> 5) + 1, 0, (gint64) source->height - 1);
  const guint8 *above = ballast_raster_get_row (source, (guint) upper) + c;
  const guint8 *below = ballast_raster_get_row (source, (guint) lower) + c;
  guint channels = source->channels, fx = x & 31, fy = y & 31;
  guint sum = (32 - fy) * ((32 - fx) * above[left * channels] + fx * above[right * channels])
              + fy * ((32 - fx) * below[left * channels] + fx * below[right * channels]);

  return (guint8) ((sum + 512) >> 10);
}

static void
bend_row (const BallastFilterCall *call,
          guint                    y,
          guint                    c,
          const double            *k)
{
  double width = call->width, height = call->height;
  double v = (y - height / 2) / height, v2 = v * v;
  guint8 *row = ballast_raster_get_row (call->target, y) + c;

  for (guint x = 0; x < call->width; x++)
    {
      double u = (x - width / 2) / width, r2 = u * u + v2, factor = 1 + (k[1] * r2 + k[0]) * r2;
      float from_x = (float) (width * (u * factor) + width / 2);
      float from_y = (float) (height * (v * factor) + height / 2);

      row[x * call->target->channels] = read_between (call->source, lrintf (from_x * 32),
                                                      lrintf (from_y * 32), c);
    }
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  for (guint y = first; y < end; y++)
    {
      memcpy (ballast_raster_get_row (call->target, y), ballast_raster_get_row (call->source, y),
              ballast_raster_get_row_bytes (call->source));
      bend_row (call, y, 0, call->numbers);
      bend_row (call, y, 2, call->numbers + 2);
    }
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA,
  .cost = 12,
  .needs_colour = TRUE,
  .is_idle = is_idle,
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
  g_string_append (text, _("fringes"));
}

const BallastOp ballast_op_chromatic_aberration = {
  .name = "ChromaticAberration",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Colour Fringes"),
  .help = N_("Red and blue part from green towards the edges, as with cheap lenses."),
  .keywords = "chromatic aberration fringe lens purple camera",
  .glyph = "⊚",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .needs_colour = TRUE,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
