/*
 * Runs a program: pass by pass, band by band.
 *
 * A band is as many rows as stay in the second cache, so that what follows a pass on its rows
 * (colour, noise, holes) finds them there.  Holds at most two rasters beside the source.  Cancelling
 * is looked for between bands.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel-cubic.h"
#include "ballast-program-private.h"

#include <math.h>
#include <string.h>

#define BAND_BYTES (96 * 1024)

/* Blurs and scales keep a window of rows, which every band has to fill anew. */
#define WINDOW_BAND_ROWS 256

void
ballast_program_get_pixel (guint         channels,
                           guint         depth,
                           const double *colour,
                           guint8        pixel[4])
{
  double grey = colour[0] * 0.299 + colour[1] * 0.587 + colour[2] * 0.114;
  guint16 wide = (guint16) lround (grey * 257);

  memset (pixel, 0, 4);
  if (depth == 16)
    memcpy (pixel, &wide, 2);
  else if (channels < 3)
    pixel[0] = (guint8) lround (grey);
  else
    for (guint i = 0; i < 3; i++)
      pixel[i] = (guint8) colour[i];
}

static void
apply_filter (const BallastFilterUse *use,
              gpointer                prepared,
              BallastRaster          *raster,
              guint                   first,
              guint                   end)
{
  BallastFilterCall call = ballast_filter_use_get_call (use);

  call.target = raster;
  call.prepared = prepared;
  ballast_filter_use_run (use, &call, first, end);
}

void
ballast_touch_apply (const BallastTouch *touch,
                     gpointer            prepared,
                     BallastRaster      *raster,
                     guint               first,
                     guint               end)
{
  switch (touch->kind)
    {
    case BALLAST_ACTION_POINT:
      ballast_kernel_table (raster, touch->table, first, end);
      break;
    case BALLAST_ACTION_MATRIX:
      ballast_kernel_matrix (raster, touch->matrix, first, end);
      break;
    case BALLAST_ACTION_HSV:
      ballast_kernel_hsv (raster, touch->shifts, first, end);
      break;
    case BALLAST_ACTION_GREY:
      ballast_kernel_grey (raster, touch->grey, first, end);
      break;
    case BALLAST_ACTION_NOISE:
      ballast_kernel_noise (raster, &touch->noise, first, end);
      break;
    case BALLAST_ACTION_RECTANGLES:
      for (guint i = 0; i < touch->n_rectangles; i++)
        if (touch->speckled)
          ballast_kernel_speckle (raster, &touch->rectangles[i], touch->seed, first, end);
        else
          ballast_kernel_fill (raster, &touch->rectangles[i], touch->pixel, first, end);
      break;
    case BALLAST_ACTION_FILTER:
      apply_filter (&touch->filter, prepared, raster, first, end);
      break;
    case BALLAST_ACTION_GEOMETRY:
    case BALLAST_ACTION_BLUR:
    default:
      break;
    }
}

/* @source with a ring of one pixel: @pixel, or (NULL) what @border puts there. */
static BallastRaster *
add_ring (const BallastRaster *source,
          BallastBorder        border,
          const guint8        *pixel)
{
  guint bytes = ballast_kernel_get_pixel_bytes (source), width = source->width;
  BallastRaster *ringed = ballast_raster_new (width + 2, source->height + 2, source->channels,
                                              source->depth);

  for (guint y = 0; y < ringed->height; y++)
    {
      guint8 *to = ballast_raster_get_row (ringed, y);
      gboolean outside = y == 0 || y == ringed->height - 1, wrap = border == BALLAST_BORDER_WRAP;
      guint row = y == 0 ? (wrap ? source->height - 1 : 0)
                         : outside ? (wrap ? 0 : source->height - 1) : y - 1;
      const guint8 *from = ballast_raster_get_row (source, row);

      if (pixel != NULL && outside)
        {
          for (guint x = 0; x < ringed->width; x++)
            memcpy (to + (gsize) x * bytes, pixel, bytes);
          continue;
        }
      memcpy (to + bytes, from, (gsize) width * bytes);
      memcpy (to, pixel != NULL ? pixel : wrap ? from + (gsize) (width - 1) * bytes : from, bytes);
      memcpy (to + (gsize) (width + 1) * bytes,
              pixel != NULL ? pixel : wrap ? from : from + (gsize) (width - 1) * bytes, bytes);
    }
  return ringed;
}

