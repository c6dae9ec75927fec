/*
 * Shares of classes, for settings that take a threshold instead of weights.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-weight-frequency.h"

#include <stdlib.h>

static int
compare_counts (const void *a,
                const void *b)
{
  guint64 left = *(const guint64 *) a, right = *(const guint64 *) b;

  return left < right ? -1 : left > right;
}

double
ballast_weight_median_share (const BallastWeights *weights)
{
  g_autofree guint64 *counts = g_new0 (guint64, MAX (weights->n, 1));
  guint64 total = 0;
  guint n = 0;

  for (guint i = 0; i < weights->n; i++)
    if (!weights->classes[i].empty)
      total += counts[n++] = weights->classes[i].count;
  if (total == 0)
    return 0;

  qsort (counts, n, sizeof *counts, compare_counts);
  return ((double) counts[(n - 1) / 2] + (double) counts[n / 2]) / 2 / (double) total;
}
