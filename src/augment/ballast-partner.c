/*
 * Parts of other pictures on a canvas.
 *
 * What is covered is told to boxes by rectangles before the parts are painted, so that one way of
 * measuring serves all; where parts fade at their edges nothing is filled before.  A part is resampled once, in the size that the canvas has here; rows copy
 * or mix it.  A picture that cannot be had leaves its part in the fill colour.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-partner.h"

#include "ballast-kernel.h"

#include <math.h>
#include <string.h>

#define HEAD 7
#define EACH 8

/* A pasted part fades over this share of its shorter side. */
#define FADE 0.04

static guint
count_placements (const BallastRecipeStep *step)
{
  return (step->n_numbers - HEAD) / EACH;
}

static BallastPlacement
get_placement (const double *numbers,
               guint         i)
{
  const double *n = numbers + HEAD + EACH * i;

  return (BallastPlacement) { n[0], n[1], n[2], n[3], n[4], n[5], n[4] + n[6], n[5] + n[7] };
}

void
ballast_partner_put_head (BallastSampler      *sampler,
                          const double         size[2],
                          double               opacity,
                          const BallastValue  *fill,
                          BallastPlacementMode mode)
{
  ballast_sampler_put (sampler, size[0]);
  ballast_sampler_put (sampler, size[1]);
  ballast_sampler_put (sampler, opacity);
  ballast_sampler_put_colour (sampler, fill);
  ballast_sampler_put (sampler, mode);
}

void
ballast_partner_put (BallastSampler         *sampler,
                     const BallastPlacement *placement)
{
  ballast_sampler_put (sampler, placement->x);
  ballast_sampler_put (sampler, placement->y);
  ballast_sampler_put (sampler, placement->width);
  ballast_sampler_put (sampler, placement->height);
  ballast_sampler_put (sampler, placement->left);
  ballast_sampler_put (sampler, placement->top);
  ballast_sampler_put (sampler, placement->right - placement->left);
  ballast_sampler_put (sampler, placement->bottom - placement->top);
}

void
ballast_partner_cover (BallastPlacement *placement,
                       double            width,
                       double            height)
{
  double target_width = placement->right - placement->left;
  double target_height = placement->bottom - placement->top;
  double scale = MAX (target_width / width, target_height / height);

  placement->width = MIN (1, target_width / (width * scale));
  placement->height = MIN (1, target_height / (height * scale));
  placement->x = (1 - placement->width) / 2;
  placement->y = (1 - placement->height) / 2;
}

static gboolean
is_within (double number,
           double low,
           double high)
{
  return isfinite (number) && number >= low && number <= high;
}

static gboolean
check_placement (const double *n)
{
  for (guint i = 0; i < 4; i++)
    if (!is_within (n[i], i < 2 ? 0 : 1e-9, 1) || !is_within (n[4 + i], i < 2 ? 0 : 1, 65535)
        || n[4 + i] != floor (n[4 + i]))
      return FALSE;
  return n[0] + n[2] <= 1 + 1e-9 && n[1] + n[3] <= 1 + 1e-9;
}

gboolean
ballast_partner_check (const BallastRecipeStep *step)
{
  const double *n = step->numbers;
  gboolean moved;

  if (step->n_numbers < HEAD || step->n_partners == 0)
    return FALSE;
  moved = n[6] == BALLAST_PLACEMENT_MOVED;
  if (step->n_numbers != HEAD + EACH * (step->n_partners + moved)
      || !is_within (n[0], 1, 65535) || !is_within (n[1], 1, 65535) || !is_within (n[2], 0, 1)
      || !is_within (n[6], 0, BALLAST_PLACEMENT_PASTED) || n[6] != floor (n[6])
      || n[0] != floor (n[0]) || n[1] != floor (n[1]))
    return FALSE;
  for (guint i = 3; i < 6; i++)
    if (!is_within (n[i], 0, 255))
      return FALSE;
  for (guint i = 0; i < count_placements (step); i++)
    if (!check_placement (n + HEAD + EACH * i))
      return FALSE;
  return TRUE;
}

/* --- For boxes --- */

static void
hide (BallastLowering        *lowering,
      const double           *numbers,
      const BallastRectangle *items,
      guint                   n)
{
  BallastAction *action = ballast_lowering_add (lowering, BALLAST_ACTION_RECTANGLES);

  action->rectangles.items = g_memdup2 (items, n * sizeof *items);
  action->rectangles.n = n;
  action->rectangles.unpainted = numbers[6] == BALLAST_PLACEMENT_PASTED;
  for (guint i = 0; i < 3; i++)
    action->colour[i] = numbers[3 + i];
}

/* All of the canvas but the placement's part. */
static void
hide_around (BallastLowering        *lowering,
             const double           *numbers,
             const BallastPlacement *placement)
{
  gint32 width = (gint32) numbers[0], height = (gint32) numbers[1];
  gint32 left = (gint32) placement->left, top = (gint32) placement->top;
  gint32 right = (gint32) placement->right, bottom = (gint32) placement->bottom;
  const BallastRectangle items[4] = { { 0, 0, width, top },
                                      { 0, bottom, width, MAX (0, height - bottom) },
                                      { 0, top, left, bottom - top },
                                      { right, top, MAX (0, width - right), bottom - top } };

  hide (lowering, numbers, items, 4);
}

