/*
 * The section “Problems”: what is wrong with the data, by kind, worst first, with examples.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-report-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-problem-list.h"
#include "ballast-problem-text.h"

#define MOST_EXAMPLES 5

static const char *
name_severity (BallastSeverity severity)
{
  switch (severity)
    {
    case BALLAST_SEVERITY_ERROR:
      return _("error");
    case BALLAST_SEVERITY_WARNING:
      return _("warning");
    case BALLAST_SEVERITY_NOTE:
    default:
      return _("note");
    }
}

static void
add_overview (BallastReportWriter *writer)
{
  const GPtrArray *groups = writer->report->problems;
  BallastPaperTable *table = ballast_paper_add_table (writer->paper, NULL);

  ballast_paper_table_column (table, _("Problem"), FALSE);
  ballast_paper_table_column (table, _("Kind"), FALSE);
  ballast_paper_table_column (table, _("Number"), TRUE);
  for (guint i = 0; i < groups->len; i++)
    {
      BallastProblemGroup *group = g_ptr_array_index (groups, i);

      ballast_paper_table_cell (table, g_strdup (ballast_problem_group_get_title (group)));
      ballast_paper_table_cell (table, g_strdup (name_severity (ballast_problem_group_get_severity (group))));
      ballast_paper_table_cell (table, _ballast_report_count (ballast_problem_group_get_count (group)));
    }
}

static void
add_group (BallastReportWriter *writer,
           BallastProblemGroup *group)
{
  guint n;
  const BallastProblem *problems = ballast_problem_group_get_problems (group, &n);
  guint64 count = ballast_problem_group_get_count (group);
  const char *advice = ballast_problem_group_get_advice (group);
  guint shown = MIN (n, MOST_EXAMPLES);

  ballast_paper_add_heading (writer->paper, 2, ballast_problem_group_get_title (group));
  if (advice != NULL && *advice != '\0')
    ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT, advice, NULL);
  for (guint i = 0; i < shown; i++)
    {
      g_autofree char *example = ballast_problem_text_example (&problems[i]);
      g_autofree char *line = ballast_problem_text_line (&problems[i]);
      const char *shown_text = *example != '\0' ? example : line;
      const char *detail = problems[i].detail;

      ballast_paper_add_item (writer->paper, 0, shown_text,
                              detail != NULL && strstr (shown_text, detail) == NULL ? detail : NULL);
    }
  if (count > shown)
    {
      g_autofree char *number = _ballast_report_count (count - shown);
      g_autofree char *more = g_strdup_printf (_("… and %s more"), number);

      ballast_paper_add_text (writer->paper, BALLAST_PAPER_NOTE, more, NULL);
    }
}

void
_ballast_report_add_problems (BallastReportWriter *writer)
{
  const GPtrArray *groups = writer->report->problems;

  ballast_paper_add_heading (writer->paper, 1, _("Problems"));
  if (groups->len == 0)
    {
      ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT, _("None were found."), NULL);
      return;
    }
  add_overview (writer);
  for (guint i = 0; i < groups->len; i++)
    add_group (writer, g_ptr_array_index (groups, i));
}
