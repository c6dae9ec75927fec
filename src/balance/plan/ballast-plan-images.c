/*
 * The plan where images have several labels: an optimisation over groups of equal images.
 *
 * Invariant: an image of a group of m that is to appear k times together appears floor (k / m)
 * times, and k mod m of them, chosen by a permutation of their places, once more.  Under repeat
 * factors an image appears floor (r) times, and once more where a draw named by its path is below
 * the rest of r.  So what becomes of one image follows from its row and a number a group or a class.
 * Cost: that of the solver, and a look at every row for the figures.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include <math.h>
#include <string.h>

#include "ballast-permutation.h"
#include "ballast-plan-private.h"
#include "ballast-plan-solver.h"

#define PURPOSE_PLACES 0x524F5753u /* of a group's permutation */
#define PURPOSE_ROUND 0x524F554Eu  /* of a repeat factor's rest */
#define NO_CAP 1e9

static const BallastPlanGroups *
get_groups (const BallastPlan *plan)
{
  return &plan->rows->groups[plan->settings.unit];
}

guint64
ballast_plan_get_goal (const BallastPlan      *plan,
                       const BallastPlanClass *class)
{
  if (class->now > class->target && !ballast_plan_may_lower (plan->settings.strategy))
    return class->now;
  if (class->now < class->target && !ballast_plan_may_raise (plan->settings.strategy))
    return class->now;
  return class->target;
}

/* The same number from seed and @name on every machine. */
static BallastRandomKey
make_key (guint64 seed,
          guint64 name)
{
  char text[17];

  g_snprintf (text, sizeof text, "%016" G_GINT64_MODIFIER "x", name);
  return ballast_random_key (seed, text, 0);
}

/* How often the image of a row appears by the repeat factors of its classes. */
static guint64
count_by_factor (const BallastPlan *plan,
                 guint              row)
{
  const BallastPlanRows *rows = plan->rows;
  double factor = 1, times;

  for (guint32 i = rows->starts[row]; i < rows->starts[row + 1]; i++)
    factor = MAX (factor, plan->classes[rows->cells[i].class_index].factor);
  if (plan->settings.max_repeats > 0)
    factor = MIN (factor, plan->settings.max_repeats);
  times = floor (factor);
  if (factor > times)
    {
      BallastRandomKey key = make_key (plan->settings.seed, rows->digests[row]);

      times += ballast_random_unit (&key, PURPOSE_ROUND, 0) < factor - times;
    }
  return (guint64) times;
}

/* How often the image (or window) of @row appears, where those of its group appear as @totals say. */
static guint64
count_by_group (const BallastPlan       *plan,
                const BallastPlanGroups *groups,
                const guint64           *totals,
                guint                    row)
{
  guint32 group = groups->group_of[row];
  guint64 size = groups->sizes[group], total = totals[group];
  BallastRandomKey key;

  if (total % size == 0)
    return total / size;
  key = make_key (plan->settings.seed, groups->names[group]);
  return total / size + (ballast_permutation_place (&key, PURPOSE_PLACES, size,
                                                    groups->places[row]) < total % size);
}

/* How often the image of @row appears, the original included. */
static guint64
count_times (const BallastPlan *plan,
             guint              row)
{
  const BallastPlanRows *rows = plan->rows;

  if (rows->starts[row] == rows->starts[row + 1])
    return ballast_plan_keeps_background (plan, get_groups (plan)->places[row]);
  if (plan->settings.strategy == BALLAST_STRATEGY_REPEAT_FACTOR)
    return count_by_factor (plan, row);
  return plan->totals != NULL ? count_by_group (plan, get_groups (plan), plan->totals, row) : 1;
}

guint64
ballast_plan_count_window (const BallastPlan *plan,
                           guint              index)
{
  return count_by_group (plan, &plan->window_rows->groups[plan->settings.unit],
                         plan->totals + get_groups (plan)->n_groups, index);
}

