/*
 * Plans that take longer than a frame.
 *
 * Invariant: at most one plan is under way that anybody waits for, and it is of what was asked last.
 * A worker has its own references to all that a plan follows from, none of which ever changes.  A few
 * plans are kept, for a page asks for its draft while others ask for what is set.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-planner.h"

#include "ballast-export-plan.h"

#define N_KNOWN 4

typedef struct
{
  BallastSnapshot *snapshot; /* what the plan follows from; or NULL */
  BallastPlan     *plan;
} Known;

struct _BallastPlanner
{
  GObject parent_instance;

  Known                  known[N_KNOWN];
  guint                  next_known;
  BallastSnapshot       *asked_for; /* the same of the one under way */
  BallastBalanceSettings asked;
  GCancellable          *cancellable; /* of the one under way; or NULL */
};

enum
{
  PLANNED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BallastPlanner, ballast_planner, G_TYPE_OBJECT)

BallastSnapshot *
ballast_snapshot_ref_parts (const BallastSnapshot *snapshot)
{
  BallastSnapshot *parts = g_new0 (BallastSnapshot, 1);

  parts->tally = ballast_tally_ref (snapshot->tally);
  parts->settings = ballast_settings_ref (snapshot->settings);
  parts->figures = ballast_figures_ref (snapshot->figures);
  parts->title = g_strdup (snapshot->title);
  return parts;
}

/* What is compared is identity: a snapshot that was read again is another one. */
static gboolean
follow_from (const BallastSnapshot *parts,
             const BallastSnapshot *snapshot)
{
  return parts != NULL && parts->tally == snapshot->tally &&
         parts->settings == snapshot->settings && parts->figures == snapshot->figures;
}

static void
known_clear (Known *known)
{
  g_clear_pointer (&known->snapshot, ballast_snapshot_free);
  g_clear_pointer (&known->plan, ballast_plan_unref);
}

static void
ballast_planner_finalize (GObject *object)
{
  BallastPlanner *self = BALLAST_PLANNER (object);

  for (guint i = 0; i < N_KNOWN; i++)
    known_clear (&self->known[i]);
  g_clear_pointer (&self->asked_for, ballast_snapshot_free);
  g_clear_object (&self->cancellable);
  ballast_balance_settings_clear (&self->asked);

  G_OBJECT_CLASS (ballast_planner_parent_class)->finalize (object);
}

static void
ballast_planner_class_init (BallastPlannerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ballast_planner_finalize;

  signals[PLANNED] = g_signal_new ("planned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
ballast_planner_init (BallastPlanner *self)
{
  ballast_balance_settings_init (&self->asked);
}

BallastPlanner *
ballast_planner_new (void)
{
  return g_object_new (BALLAST_TYPE_PLANNER, NULL);
}

void
ballast_planner_cancel (BallastPlanner *self)
{
  g_return_if_fail (BALLAST_IS_PLANNER (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->asked_for, ballast_snapshot_free);
}

typedef struct
{
  BallastSnapshot       *snapshot;
  BallastBalanceSettings balance;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  ballast_snapshot_free (work->snapshot);
  ballast_balance_settings_clear (&work->balance);
  g_free (work);
}

static void
plan_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;
  BallastPlan *plan = ballast_snapshot_dup_plan (work->snapshot, &work->balance, cancellable, &error);

  if (plan == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, plan, (GDestroyNotify) ballast_plan_unref);
}

static void
plan_done (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  BallastPlanner *self = BALLAST_PLANNER (source);
  g_autoptr(BallastPlan) plan = g_task_propagate_pointer (G_TASK (result), NULL);
  Known *known;

  if (plan == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  g_clear_object (&self->cancellable);
  known = &self->known[self->next_known];
  self->next_known = (self->next_known + 1) % N_KNOWN;
  known_clear (known);
  *known = (Known){ g_steal_pointer (&self->asked_for), g_steal_pointer (&plan) };
  g_signal_emit (self, signals[PLANNED], 0);
}

static void
begin (BallastPlanner               *self,
       const BallastSnapshot        *snapshot,
       const BallastBalanceSettings *balance)
{
  g_autoptr(GTask) task = NULL;
  Work *work = g_new0 (Work, 1);

  ballast_planner_cancel (self);
  self->cancellable = g_cancellable_new ();
  self->asked_for = ballast_snapshot_ref_parts (snapshot);
  ballast_balance_settings_clear (&self->asked);
  ballast_balance_settings_copy (balance, &self->asked);
  work->snapshot = ballast_snapshot_ref_parts (snapshot);
  ballast_balance_settings_copy (balance, &work->balance);

  task = g_task_new (self, self->cancellable, plan_done, NULL);
  g_task_set_source_tag (task, ballast_planner_ask);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, plan_in_thread);
}

BallastPlan *
ballast_planner_ask (BallastPlanner               *self,
                     const BallastSnapshot        *snapshot,
                     const BallastBalanceSettings *balance,
                     GError                      **error)
{
  BallastPlan *plan;

  g_return_val_if_fail (BALLAST_IS_PLANNER (self), NULL);

  for (guint i = 0; i < N_KNOWN; i++)
    if (follow_from (self->known[i].snapshot, snapshot) &&
        ballast_balance_settings_equal (&self->known[i].plan->settings, balance))
      return ballast_plan_ref (self->known[i].plan);

  plan = ballast_snapshot_dup_quick_plan (snapshot, balance, error);
  if (plan != NULL && plan->coarse &&
      !(self->cancellable != NULL && follow_from (self->asked_for, snapshot) &&
        ballast_balance_settings_equal (&self->asked, balance)))
    begin (self, snapshot, balance);
  return plan;
}
