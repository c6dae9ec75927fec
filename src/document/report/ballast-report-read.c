/*
 * What a report tells, read in one go: an import that begins meanwhile does not change it.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-report-private.h"

#include "ballast-contents-private.h"
#include "ballast-export-plan.h"
#include "ballast-problem-list-private.h"

typedef struct
{
  BallastReport *report;
} Reading;

static gboolean
read_in_thread (BallastStore *store,
                gpointer      user_data,
                GError      **error)
{
  Reading *reading = user_data;

  reading->report->snapshot = ballast_snapshot_read (store, NULL, error);
  if (reading->report->snapshot == NULL)
    return FALSE;
  reading->report->problems = ballast_problem_list_read (store, error);
  if (reading->report->problems == NULL)
    return FALSE;
  reading->report->contents = ballast_contents_read (store, reading->report->snapshot->tally, error);
  return reading->report->contents != NULL;
}

/* The moment that the caller's system says, or now. */
static gint64
find_time (void)
{
  const char *epoch = g_getenv ("SOURCE_DATE_EPOCH");
  gint64 seconds;

  if (epoch != NULL && g_ascii_string_to_signed (epoch, 10, 0, 253402300799, &seconds, NULL))
    return seconds;
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
derive (BallastReport *report)
{
  const BallastSnapshot *snapshot = report->snapshot;
  const BallastTally *tally = snapshot->tally;
  const BallastBalanceSettings *balance = ballast_settings_get_balance (snapshot->settings);
  g_autofree const char **names = g_new0 (const char *, tally->n_classes + 1);
  int split = (int) ballast_tally_get_training_split (tally);

  for (guint i = 0; i < tally->n_classes; i++)
    names[i] = tally->classes[i].name;
  report->counts = ballast_unit_dup_counts (balance->unit, tally, split);
  ballast_imbalance_measure_tally (tally, split, balance->unit, &report->imbalance);
  report->hierarchy =
    ballast_hierarchy_figures_new (ballast_settings_get_hierarchy (snapshot->settings), names,
                                   report->counts, tally->n_classes);
  report->plan = ballast_snapshot_dup_plan (snapshot, balance, NULL, NULL);
  if (report->plan != NULL)
    report->weights = ballast_snapshot_dup_weights (snapshot, report->plan,
                                                    ballast_settings_get_weights (snapshot->settings));
}

BallastReport *
_ballast_report_read (BallastStoreThread *thread,
                      const char         *path,
                      GError            **error)
{
  BallastReport *report = g_new0 (BallastReport, 1);
  Reading reading = { report };
  g_autofree char *base = g_path_get_basename (path);

  report->project = g_filename_display_name (base);
  report->unix_time = find_time ();
  if (!ballast_store_thread_call (thread, read_in_thread, &reading, error))
    {
      _ballast_report_free (report);
      return NULL;
    }
  derive (report);
  return report;
}

void
_ballast_report_free (BallastReport *report)
{
  g_clear_pointer (&report->snapshot, ballast_snapshot_free);
  g_clear_pointer (&report->plan, ballast_plan_unref);
  g_clear_pointer (&report->weights, ballast_weights_free);
  g_clear_pointer (&report->hierarchy, ballast_hierarchy_figures_unref);
  g_clear_pointer (&report->problems, g_ptr_array_unref);
  g_clear_pointer (&report->contents, ballast_content_statistics_unref);
  g_free (report->counts);
  g_free (report->project);
  g_free (report);
}