guint
ballast_plan_get_image_copies (const BallastPlan *plan,
                               gint64             image_id,
                               gboolean          *keep_original)
{
  gint64 row = plan->rows != NULL && !plan->coarse
                 ? ballast_plan_rows_find (plan->rows, image_id) : -1;
  guint64 times = row < 0 ? 1 : count_times (plan, (guint) row);

  *keep_original = times > 0;
  return times > 1 ? (guint) (times - 1) : 0;
}

/* The problem that the settings pose; the arrays belong to it. */
typedef struct
{
  BallastPlanProblem problem;
  double            *targets;
  double            *limits;  /* lower, upper, anchor */
  guint32           *sizes;   /* of images' and windows' groups, where there are windows */
  guint32           *starts;
  BallastPlanCell   *cells;
} Posed;

/* Puts the groups of the windows behind those of the images. */
static void
join_groups (Posed                   *posed,
             const BallastPlanGroups *images,
             const BallastPlanGroups *windows)
{
  guint n = images->n_groups + windows->n_groups;
  guint32 n_cells = images->starts[images->n_groups];
  guint32 n_more = windows->starts[windows->n_groups];

  posed->sizes = g_new (guint32, MAX (n, 1));
  posed->starts = g_new (guint32, n + 1);
  posed->cells = g_new (BallastPlanCell, n_cells + n_more + 1);
  memcpy (posed->sizes, images->sizes, images->n_groups * sizeof *posed->sizes);
  memcpy (posed->starts, images->starts, images->n_groups * sizeof *posed->starts);
  memcpy (posed->cells, images->cells, n_cells * sizeof *posed->cells);
  memcpy (posed->sizes + images->n_groups, windows->sizes, windows->n_groups * sizeof *posed->sizes);
  memcpy (posed->cells + n_cells, windows->cells, n_more * sizeof *posed->cells);
  for (guint i = 0; i <= windows->n_groups; i++)
    posed->starts[images->n_groups + i] = n_cells + windows->starts[i];
  posed->problem.n_groups = n;
  posed->problem.sizes = posed->sizes;
  posed->problem.starts = posed->starts;
  posed->problem.cells = posed->cells;
}

static void
set_limits (const BallastPlan *plan,
            Posed             *posed)
{
  const BallastPlanGroups *groups = get_groups (plan);
  gsize n = posed->problem.n_groups;
  double cap = plan->settings.max_repeats > 0 ? plan->settings.max_repeats : NO_CAP;
  double lower = ballast_plan_may_lower (plan->settings.strategy) ? 0 : 1;
  double upper = ballast_plan_may_raise (plan->settings.strategy) ? cap : 1;

  posed->limits = g_new (double, 3 * n + 1);
  for (guint i = 0; i < n; i++)
    {
      gboolean window = i >= groups->n_groups;
      gboolean empty = !window && groups->starts[i] == groups->starts[i + 1];

      posed->limits[i] = empty ? 1 : window ? 0 : lower;
      posed->limits[n + i] = empty ? 1 : upper;
      posed->limits[2 * n + i] = window ? 0 : 1;
    }
  posed->problem.lower = posed->limits;
  posed->problem.upper = posed->limits + n;
  posed->problem.anchor = posed->limits + 2 * n;
}

static void
pose (const BallastPlan *plan,
      Posed             *posed)
{
  const BallastPlanGroups *groups = get_groups (plan);

  *posed = (Posed){ .targets = g_new (double, MAX (plan->n_classes, 1)) };
  for (guint i = 0; i < plan->n_classes; i++)
    posed->targets[i] = (double) ballast_plan_get_goal (plan, &plan->classes[i]);
  posed->problem = (BallastPlanProblem){ plan->n_classes, groups->n_groups, groups->sizes,
                                         groups->starts, groups->cells, posed->targets, NULL, NULL,
                                         NULL };
  if (plan->windows != NULL)
    join_groups (posed, groups, &plan->window_rows->groups[plan->settings.unit]);
  set_limits (plan, posed);
}

