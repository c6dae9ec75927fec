/*
 * Dividing single images: by their draws, by classes, and (images of several classes) iteratively.
 *
 * A stratum is cut in the order of its draws, so that what is added to it moves only what lies
 * beside a cut.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-split-private.h"

/* Demands that differ by less than this are equal: they are sums of products of shares. */
#define SAME 1e-9

/*
 * Shares @n images out by largest remainder.  @carry: what each part got too little of so far; it
 * goes before the remainder, so that many small classes do not all round the same way.  Ties to the
 * lower part.
 */
static void
share_out (const BallastSplitState *state,
           guint64                  n,
           double                  *carry,
           guint64                 *given)
{
  double wanted[BALLAST_SPLIT_MAX_PARTS];
  gboolean rounded_up[BALLAST_SPLIT_MAX_PARTS] = { FALSE };
  guint64 rest = n;

  for (guint p = 0; p < state->n_parts; p++)
    {
      wanted[p] = (double) n * state->shares[p];
      given[p] = MIN ((guint64) (wanted[p] + SAME), rest);
      rest -= given[p];
    }
  while (rest > 0)
    {
      guint best = state->n_parts;
      double largest = 0;

      for (guint p = 0; p < state->n_parts; p++)
        {
          double remainder = wanted[p] - (double) given[p] + carry[p];

          if (!rounded_up[p] && (best == state->n_parts || remainder > largest + SAME))
            {
              best = p;
              largest = remainder;
            }
        }
      g_assert (best < state->n_parts);
      given[best]++;
      rounded_up[best] = TRUE;
      rest--;
    }
  for (guint p = 0; p < state->n_parts; p++)
    carry[p] += wanted[p] - (double) given[p];
}

/* Cuts @units, in the order of their draws. */
static void
cut (BallastSplitState *state,
     const guint       *units,
     guint64            n,
     double            *carry)
{
  guint64 given[BALLAST_SPLIT_MAX_PARTS];
  guint64 next = 0;

  share_out (state, n, carry, given);
  for (guint p = 0; p < state->n_parts; p++)
    for (guint64 i = 0; i < given[p]; i++)
      ballast_split_state_put (state, units[next++], p);
}

void
ballast_split_by_rank (BallastSplitState *state)
{
  g_autofree guint *order = ballast_split_state_dup_order (state);
  double carry[BALLAST_SPLIT_MAX_PARTS] = { 0 };

  cut (state, order, state->n_units, carry);
}

/* The stratum of an image: its class, or after the last class. */
static guint
get_stratum (const BallastSplitState *state,
             guint                    unit)
{
  const BallastSplitLabel *labels;

  return ballast_split_state_get_labels (state, unit, &labels) > 0 ? labels[0].class_index
                                                                   : state->n_classes;
}

void
ballast_split_by_strata (BallastSplitState *state)
{
  g_autofree guint *order = ballast_split_state_dup_order (state);
  g_autofree guint *units = g_new (guint, state->n_units + 1);
  g_autofree guint *ends = g_new0 (guint, state->n_classes + 2);
  double carry[BALLAST_SPLIT_MAX_PARTS] = { 0 };

  for (guint i = 0; i < state->n_units; i++)
    ends[get_stratum (state, i) + 1]++;
  for (guint i = 0; i <= state->n_classes; i++)
    ends[i + 1] += ends[i];
  for (guint i = 0; i < state->n_units; i++)
    units[ends[get_stratum (state, order[i])]++] = order[i];

  for (guint i = 0, begin = 0; i <= state->n_classes; begin = ends[i], i++)
    cut (state, units + begin, ends[i] - begin, carry);
}

/* The lists of iterative stratification: what each class still has, and what each side wants. */
typedef struct
{
  BallastSplitState *state;
  guint             *units;  /* by class, each in the order of the draws */
  guint             *ends;
  guint64           *left;   /* by class: units that are nowhere yet */
  double            *demand; /* [class × n_parts + part] */
  double             size_demand[BALLAST_SPLIT_MAX_PARTS];
} Iteration;

