#pragma once

#include <gio/gio.h>

#include "ballast-progress.h"

G_BEGIN_DECLS

/*
 * Anything long: an import, an export, a sample being drawn.
 *
 * The object lives on the main thread: its properties change there and are notified there, at most
 * once in 16 ms however often the workers report.  The functions marked "any thread" are for the
 * workers.  A job finishes exactly once; "finished" is emitted after its properties are final.
 */
#define BALLAST_TYPE_JOB (ballast_job_get_type ())
G_DECLARE_FINAL_TYPE (BallastJob, ballast_job, BALLAST, JOB, GObject)

typedef enum
{
  BALLAST_JOB_RUNNING,
  BALLAST_JOB_DONE,
  BALLAST_JOB_CANCELLED, /* what was finished before stays, and the next run continues it */
  BALLAST_JOB_FAILED,    /* see the error */
} BallastJobState;

#define BALLAST_TYPE_JOB_STATE (ballast_job_state_get_type ())
GType            ballast_job_state_get_type    (void);

/*
 * Properties, all read-only and notified: "title" (string), "message" (string: what it does just
 * now), "fraction" (double, 0 … 1; 0 while the total is unknown), "state" (BallastJobState),
 * "running" (boolean), "rate" (double, items a second), "seconds-left" (double, -1: not known yet),
 * "items-done", "items-total", "bytes-done", "bytes-total" (uint64).  Signal: "finished" (no
 * argument).
 */
BallastJob      *ballast_job_new               (const char                 *title);

const char      *ballast_job_get_title         (BallastJob                 *job);
const char      *ballast_job_get_message       (BallastJob                 *job);
double           ballast_job_get_fraction      (BallastJob                 *job);
BallastJobState  ballast_job_get_state         (BallastJob                 *job);
gboolean         ballast_job_is_running        (BallastJob                 *job);
double           ballast_job_get_rate          (BallastJob                 *job);
double           ballast_job_get_seconds_left  (BallastJob                 *job);
double           ballast_job_get_seconds       (BallastJob                 *job);
void             ballast_job_get_progress      (BallastJob                 *job,
                                                BallastProgressState       *progress);

/* (transfer none) (nullable): set where the state is FAILED or CANCELLED. */
const GError    *ballast_job_get_error         (BallastJob                 *job);

/* Asks the job to stop; it finishes as CANCELLED a moment later. */
void             ballast_job_cancel            (BallastJob                 *job);

/* (transfer none): any thread. */
GCancellable    *ballast_job_get_cancellable   (BallastJob                 *job);

/*
 * Spins the main context until the job is finished: for programs without a main loop.
 *
 * Returns: TRUE where it is done; otherwise @error is set (G_IO_ERROR_CANCELLED for a cancel).
 */
gboolean         ballast_job_wait              (BallastJob                 *job,
                                                GError                    **error);

/* (transfer none) (nullable): what the job leaves; its type is told where the job is started. */
gpointer         ballast_job_get_result        (BallastJob                 *job);

/* Any thread.  Latest wins; the main thread hears of it once in 16 ms. */
void             ballast_job_report            (BallastJob                 *job,
                                                const BallastProgressState *progress);
void             ballast_job_report_message    (BallastJob                 *job,
                                                const char                 *message);

/* A progress that reports to @job; valid while @job lives.  Any thread. */
BallastProgress  ballast_job_as_progress       (BallastJob                 *job);

/* Any thread, once.  Takes @result (freed with @destroy) and @error: NULL means done. */
void             ballast_job_finish            (BallastJob                 *job,
                                                gpointer                    result,
                                                GDestroyNotify              destroy,
                                                GError                     *error);

G_END_DECLS