static void
posed_clear (Posed *posed)
{
  g_free (posed->targets);
  g_free (posed->limits);
  g_free (posed->sizes);
  g_free (posed->starts);
  g_free (posed->cells);
}

static gboolean
solve_once (BallastPlan  *plan,
            double       *sums,
            GCancellable *cancellable)
{
  Posed posed;
  gboolean solved;

  pose (plan, &posed);
  g_free (plan->totals);
  plan->totals = g_new0 (guint64, MAX (posed.problem.n_groups, 1));
  solved = ballast_plan_solve (&posed.problem, cancellable, plan->totals);
  for (guint i = 0; i < posed.problem.n_groups; i++)
    for (guint32 j = posed.problem.starts[i]; j < posed.problem.starts[i + 1]; j++)
      sums[posed.problem.cells[j].class_index] +=
        (double) plan->totals[i] * posed.problem.cells[j].count;
  posed_clear (&posed);
  return solved;
}

static gboolean
solve (BallastPlan  *plan,
       GCancellable *cancellable)
{
  g_autofree double *sums = g_new0 (double, MAX (plan->n_classes, 1));

  if (plan->settings.strategy == BALLAST_STRATEGY_NONE ||
      plan->settings.strategy == BALLAST_STRATEGY_REPEAT_FACTOR)
    return TRUE;

  return solve_once (plan, sums, cancellable) &&
         (!ballast_plan_can_crop (plan) ||
          (ballast_plan_find_windows (plan, sums, cancellable) &&
           (plan->windows->len == 0 || solve_once (plan, sums, cancellable))));
}

static void
add_row (BallastPlan *plan,
         guint        row,
         guint64      times)
{
  const BallastPlanRows *rows = plan->rows;
  gboolean alone = rows->starts[row + 1] - rows->starts[row] == 1;

  for (guint32 i = rows->starts[row]; i < rows->starts[row + 1]; i++)
    {
      const BallastPlanCell *cell = &rows->cells[i];
      BallastPlanClass *class = &plan->classes[cell->class_index];
      guint64 count = plan->settings.unit == BALLAST_UNIT_IMAGES ? 1 : cell->count;

      class->after += times * count;
      class->images_after += times;
      class->instances_after += times * cell->count;
      class->distinct += times > 0;
      class->max_repeats = MAX (class->max_repeats, (guint) times);
      class->sources += alone;
      class->sources_after += alone ? times : 0;
    }
}

/* The crops of the windows of @row, from @next on, which is moved behind them. */
static guint64
add_windows (BallastPlan *plan,
             guint        row,
             guint       *next)
{
  const BallastPlanRows *rows = plan->window_rows;
  guint64 sum = 0;

  for (; plan->windows != NULL && *next < plan->windows->len &&
       g_array_index (plan->windows, BallastPlanWindow, *next).row == row; (*next)++)
    {
      guint64 times = ballast_plan_count_window (plan, *next);

      sum += times;
      for (guint32 i = rows->starts[*next]; i < rows->starts[*next + 1]; i++)
        {
          BallastPlanClass *class = &plan->classes[rows->cells[i].class_index];

          class->after += times * (plan->settings.unit == BALLAST_UNIT_IMAGES
                                   ? 1 : rows->cells[i].count);
          class->images_after += times;
          class->instances_after += times * rows->cells[i].count;
          class->crops += times;
        }
    }
  plan->crops_added += sum;
  plan->images_added += sum;
  return sum;
}

static void
clear_counts (BallastPlan *plan)
{
  for (guint i = 0; i < plan->n_classes; i++)
    plan->classes[i].sources = 0;
}

static guint64
count_empty (const BallastPlanRows *rows)
{
  guint64 n = 0;

  for (guint row = 0; row < rows->n_rows; row++)
    n += rows->starts[row] == rows->starts[row + 1];
  return n;
}