/* TRUE if all of the output lies inside the source: its corners' pixels do. */
static gboolean
covers (const BallastPass *pass)
{
  if (pass->links != NULL)
    return FALSE;
  for (guint corner = 0; corner < 4; corner++)
    {
      double x, y;

      ballast_map_apply (&pass->inverse, corner & 1 ? pass->width - 0.5 : 0.5,
                         corner & 2 ? pass->height - 0.5 : 0.5, &x, &y);
      if (x < 0.5 || y < 0.5 || x > pass->in_width - 0.5 || y > pass->in_height - 0.5)
        return FALSE;
    }
  return TRUE;
}

static BallastRaster *
shrink (const BallastPass   *pass,
        const BallastRaster *source)
{
  BallastRaster *shrunk = ballast_raster_new (pass->shrunk_width, pass->shrunk_height,
                                              source->channels, source->depth);
  BallastAxis *horizontal = ballast_axis_new (shrunk->width, source->width, 0,
                                              (double) source->width / shrunk->width);
  BallastAxis *vertical = ballast_axis_new (shrunk->height, source->height, 0,
                                            (double) source->height / shrunk->height);

  ballast_kernel_scale (source, horizontal, vertical, shrunk, 0, shrunk->height);
  ballast_axis_free (horizontal);
  ballast_axis_free (vertical);
  return shrunk;
}

/* Readies the source of a warp: reduced where it shrinks, with a ring where one is needed. */
static BallastRaster *
prepare_warp (const BallastPass   *pass,
              const BallastRaster *source,
              BallastWarp         *warp)
{
  g_autoptr(BallastRaster) shrunk = pass->shrunk_width > 0 ? shrink (pass, source) : NULL;
  const BallastRaster *from = shrunk != NULL ? shrunk : source;
  double x = (double) from->width / pass->in_width, y = (double) from->height / pass->in_height;
  const double *m = pass->inverse.m;
  gboolean thin = from->width < 2 || from->height < 2;
  gboolean constant = pass->border == BALLAST_BORDER_CONSTANT;
  BallastRaster *ringed = NULL;
  guint8 pixel[4];

  /* To indices: a pixel's centre is at its index and a half. */
  warp->inverse[0] = m[0] * x;
  warp->inverse[1] = m[1] * x;
  warp->inverse[2] = (m[0] * 0.5 + m[1] * 0.5 + m[2]) * x - 0.5;
  warp->inverse[3] = m[3] * y;
  warp->inverse[4] = m[4] * y;
  warp->inverse[5] = (m[3] * 0.5 + m[4] * 0.5 + m[5]) * y - 0.5;
  warp->border = constant || thin || pass->border == BALLAST_BORDER_NONE ? BALLAST_BORDER_REPLICATE
                                                                         : pass->border;
  warp->nearest = pass->interpolation == BALLAST_INTERPOLATION_NEAREST;
  warp->locate = pass->bent || pass->coarse || pass->cubic ? ballast_pass_locate : NULL;
  warp->ring_x = warp->ring_y = 0;
  ballast_program_get_pixel (from->channels, from->depth, pass->fill, pixel);
  if ((constant && !covers (pass)) || thin || pass->border == BALLAST_BORDER_WRAP)
    {
      ringed = add_ring (from, pass->border, constant ? pixel : NULL);
      warp->ring_x = warp->ring_y = 1;
    }
  else if (shrunk != NULL)
    {
      ringed = g_steal_pointer (&shrunk);
    }
  warp->source = ringed != NULL ? ringed : source;
  return ringed;
}

