/*
 * One connection, one thread.
 *
 * Work comes as closures through a queue: asynchronous ones that end a GTask, and ones that a
 * worker waits for.  Nothing but this thread touches the store, so nothing in store/ needs a lock.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-store-thread.h"

#include <glib/gi18n-lib.h>

struct _BallastStoreThread
{
  gatomicrefcount ref_count;
  GAsyncQueue    *queue;
  GThread        *thread;
  BallastStore   *store;    /* the thread's own */
  GMutex          lock;
  GCond           done;     /* some call has run */
  gboolean        stopped;
};

/* A piece of work: a task, a call, or (neither) the order to stop. */
struct _BallastStoreCall
{
  GTask               *task;
  BallastStoreTaskFunc task_func;
  BallastStoreCallFunc call_func;
  gpointer             user_data;
  GError              *error;
  gboolean             success;
  gboolean             ran;
};

typedef struct _BallastStoreCall Work;

static gboolean
remove_source (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

/* A task holds its document, whose last reference must not be dropped here: it joins this thread. */
static void
unref_in_context (GTask *task)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_callback (source, remove_source, task, g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
run_task (BallastStoreThread *self,
          Work               *work)
{
  GTask *task = work->task;

  if (!g_task_return_error_if_cancelled (task))
    work->task_func (task, self->store, g_task_get_task_data (task), g_task_get_cancellable (task));
  unref_in_context (task);
  g_free (work);
}

static void
run_call (BallastStoreThread *self,
          Work               *work)
{
  work->success = work->call_func (self->store, work->user_data, &work->error);

  g_mutex_lock (&self->lock);
  work->ran = TRUE;
  g_cond_broadcast (&self->done);
  g_mutex_unlock (&self->lock);
}

static gpointer
store_thread (gpointer data)
{
  BallastStoreThread *self = data;

  for (;;)
    {
      Work *work = g_async_queue_pop (self->queue);

      if (work->task != NULL)
        run_task (self, work);
      else if (work->call_func != NULL)
        run_call (self, work);
      else
        {
          g_free (work);
          break;
        }
    }

  g_clear_pointer (&self->store, ballast_store_close);
  return NULL;
}

BallastStoreThread *
ballast_store_thread_new (void)
{
  BallastStoreThread *self = g_new0 (BallastStoreThread, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->queue = g_async_queue_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->done);
  self->thread = g_thread_new ("store", store_thread, self);
  return self;
}

BallastStoreThread *
ballast_store_thread_ref (BallastStoreThread *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ballast_store_thread_unref (BallastStoreThread *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  ballast_store_thread_stop (self);
  g_async_queue_unref (self->queue);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->done);
  g_free (self);
}

void
ballast_store_thread_adopt (BallastStoreThread *self,
                            BallastStore       *store)
{
  g_assert (g_thread_self () == self->thread);
  g_assert (self->store == NULL);
  self->store = store;
}

/* FALSE where the thread takes nothing any more; @work is then the caller's. */
static gboolean
push (BallastStoreThread *self,
      Work               *work)
{
  gboolean stopped;

  g_mutex_lock (&self->lock);
  stopped = self->stopped;
  if (!stopped)
    g_async_queue_push (self->queue, work);
  g_mutex_unlock (&self->lock);
  return !stopped;
}

static GError *
closed_error (void)
{
  return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, _("The project is closed."));
}

void
ballast_store_thread_run (BallastStoreThread  *self,
                          GTask               *task,
                          BallastStoreTaskFunc func)
{
  Work *work = g_new0 (Work, 1);

  work->task = task;
  work->task_func = func;
  if (push (self, work))
    return;

  g_free (work);
  g_task_return_error (task, closed_error ());
  g_object_unref (task);
}

BallastStoreCall *
ballast_store_thread_begin_call (BallastStoreThread  *self,
                                 BallastStoreCallFunc func,
                                 gpointer             user_data)
{
  Work *work = g_new0 (Work, 1);

  g_return_val_if_fail (g_thread_self () != self->thread, NULL);

  work->call_func = func;
  work->user_data = user_data;
  if (!push (self, work))
    {
      work->error = closed_error ();
      work->ran = TRUE;
    }
  return work;
}

gboolean
ballast_store_thread_has_ended (BallastStoreThread *self,
                                BallastStoreCall   *call)
{
  gboolean ran;

  g_mutex_lock (&self->lock);
  ran = call->ran;
  g_mutex_unlock (&self->lock);
  return ran;
}

gboolean
ballast_store_thread_end_call (BallastStoreThread *self,
                               BallastStoreCall   *call,
                               GError            **error)
{
  g_autofree Work *work = call;

  g_mutex_lock (&self->lock);
  while (!work->ran)
    g_cond_wait (&self->done, &self->lock);
  g_mutex_unlock (&self->lock);

  if (work->error != NULL)
    g_propagate_error (error, work->error);
  return work->success;
}

gboolean
ballast_store_thread_call (BallastStoreThread  *self,
                           BallastStoreCallFunc func,
                           gpointer             user_data,
                           GError             **error)
{
  return ballast_store_thread_end_call (self, ballast_store_thread_begin_call (self, func, user_data),
                                        error);
}

void
ballast_store_thread_stop (BallastStoreThread *self)
{
  GThread *thread;

  g_mutex_lock (&self->lock);
  thread = g_steal_pointer (&self->thread);
  if (!self->stopped)
    g_async_queue_push (self->queue, g_new0 (Work, 1));
  self->stopped = TRUE;
  g_mutex_unlock (&self->lock);

  if (thread != NULL)
    g_thread_join (thread);
}