/* What the placements from @first on lie on. */
static void
hide_under (BallastLowering         *lowering,
            const BallastRecipeStep *step,
            guint                    first)
{
  for (guint i = first; i < count_placements (step); i++)
    {
      BallastPlacement p = get_placement (step->numbers, i);
      BallastRectangle item = { (gint32) p.left, (gint32) p.top, (gint32) (p.right - p.left),
                                (gint32) (p.bottom - p.top) };

      hide (lowering, step->numbers, &item, 1);
    }
}

/* From a picture of the lowering's size to its place on the canvas. */
static void
move (BallastLowering        *lowering,
      const double           *numbers,
      const BallastPlacement *placement)
{
  double x = (placement->right - placement->left) / (placement->width * lowering->width);
  double y = (placement->bottom - placement->top) / (placement->height * lowering->height);
  BallastMap map = { { x, 0, placement->left - placement->x * lowering->width * x,
                       0, y, placement->top - placement->y * lowering->height * y, 0, 0, 1 } };
  BallastAction *action = ballast_lowering_geometry (lowering, &map, (guint) numbers[0],
                                                     (guint) numbers[1]);

  ballast_action_set_border (action, BALLAST_BORDER_CONSTANT, numbers + 3);
}

/* --- Pixels --- */

typedef struct
{
  guint          left, top;
  BallastRaster *raster;   /* of the part's size, or NULL */
} Part;

typedef struct
{
  guint    n;
  guint    opacity; /* in 1/256 */
  gboolean fades;
  Part     parts[];
} Parts;

static BallastRaster *
fit (const BallastRaster    *partner,
     const BallastPlacement *placement,
     guint                   width,
     guint                   height)
{
  BallastRaster *part = ballast_raster_new (width, height, partner->channels, partner->depth);
  double x = placement->x * partner->width, y = placement->y * partner->height;
  BallastAxis *horizontal = ballast_axis_new (width, partner->width, x,
                                              placement->width * partner->width / width);
  BallastAxis *vertical = ballast_axis_new (height, partner->height, y,
                                            placement->height * partner->height / height);

  ballast_kernel_scale (partner, horizontal, vertical, part, 0, height);
  ballast_axis_free (horizontal);
  ballast_axis_free (vertical);
  return part;
}

static gpointer
prepare (const BallastFilterCall *call)
{
  gboolean moved = call->numbers[6] == BALLAST_PLACEMENT_MOVED;
  guint n = (call->n_numbers - HEAD) / EACH - moved;
  Parts *parts = g_malloc0 (sizeof *parts + n * sizeof *parts->parts);

  parts->n = n;
  parts->opacity = (guint) lrint (256 * call->numbers[2]);
  parts->fades = call->numbers[6] == BALLAST_PLACEMENT_PASTED;
  for (guint i = 0; i < n; i++)
    {
      BallastPlacement p = get_placement (call->numbers, i + moved);
      guint left = (guint) lrint (p.left * call->scale_x), top = (guint) lrint (p.top * call->scale_y);
      guint right = (guint) MIN (lrint (p.right * call->scale_x), call->width);
      guint bottom = (guint) MIN (lrint (p.bottom * call->scale_y), call->height);

      parts->parts[i].left = left;
      parts->parts[i].top = top;
      if (i < call->n_partners && call->partners[i] != NULL && right > left && bottom > top)
        parts->parts[i].raster = fit (call->partners[i], &p, right - left, bottom - top);
    }
  return parts;
}

static void
release (gpointer data)
{
  Parts *parts = data;

  for (guint i = 0; i < parts->n; i++)
    ballast_raster_free (parts->parts[i].raster);
  g_free (parts);
}

/* How much of a pasted part is seen at a pixel, in 1/256. */
static guint
get_fade (const BallastRaster *part,
          guint                x,
          guint                y)
{
  guint reach = MAX (1, (guint) (MIN (part->width, part->height) * FADE));
  guint from_x = MIN (x, part->width - 1 - x) + 1, from_y = MIN (y, part->height - 1 - y) + 1;

  return MIN (256, 256 * MIN (from_x, from_y) / (reach + 1));
}

static void
mix_row (const Parts   *parts,
         const Part    *part,
         BallastRaster *target,
         guint          y)
{
  guint channels = target->channels, n = part->raster->width * channels;
  guint row = y - part->top;
  const guint8 *from = ballast_raster_get_row (part->raster, row);
  guint8 *to = ballast_raster_get_row (target, y)
               + (gsize) part->left * ballast_kernel_get_pixel_bytes (target);

  for (guint i = 0; i < n; i++)
    {
      guint weight = parts->fades ? get_fade (part->raster, i / channels, row) : parts->opacity;

      if (target->depth == 8)
        to[i] = (guint8) ((to[i] * (256 - weight) + from[i] * weight + 128) >> 8);
      else
        ((guint16 *) (gpointer) to)[i]
          = (guint16) ((((const guint16 *) (gconstpointer) from)[i] * weight
                        + ((guint16 *) (gpointer) to)[i] * (256 - weight) + 128) >> 8);
    }
}

