/*
 * ZoomBlur: the mean of the picture and of copies of it that are zoomed about its centre.
 *
 * Factors 1, 1 + step, … below the largest, and the picture once more, as in Albumentations.
 * Numbers: largest factor, step.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel.h"
#include "ballast-ops.h"

#include <math.h>
#include <string.h>

#define MAX_COPIES 128

enum
{
  MAX_FACTOR,
  STEP,
};

static const BallastParameter parameters[] = {
  [MAX_FACTOR] = {
    .name = "max_factor", .type = BALLAST_PARAMETER_RANGE, .label = N_("Zoom"), .unit = "×",
    .help = N_("How far the last copy is zoomed."), .minimum = 1, .maximum = 2, .step = 0.01,
    .digits = 2, .initial = { { 1.01, 1.1 } }, .neutral = { { 1, 1 } }, .absent = { { 1, 1.31 } },
  },
  [STEP] = {
    .name = "step_factor", .type = BALLAST_PARAMETER_RANGE, .label = N_("Step"), .unit = "",
    .help = N_("From one copy to the next."), .minimum = 0.01, .maximum = 0.5, .step = 0.01,
    .digits = 2, .secondary = TRUE, .initial = { { 0.01, 0.03 } }, .neutral = { { 0.01, 0.01 } },
    .absent = { { 0.01, 0.03 } },
  },
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[MAX_FACTOR]));
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[STEP]));
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 2) && step->numbers[0] >= 1 && step->numbers[0] <= 10
         && step->numbers[1] >= 0.001 && step->numbers[1] <= 10;
}

/* Copies beside the picture itself. */
static guint
count_copies (const BallastFilterCall *call)
{
  return (guint) MIN (ceil ((MAX (call->numbers[0], 1 + call->numbers[1]) - 1) / call->numbers[1]
                            - 1e-9), MAX_COPIES);
}

static gboolean
is_idle (const BallastFilterCall *call)
{
  return call->numbers[0] == 1 || count_copies (call) <= 1;
}

typedef struct
{
  guint          n;
  BallastAxis   *across[MAX_COPIES];
  BallastAxis   *down[MAX_COPIES];
  BallastRaster *copy;
  guint32       *sums; /* one band */
} Prepared;

#define BAND 64

static gpointer
prepare (const BallastFilterCall *call)
{
  const BallastRaster *source = call->source;
  Prepared *prepared = g_new0 (Prepared, 1);

  prepared->n = count_copies (call);
  for (guint i = 1; i < prepared->n; i++)
    {
      double share = 1 / (1 + i * call->numbers[1]);

      prepared->across[i] = ballast_axis_new (source->width, source->width,
                                              source->width * (1 - share) / 2, share);
      prepared->down[i] = ballast_axis_new (source->height, source->height,
                                            source->height * (1 - share) / 2, share);
    }
  prepared->copy = ballast_raster_new (source->width, source->height, source->channels,
                                       source->depth);
  prepared->sums = g_new (guint32, (gsize) source->width * source->channels * BAND);
  return prepared;
}

static void
release (gpointer data)
{
  Prepared *prepared = data;

  for (guint i = 1; i < prepared->n; i++)
    {
      ballast_axis_free (prepared->across[i]);
      ballast_axis_free (prepared->down[i]);
    }
  ballast_raster_free (prepared->copy);
  g_free (prepared->sums);
  g_free (prepared);
}

static void
add_row (const BallastRaster *raster,
         guint                y,
         guint32              times,
         guint32             *sums)
{
  const guint8 *bytes = ballast_raster_get_row (raster, y);
  const guint16 *halfwords = (const guint16 *) (gconstpointer) bytes;
  guint n = raster->width * raster->channels;

  if (raster->depth == 16)
    for (guint i = 0; i < n; i++)
      sums[i] += times * halfwords[i];
  else
    for (guint i = 0; i < n; i++)
      sums[i] += times * bytes[i];
}

static void
put_row (BallastRaster *target,
         guint          y,
         guint32        count,
         const guint32 *sums)
{
  guint8 *bytes = ballast_raster_get_row (target, y);
  guint n = target->width * target->channels;

  for (guint i = 0; i < n; i++)
    if (target->depth == 16)
      ((guint16 *) (gpointer) bytes)[i] = (guint16) ((sums[i] + count / 2) / count);
    else
      bytes[i] = (guint8) ((sums[i] + count / 2) / count);
}

static void
run_band (const BallastFilterCall *call,
          guint                    first,
          guint                    end)
{
  Prepared *prepared = call->prepared;
  gsize n = (gsize) call->target->width * call->target->channels;

  memset (prepared->sums, 0, sizeof (guint32) * n * (end - first));
  for (guint y = first; y < end; y++)
    add_row (call->source, y, 2, prepared->sums + (y - first) * n);
  for (guint i = 1; i < prepared->n; i++)
    {
      ballast_kernel_scale (call->source, prepared->across[i], prepared->down[i], prepared->copy,
                            first, end);
      for (guint y = first; y < end; y++)
        add_row (prepared->copy, y, 1, prepared->sums + (y - first) * n);
    }
  for (guint y = first; y < end; y++)
    put_row (call->target, y, prepared->n + 1, prepared->sums + (y - first) * n);
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  for (guint y = first; y < end; y += BAND)
    run_band (call, y, MIN (y + BAND, end));
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_AREA,
  .cost = 15,
  .band_rows = BAND,
  .is_idle = is_idle,
  .prepare = prepare,
  .release = release,
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
  ballast_op_append_named (text, _("zoomed"), step->numbers[0], 2);
}

const BallastOp ballast_op_zoom_blur = {
  .name = "ZoomBlur",
  .group = BALLAST_GROUP_NOISE,
  .title = N_("Zoom Blur"),
  .help = N_("Smears the picture outwards from its centre, as if the lens had zoomed.  Milder than "
              "Albumentations' default, which leaves little to recognise."),
  .keywords = "zoom blur radial speed smear",
  .glyph = "✺",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.1,
  .has_neutral = TRUE,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
