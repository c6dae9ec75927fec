/*
 * Local search in whole numbers: the end of a plan over whole images.
 *
 * A move adds one appearance of a group or takes one away.  J is a sum of squares, so what a set of
 * moves brings is the sum of what each brings and twice what each two of them share; the shares are
 * computed once a round.  Deterministic: moves are tried in the order of the groups, and the first
 * best one is taken.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-plan-search.h"

#include <math.h>
#include <stdlib.h>

#define MAX_PASSES 24
#define MAX_ROUNDS 100
#define MANY 1000         /* groups */
#define ALL_MOVES 128   /* of so many moves each two are tried; of more, the best so many */
#define TRIPLE_MOVES 32 /* of so many each three */
#define IMPROVED -1e-12

typedef struct
{
  guint  group;
  int    by;   /* 1 or -1 */
  double gain; /* of J, where it is made alone; below 0 is better */
} Move;

typedef struct
{
  const BallastPlanProblem *problem;
  guint64                  *totals;
  double                   *weights; /* by class */
  double                   *errors;  /* s_c - T_c */
} Search;

double
ballast_plan_weigh (const BallastPlanProblem *problem,
                    guint                     index)
{
  double target = problem->targets[index];

  if (target < 0)
    return 0;
  return 1 / (MAX (target, 1) * MAX (target, 1));
}

static void
search_init (Search                   *search,
             const BallastPlanProblem *problem,
             guint64                  *totals)
{
  *search = (Search){ problem, totals, g_new0 (double, MAX (problem->n_classes, 1)),
                      g_new0 (double, MAX (problem->n_classes, 1)) };
  for (guint i = 0; i < problem->n_classes; i++)
    {
      search->weights[i] = ballast_plan_weigh (problem, i);
      search->errors[i] = -problem->targets[i];
    }
  for (guint group = 0; group < problem->n_groups; group++)
    for (guint32 i = problem->starts[group]; i < problem->starts[group + 1]; i++)
      search->errors[problem->cells[i].class_index] +=
        (double) totals[group] * problem->cells[i].count;
}

static void
search_clear (Search *search)
{
  g_free (search->weights);
  g_free (search->errors);
}

static gboolean
may_move (const Search *search,
          guint         group,
          int           by)
{
  const BallastPlanProblem *problem = search->problem;
  double after = (double) search->totals[group] + by;

  return after >= problem->sizes[group] * problem->lower[group] &&
         after <= problem->sizes[group] * problem->upper[group];
}

static void
make_move (Search *search,
           guint   group,
           int     by)
{
  const BallastPlanProblem *problem = search->problem;

  search->totals[group] += by;
  for (guint32 i = problem->starts[group]; i < problem->starts[group + 1]; i++)
    search->errors[problem->cells[i].class_index] += by * (double) problem->cells[i].count;
}

/* The gain of one more is slope + bend, of one less bend - slope. */
static void
look (const Search *search,
      guint         group,
      double       *slope,
      double       *bend)
{
  const BallastPlanProblem *problem = search->problem;

  *slope = *bend = 0;
  for (guint32 i = problem->starts[group]; i < problem->starts[group + 1]; i++)
    {
      guint index = problem->cells[i].class_index;
      double weighted = search->weights[index] * problem->cells[i].count;

      *slope += 2 * weighted * search->errors[index];
      *bend += weighted * problem->cells[i].count;
    }
}

/* One look at every group; each may move by one.  FALSE where none did. */
static gboolean
pass (Search *search)
{
  gboolean moved = FALSE;

  for (guint group = 0; group < search->problem->n_groups; group++)
    {
      double slope, bend;
      int by;

      look (search, group, &slope, &bend);
      by = slope < 0 ? 1 : -1;
      if (bend - fabs (slope) < IMPROVED && may_move (search, group, by))
        {
          make_move (search, group, by);
          moved = TRUE;
        }
    }
  return moved;
}

static int
compare_moves (gconstpointer a,
               gconstpointer b)
{
  const Move *left = a, *right = b;

  if (left->gain != right->gain)
    return left->gain > right->gain ? 1 : -1;
  if (left->group != right->group)
    return left->group > right->group ? 1 : -1;
  return left->by - right->by;
}

