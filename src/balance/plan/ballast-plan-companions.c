/*
 * Why a class does not come to its target: what rides along with it.
 *
 * The companion of a class that falls short is the class that its images bring the most of beyond
 * that one's own goal, in shares of the goal.  Cost: one look at every row, and a number for each
 * class that falls short and each other class.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-plan-private.h"

/* Nearer than this a class is at its target. */
#define NEAR 0.98
/* A class in fewer of its images than this is no companion. */
#define MIN_SHARE 0.1

typedef struct
{
  double images;
  double count;
} Meeting;

static gboolean
falls_short (const BallastPlan      *plan,
             const BallastPlanClass *class)
{
  double goal = (double) ballast_plan_get_goal (plan, class);

  return class->now > 0 && (double) class->after < NEAR * goal;
}

/* (transfer full): by class, its position among those that fall short, or -1. */
static int *
list_short (const BallastPlan *plan,
            guint             *n_short)
{
  int *positions = g_new (int, MAX (plan->n_classes, 1));

  *n_short = 0;
  for (guint i = 0; i < plan->n_classes; i++)
    positions[i] = falls_short (plan, &plan->classes[i]) ? (int) (*n_short)++ : -1;
  return positions;
}

static void
meet (const BallastPlan *plan,
      guint              row,
      const int         *positions,
      Meeting           *meetings)
{
  const BallastPlanRows *rows = plan->rows;

  for (guint32 i = rows->starts[row]; i < rows->starts[row + 1]; i++)
    for (guint32 j = rows->starts[row]; j < rows->starts[row + 1]; j++)
      {
        int position = positions[rows->cells[i].class_index];
        Meeting *meeting;

        if (position < 0 || i == j)
          continue;
        meeting = &meetings[(gsize) position * plan->n_classes + rows->cells[j].class_index];
        meeting->images += 1;
        meeting->count += plan->settings.unit == BALLAST_UNIT_IMAGES ? 1 : rows->cells[j].count;
      }
}

static void
choose (BallastPlan      *plan,
        BallastPlanClass *class,
        const Meeting    *meetings)
{
  double most = 0;

  for (guint i = 0; i < plan->n_classes; i++)
    {
      const BallastPlanClass *other = &plan->classes[i];
      double goal = MAX (1, (double) ballast_plan_get_goal (plan, other));
      double share = meetings[i].images / (double) class->images_now;
      double harm = meetings[i].count * ((double) other->after - goal) / (goal * goal);

      if (share < MIN_SHARE || harm <= most)
        continue;
      most = harm;
      class->companion = (int) i;
      class->companion_share = share;
      class->companion_count = meetings[i].count / (double) class->images_now;
    }
}

void
ballast_plan_find_companions (BallastPlan *plan)
{
  guint n_short;
  g_autofree int *positions = list_short (plan, &n_short);
  g_autofree Meeting *meetings = NULL;

  if (n_short == 0 || plan->settings.strategy == BALLAST_STRATEGY_NONE ||
      plan->settings.strategy == BALLAST_STRATEGY_REPEAT_FACTOR)
    return;

  meetings = g_new0 (Meeting, (gsize) n_short * plan->n_classes);
  for (guint row = 0; row < plan->rows->n_rows; row++)
    meet (plan, row, positions, meetings);
  for (guint i = 0; i < plan->n_classes; i++)
    if (positions[i] >= 0)
      choose (plan, &plan->classes[i], &meetings[(gsize) positions[i] * plan->n_classes]);
}
