/*
 * A class that a side has nothing of cannot be validated there: rare classes are brought in, and
 * other images go back in exchange, so that the sizes of the sides stay.
 *
 * Only classes with as many units as there are sides; no class is taken out of a side for another.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-split-private.h"

#include <math.h>

/* Units that are looked at for one exchange. */
#define MAX_LOOKED_AT 4096
/* By this share of all images a side may grow or shrink for want of something to give back. */
#define MAX_GROWTH 0.002

typedef struct
{
  BallastSplitState *state;
  guint             *order;
  guint             *units;   /* by class, in the order of the draws */
  guint             *ends;
  guint              next;    /* in @order: where the search for exchanges goes on */
  gboolean           is_full[BALLAST_SPLIT_MAX_PARTS];
} Spreading;

static void
spreading_init (Spreading         *spreading,
                BallastSplitState *state)
{
  *spreading = (Spreading) { .state = state, .order = ballast_split_state_dup_order (state) };
  spreading->units = g_new (guint, (state->n_units > 0 ? state->label_ends[state->n_units - 1] : 0) + 1);
  spreading->ends = g_new0 (guint, state->n_classes + 2);

  for (guint l = 0; state->n_units > 0 && l < state->label_ends[state->n_units - 1]; l++)
    spreading->ends[state->labels[l].class_index + 1]++;
  for (guint i = 0; i < state->n_classes; i++)
    spreading->ends[i + 1] += spreading->ends[i];
  for (guint i = 0; i < state->n_units; i++)
    {
      const BallastSplitLabel *labels;
      guint n_labels = ballast_split_state_get_labels (state, spreading->order[i], &labels);

      for (guint l = 0; l < n_labels; l++)
        spreading->units[spreading->ends[labels[l].class_index]++] = spreading->order[i];
    }
}

/* Whether every class of the unit stays in its side without it. */
static gboolean
can_leave (const BallastSplitState *state,
           guint                    unit)
{
  const BallastSplitLabel *labels;
  guint n_labels = ballast_split_state_get_labels (state, unit, &labels);

  for (guint i = 0; i < n_labels; i++)
    if (state->counts[(gsize) labels[i].class_index * state->n_parts + state->sides[unit]] <=
        labels[i].count)
      return FALSE;

  return TRUE;
}

/* The unit of the class that is brought into @side at the lowest price; -1: none can be. */
static gint64
find_newcomer (const Spreading *spreading,
               guint            class_index,
               guint            side)
{
  const BallastSplitState *state = spreading->state;
  guint begin = class_index > 0 ? spreading->ends[class_index - 1] : 0;
  guint end = MIN (spreading->ends[class_index], begin + MAX_LOOKED_AT);
  gint64 best = -1;
  double least = HUGE_VAL;

  for (guint i = begin; i < end; i++)
    if (can_leave (state, spreading->units[i]))
      {
        double price = ballast_split_state_price_move (state, spreading->units[i], side, TRUE);

        if (price < least)
          {
            best = spreading->units[i];
            least = price;
          }
      }

  return best;
}

/* What @side best gives to @to for the newcomer; -1: nothing. */
static gint64
find_return (Spreading *spreading,
             guint      side,
             guint      to)
{
  const BallastSplitState *state = spreading->state;
  gint64 best = -1;
  double least = 0;

  for (guint n = 0, found = 0; n < state->n_units && found < MAX_LOOKED_AT; n++)
    {
      guint unit = spreading->order[spreading->next++ % state->n_units];

      if ((guint) state->sides[unit] != side)
        continue;
      found++;
      if (can_leave (state, unit))
        {
          double price = ballast_split_state_price_move (state, unit, to, TRUE);

          if (price < least)
            {
              best = unit;
              least = price;
            }
        }
    }

  return best;
}

/* After an exchange: neither has @side too much nor @from too little. */
static gboolean
is_fair (const BallastSplitState *state,
         guint                    side,
         guint                    from)
{
  double play = state->n_images * MAX_GROWTH + 2;

  return state->part_sizes[side] <= state->n_images * state->shares[side] + play &&
         state->part_sizes[from] >= state->n_images * state->shares[from] - play;
}

static void
bring_in (Spreading *spreading,
          guint      class_index,
          guint      side)
{
  BallastSplitState *state = spreading->state;
  gint64 newcomer = find_newcomer (spreading, class_index, side);
  guint from;
  gint64 unit;

  if (newcomer < 0)
    return;

  from = state->sides[newcomer];
  ballast_split_state_put (state, newcomer, side);
  unit = find_return (spreading, side, from);
  if (unit >= 0)
    ballast_split_state_put (state, unit, from);
  if (is_fair (state, side, from))
    return;

  if (unit >= 0)
    ballast_split_state_put (state, unit, side);
  ballast_split_state_put (state, newcomer, from);
  spreading->is_full[side] = unit < 0;
}

void
ballast_split_spread (BallastSplitState *state)
{
  Spreading spreading;

  spreading_init (&spreading, state);
  for (guint c = 0; c < state->n_classes; c++)
    {
      guint begin = c > 0 ? spreading.ends[c - 1] : 0;

      if (spreading.ends[c] - begin < state->n_parts)
        continue;
      for (guint p = 0; p < state->n_parts; p++)
        if (state->counts[(gsize) c * state->n_parts + p] == 0 && !spreading.is_full[p])
          bring_in (&spreading, c, p);
    }

  g_free (spreading.order);
  g_free (spreading.units);
  g_free (spreading.ends);
}