/* (transfer full): the moves that cost least alone. */
static GArray *
list_moves (const Search *search)
{
  GArray *moves = g_array_new (FALSE, FALSE, sizeof (Move));

  for (guint group = 0; group < search->problem->n_groups; group++)
    {
      double slope, bend;

      look (search, group, &slope, &bend);
      for (int by = -1; by <= 1; by += 2)
        {
          Move move = { group, by, bend + by * slope };

          if (bend > 0 && may_move (search, group, by))
            g_array_append_val (moves, move);
        }
    }
  g_array_sort (moves, compare_moves);
  if (moves->len > ALL_MOVES)
    g_array_set_size (moves, ALL_MOVES);
  return moves;
}

/* Twice Σ_c w_c a_gc a_hc, with the signs of the moves. */
static double
share (const Search *search,
       const Move   *a,
       const Move   *b)
{
  const BallastPlanProblem *problem = search->problem;
  guint32 i = problem->starts[a->group], j = problem->starts[b->group];
  double sum = 0;

  while (i < problem->starts[a->group + 1] && j < problem->starts[b->group + 1])
    {
      const BallastPlanCell *left = &problem->cells[i], *right = &problem->cells[j];

      if (left->class_index == right->class_index)
        sum += search->weights[left->class_index] * left->count * right->count;
      i += left->class_index <= right->class_index;
      j += right->class_index <= left->class_index;
    }
  return 2 * sum * a->by * b->by;
}

typedef struct
{
  double gain;
  guint  n;
  guint  picked[3];
} Choice;

static void
try_third (const GArray *moves,
           const double *shares,
           Choice       *best,
           const Choice *pair)
{
  guint n = moves->len, a = pair->picked[0], b = pair->picked[1];

  for (guint c = b + 1; c < n; c++)
    {
      double gain = pair->gain + g_array_index (moves, Move, c).gain + shares[a * n + c] +
                    shares[b * n + c];

      if (gain < best->gain)
        *best = (Choice){ gain, 3, { a, b, c } };
    }
}

static void
try_all (const GArray *moves,
         const double *shares,
         Choice       *best)
{
  guint n = moves->len;

  for (guint a = 0; a < n; a++)
    {
      if (g_array_index (moves, Move, a).gain < best->gain)
        *best = (Choice){ g_array_index (moves, Move, a).gain, 1, { a } };
      for (guint b = a + 1; b < n; b++)
        {
          Choice pair = { g_array_index (moves, Move, a).gain +
                          g_array_index (moves, Move, b).gain + shares[a * n + b], 2, { a, b } };

          if (pair.gain < best->gain)
            *best = pair;
          if (n <= TRIPLE_MOVES)
            try_third (moves, shares, best, &pair);
        }
    }
}

/* The best of one, two or three moves; FALSE where none helps. */
static gboolean
move_together (Search *search)
{
  g_autoptr(GArray) moves = list_moves (search);
  g_autofree double *shares = g_new0 (double, (gsize) moves->len * moves->len + 1);
  Choice best = { IMPROVED, 0, { 0 } };

  for (guint a = 0; a < moves->len; a++)
    for (guint b = a + 1; b < moves->len; b++)
      shares[a * moves->len + b] = share (search, &g_array_index (moves, Move, a),
                                          &g_array_index (moves, Move, b));
  try_all (moves, shares, &best);
  for (guint i = 0; i < best.n; i++)
    {
      const Move *move = &g_array_index (moves, Move, best.picked[i]);

      make_move (search, move->group, move->by);
    }
  return best.n > 0;
}

gboolean
ballast_plan_search (const BallastPlanProblem *problem,
                     GCancellable             *cancellable,
                     guint64                  *totals)
{
  /* Of many groups single moves settle all but a fraction of one image. */
  guint rounds = problem->n_groups <= MANY ? MAX_ROUNDS : 1;
  Search search;

  search_init (&search, problem, totals);
  for (guint i = 0; i < MAX_PASSES && !g_cancellable_is_cancelled (cancellable); i++)
    if (!pass (&search))
      break;
  for (guint i = 0; i < rounds && !g_cancellable_is_cancelled (cancellable); i++)
    if (!move_together (&search))
      break;
  search_clear (&search);
  return !g_cancellable_is_cancelled (cancellable);
}