/* What all images with an object come to; the budget of the others hangs on it. */
static guint64
count_others (const BallastPlan *plan)
{
  guint64 n = 0;

  if (plan->settings.background.kind != BALLAST_BACKGROUND_SHARE)
    return 0;
  for (guint row = 0; row < plan->rows->n_rows; row++)
    if (plan->rows->starts[row] < plan->rows->starts[row + 1])
      n += count_times (plan, row);
  return n;
}

static void
sum_up (BallastPlan *plan)
{
  double squares = 0;
  guint window = 0;

  clear_counts (plan);
  ballast_plan_set_background (plan, count_empty (plan->rows), count_others (plan));
  for (guint row = 0; row < plan->rows->n_rows; row++)
    {
      guint64 times = count_times (plan, row), all = times + add_windows (plan, row, &window);

      add_row (plan, row, times);
      squares += (double) all * (double) all;
      plan->images_after += all;
      plan->images_added += times > 1 ? times - 1 : 0;
      plan->images_dropped += times == 0;
      plan->distinct_images += times > 0;
    }
  if (squares > 0)
    plan->effective_images = (double) plan->images_after * (double) plan->images_after / squares;
}

/* The figures of a first look: group by group, in real numbers. */
static void
sum_up_coarsely (BallastPlan *plan)
{
  const BallastPlanGroups *groups = get_groups (plan);
  g_autofree double *totals = g_new0 (double, MAX (groups->n_groups, 1));
  g_autofree double *after = g_new0 (double, 2 * (gsize) plan->n_classes + 1);
  double images = 0, squares = 0;
  Posed posed;

  pose (plan, &posed);
  ballast_plan_solve_coarsely (&posed.problem, totals);
  posed_clear (&posed);
  for (guint i = 0; i < groups->n_groups; i++)
    {
      double size = groups->sizes[i], kept = MIN (totals[i], size);

      images += totals[i];
      squares += totals[i] * totals[i] / size;
      plan->images_added += (guint64) (totals[i] - kept + 0.5);
      plan->images_dropped += (guint64) (size - kept + 0.5);
      for (guint32 j = groups->starts[i]; j < groups->starts[i + 1]; j++)
        {
          const BallastPlanCell *cell = &groups->cells[j];

          after[cell->class_index] += totals[i] * cell->count;
          after[plan->n_classes + cell->class_index] += totals[i];
          plan->classes[cell->class_index].max_repeats =
            MAX (plan->classes[cell->class_index].max_repeats, (guint) ceil (totals[i] / size));
        }
    }
  for (guint i = 0; i < plan->n_classes; i++)
    {
      plan->classes[i].after = (guint64) (after[i] + 0.5);
      plan->classes[i].images_after = (guint64) (after[plan->n_classes + i] + 0.5);
      plan->classes[i].distinct = plan->classes[i].images_now;
    }
  plan->images_after = (guint64) (images + 0.5);
  plan->distinct_images = plan->images_before - MIN (plan->images_dropped, plan->images_before);
  plan->effective_images = squares > 0 ? images * images / squares : 0;
}

BallastPlan *
ballast_plan_new_for_rows (const BallastTally           *tally,
                           const BallastBalanceSettings *settings,
                           BallastPlanRows              *rows,
                           BallastPlanEffort             effort,
                           GCancellable                 *cancellable)
{
  g_autoptr(BallastPlan) plan = ballast_plan_begin (tally, settings);

  plan->rows = ballast_plan_rows_ref (rows);
  plan->coarse = effort == BALLAST_PLAN_COARSE && settings->strategy != BALLAST_STRATEGY_NONE &&
                 settings->strategy != BALLAST_STRATEGY_REPEAT_FACTOR;
  if (plan->coarse)
    sum_up_coarsely (plan);
  else if (!solve (plan, cancellable))
    return NULL;
  else
    sum_up (plan);

  for (guint i = 0; i < plan->n_classes; i++)
    ballast_plan_class_close (&plan->classes[i]);
  ballast_plan_measure_ratios (plan);
  if (!plan->coarse)
    ballast_plan_find_companions (plan);
  plan->warnings = ballast_plan_find_warnings (plan);
  return g_steal_pointer (&plan);
}
