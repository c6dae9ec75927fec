/*
 * The plan over whole images, first in real numbers, then in whole ones.
 *
 * In real numbers the even solution is r_g = clip (anchor_g + Σ_c a_gc v_c, lower_g, upper_g): one
 * number v_c a class says all of it.  The v are found one after the other (coordinate ascent of the
 * dual, which is concave and smooth; raking is the same with products): each is the root of a
 * rising line with bends.  Whole numbers then follow group by group, each rounded to the side that
 * makes up best for the roundings before it, and a local search ends the work.
 *
 * Cost: a sweep reads every cell of the groups a few times; some dozen sweeps.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-plan-solver.h"

#include <math.h>
#include <string.h>

#include "ballast-plan-search.h"

#define MAX_SWEEPS 60
#define COARSE_SWEEPS 4
#define MAX_STEPS 5       /* towards one root */
#define TOLERANCE 1e-4    /* of a target */
#define EVENNESS 1e-3     /* the share of a target that is given up for evenness at most */
#define SMALL 64          /* groups up to which a second start is worth its time */

typedef struct
{
  guint32 group;
  guint32 count;
} Member;

typedef struct
{
  const BallastPlanProblem *problem;
  guint32                  *starts;  /* by class, in members */
  Member                   *members;
  double                   *values;  /* v, by class */
  double                   *sums;    /* Σ_c a_gc v_c, by group */
  double                    reach;   /* how far an image may be from its anchor */
  double                    scale;   /* of the ridge */
} Dual;

static void
list_members (Dual *dual)
{
  const BallastPlanProblem *problem = dual->problem;
  g_autofree guint32 *next = NULL;

  dual->starts = g_new0 (guint32, problem->n_classes + 1);
  for (guint i = 0; i < problem->starts[problem->n_groups]; i++)
    dual->starts[problem->cells[i].class_index + 1]++;
  for (guint i = 0; i < problem->n_classes; i++)
    dual->starts[i + 1] += dual->starts[i];

  next = g_memdup2 (dual->starts, (problem->n_classes + 1) * sizeof *next);
  dual->members = g_new (Member, MAX (problem->starts[problem->n_groups], 1));
  for (guint group = 0; group < problem->n_groups; group++)
    for (guint32 i = problem->starts[group]; i < problem->starts[group + 1]; i++)
      dual->members[next[problem->cells[i].class_index]++] =
        (Member){ group, problem->cells[i].count };
}

/* What the ridge is measured by: the largest target, and the times it takes to come to a target. */
static void
set_scale (Dual *dual)
{
  const BallastPlanProblem *problem = dual->problem;
  double largest = 1, times = 1;

  for (guint i = 0; i < problem->n_classes; i++)
    {
      double now = 0;

      for (guint32 j = dual->starts[i]; j < dual->starts[i + 1]; j++)
        now += (double) problem->sizes[dual->members[j].group] * dual->members[j].count;
      if (problem->targets[i] < 0 || now == 0)
        continue;
      largest = MAX (largest, problem->targets[i]);
      times = MAX (times, problem->targets[i] / now);
    }
  dual->reach = times;
  dual->scale = times * largest / EVENNESS;
}

static void
dual_init (Dual                     *dual,
           const BallastPlanProblem *problem)
{
  *dual = (Dual){ .problem = problem };
  list_members (dual);
  set_scale (dual);
  dual->values = g_new0 (double, MAX (problem->n_classes, 1));
  dual->sums = g_new0 (double, MAX (problem->n_groups, 1));
}

static void
dual_clear (Dual *dual)
{
  g_free (dual->starts);
  g_free (dual->members);
  g_free (dual->values);
  g_free (dual->sums);
}

static inline double
get_times (const Dual *dual,
           guint       group,
           double      sum)
{
  const BallastPlanProblem *problem = dual->problem;

  return CLAMP (problem->anchor[group] + sum, problem->lower[group], problem->upper[group]);
}

/* What the class has beyond its target if its value were @step more, and @slope with it. */
static double
get_excess (const Dual *dual,
            guint       index,
            double      step,
            double     *slope)
{
  const BallastPlanProblem *problem = dual->problem;
  double target = problem->targets[index], bounded = MAX (target, 1);
  double ridge = bounded * bounded / dual->scale;
  double excess = (dual->values[index] + step) * ridge - target;

  *slope = ridge;
  for (guint32 i = dual->starts[index]; i < dual->starts[index + 1]; i++)
    {
      const Member *member = &dual->members[i];
      double raw = problem->anchor[member->group] + dual->sums[member->group] + member->count * step;
      double count = (double) problem->sizes[member->group] * member->count;

      if (raw <= problem->lower[member->group])
        excess += count * problem->lower[member->group];
      else if (raw >= problem->upper[member->group])
        excess += count * problem->upper[member->group];
      else
        {
          excess += count * raw;
          *slope += count * member->count;
        }
    }
  return excess;
}

