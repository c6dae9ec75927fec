/*
 * Long-tailed sets made of even ones, for the study of imbalance.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-long-tail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ballast-permutation.h"

/* What the permutation is for; part of what makes a seed's result. */
#define PURPOSE_LONG_TAIL 0x5441494Cu

static const char *const order_names[] = {
  [BALLAST_LONG_TAIL_BY_INDEX] = "index",
  [BALLAST_LONG_TAIL_BY_COUNT] = "count",
};

typedef struct
{
  guint   index;
  guint64 count;
} Rank;

/* The larger first; of equal ones, the one that comes first anyway. */
static int
compare_ranks (const void *a,
               const void *b)
{
  const Rank *left = a, *right = b;

  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  return left->index < right->index ? -1 : left->index > right->index;
}

static guint64
profile (const BallastLongTailOptions *options,
         guint64                       head,
         guint                         rank,
         guint                         n)
{
  double share = n > 1 ? (double) rank / (double) (n - 1) : 0;

  /* A product that should be whole may come out a hair below. */
  return (guint64) ((double) head * pow (1 / options->ratio, share) + 1e-9);
}

guint64 *
ballast_long_tail_dup_counts (const BallastLongTailOptions *options,
                              const guint64                *counts,
                              guint                         n)
{
  guint64 *wanted = g_new0 (guint64, MAX (n, 1));
  g_autofree Rank *ranks = g_new (Rank, MAX (n, 1));
  guint64 head = 0;
  guint n_ranks = 0;

  for (guint i = 0; i < n; i++)
    if (counts[i] > 0)
      {
        ranks[n_ranks++] = (Rank){ i, counts[i] };
        head = MAX (head, counts[i]);
      }
  if (options->order == BALLAST_LONG_TAIL_BY_COUNT)
    qsort (ranks, n_ranks, sizeof *ranks, compare_ranks);

  for (guint i = 0; i < n_ranks; i++)
    wanted[ranks[i].index] = MIN (ranks[i].count, profile (options, head, i, n_ranks));
  return wanted;
}

gboolean
ballast_long_tail_keeps (const BallastLongTailOptions *options,
                         const char                   *class_name,
                         guint64                       count,
                         guint64                       kept,
                         guint64                       place)
{
  BallastRandomKey key = ballast_random_key (options->seed, class_name, 0);

  return place < count &&
         ballast_permutation_place (&key, PURPOSE_LONG_TAIL, count, place) < kept;
}

const char *
ballast_long_tail_order_get_name (BallastLongTailOrder order)
{
  g_return_val_if_fail ((guint) order < G_N_ELEMENTS (order_names), NULL);

  return order_names[order];
}

gboolean
ballast_long_tail_order_parse (const char           *name,
                               BallastLongTailOrder *order)
{
  for (guint i = 0; i < G_N_ELEMENTS (order_names); i++)
    if (strcmp (order_names[i], name) == 0)
      {
        *order = (BallastLongTailOrder) i;
        return TRUE;
      }
  return FALSE;
}
