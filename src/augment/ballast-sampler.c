/*
 * The draws of one step.
 *
 * A draw is a pure function of (key, step id, draw number): the sampler only counts.  Lives on the
 * stack of the thread that samples; about 20 ns a draw.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-sampler.h"

#include <math.h>

double
ballast_sampler_unit (BallastSampler *sampler)
{
  return ballast_random_unit (sampler->key, sampler->step_id, sampler->draw++);
}

double
ballast_sampler_range (BallastSampler     *sampler,
                       const BallastValue *range)
{
  return ballast_random_range (sampler->key, sampler->step_id, sampler->draw++, range->number[0],
                               range->number[1]);
}

double
ballast_sampler_whole (BallastSampler     *sampler,
                       const BallastValue *range)
{
  double low = ceil (range->number[0]);
  double span = floor (range->number[1]) - low;

  return low + (double) ballast_sampler_below (sampler, span < 1 ? 1 : (guint) span + 1);
}

guint
ballast_sampler_below (BallastSampler *sampler,
                       guint           n)
{
  return (guint) ballast_random_below (sampler->key, sampler->step_id, sampler->draw++, n);
}

void
ballast_sampler_put (BallastSampler *sampler,
                     double          number)
{
  g_array_append_val (sampler->numbers, number);
}

void
ballast_sampler_put_seed (BallastSampler *sampler)
{
  guint64 seed = ballast_random_bits (sampler->key, sampler->step_id, sampler->draw++);

  ballast_sampler_put (sampler, (guint32) seed);
  ballast_sampler_put (sampler, (guint32) (seed >> 32));
}

void
ballast_sampler_put_colour (BallastSampler     *sampler,
                            const BallastValue *colour)
{
  for (guint i = 0; i < 3; i++)
    ballast_sampler_put (sampler, colour->number[i]);
}

const BallastPartner *
ballast_sampler_pick (BallastSampler *sampler)
{
  const BallastPartnerList *list = sampler->partners;
  gboolean skips = list->own < list->n;
  guint index = ballast_sampler_below (sampler, list->n - skips);

  if (skips && index >= list->own)
    index++;
  g_array_append_val (sampler->picks, index);
  return &list->items[index];
}
