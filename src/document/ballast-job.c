/*
 * A long piece of work as both front ends see it.
 *
 * Workers write their latest report under a lock and arm one timer; the main thread reads it at
 * most once in 16 ms, whatever the number of reports.  What stands behind the lock belongs to any
 * thread, everything else to the main context that the job was made in.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-job.h"

#define COALESCE_MS 16
/* A rate follows the last seconds rather than the whole run. */
#define RATE_WINDOW_S 3.0
/* A guess from less than this says nothing. */
#define RATE_SETTLE_S 0.5

struct _BallastJob
{
  GObject parent_instance;

  GMainContext        *context;
  GCancellable        *cancellable;
  char                *title;
  char                *message;
  GError              *error;
  gpointer             result;
  GDestroyNotify       result_destroy;
  BallastProgressState progress;
  BallastJobState      state;
  double               rate;
  double               seconds_left;
  gint64               started_us;
  gint64               finished_us;
  gint64               rated_us;
  guint64              rated_done;

  GMutex               lock;
  BallastProgressState next_progress;
  char                *next_message;
  GSource             *timer;
  GError              *next_error;
  gpointer             next_result;
  GDestroyNotify       next_result_destroy;
  gboolean             finishing;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_MESSAGE,
  PROP_FRACTION,
  PROP_STATE,
  PROP_RUNNING,
  PROP_RATE,
  PROP_SECONDS_LEFT,
  PROP_ITEMS_DONE,
  PROP_ITEMS_TOTAL,
  PROP_BYTES_DONE,
  PROP_BYTES_TOTAL,
  N_PROPS
};

