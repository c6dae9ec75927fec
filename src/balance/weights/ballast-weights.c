/*
 * Class weights: a scheme over counts, brought to a scale.
 *
 * Invariant: every weight is finite, and an empty class weighs 0.  The usual scale is a mean of 1
 * over the samples: a loss that sums over samples then keeps its size, and the learning rate its
 * meaning.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-weights.h"

#include <math.h>

/* The classes that are not empty, side by side. */
typedef struct
{
  guint    n;
  guint   *indices;
  guint64 *counts;
  guint64 *present;
  double  *values;
} Present;

static void
present_clear (Present *present)
{
  g_free (present->indices);
  g_free (present->counts);
  g_free (present->present);
  g_free (present->values);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Present, present_clear)

static void
present_fill (Present       *set,
              const guint64 *counts,
              const guint64 *present,
              guint          n)
{
  guint room = MAX (n, 1);

  *set = (Present){ 0, g_new (guint, room), g_new (guint64, room), NULL, g_new0 (double, room) };
  if (present != NULL)
    set->present = g_new (guint64, room);

  for (guint i = 0; i < n; i++)
    if (counts[i] > 0)
      {
        set->indices[set->n] = i;
        set->counts[set->n] = counts[i];
        if (present != NULL)
          set->present[set->n] = present[i];
        set->n++;
      }
}

static double
find_scale (const Present   *set,
            BallastNormalise normalise)
{
  double weighted = 0, sum = 0, largest = 0, total = 0;

  for (guint i = 0; i < set->n; i++)
    {
      weighted += set->values[i] * (double) set->counts[i];
      total += (double) set->counts[i];
      sum += set->values[i];
      largest = MAX (largest, set->values[i]);
    }

  switch (normalise)
    {
    case BALLAST_NORMALISE_SAMPLE_MEAN:
      return weighted > 0 ? total / weighted : 1;
    case BALLAST_NORMALISE_SUM_K:
      return sum > 0 ? set->n / sum : 1;
    case BALLAST_NORMALISE_MAX_1:
      return largest > 0 ? 1 / largest : 1;
    case BALLAST_NORMALISE_NONE:
    default:
      return 1;
    }
}

static void
scale (Present         *set,
       BallastNormalise normalise)
{
  double factor = find_scale (set, normalise);

  for (guint i = 0; i < set->n; i++)
    set->values[i] *= factor;
}

static void
compute (Present                    *set,
         const BallastWeightOptions *options,
         guint64                     samples)
{
  BallastWeightInput input = { .counts = set->counts, .n = set->n, .present = set->present };

  for (guint i = 0; i < set->n; i++)
    input.total += set->counts[i];
  input.samples = samples > 0 ? samples : input.total;

  options->scheme->compute (&input, options->params, set->values);
  scale (set, options->normalise);
  if (options->cap > 0 && !options->scheme->fixed_scale)
    {
      for (guint i = 0; i < set->n; i++)
        set->values[i] = MIN (set->values[i], options->cap);
      scale (set, options->normalise);
    }
}

static BallastWeights *
weights_new (const BallastWeightOptions *options,
             const char *const          *names,
             const Present              *set,
             const guint64              *counts,
             guint                       n)
{
  BallastWeights *weights = g_new0 (BallastWeights, 1);

  weights->options = *options;
  weights->n = n;
  weights->classes = g_new0 (BallastClassWeight, n);
  weights->n_empty = n - set->n;
  for (guint i = 0; i < n; i++)
    weights->classes[i] = (BallastClassWeight){ i, g_strdup (names[i]), counts[i], 0,
                                                counts[i] == 0 };
  for (guint i = 0; i < set->n; i++)
    {
      g_assert (isfinite (set->values[i]));
      weights->classes[set->indices[i]].weight = set->values[i];
    }

  return weights;
}

/* A scheme whose scale carries meaning is left at it. */
static BallastWeights *
compute_and_wrap (const BallastWeightOptions *options,
                  const char *const          *names,
                  const guint64              *counts,
                  Present                    *set,
                  BallastWeightInput          input)
{
  BallastWeightOptions used = *options;

  if (used.scheme->fixed_scale)
    used.normalise = BALLAST_NORMALISE_NONE;
  if (set->n > 0)
    compute (set, &used, input.samples);

  return weights_new (&used, names, set, counts, input.n);
}

BallastWeights *
ballast_weights_new (const BallastWeightOptions *options,
                     const char *const          *names,
                     const guint64              *counts,
                     guint                       n,
                     guint64                     samples)
{
  g_auto(Present) set = { 0 };

  present_fill (&set, counts, NULL, n);
  return compute_and_wrap (options, names, counts, &set,
                           (BallastWeightInput){ .n = n, .samples = samples });
}

BallastWeights *
ballast_weights_new_present (const BallastWeightOptions *options,
                             const char *const          *names,
                             const guint64              *counts,
                             const guint64              *present,
                             guint                       n)
{
  g_auto(Present) set = { 0 };

  present_fill (&set, counts, present, n);
  return compute_and_wrap (options, names, counts, &set, (BallastWeightInput){ .n = n });
}

void
ballast_weights_set_numbers (BallastWeights     *weights,
                             const BallastTally *tally)
{
  for (guint i = 0; i < MIN (weights->n, tally->n_classes); i++)
    {
      weights->classes[i].has_number = tally->classes[i].has_number;
      weights->classes[i].number = tally->classes[i].number;
    }
}

gboolean
ballast_weights_has_numbers (const BallastWeights *weights)
{
  for (guint i = 0; i < weights->n; i++)
    if (!weights->classes[i].has_number)
      return FALSE;
  return weights->n > 0;
}

void
ballast_weights_free (BallastWeights *weights)
{
  for (guint i = 0; i < weights->n; i++)
    g_free (weights->classes[i].name);
  g_free (weights->classes);
  g_free (weights);
}
