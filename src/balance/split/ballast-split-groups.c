/*
 * Dividing groups: largest first to where they even the classes out, then moves and exchanges.
 *
 * The order and the measure of the first step are those of scikit-learn's StratifiedGroupKFold, for
 * sides of any share: the deviation over the sides of (images of the class there) / (images it should
 * have there).  What a unit changes are the terms of its own classes alone.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-split-private.h"

#include <math.h>
#include <stdlib.h>

#define MAX_PASSES 8
/* Exchanges are tried in pairs, where units are few. */
#define MAX_EXCHANGED 1000
#define SAME 1e-9

typedef struct
{
  double spread; /* deviation of its counts over the classes */
  guint  place;  /* in the order of the draws */
  guint  unit;
  guint  size;
} Rank;

static int
compare_ranks (const void *a,
               const void *b)
{
  const Rank *left = a, *right = b;

  if (fabs (left->spread - right->spread) > SAME)
    return left->spread > right->spread ? -1 : 1;
  if (left->size != right->size)
    return left->size > right->size ? -1 : 1;
  return (left->place > right->place) - (left->place < right->place);
}

static double
get_spread (const BallastSplitState *state,
            guint                    unit)
{
  const BallastSplitLabel *labels;
  guint n_labels = ballast_split_state_get_labels (state, unit, &labels);
  double sum = 0, squares = 0, n = MAX (state->n_classes, 1);

  for (guint i = 0; i < n_labels; i++)
    {
      sum += labels[i].count;
      squares += (double) labels[i].count * labels[i].count;
    }

  return sqrt (MAX (squares / n - (sum / n) * (sum / n), 0));
}

/* (transfer full): the units that are hard to place come first. */
static guint *
dup_order_by_spread (const BallastSplitState *state)
{
  guint *order = ballast_split_state_dup_order (state);
  g_autofree Rank *ranks = g_new (Rank, state->n_units + 1);

  for (guint i = 0; i < state->n_units; i++)
    {
      /* Rounded, so that comparing is an order. */
      double spread = floor (get_spread (state, order[i]) * 1e6 + 0.5) / 1e6;

      ranks[i] = (Rank) { spread, i, order[i], state->sizes[order[i]] };
    }
  qsort (ranks, state->n_units, sizeof *ranks, compare_ranks);
  for (guint i = 0; i < state->n_units; i++)
    order[i] = ranks[i].unit;

  return order;
}

/* How uneven the classes of a unit become when it goes to @side. */
static double
measure_side (const BallastSplitState *state,
              guint                    unit,
              guint                    side)
{
  const BallastSplitLabel *labels;
  guint n_labels = ballast_split_state_get_labels (state, unit, &labels);
  double n = state->n_parts, deviation = 0;

  for (guint i = 0; i < n_labels; i++)
    {
      const guint64 *counts = &state->counts[(gsize) labels[i].class_index * state->n_parts];
      double sum = 0, squares = 0;

      for (guint p = 0; p < state->n_parts; p++)
        {
          double count = counts[p] + (p == side ? labels[i].count : 0);
          double share = count / (state->totals[labels[i].class_index] * state->shares[p]);

          sum += share;
          squares += share * share;
        }
      deviation += sqrt (MAX (squares / n - (sum / n) * (sum / n), 0));
    }

  return deviation;
}

static guint
choose_even_side (const BallastSplitState *state,
                  guint                    unit)
{
  guint best = 0;
  double least = measure_side (state, unit, 0);

  for (guint p = 1; p < state->n_parts; p++)
    {
      double deviation = measure_side (state, unit, p);
      gboolean is_emptier = state->part_sizes[p] * state->shares[best] <
                            state->part_sizes[best] * state->shares[p];

      if (deviation < least - SAME || (deviation < least + SAME && is_emptier))
        {
          best = p;
          least = deviation;
        }
    }

  return best;
}

/* The side that lacks most images. */
static guint
choose_needy_side (const BallastSplitState *state)
{
  guint best = 0;
  double most = -HUGE_VAL;

  for (guint p = 0; p < state->n_parts; p++)
    {
      double lacks = state->n_images * state->shares[p] - state->part_sizes[p];

      if (lacks > most + SAME)
        {
          best = p;
          most = lacks;
        }
    }

  return best;
}

void
ballast_split_greedily (BallastSplitState *state,
                        gboolean           with_classes)
{
  g_autofree guint *order = with_classes ? dup_order_by_spread (state)
                                         : ballast_split_state_dup_order (state);

  for (guint i = 0; i < state->n_units; i++)
    {
      const BallastSplitLabel *labels;
      gboolean has_labels = ballast_split_state_get_labels (state, order[i], &labels) > 0;

      ballast_split_state_put (state, order[i],
                               with_classes && has_labels ? choose_even_side (state, order[i])
                                                          : choose_needy_side (state));
    }
}

static gboolean
move_if_better (BallastSplitState *state,
                guint              unit,
                gboolean           with_classes)
{
  int best = -1;
  double least = -SAME;

  for (guint p = 0; p < state->n_parts; p++)
    if (p != (guint) state->sides[unit])
      {
        double price = ballast_split_state_price_move (state, unit, p, with_classes);

        if (price < least)
          {
            best = p;
            least = price;
          }
      }
  if (best >= 0)
    ballast_split_state_put (state, unit, best);

  return best >= 0;
}

static gboolean
exchange_if_better (BallastSplitState *state,
                    guint              unit,
                    guint              other,
                    gboolean           with_classes)
{
  int side = state->sides[unit];
  double price;

  if (side == state->sides[other])
    return FALSE;

  price = ballast_split_state_price_move (state, unit, state->sides[other], with_classes);
  ballast_split_state_put (state, unit, state->sides[other]);
  price += ballast_split_state_price_move (state, other, side, with_classes);
  if (price < -SAME)
    ballast_split_state_put (state, other, side);
  else
    ballast_split_state_put (state, unit, side);

  return price < -SAME;
}

void
ballast_split_repair (BallastSplitState *state,
                      gboolean           with_classes)
{
  g_autofree guint *order = ballast_split_state_dup_order (state);
  guint n = state->n_units;
  gboolean moved = TRUE;

  for (guint pass = 0; pass < MAX_PASSES && moved; pass++)
    {
      moved = FALSE;
      for (guint i = 0; i < n; i++)
        moved = move_if_better (state, order[i], with_classes) || moved;
      for (guint i = 0; i < n && n <= MAX_EXCHANGED; i++)
        for (guint j = i + 1; j < n; j++)
          moved = exchange_if_better (state, order[i], order[j], with_classes) || moved;
    }
}