enum
{
  SIGNAL_FINISHED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BallastJob, ballast_job, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (BallastJobState, ballast_job_state,
                    G_DEFINE_ENUM_VALUE (BALLAST_JOB_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (BALLAST_JOB_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (BALLAST_JOB_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (BALLAST_JOB_FAILED, "failed"))

/* The smoothed rate and what follows from it. */
static void
update_rate (BallastJob *self)
{
  gint64 now = g_get_monotonic_time ();
  double seconds = (now - self->rated_us) / 1e6;
  guint64 done = self->progress.items_done;
  double weight, rate;

  if (done < self->rated_done || seconds < 0.1)
    return;

  rate = (done - self->rated_done) / seconds;
  weight = self->rate <= 0.0 ? 1.0 : MIN (1.0, seconds / RATE_WINDOW_S);
  self->rate += weight * (rate - self->rate);
  self->rated_us = now;
  self->rated_done = done;

  if (self->progress.items_total == 0 || self->rate <= 0.0 ||
      now - self->started_us < RATE_SETTLE_S * 1e6)
    self->seconds_left = -1.0;
  else
    self->seconds_left = (self->progress.items_total - MIN (done, self->progress.items_total)) /
                         self->rate;
}

static void
notify_progress (BallastJob *self)
{
  GObject *object = G_OBJECT (self);

  for (guint id = PROP_MESSAGE; id < N_PROPS; id++)
    if (id != PROP_STATE && id != PROP_RUNNING)
      g_object_notify_by_pspec (object, properties[id]);
}

/* Takes over what the workers reported last. */
static void
take_reports (BallastJob *self)
{
  g_mutex_lock (&self->lock);
  self->progress = self->next_progress;
  if (self->next_message != NULL)
    {
      g_free (self->message);
      self->message = g_steal_pointer (&self->next_message);
    }
  g_clear_pointer (&self->timer, g_source_unref);
  g_mutex_unlock (&self->lock);

  update_rate (self);
}

static gboolean
on_timer (gpointer user_data)
{
  BallastJob *self = user_data;

  if (self->state != BALLAST_JOB_RUNNING)
    return G_SOURCE_REMOVE;

  take_reports (self);
  g_object_freeze_notify (G_OBJECT (self));
  notify_progress (self);
  g_object_thaw_notify (G_OBJECT (self));
  return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
arm_timer (BallastJob *self)
{
  if (self->timer != NULL || self->finishing)
    return;

  self->timer = g_timeout_source_new (COALESCE_MS);
  g_source_set_callback (self->timer, on_timer, g_object_ref (self), g_object_unref);
  g_source_attach (self->timer, self->context);
}

static BallastJobState
state_of_error (const GError *error)
{
  if (error == NULL)
    return BALLAST_JOB_DONE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return BALLAST_JOB_CANCELLED;
  return BALLAST_JOB_FAILED;
}

static gboolean
on_finish (gpointer user_data)
{
  BallastJob *self = user_data;

  take_reports (self);
  self->error = g_steal_pointer (&self->next_error);
  self->result = g_steal_pointer (&self->next_result);
  self->result_destroy = self->next_result_destroy;
  self->finished_us = g_get_monotonic_time ();
  self->state = state_of_error (self->error);
  self->seconds_left = self->state == BALLAST_JOB_DONE ? 0.0 : -1.0;

  g_object_freeze_notify (G_OBJECT (self));
  notify_progress (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
  return G_SOURCE_REMOVE;
}

static void
ballast_job_finalize (GObject *object)
{
  BallastJob *self = BALLAST_JOB (object);

  if (self->result != NULL && self->result_destroy != NULL)
    self->result_destroy (self->result);
  g_clear_pointer (&self->timer, g_source_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self->title);
  g_free (self->message);
  g_free (self->next_message);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (ballast_job_parent_class)->finalize (object);
}

static void
ballast_job_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  BallastJob *self = BALLAST_JOB (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_FRACTION:
      g_value_set_double (value, ballast_job_get_fraction (self));
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, ballast_job_is_running (self));
      break;
    case PROP_RATE:
      g_value_set_double (value, self->rate);
      break;
    case PROP_SECONDS_LEFT:
      g_value_set_double (value, self->seconds_left);
      break;
    case PROP_ITEMS_DONE:
      g_value_set_uint64 (value, self->progress.items_done);
      break;
    case PROP_ITEMS_TOTAL:
      g_value_set_uint64 (value, self->progress.items_total);
      break;
    case PROP_BYTES_DONE:
      g_value_set_uint64 (value, self->progress.bytes_done);
      break;
    case PROP_BYTES_TOTAL:
      g_value_set_uint64 (value, self->progress.bytes_total);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
ballast_job_class_init (BallastJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = ballast_job_finalize;
  object_class->get_property = ballast_job_get_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, BALLAST_TYPE_JOB_STATE,
                                              BALLAST_JOB_RUNNING, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, TRUE, flags);
  properties[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_SECONDS_LEFT] = g_param_spec_double ("seconds-left", NULL, NULL,
                                                       -1, G_MAXDOUBLE, -1, flags);
  properties[PROP_ITEMS_DONE] = g_param_spec_uint64 ("items-done", NULL, NULL,
                                                     0, G_MAXUINT64, 0, flags);
  properties[PROP_ITEMS_TOTAL] = g_param_spec_uint64 ("items-total", NULL, NULL,
                                                      0, G_MAXUINT64, 0, flags);
  properties[PROP_BYTES_DONE] = g_param_spec_uint64 ("bytes-done", NULL, NULL,
                                                     0, G_MAXUINT64, 0, flags);
  properties[PROP_BYTES_TOTAL] = g_param_spec_uint64 ("bytes-total", NULL, NULL,
                                                      0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ballast_job_init (BallastJob *self)
{
  g_mutex_init (&self->lock);
  self->context = g_main_context_ref_thread_default ();
  self->cancellable = g_cancellable_new ();
  self->message = g_strdup ("");
  self->started_us = self->rated_us = g_get_monotonic_time ();
  self->seconds_left = -1.0;
}

BallastJob *
ballast_job_new (const char *title)
{
  BallastJob *self = g_object_new (BALLAST_TYPE_JOB, NULL);

  self->title = g_strdup (title);
  return self;
}

const char *
ballast_job_get_title (BallastJob *self)
{
  g_return_val_if_fail (BALLAST_IS_JOB (self), NULL);
  return self->title;
}

const char *
ballast_job_get_message (BallastJob *self)
{
  g_return_val_if_fail (BALLAST_IS_JOB (self), NULL);
  return self->message;
}

double
ballast_job_get_fraction (BallastJob *self)
{
  g_return_val_if_fail (BALLAST_IS_JOB (self), 0.0);

  if (self->state == BALLAST_JOB_DONE)
    return 1.0;
  if (self->progress.bytes_total > 0)
    return MIN (1.0, (double) self->progress.bytes_done / self->progress.bytes_total);
  if (self->progress.items_total > 0)
    return MIN (1.0, (double) self->progress.items_done / self->progress.items_total);
  return 0.0;
}

BallastJobState
ballast_job_get_state (BallastJob *self)
{
  g_return_val_if_fail (BALLAST_IS_JOB (self), BALLAST_JOB_FAILED);
  return self->state;
}

gboolean
ballast_job_is_running (BallastJob *self)
{
  g_return_val_if_fail (BALLAST_IS_JOB (self), FALSE);
  return self->state == BALLAST_JOB_RUNNING;
}

double
ballast_job_get_rate (BallastJob *self)
{
  g_return_val_if_fail (BALLAST_IS_JOB (self), 0.0);
  return self->rate;
}

double
ballast_job_get_seconds_left (BallastJob *self)
{
  g_return_val_if_fail (BALLAST_IS_JOB (self), -1.0);
  return self->seconds_left;
}

double
ballast_job_get_seconds (BallastJob *self)
{
  g_return_val_if_fail (BALLAST_IS_JOB (self), 0.0);

  if (self->state == BALLAST_JOB_RUNNING)
    return (g_get_monotonic_time () - self->started_us) / 1e6;
  return (self->finished_us - self->started_us) / 1e6;
}

void
ballast_job_get_progress (BallastJob           *self,
                          BallastProgressState *progress)
{
  g_return_if_fail (BALLAST_IS_JOB (self));
  *progress = self->progress;
}

const GError *
ballast_job_get_error (BallastJob *self)
{
  g_return_val_if_fail (BALLAST_IS_JOB (self), NULL);
  return self->error;
}

void
ballast_job_cancel (BallastJob *self)
{
  g_return_if_fail (BALLAST_IS_JOB (self));
  g_cancellable_cancel (self->cancellable);
}

GCancellable *
ballast_job_get_cancellable (BallastJob *self)
{
  g_return_val_if_fail (BALLAST_IS_JOB (self), NULL);
  return self->cancellable;
}

gboolean
ballast_job_wait (BallastJob *self,
                  GError    **error)
{
  g_return_val_if_fail (BALLAST_IS_JOB (self), FALSE);

  while (self->state == BALLAST_JOB_RUNNING)
    g_main_context_iteration (self->context, TRUE);

  if (self->error != NULL)
    g_propagate_error (error, g_error_copy (self->error));
  return self->error == NULL;
}

gpointer
ballast_job_get_result (BallastJob *self)
{
  g_return_val_if_fail (BALLAST_IS_JOB (self), NULL);
  return self->result;
}

void
ballast_job_report (BallastJob                 *self,
                    const BallastProgressState *progress)
{
  g_return_if_fail (BALLAST_IS_JOB (self));

  g_mutex_lock (&self->lock);
  self->next_progress = *progress;
  arm_timer (self);
  g_mutex_unlock (&self->lock);
}

void
ballast_job_report_message (BallastJob *self,
                            const char *message)
{
  g_return_if_fail (BALLAST_IS_JOB (self));

  g_mutex_lock (&self->lock);
  g_free (self->next_message);
  self->next_message = g_strdup (message);
  arm_timer (self);
  g_mutex_unlock (&self->lock);
}

static void
report_to_job (const BallastProgressState *state,
               gpointer                    user_data)
{
  ballast_job_report (user_data, state);
}

BallastProgress
ballast_job_as_progress (BallastJob *self)
{
  return (BallastProgress) { report_to_job, self };
}

void
ballast_job_finish (BallastJob    *self,
                    gpointer       result,
                    GDestroyNotify destroy,
                    GError        *error)
{
  g_autoptr(GSource) source = g_idle_source_new ();
  GSource *timer;

  g_return_if_fail (BALLAST_IS_JOB (self));

  g_mutex_lock (&self->lock);
  g_assert (!self->finishing);
  self->finishing = TRUE;
  self->next_result = result;
  self->next_result_destroy = destroy;
  self->next_error = error;
  timer = g_steal_pointer (&self->timer);
  g_mutex_unlock (&self->lock);

  if (timer != NULL)
    {
      g_source_destroy (timer);
      g_source_unref (timer);
    }

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_finish, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}