/* One pass at work. */
typedef struct
{
  const BallastPass          *pass;
  const BallastRaster        *source;
  BallastRaster              *target;
  const BallastRaster *const *partners;
  GCancellable               *cancellable;
  BallastWarp                 warp;
  BallastLocator              locator; /* of the warp */
  BallastRaster              *warped; /* what the warp reads, where that is not the source */
  gpointer                    prepared; /* of the pass's filter */
  gpointer                   *touches; /* prepared, of each touch that is a filter */
} Run;

static void
run_init (Run *run)
{
  const BallastPass *pass = run->pass;

  if (pass->kind == BALLAST_PASS_WARP)
    {
      run->warped = prepare_warp (pass, run->source, &run->warp);
      run->locator = (BallastLocator) { pass, 1, 1 };
      if (pass->shrunk_width > 0)
        run->locator = (BallastLocator) { pass, (double) pass->shrunk_width / pass->in_width,
                                          (double) pass->shrunk_height / pass->in_height };
      run->warp.data = &run->locator;
    }
  if (pass->kind == BALLAST_PASS_FILTER)
    run->prepared = ballast_filter_use_prepare (&pass->filter, run->source, run->partners,
                                                run->cancellable);
  run->touches = g_new0 (gpointer, pass->touches->len + 1);
  for (guint i = 0; i < pass->touches->len; i++)
    {
      const BallastTouch *touch = &g_array_index (pass->touches, BallastTouch, i);

      if (touch->kind == BALLAST_ACTION_FILTER)
        run->touches[i] = ballast_filter_use_prepare (&touch->filter, NULL, run->partners,
                                                      run->cancellable);
    }
}

static void
run_clear (Run *run)
{
  const BallastPass *pass = run->pass;

  for (guint i = 0; i < pass->touches->len; i++)
    ballast_filter_use_release (&g_array_index (pass->touches, BallastTouch, i).filter,
                                run->touches[i]);
  ballast_filter_use_release (&pass->filter, run->prepared);
  g_clear_pointer (&run->warped, ballast_raster_free);
  g_free (run->touches);
}

static void
filter_rows (const Run  *run,
             const guint rows[2])
{
  BallastFilterCall call = ballast_filter_use_get_call (&run->pass->filter);

  call.source = run->source;
  call.target = run->target;
  call.prepared = run->prepared;
  call.cancellable = run->cancellable;
  ballast_filter_use_run (&run->pass->filter, &call, rows[0], rows[1]);
}

/* The rows of the window inside, and the fill round it. */
static void
make_windowed_rows (const Run  *run,
                    const guint rows[2])
{
  const BallastPass *pass = run->pass;
  const BallastRectangle *window = &pass->window;
  guint top = (guint) window->y, bottom = top + (guint) window->height;
  guint first = CLAMP (rows[0], top, bottom), end = CLAMP (rows[1], top, bottom);
  BallastRaster view = *run->target;
  guint8 pixel[4];

  view.width = (guint) window->width;
  view.height = (guint) window->height;
  view.data = ballast_raster_get_row (run->target, top)
              + (gsize) window->x * ballast_kernel_get_pixel_bytes (run->target);
  if (first < end && window->width > 0 && pass->kind == BALLAST_PASS_SCALE)
    ballast_kernel_scale (run->source, pass->horizontal, pass->vertical, &view, first - top,
                          end - top);
  else if (first < end && window->width > 0)
    ballast_kernel_symmetry (run->source, pass->symmetry, pass->left, pass->top, &view, first - top,
                             end - top);
  ballast_program_get_pixel (view.channels, view.depth, pass->fill, pixel);
  ballast_kernel_frame (run->target, window, pixel, rows[0], rows[1]);
}

