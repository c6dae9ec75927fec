/*
 * The report of a project: what it is, put together from its sections, and written as a job.
 *
 * Everything is read at once on the store thread; what follows is the job's thread alone.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-document-private.h"
#include "ballast-report-private.h"

static char *
describe_size (const BallastReport *report)
{
  const BallastTally *tally = report->snapshot->tally;
  g_autofree char *number = ballast_chart_format_count (tally->images);
  g_autofree char *images =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s image", "%s images",
                                  (gulong) MIN (tally->images, 1000000)), number);
  g_autofree char *classes =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u class", "%u classes", tally->n_classes),
                     tally->n_classes);

  return g_strdup_printf ("%s · %s", images, classes);
}

/* The language of the words, as BCP 47 has it. */
static char *
find_language (void)
{
  const char *const *names = g_get_language_names_with_category ("LC_MESSAGES");
  char *language;

  if (names[0] == NULL || g_str_equal (names[0], "C") || g_str_has_prefix (names[0], "C.") ||
      g_str_equal (names[0], "POSIX"))
    return g_strdup ("en");
  language = g_strndup (names[0], strcspn (names[0], ".@"));
  return g_strdelimit (language, "_", '-');
}

static void
set_facts (BallastPaper        *paper,
           const BallastReport *report)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (report->unix_time);

  paper->unix_time = report->unix_time;
  g_free (paper->date);
  /* Translators: a date as strftime() takes it: "23 November 2026". */
  paper->date = g_date_time_format (date, _("%-d %B %Y"));
  g_free (paper->producer);
  paper->producer = g_strdup ("Ballast " BALLAST_VERSION);
  g_free (paper->language);
  paper->language = find_language ();
}

static void
move_blocks (BallastPaper *from,
             BallastPaper *to)
{
  while (from->blocks->len > 0)
    g_ptr_array_add (to->blocks, g_ptr_array_steal_index (from->blocks, 0));
}

BallastPaper *
_ballast_report_compose (const BallastReport *report)
{
  g_autofree char *size = describe_size (report);
  BallastPaper *paper = ballast_paper_new (report->snapshot->title, size);
  g_autoptr(BallastPaper) appendix = ballast_paper_new ("", "");
  BallastReportWriter writer = { report, paper, appendix, 0 };

  set_facts (paper, report);
  _ballast_report_add_figures (&writer);
  _ballast_report_add_data (&writer);
  _ballast_report_add_contents (&writer);
  _ballast_report_add_plan (&writer);
  _ballast_report_add_weights (&writer);
  _ballast_report_add_hierarchy (&writer);
  _ballast_report_add_pipelines (&writer);
  _ballast_report_add_problems (&writer);
  _ballast_report_add_settings (&writer);
  move_blocks (appendix, paper);
  return paper;
}

typedef struct
{
  BallastJob         *job;
  BallastStoreThread *thread;
  char               *project;
  char               *path;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_object_unref (run->job);
  ballast_store_thread_unref (run->thread);
  g_free (run->project);
  g_free (run->path);
  g_free (run);
}

static gboolean
write_report (Run     *run,
              GError **error)
{
  BallastProgress progress = ballast_job_as_progress (run->job);
  BallastReport *report = _ballast_report_read (run->thread, run->project, error);
  g_autoptr(BallastPaper) paper = NULL;

  if (report == NULL)
    return FALSE;
  paper = _ballast_report_compose (report);
  _ballast_report_free (report);
  ballast_job_report_message (run->job, _("Drawing the report"));
  return ballast_paper_save (paper, run->path, ballast_job_get_cancellable (run->job), &progress, error);
}

static gpointer
write_in_thread (gpointer data)
{
  Run *run = data;
  GError *error = NULL;

  write_report (run, &error);
  ballast_job_finish (run->job, NULL, NULL, error);
  return NULL;
}

BallastJob *
ballast_document_save_report (BallastDocument *document,
                              const char      *path)
{
  BallastJob *job = ballast_job_new (_("Writing the report"));
  Run *run = g_new0 (Run, 1);

  g_return_val_if_fail (BALLAST_IS_DOCUMENT (document), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  run->job = g_object_ref (job);
  run->thread = ballast_store_thread_ref (ballast_document_get_thread (document));
  run->project = g_strdup (ballast_document_get_path (document));
  run->path = g_canonicalize_filename (path, NULL);
  ballast_job_report_message (job, _("Reading the project"));
  ballast_document_start_job (document, job, write_in_thread, run, run_free);
  return job;
}
