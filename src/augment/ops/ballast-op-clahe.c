/*
 * CLAHE: equalises each tile of the picture by itself, with a limit on how much.
 *
 * As OpenCV's createCLAHE(), bit by bit on greys; on colours the L of L*a*b* is equalised, a* and b*
 * stay.
 * Numbers: clip limit, tiles across, tiles down.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-filter.h"
#include "ballast-kernel-lab.h"
#include "ballast-kernel-tiles.h"
#include "ballast-ops.h"

#include <string.h>

#define MAX_TILES 64

enum
{
  CLIP_LIMIT,
  ACROSS,
  DOWN,
};

#define TILES(argument, text)                                                                      \
  {                                                                                                \
    .name = argument, .type = BALLAST_PARAMETER_INT, .label = text, .unit = "",                    \
    .help = N_("The more tiles, the more local the contrast."), .minimum = 1,                      \
    .maximum = MAX_TILES, .step = 1, .secondary = TRUE,                                            \
    .initial = { { 8 } }, .absent = { { 8 } }                                                      \
  }

static const BallastParameter parameters[] = {
  [CLIP_LIMIT] = {
    .name = "clip_limit", .type = BALLAST_PARAMETER_RANGE, .label = N_("Limit"), .unit = "×",
    .help = N_("How much contrast may be raised: 1 is little, 4 much, 40 all there is."),
    .minimum = 1, .maximum = 40, .step = 0.5, .digits = 1,
    .initial = { { 1, 4 } }, .absent = { { 1, 4 } },
  },
  [ACROSS] = TILES ("tile_grid_size.0", N_("Tiles Across")),
  [DOWN] = TILES ("tile_grid_size.1", N_("Tiles Down")),
};

static void
sample (BallastSampler     *sampler,
        const BallastValue *values)
{
  ballast_sampler_put (sampler, ballast_sampler_range (sampler, &values[CLIP_LIMIT]));
  ballast_sampler_put (sampler, values[ACROSS].number[0]);
  ballast_sampler_put (sampler, values[DOWN].number[0]);
}

static gboolean
check (const BallastRecipeStep *step)
{
  return ballast_op_check_numbers (step, 3) && step->numbers[0] >= 0 && step->numbers[0] <= 1e6
         && step->numbers[1] >= 1 && ballast_op_check_choice (step, 1, MAX_TILES + 1)
         && step->numbers[2] >= 1 && ballast_op_check_choice (step, 2, MAX_TILES + 1);
}

typedef struct
{
  BallastRaster *plane; /* what is equalised */
  BallastTiles  *tiles;
} Prepared;

static BallastRaster *
get_plane (const BallastRaster *source)
{
  BallastRaster *plane = ballast_raster_new (source->width, source->height, 1, source->depth);

  for (guint y = 0; y < source->height; y++)
    {
      const guint8 *from = ballast_raster_get_row (source, y);
      guint8 *to = ballast_raster_get_row (plane, y);

      if (source->channels >= 3)
        ballast_kernel_lightness (from, source->channels, source->width, to);
      else if (source->channels == 1)
        memcpy (to, from, ballast_raster_get_row_bytes (source));
      else
        for (guint x = 0; x < source->width; x++)
          to[x] = from[2 * x];
    }
  return plane;
}

static gpointer
prepare (const BallastFilterCall *call)
{
  Prepared *prepared = g_new (Prepared, 1);

  prepared->plane = get_plane (call->source);
  prepared->tiles = ballast_tiles_new (prepared->plane, (guint) call->numbers[1],
                                       (guint) call->numbers[2], call->numbers[0]);
  return prepared;
}

static void
release (gpointer data)
{
  Prepared *prepared = data;

  ballast_raster_free (prepared->plane);
  ballast_tiles_free (prepared->tiles);
  g_free (prepared);
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const Prepared *prepared = call->prepared;
  guint channels = call->target->channels, n = call->target->width;
  g_autofree guint8 *mapped = g_malloc (2 * (gsize) n);

  for (guint y = first; y < end; y++)
    {
      const guint8 *before = ballast_raster_get_row (prepared->plane, y);
      guint8 *row = ballast_raster_get_row (call->target, y);

      ballast_tiles_map_row (prepared->tiles, y, before, mapped);
      if (channels >= 3)
        ballast_kernel_set_lightness (row, channels, n, before, mapped);
      else if (channels == 1)
        memcpy (row, mapped, ballast_raster_get_row_bytes (call->target));
      else
        for (guint x = 0; x < n; x++)
          row[2 * x] = mapped[x];
    }
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_GLOBAL,
  .cost = 9,
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
  ballast_op_append_named (text, "CLAHE", step->numbers[0], 1);
}

const BallastOp ballast_op_clahe = {
  .name = "CLAHE",
  .group = BALLAST_GROUP_COLOUR,
  .title = N_("Local Contrast"),
  .help = N_("Brings out what hides in shadows and haze by equalising small tiles (CLAHE)."),
  .keywords = "clahe equalize equalise adaptive histogram contrast local adapthist AllChannelsCLAHE",
  .glyph = "▦",
  .parameters = parameters,
  .n_parameters = G_N_ELEMENTS (parameters),
  .initial_p = 0.2,
  .sample = sample,
  .check = check,
  .lower = lower,
  .describe = describe,
};