/* Rasters of one size lie alike: a band is one piece of memory, its rows' ends included. */
static void
copy_rows (const BallastRaster *source,
           BallastRaster       *target,
           const guint          rows[2])
{
  gsize n = (gsize) (rows[1] - rows[0] - 1) * source->stride;

  g_assert (source->stride == target->stride);
  memcpy (ballast_raster_get_row (target, rows[0]), ballast_raster_get_row (source, rows[0]),
          n + ballast_raster_get_row_bytes (source));
}

static void
make_rows (const Run  *run,
           const guint rows[2])
{
  const BallastPass *pass = run->pass;
  const BallastRaster *source = run->source;
  BallastRaster *target = run->target;

  if (pass->windowed)
    {
      make_windowed_rows (run, rows);
      return;
    }

  switch (pass->kind)
    {
    case BALLAST_PASS_COPY:
      if (target != source)
        copy_rows (source, target, rows);
      break;
    case BALLAST_PASS_SYMMETRY:
      ballast_kernel_symmetry (source, pass->symmetry, pass->left, pass->top, target, rows[0],
                               rows[1]);
      break;
    case BALLAST_PASS_SCALE:
      ballast_kernel_scale (source, pass->horizontal, pass->vertical, target, rows[0], rows[1]);
      break;
    case BALLAST_PASS_WARP:
      if (pass->cubic)
        ballast_kernel_warp_cubic (&run->warp, target, rows[0], rows[1]);
      else
        ballast_kernel_warp (&run->warp, target, rows[0], rows[1]);
      break;
    case BALLAST_PASS_FILTER:
      filter_rows (run, rows);
      break;
    case BALLAST_PASS_BLUR:
    default:
      ballast_kernel_blur (source, pass->weights, pass->size, target, rows[0], rows[1]);
      break;
    }
}

static guint
band_rows (const BallastPass   *pass,
           const BallastRaster *target)
{
  guint rows = (guint) MAX (1, BAND_BYTES / target->stride);

  if (pass->kind == BALLAST_PASS_BLUR || pass->kind == BALLAST_PASS_SCALE)
    return MAX (rows, WINDOW_BAND_ROWS);
  if (pass->kind == BALLAST_PASS_FILTER && pass->filter.filter->whole)
    return pass->height;
  if (pass->kind == BALLAST_PASS_FILTER && pass->filter.filter->band_rows > 0)
    return MAX (rows, pass->filter.filter->band_rows);
  /* Quarter turns go by tiles of 64 rows. */
  return MAX (64, rows & ~63u);
}

static gboolean
run_bands (const Run *run,
           GError   **error)
{
  const BallastPass *pass = run->pass;
  guint step = band_rows (pass, run->target);

  for (guint first = 0; first < pass->height; first += step)
    {
      const guint rows[2] = { first, MIN (first + step, pass->height) };

      if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
        return FALSE;
      make_rows (run, rows);
      for (guint i = 0; i < pass->touches->len; i++)
        ballast_touch_apply (&g_array_index (pass->touches, BallastTouch, i), run->touches[i],
                             run->target, rows[0], rows[1]);
    }
  return !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}

static gboolean
run_pass (const BallastPass          *pass,
          const BallastRaster        *source,
          BallastRaster              *target,
          const BallastRaster *const *partners,
          GCancellable               *cancellable,
          GError                    **error)
{
  Run run = { .pass = pass, .source = source, .target = target, .partners = partners,
              .cancellable = cancellable };
  gboolean done;

  run_init (&run);
  done = run_bands (&run, error);
  run_clear (&run);
  return done;
}

BallastRaster *
ballast_program_run (const BallastProgram *program,
                     const BallastRaster  *source,
                     GCancellable         *cancellable,
                     GError              **error)
{
  return ballast_program_run_with (program, source, NULL, cancellable, error);
}

