/*
 * The weights of a resampling along one axis, for any filter and any border.
 *
 * Where a picture shrinks the filter is as wide as what a pixel covers, so that nothing aliases; what
 * it asks for outside comes from where the border folds it to.  Cheap beside the pixels.
 */
#define G_LOG_DOMAIN "ballast-augment"

#include "config.h"

#include "ballast-kernel.h"

#include <math.h>

#define WEIGHT_BITS 14

/* Keys 1981, with OpenCV's a. */
static double
cubic (double x)
{
  const double a = -0.75;

  x = fabs (x);
  if (x <= 1)
    return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

static double
lanczos (double x)
{
  double angle = G_PI * x;

  if (fabs (x) < 1e-9)
    return 1;
  return fabs (x) < 4 ? 4 * sin (angle) * sin (angle / 4) / (angle * angle) : 0;
}

/* How far a filter reaches, in pixels of what comes out. */
static double
get_reach (BallastInterpolation interpolation)
{
  switch (interpolation)
    {
    case BALLAST_INTERPOLATION_NEAREST:
      return 0.5;
    case BALLAST_INTERPOLATION_CUBIC:
      return 2;
    case BALLAST_INTERPOLATION_LANCZOS:
      return 4;
    case BALLAST_INTERPOLATION_AREA:
    case BALLAST_INTERPOLATION_LINEAR:
    default:
      return 1;
    }
}

/* The weight of the pixel whose centre is @distance from the centre of what is asked for. */
static double
weigh (const BallastAxisSpec *spec,
       double                 distance,
       double                 support)
{
  double size = MAX (1, fabs (spec->step));

  switch (spec->interpolation)
    {
    case BALLAST_INTERPOLATION_CUBIC:
      return cubic (distance / size);
    case BALLAST_INTERPOLATION_LANCZOS:
      return lanczos (distance / size);
    case BALLAST_INTERPOLATION_AREA:
      if (size > 1)
        return CLAMP (0.5 + size / 2 - fabs (distance), 0, 1);
      return MAX (0, 1 - fabs (distance));
    case BALLAST_INTERPOLATION_NEAREST:
    case BALLAST_INTERPOLATION_LINEAR:
    default:
      return MAX (0, 1 - fabs (distance) / support);
    }
}

/* Rounds @exact (whose sum is not 0) to 1/2^14 so that the sum is exact. */
static void
set_weights (gint16       *weights,
             const double *exact,
             guint         n)
{
  double sum = 0;
  gint rest = 1 << WEIGHT_BITS;
  guint largest = 0;

  for (guint i = 0; i < n; i++)
    sum += exact[i];
  for (guint i = 0; i < n; i++)
    {
      weights[i] = (gint16) lrint (exact[i] / sum * (1 << WEIGHT_BITS));
      rest -= weights[i];
      if (exact[i] > exact[largest])
        largest = i;
    }
  weights[largest] = (gint16) (weights[largest] + rest);
}

/* Where the border shows the position (index) @x of a line of @size pixels. */
static double
fold_position (double        x,
               double        size,
               BallastBorder border)
{
  double period;

  if (x >= -0.5 && x <= size - 0.5)
    return x;
  switch (border)
    {
    case BALLAST_BORDER_REFLECT_101:
      if (size < 2)
        return 0;
      period = 2 * (size - 1);
      x = fabs (x - period * floor (x / period));
      return x > size - 1 ? period - x : x;
    case BALLAST_BORDER_REFLECT:
      period = 2 * size;
      x = x + 0.5 - period * floor ((x + 0.5) / period);
      return (x > size ? period - x : x) - 0.5;
    case BALLAST_BORDER_WRAP:
      return x - size * floor ((x + 0.5) / size);
    case BALLAST_BORDER_CONSTANT:
    case BALLAST_BORDER_REPLICATE:
    case BALLAST_BORDER_NONE:
    default:
      return x;
    }
}

/* What lies outside counts for the edge. */
static void
set_position (BallastAxis           *axis,
              const BallastAxisSpec *spec,
              guint                  i,
              double                *exact)
{
  double reach = get_reach (spec->interpolation), support = reach * MAX (1, fabs (spec->step));
  double centre = fold_position (spec->offset + (i + 0.5) * spec->step - 0.5, spec->source_size,
                                 spec->border);
  gint64 first, start, size = spec->source_size, n_taps = axis->n_taps;

  if (spec->interpolation == BALLAST_INTERPOLATION_NEAREST)
    {
      centre = ceil (centre - 0.5);
      support = 1;
    }
  first = (gint64) floor (centre - support) + 1;
  start = CLAMP (first, 0, MAX (0, size - n_taps));
  for (gint64 tap = 0; tap < n_taps; tap++)
    exact[tap] = 0;
  for (gint64 tap = first; tap < first + n_taps; tap++)
    {
      gint64 inside = CLAMP (tap, 0, size - 1) - start;

      exact[CLAMP (inside, 0, n_taps - 1)] += weigh (spec, (double) tap - centre, support);
    }
  axis->start[i] = (gint32) start;
  set_weights (axis->weights + (gsize) i * axis->n_taps, exact, axis->n_taps);
}

/* The taps from the first to the last that weigh anything; @axis has none where it is all zeros. */
static void
find_span (const BallastAxis *axis,
           guint              i,
           guint             *first,
           guint             *end)
{
  const gint16 *weights = axis->weights + (gsize) i * axis->n_taps;

  *first = 0;
  *end = axis->n_taps;
  while (*first + 1 < *end && weights[*first] == 0)
    ++*first;
  while (*end > *first + 1 && weights[*end - 1] == 0)
    --*end;
}

/* Leaves out what no position needs: whole ratios need a third less, or half. */
static void
trim (BallastAxis *axis,
      guint        source_size)
{
  guint n_taps = 2;

  for (guint i = 0; i < axis->n; i++)
    {
      guint first, end;

      find_span (axis, i, &first, &end);
      n_taps = MAX (n_taps, (end - first + 1) & ~1u);
    }
  if (n_taps >= axis->n_taps)
    return;
  for (guint i = 0; i < axis->n; i++)
    {
      gint32 start = axis->start[i], last = MAX (0, (gint32) source_size - (gint32) n_taps);
      gint16 *to = axis->weights + (gsize) i * n_taps;
      guint first, end;

      find_span (axis, i, &first, &end);
      axis->start[i] = MIN (start + (gint32) first, last);
      first = (guint) (axis->start[i] - start);
      for (guint tap = 0; tap < n_taps; tap++)
        to[tap] = first + tap < axis->n_taps
                    ? axis->weights[(gsize) i * axis->n_taps + first + tap] : 0;
    }
  axis->n_taps = n_taps;
}

BallastAxis *
ballast_axis_new_filtered (guint                  n,
                           const BallastAxisSpec *spec)
{
  BallastAxis *axis = g_new0 (BallastAxis, 1);
  double support = get_reach (spec->interpolation) * MAX (1, fabs (spec->step));
  g_autofree double *exact = NULL;

  axis->n = n;
  axis->n_taps = ((guint) ceil (2 * support) + 2) & ~1u;
  axis->rings = spec->interpolation == BALLAST_INTERPOLATION_CUBIC
                || spec->interpolation == BALLAST_INTERPOLATION_LANCZOS;
  if (support <= 1 || spec->interpolation == BALLAST_INTERPOLATION_NEAREST)
    axis->n_taps = 2;
  exact = g_new (double, axis->n_taps);
  axis->start = g_new (gint32, n);
  axis->weights = g_new0 (gint16, (gsize) n * axis->n_taps);
  for (guint i = 0; i < n; i++)
    set_position (axis, spec, i, exact);
  trim (axis, spec->source_size);
  return axis;
}

BallastAxis *
ballast_axis_new (guint  n,
                  guint  source_size,
                  double offset,
                  double step)
{
  const BallastAxisSpec spec = { source_size, offset, step, BALLAST_INTERPOLATION_LINEAR,
                                 BALLAST_BORDER_REPLICATE };

  return ballast_axis_new_filtered (n, &spec);
}

void
ballast_axis_free (BallastAxis *axis)
{
  if (axis == NULL)
    return;
  g_free (axis->start);
  g_free (axis->weights);
  g_free (axis);
}
