#include "ballast-plan-solver.h"
#include "ballast-plan-search.h"

#include <math.h>

#include "plan-rows-fixture.h"

#define N_CLASSES 3
#define N_IMAGES 6

typedef struct
{
  BallastPlanRows   *rows;
  BallastPlanProblem problem;
  double             targets[8];
  double             lower[64];
  double             upper[64];
  double             anchor[64];
} Case;

static void
case_init (Case       *self,
           const char *text,
           guint       n_classes)
{
  const BallastPlanGroups *groups;

  self->rows = fixture_rows (text, n_classes);
  groups = &self->rows->groups[BALLAST_UNIT_INSTANCES];
  self->problem = (BallastPlanProblem){ n_classes, groups->n_groups, groups->sizes, groups->starts,
                                        groups->cells, self->targets, self->lower, self->upper,
                                        self->anchor };
}

static void
set_limits (Case  *self,
            double lower,
            double upper)
{
  for (guint i = 0; i < self->problem.n_groups; i++)
    {
      self->lower[i] = lower;
      self->upper[i] = upper;
      self->anchor[i] = 1;
    }
}

/* The least J of all plans, by trying every one; @sums: what the groups before @group come to. */
static double
find_optimum (const BallastPlanProblem *problem,
              const double             *sums,
              guint                     group)
{
  double best = G_MAXDOUBLE, weighed = 0;

  for (guint i = 0; group == problem->n_groups && i < N_CLASSES; i++)
    weighed += ballast_plan_weigh (problem, i) * (sums[i] - problem->targets[i]) *
               (sums[i] - problem->targets[i]);
  if (group == problem->n_groups)
    return weighed;

  for (guint64 k = problem->sizes[group] * (guint64) problem->lower[group];
       k <= problem->sizes[group] * (guint64) problem->upper[group]; k++)
    {
      double with[N_CLASSES];

      memcpy (with, sums, sizeof with);
      for (guint32 i = problem->starts[group]; i < problem->starts[group + 1]; i++)
        with[problem->cells[i].class_index] += (double) k * problem->cells[i].count;
      best = MIN (best, find_optimum (problem, with, group + 1));
    }
  return best;
}

static void
test_rows (void)
{
  g_autoptr(BallastPlanRows) rows = fixture_rows ("ba ab aab - c - ab", 3);
  const BallastPlanGroups *images = &rows->groups[BALLAST_UNIT_IMAGES];
  const BallastPlanGroups *instances = &rows->groups[BALLAST_UNIT_INSTANCES];

  g_assert_cmpuint (rows->n_rows, ==, 7);
  g_assert_cmpuint (images->n_groups, ==, 3);
  g_assert_cmpuint (instances->n_groups, ==, 4);
  g_assert_cmpuint (images->group_of[0], ==, images->group_of[2]);
  g_assert_cmpuint (instances->group_of[0], ==, instances->group_of[6]);
  g_assert_cmpuint (instances->group_of[0], !=, instances->group_of[2]);
  g_assert_cmpuint (images->sizes[images->group_of[3]], ==, 2);
  g_assert_cmpint (ballast_plan_rows_find (rows, 7), ==, 6);
  g_assert_cmpint (ballast_plan_rows_find (rows, 8), ==, -1);
}

/* methods: T = [7,7,7], r in 1 … 4: a sum of absolute deviations of 2, as (1,1,1,1,2,4) has it; and
 * where images may be left out, none. */
static void
test_published (void)
{
  Case self;
  guint64 totals[8];
  double sums[3] = { 0 };

  case_init (&self, FIXTURE_D6, 3);
  for (guint i = 0; i < 3; i++)
    self.targets[i] = 7;
  set_limits (&self, 1, 4);
  g_assert_true (ballast_plan_solve (&self.problem, NULL, totals));
  for (guint group = 0; group < self.problem.n_groups; group++)
    for (guint32 i = self.problem.starts[group]; i < self.problem.starts[group + 1]; i++)
      sums[self.problem.cells[i].class_index] += totals[group] * self.problem.cells[i].count;
  g_assert_cmpfloat (fabs (sums[0] - 7) + fabs (sums[1] - 7) + fabs (sums[2] - 7), ==, 2);

  set_limits (&self, 0, 4);
  g_assert_true (ballast_plan_solve (&self.problem, NULL, totals));
  g_assert_cmpfloat (ballast_plan_measure (&self.problem, totals), <, 1e-12);
  ballast_plan_rows_unref (self.rows);
}

