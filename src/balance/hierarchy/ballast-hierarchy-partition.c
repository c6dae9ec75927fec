/*
 * Two sets of classes with nearly the same number of examples.
 *
 * Trying all ways goes along a Gray code, so that each step moves one element.  Differencing keeps,
 * for every pair of sets that is left, which elements are on its larger and which on its smaller
 * side.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-hierarchy-partition.h"

#define MAX_EXACT 20

static guint64
get_distance (guint64 a,
              guint64 b)
{
  return a > b ? a - b : b - a;
}

/* How far @mask is from having as many elements as the others. */
static guint
get_unevenness (guint mask,
                guint n)
{
  guint inside = (guint) __builtin_popcount (mask);

  return inside > n - inside ? 2 * inside - n : n - 2 * inside;
}

static gboolean
is_better (guint   mask,
           guint64 distance,
           guint   best,
           guint64 best_distance,
           guint   n)
{
  if (distance != best_distance)
    return distance < best_distance;
  if (get_unevenness (mask, n) != get_unevenness (best, n))
    return get_unevenness (mask, n) < get_unevenness (best, n);
  return mask < best;
}

/* The bits of the mask are elements 1 … n-1: the first one is never in it. */
static guint
find_best_mask (const guint64 *counts,
                guint          n)
{
  guint64 total = 0, inside = 0, best_distance = G_MAXUINT64;
  guint mask = 0, best = 0;

  for (guint i = 0; i < n; i++)
    total += counts[i];
  for (guint step = 1; step < 1U << (n - 1); step++)
    {
      guint bit = (guint) __builtin_ctz (step);
      guint64 distance;

      mask ^= 1U << bit;
      inside = (mask >> bit & 1) != 0 ? inside + counts[bit + 1] : inside - counts[bit + 1];
      distance = get_distance (inside, total - inside);
      if (best == 0 || is_better (mask, distance, best, best_distance, n))
        {
          best = mask;
          best_distance = distance;
        }
    }

  return best;
}

static void
partition_exactly (const guint64 *counts,
                   guint          n,
                   gboolean      *side)
{
  guint mask = find_best_mask (counts, n);

  side[0] = FALSE;
  for (guint i = 1; i < n; i++)
    side[i] = (mask >> (i - 1) & 1) != 0;
}

/* Two sets under way: who is in the larger and who in the smaller. */
typedef struct
{
  guint64 difference;
  GArray *larger;
  GArray *smaller;
} Pair;

static void
pair_clear (gpointer data)
{
  Pair *pair = data;

  g_array_unref (pair->larger);
  g_array_unref (pair->smaller);
}

static guint
find_largest (const GArray *pairs,
              guint         but)
{
  guint largest = G_MAXUINT;

  for (guint i = 0; i < pairs->len; i++)
    if (i != but && (largest == G_MAXUINT || g_array_index (pairs, Pair, i).difference >
                     g_array_index (pairs, Pair, largest).difference))
      largest = i;
  return largest;
}

/* Puts the two with the largest differences together, larger to smaller side, at the end: of equal
 * ones those that waited longest are next. */
static void
merge_largest (GArray *pairs)
{
  guint first = find_largest (pairs, G_MAXUINT);
  guint second = find_largest (pairs, first);
  const Pair *a = &g_array_index (pairs, Pair, first), *b = &g_array_index (pairs, Pair, second);
  Pair merged = { a->difference - b->difference, g_array_ref (a->larger),
                  g_array_ref (a->smaller) };

  g_array_append_vals (merged.larger, b->smaller->data, b->smaller->len);
  g_array_append_vals (merged.smaller, b->larger->data, b->larger->len);
  g_array_remove_index (pairs, MAX (first, second));
  g_array_remove_index (pairs, MIN (first, second));
  g_array_append_val (pairs, merged);
}

static void
partition_by_differencing (const guint64 *counts,
                           guint          n,
                           gboolean      *side)
{
  g_autoptr(GArray) pairs = g_array_sized_new (FALSE, FALSE, sizeof (Pair), n);
  const Pair *last;

  g_array_set_clear_func (pairs, pair_clear);
  for (guint i = 0; i < n; i++)
    {
      Pair pair = { counts[i], g_array_new (FALSE, FALSE, sizeof (guint)),
                    g_array_new (FALSE, FALSE, sizeof (guint)) };

      g_array_append_val (pair.larger, i);
      g_array_append_val (pairs, pair);
    }
  while (pairs->len > 1)
    merge_largest (pairs);

  last = &g_array_index (pairs, Pair, 0);
  for (guint i = 0; i < last->larger->len; i++)
    side[g_array_index (last->larger, guint, i)] = FALSE;
  for (guint i = 0; i < last->smaller->len; i++)
    side[g_array_index (last->smaller, guint, i)] = TRUE;
}

void
ballast_hierarchy_partition (const guint64 *counts,
                             guint          n,
                             gboolean      *side)
{
  g_return_if_fail (n >= 2);

  if (n <= MAX_EXACT)
    {
      partition_exactly (counts, n, side);
      return;
    }

  partition_by_differencing (counts, n, side);
  if (side[0])
    for (guint i = 0; i < n; i++)
      side[i] = !side[i];
}
