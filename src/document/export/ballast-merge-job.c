/*
 * Joining the shards of an export as a job: one thread, which links files and writes lists.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-merge-job.h"

#include <glib/gi18n-lib.h>

#include "ballast-document-export.h"
#include "ballast-merge.h"
#include "ballast-shard.h"

typedef struct
{
  BallastJob *job;
  char       *dest;
} Run;

gboolean
ballast_shard_number_parse (const char         *text,
                            BallastShardNumber *number,
                            GError            **error)
{
  return ballast_shard_parse (text, &number->shard, &number->n_shards, error);
}

static void
result_free (gpointer data)
{
  BallastExportResult *result = data;

  g_free (result->dest);
  g_strfreev (result->notes);
  g_free (result);
}

static BallastExportResult *
result_new (const char                *dest,
            const BallastExportCounts *counts,
            double                     seconds)
{
  BallastExportResult *result = g_new0 (BallastExportResult, 1);

  result->dest = g_strdup (dest);
  result->written = counts->written + counts->skipped;
  result->copied = counts->copied;
  result->augmented = counts->augmented;
  result->problems = counts->problems;
  result->bytes = counts->bytes;
  result->seconds = seconds;
  result->notes = g_new0 (char *, 1);
  return result;
}

static gpointer
merge_in_thread (gpointer data)
{
  Run *run = data;
  BallastProgress progress = ballast_job_as_progress (run->job);
  gint64 begin = g_get_monotonic_time ();
  BallastExportCounts counts = { 0 };
  BallastExportResult *result = NULL;
  GError *error = NULL;

  if (ballast_export_merge (run->dest, &progress, ballast_job_get_cancellable (run->job), &counts,
                            &error))
    result = result_new (run->dest, &counts, (g_get_monotonic_time () - begin) / 1e6);
  ballast_job_finish (run->job, result, result_free, error);
  g_object_unref (run->job);
  g_free (run->dest);
  g_free (run);
  return NULL;
}

BallastJob *
ballast_merge_start (const char *dest)
{
  BallastJob *job = ballast_job_new (_("Joining shards"));
  Run *run = g_new0 (Run, 1);

  run->job = g_object_ref (job);
  run->dest = g_canonicalize_filename (dest, NULL);
  ballast_job_report_message (job, _("Joining shards"));
  g_thread_unref (g_thread_new ("merge", merge_in_thread, run));
  return job;
}
