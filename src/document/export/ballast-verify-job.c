/*
 * Verifying a dataset as a job: one thread, which reads as fast as the disk gives.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-verify-job.h"

#include <glib/gi18n-lib.h>

#include "ballast-json.h"
#include "ballast-path.h"
#include "ballast-hierarchy-verify.h"

typedef struct
{
  BallastJob *job;
  char       *dest;
} Run;

static void
report_free (BallastVerifyReport *report)
{
  g_strfreev (report->findings);
  g_free (report->json);
  g_free (report);
}

static char *
describe_finding (const BallastVerifyFinding *finding)
{
  g_autofree char *path = ballast_path_display (finding->path);

  return g_strdup_printf ("%s: %s%s%s", ballast_verify_kind_get_name (finding->kind), path,
                          finding->detail == NULL ? "" : ": ",
                          finding->detail == NULL ? "" : finding->detail);
}

static BallastVerifyReport *
report_new (const BallastVerifyResult *result)
{
  BallastVerifyReport *report = g_new0 (BallastVerifyReport, 1);
  g_autoptr(JsonNode) node = ballast_verify_result_to_json (result);

  report->files = result->files;
  report->bytes = result->bytes;
  report->n_findings = result->findings->len;
  report->json = ballast_json_to_string (node, TRUE);
  report->findings = g_new0 (char *, report->n_findings + 1);
  for (guint i = 0; i < report->n_findings; i++)
    report->findings[i] = describe_finding (g_ptr_array_index (result->findings, i));
  return report;
}

static gpointer
verify_in_thread (gpointer data)
{
  Run *run = data;
  BallastProgress progress = ballast_job_as_progress (run->job);
  g_autoptr(BallastVerifyResult) result = NULL;
  GError *error = NULL;

  result = ballast_verify_any (run->dest, ballast_job_get_cancellable (run->job), &progress, &error);
  ballast_job_finish (run->job, result == NULL ? NULL : report_new (result),
                      (GDestroyNotify) report_free, error);
  g_object_unref (run->job);
  g_free (run->dest);
  g_free (run);
  return NULL;
}

BallastJob *
ballast_verify_start (const char *dest)
{
  BallastJob *job = ballast_job_new (_("Checking files"));
  Run *run = g_new0 (Run, 1);

  run->job = g_object_ref (job);
  run->dest = g_canonicalize_filename (dest, NULL);
  ballast_job_report_message (job, _("Checking files"));
  g_thread_unref (g_thread_new ("verify", verify_in_thread, run));
  return job;
}
