/*
 * The crew that is lent to the layers below: threads that live as long as the work.
 *
 * Each takes the next task when it is done with one, so that tasks may differ in length.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-thread-crew.h"

typedef struct
{
  BallastTaskFunc func;
  gpointer        data;
  guint           n_tasks;
  gint            next; /* atomic */
} Work;

static gpointer
work_in_thread (gpointer data)
{
  Work *work = data;
  guint task;

  while ((task = (guint) g_atomic_int_add (&work->next, 1)) < work->n_tasks)
    work->func (work->data, task);

  return NULL;
}

static void
run (BallastTaskFunc func,
     gpointer        data,
     guint           n_tasks)
{
  Work work = { func, data, n_tasks, 0 };
  guint n_threads = MIN (g_get_num_processors (), n_tasks);
  g_autofree GThread **threads = g_new0 (GThread *, n_threads + 1);

  /* Where no more can be started, those that are there do it. */
  for (guint i = 1; i < n_threads; i++)
    threads[i] = g_thread_try_new ("crew", work_in_thread, &work, NULL);
  work_in_thread (&work);
  for (guint i = 1; i < n_threads; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
}

const BallastCrew *
ballast_thread_crew_get (void)
{
  static BallastCrew crew = { .run = run };
  static gsize is_counted;

  if (g_once_init_enter (&is_counted))
    {
      crew.n_hands = g_get_num_processors ();
      g_once_init_leave (&is_counted, 1);
    }

  return &crew;
}
