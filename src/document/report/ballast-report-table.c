/*
 * Tables that may be long, and numbers as a report writes them.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-report-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* More rows than this go to an appendix; so many are shown of their beginning and end. */
#define MOST_ROWS 40
#define FIRST_ROWS 12
#define LAST_ROWS 6

static void
fill (BallastPaperTable        *table,
      const BallastReport      *report,
      const BallastReportTable *source,
      guint                     begin,
      guint                     end)
{
  for (guint row = begin; row < end; row++)
    source->add_row (table, report, row, source->data);
}

/* A row of dots: here something is left out. */
static void
add_gap (BallastPaperTable *table)
{
  for (guint i = 0; i < table->n_columns; i++)
    ballast_paper_table_cell (table, g_strdup ("⋮"));
}

static void
add_shortened (BallastReportWriter      *writer,
               const BallastReportTable *source)
{
  guint n = ++writer->n_appendices, more = source->n_rows - FIRST_ROWS - LAST_ROWS;
  g_autofree char *heading = g_strdup_printf (_("Appendix %u: %s"), n, source->title);
  g_autofree char *caption = NULL;
  BallastPaperTable *table;

  caption = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u row more: see appendix %u",
                                          "%u rows more: see appendix %u", more), more, n);
  table = ballast_paper_add_table (writer->paper, caption);
  source->add_columns (table, writer->report);
  fill (table, writer->report, source, 0, FIRST_ROWS);
  add_gap (table);
  fill (table, writer->report, source, source->n_rows - LAST_ROWS, source->n_rows);
  if (source->caption != NULL)
    ballast_paper_add_text (writer->paper, BALLAST_PAPER_NOTE, source->caption, NULL);

  ballast_paper_add_heading (writer->appendix, 1, heading);
  table = ballast_paper_add_table (writer->appendix, source->caption);
  source->add_columns (table, writer->report);
  fill (table, writer->report, source, 0, source->n_rows);
}

void
_ballast_report_add_table (BallastReportWriter      *writer,
                           const BallastReportTable *source)
{
  BallastPaperTable *table;

  if (source->n_rows > MOST_ROWS)
    {
      add_shortened (writer, source);
      return;
    }
  table = ballast_paper_add_table (writer->paper, source->caption);
  source->add_columns (table, writer->report);
  fill (table, writer->report, source, 0, source->n_rows);
}

char *
_ballast_report_percent (double share)
{
  return g_strdup_printf ("%.1f\u202f%%", 100 * share);
}

char *
_ballast_report_ratio (double ratio)
{
  if (!isfinite (ratio))
    return g_strdup ("∞");
  if (ratio <= 0)
    return g_strdup ("–");
  return g_strdup_printf (ratio < 99.95 ? "%.1f\u202f:\u202f1" : "%.0f\u202f:\u202f1", ratio);
}

char *
_ballast_report_count (guint64 count)
{
  return ballast_chart_format_count (count);
}

char *
_ballast_report_number (double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.6g", number));
}

const char *
_ballast_report_unit (BallastUnit unit)
{
  return unit == BALLAST_UNIT_IMAGES ? _("images") : _("instances");
}

const char *
_ballast_report_training (const BallastReport *report)
{
  const BallastTally *tally = report->snapshot->tally;
  guint split = ballast_tally_get_training_split (tally);

  return split < tally->n_splits ? tally->splits[split].name : "";
}
