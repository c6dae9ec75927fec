/*
 * ToGray: the three colour channels become one grey; grey pictures stay as they are.
 *
 * The weighted average is OpenCV's, bit by bit: (9798 R + 19235 G + 3735 B + 2^14) >> 15.  The
 * plain average, the lightness and the maximum truncate, as in Albumentations; L of L*a*b* is
 * OpenCV's too; the greatest contrast is along the first principal axis of the picture's colours.
 * Numbers: method (as in the choices).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-axes.h"
#include "ballast-kernel-lab.h"
#include "ballast-ops.h"

#include <string.h>

enum
{
  WEIGHTED_AVERAGE,
  AVERAGE,
  DESATURATION,
  MAXIMUM,
  FROM_LAB,
  PRINCIPAL,
  N_METHODS,
};

static const BallastChoice methods[] = {
  [WEIGHTED_AVERAGE] = { "weighted_average", N_("As the Eye Sees"), -1 },
  [AVERAGE] = { "average", N_("Average"), -1 },
  [DESATURATION] = { "desaturation", N_("Lightness"), -1 },
  [MAXIMUM] = { "max", N_("Brightest Channel"), -1 },
  [FROM_LAB] = { "from_lab", N_("L of L*a*b*"), -1 },
  [PRINCIPAL] = { "pca", N_("Greatest Contrast"), -1 },
};

static const BallastParameter parameters[] = {
  {
    .name = "method", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Grey From"), .unit = "",
    .help = N_("How the three channels become one."), .maximum = N_METHODS - 1, .step = 1,
    .secondary = TRUE, .choices = methods, .n_choices = G_N_ELEMENTS (methods),
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, values[0].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 1) && ballast_op_check_choice (step, 0, N_METHODS);
}

static void
lower_matrix (BallastLowering *lowering,
              double           red,
              double           green,
              double           blue)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_MATRIX);

  for (guint row = 0; row < 3; row++)
    {
      action->matrix[row * 3] = red;
      action->matrix[row * 3 + 1] = green;
      action->matrix[row * 3 + 2] = blue;
    }
}

static void
run_lightness (const BallastFilterCall *call,
               guint                    first,
               guint                    end)
{
  guint channels = call->target->channels, n = call->target->width;
  g_autofree guint8 *values = g_malloc (n);

  for (guint y = first; y < end; y++)
    {
      guint8 *row = ballast_raster_get_row (call->target, y);

      ballast_kernel_lightness (row, channels, n, values);
      for (guint x = 0; x < n; x++)
        memset (row + (gsize) x * channels, values[x], 3);
    }
}

static const BallastFilter lightness = {
  .reach = BALLAST_FILTER_COLOUR,
  .cost = 2,
  .needs_colour = TRUE,
  .run = run_lightness,
};

/* value = offset + Σ weight · channel */
typedef struct
{
  float weight[3];
  float offset;
} Projection;

static void
find_range (const BallastRaster     *source,
            const BallastColourAxes *axes,
            double                  *low,
            double                  *high)
{
  const double *axis = axes->axis[0];

  *low = G_MAXDOUBLE;
  *high = -G_MAXDOUBLE;
  for (guint y = 0; y < source->height; y++)
    {
      const guint8 *pixel = ballast_raster_get_row (source, y);

      for (guint x = 0; x < source->width; x++, pixel += source->channels)
        {
          double value = axis[0] * pixel[0] + axis[1] * pixel[1] + axis[2] * pixel[2];

          *low = MIN (*low, value);
          *high = MAX (*high, value);
        }
    }
}

static gpointer
prepare_projection (const BallastFilterCall *call)
{
  Projection *projection = g_new0 (Projection, 1);
  BallastColourAxes axes;
  double low, high;

  ballast_kernel_find_axes (call->source, &axes);
  find_range (call->source, &axes, &low, &high);
  for (guint c = 0; c < 3 && high > low; c++)
    projection->weight[c] = (float) (axes.axis[0][c] * 255 / (high - low));
  projection->offset = high > low ? (float) (-low * 255 / (high - low)) : (float) axes.mean[1];
  return projection;
}

static void
run_projection (const BallastFilterCall *call,
                guint                    first,
                guint                    end)
{
  const Projection *projection = call->prepared;
  guint channels = call->target->channels;

  for (guint y = first; y < end; y++)
    {
      guint8 *pixel = ballast_raster_get_row (call->target, y);

      for (guint x = 0; x < call->target->width; x++, pixel += channels)
        {
          float value = projection->offset + projection->weight[0] * pixel[0]
                        + projection->weight[1] * pixel[1] + projection->weight[2] * pixel[2];

          memset (pixel, (int) CLAMP (value + 0.5f, 0, 255), 3);
        }
    }
}

static const BallastFilter principal = {
  .reach = BALLAST_FILTER_GLOBAL,
  .cost = 5,
  .needs_colour = TRUE,
  .prepare = prepare_projection,
  .release = g_free,
  .run = run_projection,
};

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  static const BallastGrey greys[] = {
    [AVERAGE] = BALLAST_GREY_AVERAGE,
    [DESATURATION] = BALLAST_GREY_LIGHTNESS,
    [MAXIMUM] = BALLAST_GREY_MAXIMUM,
  };

  if (step->numbers[0] == WEIGHTED_AVERAGE)
    lower_matrix (lowering, 9798 / 32768.0, 19235 / 32768.0, 3735 / 32768.0);
  else if (step->numbers[0] == FROM_LAB)
    ballast_lowering_filter (lowering, &lightness, NULL, 0);
  else if (step->numbers[0] == PRINCIPAL)
    ballast_lowering_filter (lowering, &principal, NULL, 0);
  else
    ballast_lowering_add (lowering, BALLAST_ACTION_GREY)->grey = greys[(guint) step->numbers[0]];
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  g_string_append (text, "grey");
}

const BallastOp ballast_op_to_gray = {
  .name = "ToGray",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Grey"),
  .help = N_("Takes the colour away, so that a model cannot rely on it; the file stays a colour "
              "file."),
  .keywords = "greyscale grayscale black white desaturate monochrome RandomGrayscale",
  .glyph = "◑",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.1,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
