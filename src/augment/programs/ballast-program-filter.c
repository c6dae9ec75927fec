/*
 * Filters that ops bring along, within a program's passes.
 *
 * A filter is prepared once a run and then called band by band.  What all filters would have to do
 * is done here: copying rows to a raster of one's own, and carrying alpha along.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-program-private.h"

#include <math.h>

BallastFilterCall
ballast_filter_use_get_call (const BallastFilterUse *use)
{
  return (BallastFilterCall) { .numbers = use->numbers, .n_numbers = use->n_numbers,
                               .width = use->width, .height = use->height,
                               .scale_x = use->scale_x, .scale_y = use->scale_y,
                               .scale = sqrt (use->scale_x * use->scale_y) };
}

gpointer
ballast_filter_use_prepare (const BallastFilterUse     *use,
                            const BallastRaster        *source,
                            const BallastRaster *const *partners,
                            GCancellable               *cancellable)
{
  BallastFilterCall call = ballast_filter_use_get_call (use);

  if (use->filter->prepare == NULL)
    return NULL;
  if (use->filter->reach == BALLAST_FILTER_GLOBAL || use->filter->reach == BALLAST_FILTER_AREA)
    call.source = source;
  if (partners != NULL && use->n_partners > 0)
    {
      call.partners = partners + use->first_partner;
      call.n_partners = use->n_partners;
    }
  call.cancellable = cancellable;
  /* cppcheck-suppress returnDanglingLifetime ; what is prepared keeps nothing of the call */
  return use->filter->prepare (&call);
}

void
ballast_filter_use_release (const BallastFilterUse *use,
                            gpointer                prepared)
{
  if (prepared != NULL)
    use->filter->release (prepared);
}

static void
copy_alpha (const BallastRaster *source,
            BallastRaster       *target,
            guint                y)
{
  guint channels = source->channels;
  const guint8 *from = ballast_raster_get_row (source, y) + channels - 1;
  guint8 *to = ballast_raster_get_row (target, y) + channels - 1;

  for (guint x = 0; x < source->width; x++)
    to[x * channels] = from[x * channels];
}

void
ballast_filter_use_run (const BallastFilterUse *use,
                        BallastFilterCall      *call,
                        guint                   first,
                        guint                   end)
{
  const BallastRaster *source = call->source;
  BallastFilterCall inner = *call;
  gboolean area = use->filter->reach == BALLAST_FILTER_AREA;

  if (!area)
    inner.source = NULL;
  if (!area && source != NULL && source != call->target)
    ballast_kernel_symmetry (source, BALLAST_SYMMETRY_NONE, 0, 0, call->target, first, end);
  use->filter->run (&inner, first, end);
  for (guint y = first; area && ballast_raster_has_alpha (source) && y < end; y++)
    copy_alpha (source, call->target, y);
}