BallastRaster *
ballast_program_run_with (const BallastProgram       *program,
                          const BallastRaster        *source,
                          const BallastRaster *const *partners,
                          GCancellable               *cancellable,
                          GError                    **error)
{
  g_autoptr(BallastRaster) current = NULL;

  g_return_val_if_fail (source->width == program->width && source->height == program->height, NULL);
  g_return_val_if_fail (source->channels == program->channels && source->depth == program->depth,
                        NULL);

  for (guint i = 0; i < program->passes->len; i++)
    {
      const BallastPass *pass = &g_array_index (program->passes, BallastPass, i);
      g_autoptr(BallastRaster) target = NULL;

      if (current != NULL && ballast_pass_is_in_place (pass))
        {
          if (!run_pass (pass, current, current, partners, cancellable, error))
            return NULL;
          continue;
        }
      target = ballast_raster_new (pass->width, pass->height, source->channels, source->depth);
      if (!run_pass (pass, current != NULL ? current : source, target, partners, cancellable,
                     error))
        return NULL;
      g_clear_pointer (&current, ballast_raster_free);
      current = g_steal_pointer (&target);
    }

  if (current == NULL)
    current = ballast_raster_copy (source);
  return g_steal_pointer (&current);
}

/* Nanoseconds a colour pixel on one 2.6 GHz core of 2023, by tests/augment/bench-ops. */
static double
touch_cost (const BallastTouch *touch)
{
  switch (touch->kind)
    {
    case BALLAST_ACTION_POINT:
      return 0.1;
    case BALLAST_ACTION_MATRIX:
      return 0.25;
    case BALLAST_ACTION_GREY:
      return 1;
    case BALLAST_ACTION_HSV:
      return 0.7;
    case BALLAST_ACTION_NOISE:
      return 0.4;
    case BALLAST_ACTION_FILTER:
      return touch->filter.filter->cost;
    case BALLAST_ACTION_RECTANGLES:
    case BALLAST_ACTION_GEOMETRY:
    case BALLAST_ACTION_BLUR:
    default:
      return 0;
    }
}

static double
pass_cost (const BallastPass *pass)
{
  switch (pass->kind)
    {
    case BALLAST_PASS_SYMMETRY:
      return pass->inverse.m[0] == 0 ? 0.42 : 0.13;
    case BALLAST_PASS_SCALE:
      return 0.8 + 0.2 * pass->horizontal->n_taps;
    case BALLAST_PASS_WARP:
      return pass->cubic ? 15 : pass->bent ? 3 : 1.6;
    case BALLAST_PASS_BLUR:
      return 0.1 + 0.14 * pass->size;
    case BALLAST_PASS_FILTER:
      return pass->filter.filter->cost;
    case BALLAST_PASS_COPY:
    default:
      return 0.08;
    }
}

double
ballast_program_estimate_ns (const BallastProgram *program)
{
  double share = program->channels * program->depth / 24.0, sum = 2000;

  for (guint i = 0; i < program->passes->len; i++)
    {
      const BallastPass *pass = &g_array_index (program->passes, BallastPass, i);
      double cost = pass_cost (pass);

      for (guint j = 0; j < pass->touches->len; j++)
        cost += touch_cost (&g_array_index (pass->touches, BallastTouch, j));
      sum += cost * share * pass->width * pass->height;
      if (pass->shrunk_width > 0)
        sum += 0.5 * share * pass->in_width * pass->in_height;
    }
  return sum;
}

guint
ballast_program_get_n_passes (const BallastProgram *program)
{
  return program->passes->len;
}

guint
ballast_program_get_n_resamplings (const BallastProgram *program)
{
  guint n = 0;

  for (guint i = 0; i < program->passes->len; i++)
    {
      BallastPassKind kind = g_array_index (program->passes, BallastPass, i).kind;

      n += kind == BALLAST_PASS_SCALE || kind == BALLAST_PASS_WARP;
    }
  return n;
}
