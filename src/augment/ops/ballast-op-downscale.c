/*
 * Downscale: makes the picture smaller and large again, as an enlarged thumbnail looks.
 *
 * With nearest neighbours both ways it is cv2.resize()'s result; otherwise the small picture is
 * filtered as all reductions here are.  In a reduced picture the small one keeps its size.
 * Numbers: scale, way down (0 nearest, 3 area), way up (0 nearest, 1 bilinear).
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
  SCALE_RANGE,
  DOWN,
  UP,
};

static const BallastChoice ways_down[] = {
  { "nearest", N_("Nearest Pixel"), 0 },
  { "area", N_("Mean"), 3 },
};

static const BallastChoice ways_up[] = {
  { "nearest", N_("Nearest Pixel"), 0 },
  { "linear", N_("Bilinear"), 1 },
};

static const BallastParameter parameters[] = {
  [SCALE_RANGE] = {
    .name = "scale_range", .type = BALLAST_PARAMETER_RANGE, .label = N_("Scale"), .unit = "×",
    .help = N_("The size of the small picture in between."), .minimum = 0.01, .maximum = 1,
    .step = 0.01, .digits = 2, .initial = { { 0.25, 0.6 } }, .neutral = { { 1, 1 } },
    .absent = { { 0.25, 0.25 } },
  },
  [DOWN] = {
    .name = "interpolation_pair.downscale", .type = BALLAST_PARAMETER_CHOICE,
    .label = N_("Way Down"), .unit = "", .help = N_("How pixels become fewer."), .maximum = 1,
    .step = 1, .secondary = TRUE, .initial = { { 1 } }, .choices = ways_down,
    .n_choices = G_N_ELEMENTS (ways_down),
  },
  [UP] = {
    .name = "interpolation_pair.upscale", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Way Up"),
    .unit = "", .help = N_("How they become more again: the nearest shows squares."), .maximum = 1,
    .step = 1, .secondary = TRUE, .initial = { { 1 } }, .choices = ways_up,
    .n_choices = G_N_ELEMENTS (ways_up),
  },
};

/* The nearest source pixel of every target pixel, as cv2.resize() takes it. */
static guint *
nearest (guint  n,
         guint  n_source,
         double step)
{
  guint *places = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    places[i] = (guint) MIN (floor (i * step), n_source - 1.0);
  return places;
}

static void
scale_nearest (const BallastRaster *source,
               BallastRaster       *target,
               double               step_x,
               double               step_y)
{
  guint bytes = ballast_kernel_get_pixel_bytes (source);
  g_autofree guint *columns = nearest (target->width, source->width, step_x);
  g_autofree guint *rows = nearest (target->height, source->height, step_y);

  for (guint y = 0; y < target->height; y++)
    {
      const guint8 *from = ballast_raster_get_row (source, rows[y]);
      guint8 *to = ballast_raster_get_row (target, y);

      if (y > 0 && rows[y] == rows[y - 1])
        memcpy (to, ballast_raster_get_row (target, y - 1), ballast_raster_get_row_bytes (target));
      else if (bytes == 3)
        for (guint x = 0; x < target->width; x++)
          memcpy (to + (gsize) x * 3, from + (gsize) columns[x] * 3, 3);
      else
        for (guint x = 0; x < target->width; x++)
          memcpy (to + (gsize) x * bytes, from + (gsize) columns[x] * bytes, bytes);
    }
}

static void
scale_smoothly (const BallastRaster *source,
                BallastRaster       *target)
{
  BallastAxis *horizontal = ballast_axis_new (target->width, source->width, 0,
                                              (double) source->width / target->width);
  BallastAxis *vertical = ballast_axis_new (target->height, source->height, 0,
                                            (double) source->height / target->height);

  ballast_kernel_scale (source, horizontal, vertical, target, 0, target->height);
  ballast_axis_free (horizontal);
  ballast_axis_free (vertical);
}

/* The small picture's side: that of the full picture times the scale, here and in previews. */
static guint
small_side (guint  side,
            double reduced,
            double scale)
{
  return (guint) CLAMP (lrint (side / reduced * scale), 1, side);
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const BallastRaster *source = call->source;
  double scale = call->numbers[0];
  g_autoptr(BallastRaster) small
    = ballast_raster_new (small_side (source->width, call->scale_x, scale),
                          small_side (source->height, call->scale_y, scale), source->channels, source->depth);

  if (call->numbers[1] == 0)
    scale_nearest (source, small, call->scale_x / scale, call->scale_y / scale);
  else
    scale_smoothly (source, small);
  if (call->numbers[2] == 0)
    scale_nearest (small, call->target, (double) small->width / source->width,
                   (double) small->height / source->height);
  else
    scale_smoothly (small, call->target);
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[0] >= call->scale;
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA, .cost = 2, .whole = TRUE, .is_idle = is_idle, .run = run,
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[SCALE_RANGE]));
  ballast_sampler_put (sampler, ways_down[(guint) values[DOWN].number[0]].id);
  ballast_sampler_put (sampler, ways_up[(guint) values[UP].number[0]].id);
}

static gboolean
check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;

  return ballast_op_check_numbers (step, 3) && n[0] >= 0.01 && n[0] <= 1
         && (n[1] == 0 || n[1] == 3) && (n[2] == 0 || n[2] == 1);
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
  ballast_op_append_plain (text, "▦ ×", step->numbers[0], 2);
}

/* 1.x: scale_min and scale_max. */
static void
read_legacy (JsonObject   *arguments,
             BallastValue *values)
{
  double low = ballast_op_read_number (arguments, "scale_min", -1);
  double high = ballast_op_read_number (arguments, "scale_max", -1);

  if (low > 0 || high > 0)
    values[SCALE_RANGE] = (BallastValue) { { low > 0 ? low : 0.25, high > 0 ? high : 0.25 } };
}

const BallastOp ballast_op_downscale = {
  .name = "Downscale",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Low Resolution"),
  .help = N_("Makes the picture small and large again: details are lost. Starts with smooth "
              "pixels; Albumentations' default makes squares."),
  .keywords = "downscale pixelate resolution thumbnail Pixelate upscale quality",
  .glyph = "▩",
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