static void
run (const BallastFilterCall *call,
     guint                    first,
     guint                    end)
{
  const Parts *parts = call->prepared;
  BallastRaster *target = call->target;

  for (guint i = 0; i < parts->n; i++)
    {
      const Part *part = &parts->parts[i];
      guint bottom = part->raster == NULL ? 0 : MIN (end, part->top + part->raster->height);

      for (guint y = MAX (first, part->top); y < bottom; y++)
        if (parts->opacity < 256 || parts->fades)
          mix_row (parts, part, target, y);
        else
          memcpy (ballast_raster_get_row (target, y)
                  + (gsize) part->left * ballast_kernel_get_pixel_bytes (target),
                  ballast_raster_get_row (part->raster, y - part->top),
                  ballast_raster_get_row_bytes (part->raster));
    }
}

static const BallastFilter filter = {
  .reach = BALLAST_FILTER_PLACE, .cost = 1.5, .prepare = prepare, .release = release, .run = run,
};

void
ballast_partner_lower (const BallastRecipeStep *step,
                       BallastLowering         *lowering)
{
  const double *n = step->numbers;
  BallastPlacement own;

  if (n[6] == BALLAST_PLACEMENT_MOVED)
    {
      own = get_placement (n, 0);
      move (lowering, n, &own);
      hide_around (lowering, n, &own);
    }
  else if (n[2] >= 1)
    {
      hide_under (lowering, step, 0);
    }
  ballast_lowering_filter (lowering, &filter, n, step->n_numbers);
}

void
ballast_partner_lower_partner (const BallastRecipeStep *step,
                               guint                    index,
                               BallastLowering         *lowering)
{
  const double *n = step->numbers;
  guint place = index + (n[6] == BALLAST_PLACEMENT_MOVED ? 1 : 0);
  BallastPlacement placement = get_placement (n, place);

  move (lowering, n, &placement);
  hide_around (lowering, n, &placement);
  if (n[2] >= 1)
    hide_under (lowering, step, place + 1);
}

void
ballast_partner_get_shares (const BallastRecipeStep *step,
                            double                  *shares)
{
  const double *n = step->numbers;
  guint moved = n[6] == BALLAST_PLACEMENT_MOVED;
  double rest = 1, sum = 0;

  for (guint i = 0; i < count_placements (step); i++)
    {
      BallastPlacement p = get_placement (n, i);
      double area = (p.right - p.left) * (p.bottom - p.top) / (n[0] * n[1]);

      shares[i + 1 - moved] = n[6] == BALLAST_PLACEMENT_PASTED ? 0 : MIN (1, area) * n[2];
      rest -= shares[i + 1 - moved];
      sum += area;
    }
  if (!moved)
    shares[0] = MAX (0, rest);
  else
    for (guint i = 0; i <= step->n_partners && sum > 0; i++)
      shares[i] /= sum;
}

static void
read_pixel (const BallastRaster *raster,
            guint                x,
            guint                y,
            guint32              pixel[4]) /* 16 bits each */
{
  const guint8 *row = ballast_raster_get_row (raster, y);
  guint n = raster->channels;

  if (raster->depth == 16)
    pixel[0] = pixel[1] = pixel[2] = ((const guint16 *) (gconstpointer) row)[x];
  else
    for (guint c = 0; c < 3; c++)
      pixel[c] = row[(gsize) x * n + (n >= 3 ? c : 0)] * 257u;
  pixel[3] = ballast_raster_has_alpha (raster) ? row[(gsize) x * n + n - 1] * 257u : 65535;
}

BallastRaster *
ballast_partner_convert (const BallastRaster *raster,
                         guint                channels,
                         guint                depth)
{
  BallastRaster *target;

  if (raster->channels == channels && raster->depth == depth)
    return ballast_raster_copy (raster);
  target = ballast_raster_new (raster->width, raster->height, channels, depth);
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      {
        guint8 *row = ballast_raster_get_row (target, y);
        guint32 pixel[4], grey;

        read_pixel (raster, x, y, pixel);
        grey = (pixel[0] * 9798 + pixel[1] * 19235 + pixel[2] * 3735 + 16384) >> 15;
        if (depth == 16)
          ((guint16 *) (gpointer) row)[x] = (guint16) grey;
        for (guint c = 0; depth == 8 && c < channels; c++)
          row[(gsize) x * channels + c]
            = (guint8) ((channels % 2 == 0 && c == channels - 1 ? pixel[3]
                         : channels < 3 ? grey : pixel[c]) / 257);
      }
  return target;
}
