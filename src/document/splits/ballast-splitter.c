/*
 * Makes plans of splits, one after the other, and remembers what it read.
 *
 * The object is of the main thread; a plan's task has references of its own to what it works on.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-document-private.h"
#include "ballast-splitter-private.h"

struct _BallastSplitter
{
  guint             n_refs;
  BallastDocument  *document;
  gulong            handler;
  BallastSplitData *data; /* (nullable): not read yet, or changed since */
  guint             age;  /* goes up with every change of the records */
  BallastNearSet   *near; /* (nullable) */
};

/* What one plan works on. */
typedef struct
{
  BallastSplitter    *splitter; /* of the main thread: taken back by finish */
  BallastStoreThread *thread;
  BallastSplitRequest request;
  BallastSplitData   *data;   /* (nullable): to be read */
  BallastNearSet     *near;   /* (nullable) */
  guint               age;
} Work;

static void
work_free (Work *work)
{
  ballast_store_thread_unref (work->thread);
  ballast_split_request_clear (&work->request);
  g_clear_pointer (&work->data, ballast_split_data_unref);
  g_clear_pointer (&work->near, ballast_near_set_unref);
  g_free (work);
}

static void
on_changed (BallastSplitter *self,
            BallastChanged   changed)
{
  if ((changed & (BALLAST_CHANGED_RECORDS | BALLAST_CHANGED_CLASSES | BALLAST_CHANGED_PROBLEMS)) == 0)
    return;

  self->age++;
  g_clear_pointer (&self->data, ballast_split_data_unref);
}

BallastSplitter *
ballast_splitter_new (BallastDocument *document)
{
  BallastSplitter *self = g_new0 (BallastSplitter, 1);

  self->n_refs = 1;
  self->document = g_object_ref (document);
  self->handler = g_signal_connect_swapped (document, "changed", G_CALLBACK (on_changed), self);
  return self;
}

BallastSplitter *
ballast_splitter_ref (BallastSplitter *self)
{
  self->n_refs++;
  return self;
}

void
ballast_splitter_unref (BallastSplitter *self)
{
  if (--self->n_refs > 0)
    return;

  g_signal_handler_disconnect (self->document, self->handler);
  g_object_unref (self->document);
  g_clear_pointer (&self->data, ballast_split_data_unref);
  g_clear_pointer (&self->near, ballast_near_set_unref);
  g_free (self);
}

void
ballast_splitter_set_near (BallastSplitter *self,
                           BallastNearSet  *near)
{
  g_clear_pointer (&self->near, ballast_near_set_unref);
  self->near = near != NULL ? ballast_near_set_ref (near) : NULL;
}

static void
plan_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Work *work = task_data;
  GError *error = NULL;
  BallastSplitPlan *plan = NULL;

  if (work->data == NULL)
    work->data = ballast_split_data_load (work->thread, cancellable, &error);
  if (work->data != NULL)
    plan = ballast_split_plan_new (work->data, work->near, &work->request, &error);

  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) ballast_split_plan_unref);
  else
    g_task_return_error (task, error);
}

void
ballast_splitter_plan_async (BallastSplitter           *self,
                             const BallastSplitRequest *request,
                             GCancellable              *cancellable,
                             GAsyncReadyCallback        callback,
                             gpointer                   user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->splitter = ballast_splitter_ref (self);
  work->thread = ballast_store_thread_ref (ballast_document_get_thread (self->document));
  ballast_split_request_copy (request, &work->request);
  work->data = self->data != NULL ? ballast_split_data_ref (self->data) : NULL;
  work->near = self->near != NULL ? ballast_near_set_ref (self->near) : NULL;
  work->age = self->age;
  g_task_set_source_tag (task, ballast_splitter_plan_async);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  g_task_run_in_thread (task, plan_in_thread);
}

BallastSplitPlan *
ballast_splitter_plan_finish (GAsyncResult *result,
                              GError      **error)
{
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr(BallastSplitter) self = g_steal_pointer (&work->splitter);
  BallastSplitPlan *plan = g_task_propagate_pointer (G_TASK (result), error);

  if (plan != NULL && self->data == NULL && work->age == self->age)
    self->data = ballast_split_data_ref (work->data);

  return plan;
}