/* An image: 1 to 4 instances of any class. */
static char *
draw_text (GRand *random)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N_IMAGES; i++)
    {
      guint n = g_rand_int_range (random, 1, 5);

      if (i > 0)
        g_string_append_c (text, ' ');
      for (guint j = 0; j < n; j++)
        g_string_append_c (text, 'a' + g_rand_int_range (random, 0, N_CLASSES));
    }
  return g_string_free (text, FALSE);
}

static void
draw_targets (Case  *self,
              GRand *random)
{
  double most = 0;

  for (guint i = 0; i < N_CLASSES; i++)
    self->targets[i] = 0;
  for (guint row = 0; row < self->rows->n_rows; row++)
    for (guint32 i = self->rows->starts[row]; i < self->rows->starts[row + 1]; i++)
      self->targets[self->rows->cells[i].class_index] += self->rows->cells[i].count;
  for (guint i = 0; i < N_CLASSES; i++)
    most = MAX (most, self->targets[i]);
  for (guint i = 0; i < N_CLASSES; i++)
    self->targets[i] = g_rand_boolean (random) ? most : g_rand_int_range (random, 1, 20);
}

static void
test_optimal (gconstpointer data)
{
  double lower = GPOINTER_TO_UINT (data);
  GRand *random = g_rand_new_with_seed (20260101);
  guint optimal = 0, n = 300;
  double worst = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = draw_text (random);
      static const double nothing[N_CLASSES];
      guint64 totals[N_IMAGES];
      double found, best;
      Case self;

      case_init (&self, text, N_CLASSES);
      draw_targets (&self, random);
      set_limits (&self, lower, 4);
      g_assert_true (ballast_plan_solve (&self.problem, NULL, totals));
      found = ballast_plan_measure (&self.problem, totals);
      best = find_optimum (&self.problem, nothing, 0);
      g_assert_cmpfloat (found, >=, best - 1e-9);
      optimal += found <= best + 1e-9;
      worst = MAX (worst, found - best);
      ballast_plan_rows_unref (self.rows);
    }
  g_test_message ("%u of %u are optimal (%.1f %%), worst excess %.4f", optimal, n,
                  100.0 * optimal / n, worst);
  g_assert_cmpuint (optimal * 100, >=, n * 95);
  g_assert_cmpfloat (worst, <=, 0.34);
  g_rand_free (random);
}

/* Images that are equal, and images that no target tells apart, are used evenly. */
static void
test_even (void)
{
  guint64 totals[8];
  Case self;

  case_init (&self, "ab ab ac ac ad ad b c d", 4);
  self.targets[0] = -1;
  self.targets[1] = self.targets[2] = self.targets[3] = 12;
  set_limits (&self, 1, 8);
  g_assert_true (ballast_plan_solve (&self.problem, NULL, totals));
  for (guint group = 0; group < self.problem.n_groups; group++)
    g_assert_cmpuint (totals[group], ==, 4 * self.problem.sizes[group]);
  ballast_plan_rows_unref (self.rows);
}

static void
test_cancelled (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  guint64 totals[8];
  Case self;

  case_init (&self, FIXTURE_D6, 3);
  set_limits (&self, 1, 4);
  g_cancellable_cancel (cancellable);
  g_assert_false (ballast_plan_solve (&self.problem, cancellable, totals));
  ballast_plan_rows_unref (self.rows);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/balance/plan-solver/rows", test_rows);
  g_test_add_func ("/balance/plan-solver/published", test_published);
  g_test_add_data_func ("/balance/plan-solver/optimal/all-kept", GUINT_TO_POINTER (1), test_optimal);
  g_test_add_data_func ("/balance/plan-solver/optimal/some-dropped", GUINT_TO_POINTER (0),
                        test_optimal);
  g_test_add_func ("/balance/plan-solver/even", test_even);
  g_test_add_func ("/balance/plan-solver/cancelled", test_cancelled);
  return g_test_run ();
}
