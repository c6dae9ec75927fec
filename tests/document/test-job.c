#include "config.h"

#include "ballast-job.h"

/* A worker that reports and ends as it is told. */
typedef struct
{
  BallastJob *job;
  guint       n_reports;
  gboolean    until_cancelled;
  GError     *error;
} Worker;

static gpointer
work (gpointer data)
{
  Worker *worker = data;
  GCancellable *cancellable = ballast_job_get_cancellable (worker->job);
  GError *error = worker->error;

  for (guint i = 1; i <= worker->n_reports; i++)
    ballast_job_report (worker->job, &(BallastProgressState) { i, worker->n_reports, i * 10,
                                                               worker->n_reports * 10 });
  while (worker->until_cancelled && error == NULL)
    if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
      g_usleep (1000);
  ballast_job_finish (worker->job, g_strdup ("result"), g_free, error);
  return NULL;
}

static gboolean
run (Worker  *worker,
     GError **error)
{
  GThread *thread = g_thread_new ("worker", work, worker);
  gboolean success = ballast_job_wait (worker->job, error);

  g_thread_join (thread);
  return success;
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_done (void)
{
  g_autoptr(BallastJob) job = ballast_job_new ("Counting");
  Worker worker = { .job = job, .n_reports = 5 };
  g_autoptr(GError) error = NULL;
  BallastProgressState progress;
  guint n_finished = 0;

  g_signal_connect_swapped (job, "finished", G_CALLBACK (count), &n_finished);
  g_assert_true (ballast_job_is_running (job));
  g_assert_true (run (&worker, &error));
  g_assert_no_error (error);
  g_assert_cmpint (ballast_job_get_state (job), ==, BALLAST_JOB_DONE);
  g_assert_cmpfloat (ballast_job_get_fraction (job), ==, 1.0);
  g_assert_cmpstr (ballast_job_get_result (job), ==, "result");
  g_assert_cmpstr (ballast_job_get_title (job), ==, "Counting");
  ballast_job_get_progress (job, &progress);
  g_assert_cmpuint (progress.items_done, ==, 5);
  g_assert_cmpuint (n_finished, ==, 1);
}

static void
test_cancelled (void)
{
  g_autoptr(BallastJob) job = ballast_job_new ("Waiting");
  Worker worker = { .job = job, .until_cancelled = TRUE };
  g_autoptr(GError) error = NULL;

  ballast_job_cancel (job);
  g_assert_false (run (&worker, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (ballast_job_get_state (job), ==, BALLAST_JOB_CANCELLED);
}

static void
test_failed (void)
{
  g_autoptr(BallastJob) job = ballast_job_new ("Failing");
  Worker worker = { .job = job };
  g_autoptr(GError) error = NULL;

  worker.error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The disk is full.");
  g_assert_false (run (&worker, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpint (ballast_job_get_state (job), ==, BALLAST_JOB_FAILED);
  g_assert_error (ballast_job_get_error (job), G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

/* A hundred thousand reports must not become a hundred thousand redraws. */
static void
test_coalesced (void)
{
  g_autoptr(BallastJob) job = ballast_job_new ("Chattering");
  Worker worker = { .job = job, .n_reports = 100000 };
  gint64 begin = g_get_monotonic_time ();
  guint n_notified = 0;
  double ms;

  g_signal_connect_swapped (job, "notify::fraction", G_CALLBACK (count), &n_notified);
  g_assert_true (run (&worker, NULL));
  ms = (g_get_monotonic_time () - begin) / 1000.0;
  g_assert_cmpuint (n_notified, <=, (guint) (ms / 15) + 2);
}

static void
test_message (void)
{
  g_autoptr(BallastJob) job = ballast_job_new ("Talking");
  Worker worker = { .job = job };

  ballast_job_report_message (job, "first");
  ballast_job_report_message (job, "second");
  g_assert_true (run (&worker, NULL));
  g_assert_cmpstr (ballast_job_get_message (job), ==, "second");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/job/done", test_done);
  g_test_add_func ("/document/job/cancelled", test_cancelled);
  g_test_add_func ("/document/job/failed", test_failed);
  g_test_add_func ("/document/job/coalesced", test_coalesced);
  g_test_add_func ("/document/job/message", test_message);

  return g_test_run ();
}
