/*
 * Shares of two pictures that are mixed.
 *
 * One draw, through the inverse of the distribution: the density of θ, with λ = sin² θ, is summed up
 * on 1024 steps, which has no pole to stumble over for α of ½ and more, and a weak one below.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-mixing.h"

#include <math.h>

#define STEPS 1024

double
ballast_mixing_draw_share (BallastSampler *sampler,
                           double          alpha)
{
  double sums[STEPS], sum = 0, wanted, theta;
  guint i = 0;

  /* Half the range will do: the smaller share is wanted. */
  for (guint j = 0; j < STEPS; j++)
    {
      double at = (j + 0.5) / STEPS * G_PI / 4;

      sum += pow (sin (at) * cos (at), 2 * alpha - 1);
      sums[j] = sum;
    }
  wanted = ballast_sampler_unit (sampler) * sum;
  while (i < STEPS - 1 && sums[i] < wanted)
    i++;
  theta = (i + 0.5) / STEPS * G_PI / 4;
  return sin (theta) * sin (theta);
}