static void
iteration_init (Iteration         *iteration,
                BallastSplitState *state,
                const guint       *order)
{
  gsize n_demands = (gsize) state->n_classes * state->n_parts;

  *iteration = (Iteration) { .state = state };
  iteration->units = g_new (guint, (state->n_units > 0 ? state->label_ends[state->n_units - 1] : 0) + 1);
  iteration->ends = g_new0 (guint, state->n_classes + 1);
  iteration->left = g_memdup2 (state->totals, (state->n_classes + 1) * sizeof (guint64));
  iteration->demand = g_new (double, n_demands + 1);
  for (gsize i = 0; i < n_demands; i++)
    iteration->demand[i] = state->totals[i / state->n_parts] * state->shares[i % state->n_parts];
  for (guint p = 0; p < state->n_parts; p++)
    iteration->size_demand[p] = state->n_images * state->shares[p];

  for (guint i = 1; i <= state->n_classes; i++)
    iteration->ends[i] = iteration->ends[i - 1] + state->totals[i - 1];
  for (guint i = 0; i < state->n_units; i++)
    {
      const BallastSplitLabel *labels;
      guint n_labels = ballast_split_state_get_labels (state, order[i], &labels);

      for (guint l = 0; l < n_labels; l++)
        iteration->units[iteration->ends[labels[l].class_index]++] = order[i];
    }
}

static void
iteration_clear (Iteration *iteration)
{
  g_free (iteration->units);
  g_free (iteration->ends);
  g_free (iteration->left);
  g_free (iteration->demand);
}

/* The side that wants most of @demand, among equals the one that wants most images. */
static guint
choose_side (const Iteration *iteration,
             const double    *demand)
{
  const double *size_demand = iteration->size_demand;
  guint best = 0;

  for (guint p = 1; p < iteration->state->n_parts; p++)
    /* cppcheck-suppress objectIndex ; an array of n_parts */
    if (demand[p] > demand[best] + SAME ||
        (demand[p] > demand[best] - SAME && size_demand[p] > size_demand[best] + SAME))
      best = p;

  return best;
}

static void
give (Iteration *iteration,
      guint      unit,
      guint      side)
{
  BallastSplitState *state = iteration->state;
  const BallastSplitLabel *labels;
  guint n_labels = ballast_split_state_get_labels (state, unit, &labels);

  ballast_split_state_put (state, unit, side);
  iteration->size_demand[side]--;
  for (guint i = 0; i < n_labels; i++)
    {
      iteration->demand[(gsize) labels[i].class_index * state->n_parts + side]--;
      iteration->left[labels[i].class_index]--;
    }
}

/* The class with the fewest images left, the first of equals; -1: none has any. */
static int
choose_class (const Iteration *iteration)
{
  int best = -1;

  for (guint i = 0; i < iteration->state->n_classes; i++)
    if (iteration->left[i] > 0 && (best < 0 || iteration->left[i] < iteration->left[best]))
      best = i;

  return best;
}

void
ballast_split_iteratively (BallastSplitState *state)
{
  g_autofree guint *order = ballast_split_state_dup_order (state);
  Iteration iteration;
  int class_index;

  iteration_init (&iteration, state, order);
  while ((class_index = choose_class (&iteration)) >= 0)
    for (guint i = class_index > 0 ? iteration.ends[class_index - 1] : 0;
         i < iteration.ends[class_index]; i++)
      if (state->sides[iteration.units[i]] < 0)
        give (&iteration, iteration.units[i],
              choose_side (&iteration,
                           &iteration.demand[(gsize) class_index * state->n_parts]));

  for (guint i = 0; i < state->n_units; i++)
    if (state->sides[order[i]] < 0)
      give (&iteration, order[i], choose_side (&iteration, iteration.size_demand));
  iteration_clear (&iteration);
}
