/*
 * What readers share when they tell of problems: the count of each kind, and its limit.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-import-sink.h"

gboolean
ballast_import_sink_report (const BallastImportSink *sink,
                            BallastImportSummary    *summary,
                            const BallastProblem    *problem,
                            GError                 **error)
{
  g_return_val_if_fail (problem->kind > 0 && problem->kind <= BALLAST_PROBLEM_KIND_LAST, FALSE);

  if (++summary->problems[problem->kind] > BALLAST_IMPORT_MAX_PROBLEMS)
    return TRUE;

  return sink->add_problem (sink->user_data, problem, error);
}

gboolean
ballast_import_sink_finish (const BallastImportSink    *sink,
                            const BallastImportSummary *summary,
                            GError                    **error)
{
  for (guint kind = 1; kind <= BALLAST_PROBLEM_KIND_LAST; kind++)
    {
      g_autofree char *detail = NULL;
      BallastProblem problem = { .kind = kind };

      if (summary->problems[kind] <= BALLAST_IMPORT_MAX_PROBLEMS)
        continue;
      problem.n_more = summary->problems[kind] - BALLAST_IMPORT_MAX_PROBLEMS;
      detail = g_strdup_printf ("and %" G_GUINT64_FORMAT " more", problem.n_more);
      problem.detail = detail;
      if (!sink->add_problem (sink->user_data, &problem, error))
        return FALSE;
    }

  return TRUE;
}
