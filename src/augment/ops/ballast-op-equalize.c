/*
 * Equalize: spreads the values so that each is about as frequent as any other.
 *
 * As OpenCV's equalizeHist, bit by bit: lut[v] = round ((cdf (v) - cdf (min)) · 255 / (n - h[min])),
 * or in Pillow's manner as Albumentations computes it.  Channel by channel, or the lightness alone
 * (the Y of YCrCb), which keeps the colours.  16-bit greys have 65536 levels.
 * Numbers: manner (0: OpenCV, 1: Pillow), by channels (0 or 1).
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-levels.h"
#include "ballast-ops.h"

#include <math.h>

enum
{
  MODE,
  BY_CHANNELS,
};

static const BallastChoice modes[] = {
  { "cv", N_("As OpenCV"), -1 },
  { "pil", N_("As Pillow"), -1 },
};

static const BallastParameter parameters[] = {
  [MODE] = {
    .name = "mode", .type = BALLAST_PARAMETER_CHOICE, .label = N_("Manner"), .unit = "",
    .help = N_("The two differ by a level here and there."), .maximum = 1, .step = 1,
    .secondary = TRUE, .choices = modes, .n_choices = G_N_ELEMENTS (modes),
  },
  [BY_CHANNELS] = {
    .name = "by_channels", .type = BALLAST_PARAMETER_BOOL, .label = N_("Each Channel"), .unit = "",
    .help = N_("Red, green and blue each by itself, which changes the colours; off: the lightness "
                "alone."),
    .maximum = 1, .step = 1, .initial = { { 1 } }, .absent = { { 1 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, values[MODE].number[0]);
  ballast_sampler_put (sampler, values[BY_CHANNELS].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 2) && ballast_op_check_choice (step, 0, 2)
         && ballast_op_check_choice (step, 1, 2);
}

static void
equalize_as_opencv (const guint32 *count,
                    guint64        total,
                    BallastTables *tables,
                    guint          channel)
{
  guint n = tables->n_levels, v = 0;
  guint64 sum = 0;
  float scale;

  while (count[v] == 0)
    v++;
  if (count[v] == total)
    {
      ballast_tables_set (tables, channel, v, v);
      return;
    }
  scale = (float) (n - 1) / (float) (total - count[v]);
  for (v++; v < n; v++)
    {
      sum += count[v];
      ballast_tables_set (tables, channel, v, rintf ((float) sum * scale));
    }
}

static void
equalize_as_pillow (const guint32 *count,
                    guint64        total,
                    BallastTables *tables,
                    guint          channel)
{
  guint n = tables->n_levels, last = n - 1;
  guint64 sum = 0, step;

  while (last > 0 && count[last] == 0)
    last--;
  step = (total - count[last]) / (n - 1);
  for (guint v = 0; v < n; v++)
    {
      sum += count[v];
      ballast_tables_set (tables, channel, v, step == 0 ? v : (double) ((sum + step / 2) / step));
    }
}

static void
fill_table (const BallastFilterCall *call,
            const guint32           *count,
            guint64                  total,
            BallastTables           *tables,
            guint                    channel)
{
  if (call->numbers[0] == 0)
    equalize_as_opencv (count, total, tables, channel);
  else
    equalize_as_pillow (count, total, tables, channel);
}

static gpointer
prepare_channels (const BallastFilterCall *call)
{
  g_autoptr(BallastHistogram) histogram = ballast_histogram_new (call->source);
  BallastTables *tables = ballast_tables_new (histogram->n_channels, histogram->n_levels);

  for (guint c = 0; c < tables->n_channels; c++)
    fill_table (call, histogram->count[c], histogram->n_pixels, tables, c);
  return tables;
}

static gpointer
prepare_lightness (const BallastFilterCall *call)
{
  const BallastRaster *source = call->source;
  BallastTables *tables = ballast_tables_new (1, 256);
  g_autofree guint8 *grey = g_malloc (source->width);
  guint32 count[256] = { 0 };

  for (guint y = 0; y < source->height; y++)
    {
      ballast_kernel_luma (ballast_raster_get_row (source, y), source->channels, source->width,
                           grey);
      for (guint x = 0; x < source->width; x++)
        count[grey[x]]++;
    }
  fill_table (call, count, (guint64) source->width * source->height, tables, 0);
  return tables;
}

/* With Cr and Cb kept, a change of Y is the same change of red, green and blue. */
static void
run_lightness (const BallastFilterCall *call,
               guint                    first,
               guint                    end)
{
  guint channels = call->target->channels, n = call->target->width;
  const guint8 *table = ((const BallastTables *) call->prepared)->table[0];
  g_autofree guint8 *grey = g_malloc (n);

  for (guint y = first; y < end; y++)
    {
      guint8 *pixel = ballast_raster_get_row (call->target, y);

      ballast_kernel_luma (pixel, channels, n, grey);
      for (guint x = 0; x < n; x++, pixel += channels)
        {
          gint change = table[grey[x]] - grey[x];

          for (guint c = 0; c < 3; c++)
            pixel[c] = (guint8) CLAMP (pixel[c] + change, 0, 255);
        }
    }
}

static const BallastFilter by_channels = {
  .reach = BALLAST_FILTER_GLOBAL,
  .cost = 1.6,
  .prepare = prepare_channels,
  .release = (GDestroyNotify) ballast_tables_free,
  .run = ballast_filter_run_tables,
};

static const BallastFilter by_lightness = {
  .reach = BALLAST_FILTER_GLOBAL,
  .cost = 3,
  .needs_colour = TRUE,
  .prepare = prepare_lightness,
  .release = (GDestroyNotify) ballast_tables_free,
  .run = run_lightness,
};

static const BallastFilter greys_only = {
  .reach = BALLAST_FILTER_GLOBAL,
  .cost = 1.6,
  .needs_grey = TRUE,
  .prepare = prepare_channels,
  .release = (GDestroyNotify) ballast_tables_free,
  .run = ballast_filter_run_tables,
};

static void
lower (const BallastRecipeStep *step,
       BallastLowering         *lowering)
{
  if (step->numbers[1] != 0)
    {
      ballast_lowering_filter (lowering, &by_channels, step->numbers, 1);
      return;
    }
  ballast_lowering_filter (lowering, &by_lightness, step->numbers, 1);
  ballast_lowering_filter (lowering, &greys_only, step->numbers, 1);
}

static void
describe (const BallastRecipeStep *step,
          GString                 *text)
{
  g_string_append (text, _("equalised"));
}

const BallastOp ballast_op_equalize = {
  .name = "Equalize",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Equalise"),
  .help = N_("Spreads the values over the whole range, so that flat pictures become clear."),
  .keywords = "equalize equalise histogram RandomEqualize contrast autocontrast spread",
  .glyph = "▤",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