/* The step to the root: Newton's, held within what is known of where it lies. */
static double
find_root (const Dual *dual,
           guint       index)
{
  double low = -G_MAXDOUBLE, high = G_MAXDOUBLE, step = 0;
  double enough = TOLERANCE * MAX (dual->problem->targets[index], 1);

  for (guint i = 0; i < MAX_STEPS; i++)
    {
      double slope, excess = get_excess (dual, index, step, &slope), next, limit;

      if (fabs (excess) <= enough)
        break;
      if (excess > 0)
        high = step;
      else
        low = step;
      limit = 4 * (dual->reach + fabs (dual->values[index] + step));
      next = step - CLAMP (excess / slope, -limit, limit);
      step = next <= low || next >= high ? (low + high) / 2 : next;
    }
  return step;
}

/* FALSE where every class is where it should be. */
static gboolean
sweep (Dual *dual)
{
  gboolean moved = FALSE;

  for (guint i = 0; i < dual->problem->n_classes; i++)
    {
      double step;

      if (dual->problem->targets[i] < 0 || dual->starts[i] == dual->starts[i + 1])
        continue;
      step = find_root (dual, i);
      if (step == 0)
        continue;
      moved = TRUE;
      dual->values[i] += step;
      for (guint32 j = dual->starts[i]; j < dual->starts[i + 1]; j++)
        dual->sums[dual->members[j].group] += dual->members[j].count * step;
    }
  return moved;
}

/* The square of how far the classes are from where the roundings before left them, with @rest more
 * of @group. */
static double
weigh_error (const BallastPlanProblem *problem,
             const double             *errors,
             guint                     group,
             double                    rest)
{
  double sum = 0;

  for (guint32 i = problem->starts[group]; i < problem->starts[group + 1]; i++)
    {
      guint index = problem->cells[i].class_index;
      double error = errors[index] + rest * problem->cells[i].count;

      sum += ballast_plan_weigh (problem, index) * error * error;
    }
  return sum;
}

static void
round_totals (const Dual *dual,
              guint64    *totals)
{
  const BallastPlanProblem *problem = dual->problem;
  g_autofree double *errors = g_new0 (double, MAX (problem->n_classes, 1));

  for (guint group = 0; group < problem->n_groups; group++)
    {
      double total = problem->sizes[group] * get_times (dual, group, dual->sums[group]);
      double down = floor (total + 1e-9), rest = down - total;

      if (total - down > 1e-9 && down + 1 <= problem->sizes[group] * problem->upper[group] &&
          weigh_error (problem, errors, group, rest + 1) < weigh_error (problem, errors, group, rest))
        rest += 1;
      totals[group] = (guint64) (total + rest + 0.5);
      for (guint32 i = problem->starts[group]; i < problem->starts[group + 1]; i++)
        errors[problem->cells[i].class_index] += rest * problem->cells[i].count;
    }
}

/* A second start from the anchors: what one search misses, the other often finds. */
static gboolean
search_again (const BallastPlanProblem *problem,
              GCancellable             *cancellable,
              guint64                  *totals)
{
  g_autofree guint64 *others = g_new0 (guint64, MAX (problem->n_groups, 1));

  for (guint group = 0; group < problem->n_groups; group++)
    others[group] = (guint64) (problem->sizes[group] *
                               CLAMP (problem->anchor[group], problem->lower[group],
                                      problem->upper[group]));
  if (!ballast_plan_search (problem, cancellable, others))
    return FALSE;
  if (ballast_plan_measure (problem, others) < ballast_plan_measure (problem, totals) - 1e-12)
    memcpy (totals, others, problem->n_groups * sizeof *totals);
  return TRUE;
}

gboolean
ballast_plan_solve (const BallastPlanProblem *problem,
                    GCancellable             *cancellable,
                    guint64                  *totals)
{
  Dual dual;

  dual_init (&dual, problem);
  for (guint i = 0; i < MAX_SWEEPS && !g_cancellable_is_cancelled (cancellable); i++)
    if (!sweep (&dual))
      break;
  round_totals (&dual, totals);
  dual_clear (&dual);

  return ballast_plan_search (problem, cancellable, totals) &&
         (problem->n_groups > SMALL || search_again (problem, cancellable, totals));
}

void
ballast_plan_solve_coarsely (const BallastPlanProblem *problem,
                             double                   *totals)
{
  Dual dual;

  dual_init (&dual, problem);
  for (guint i = 0; i < COARSE_SWEEPS; i++)
    if (!sweep (&dual))
      break;
  for (guint group = 0; group < problem->n_groups; group++)
    totals[group] = problem->sizes[group] * get_times (&dual, group, dual.sums[group]);
  dual_clear (&dual);
}

double
ballast_plan_measure (const BallastPlanProblem *problem,
                      const guint64            *totals)
{
  g_autofree double *sums = g_new0 (double, MAX (problem->n_classes, 1));
  double sum = 0;

  for (guint group = 0; group < problem->n_groups; group++)
    for (guint32 i = problem->starts[group]; i < problem->starts[group + 1]; i++)
      sums[problem->cells[i].class_index] += (double) totals[group] * problem->cells[i].count;
  for (guint i = 0; i < problem->n_classes; i++)
    {
      double error = sums[i] - problem->targets[i];

      sum += ballast_plan_weigh (problem, i) * error * error;
    }
  return sum;
}
