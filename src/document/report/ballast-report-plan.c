/*
 * The section “The Plan”: what balancing does to the training split.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-report-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* More warnings than this are counted only. */
#define MOST_WARNINGS 12

static char *
describe_strategy (const BallastBalanceSettings *settings)
{
  g_autofree char *target = ballast_target_to_text (&settings->target);
  g_autofree char *threshold = _ballast_report_number (settings->threshold);

  switch (settings->strategy)
    {
    case BALLAST_STRATEGY_OVERSAMPLE:
      return g_strdup_printf (_("Oversampling: classes below the target (%s) are raised to it by copies."),
                              target);
    case BALLAST_STRATEGY_UNDERSAMPLE:
      return g_strdup_printf (_("Undersampling: classes above the target (%s) are lowered to it."), target);
    case BALLAST_STRATEGY_BOTH:
      return g_strdup_printf (_("Every class is brought to the target (%s): rare ones by copies, common ones "
                                 "by leaving images out."), target);
    case BALLAST_STRATEGY_REPEAT_FACTOR:
      return g_strdup_printf (_("Repeat factors (LVIS): images of classes in less than a share of %s of the "
                                 "images repeat."), threshold);
    case BALLAST_STRATEGY_NONE:
    default:
      return g_strdup (_("No balancing is set: the training split is exported as it is."));
    }
}

static void
add_words (BallastReportWriter *writer)
{
  const BallastPlan *plan = writer->report->plan;
  const BallastBalanceSettings *settings = &plan->settings;
  g_autofree char *strategy = describe_strategy (settings);
  g_autofree char *details = NULL;

  if (settings->strategy != BALLAST_STRATEGY_NONE)
    details = settings->max_repeats == 0
                ? g_strdup_printf (_("Counted in %s; an image may appear any number of times; seed "
                                      "%" PRIu64 "."),
                                   _ballast_report_unit (settings->unit), settings->seed)
                : g_strdup_printf (_("Counted in %s; an image appears at most %u times; seed "
                                      "%" PRIu64 "."),
                                   _ballast_report_unit (settings->unit), settings->max_repeats,
                                   settings->seed);
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT, strategy, details);
}

static void
add_pair (BallastPaperTable *table,
          const char        *name,
          char              *before,
          char              *after)
{
  ballast_paper_table_cell (table, g_strdup (name));
  ballast_paper_table_cell (table, before);
  ballast_paper_table_cell (table, after);
}

static void
add_totals (BallastReportWriter *writer)
{
  const BallastPlan *plan = writer->report->plan;
  BallastPaperTable *table = ballast_paper_add_table (writer->paper, NULL);

  ballast_paper_table_column (table, _("Training split"), FALSE);
  ballast_paper_table_column (table, _("Before"), TRUE);
  ballast_paper_table_column (table, _("After"), TRUE);
  add_pair (table, _("Images"), _ballast_report_count (plan->images_before),
            _ballast_report_count (plan->images_after));
  add_pair (table, _("Imbalance ratio"), _ballast_report_ratio (plan->ratio_before),
            _ballast_report_ratio (plan->ratio_after));
  add_pair (table, _("Different images"), _ballast_report_count (plan->images_before),
            _ballast_report_count (plan->distinct_images));
  add_pair (table, _("Copies made"), g_strdup ("–"), _ballast_report_count (plan->images_added));
  add_pair (table, _("Images left out"), g_strdup ("–"), _ballast_report_count (plan->images_dropped));
}

static void
add_before_after (BallastReportWriter *writer)
{
  const BallastPlan *plan = writer->report->plan;
  g_autofree guint64 *after = ballast_plan_dup_counts (plan);
  BallastChartModel *chart =
    ballast_chart_model_new_from_tally (writer->report->snapshot->tally,
                                        plan->settings.unit == BALLAST_UNIT_IMAGES
                                          ? BALLAST_CHART_UNIT_IMAGES : BALLAST_CHART_UNIT_INSTANCES,
                                        (int) plan->training_split, FALSE);

  ballast_chart_model_set_after (chart, after);
  ballast_paper_add_chart (writer->paper, chart,
                           _("The training split before (full bars) and after (outlines)"));
}

static void
add_columns (BallastPaperTable   *table,
             const BallastReport *report)
{
  ballast_paper_table_column (table, _("Class"), FALSE);
  ballast_paper_table_column (table, _("Now"), TRUE);
  ballast_paper_table_column (table, _("Target"), TRUE);
  ballast_paper_table_column (table, _("After"), TRUE);
  ballast_paper_table_column (table, _("Added"), TRUE);
  ballast_paper_table_column (table, _("Left out"), TRUE);
  ballast_paper_table_column (table, _("Reachable"), TRUE);
  ballast_paper_table_column (table, _("Most repeats"), TRUE);
}

static void
add_row (BallastPaperTable   *table,
         const BallastReport *report,
         guint                row,
         gconstpointer        data)
{
  const BallastPlanClass *class = &report->plan->classes[row];

  ballast_paper_table_dot (table, ballast_palette_get_class (class->index));
  ballast_paper_table_cell (table, g_strdup (class->name));
  ballast_paper_table_cell (table, _ballast_report_count (class->now));
  ballast_paper_table_cell (table, _ballast_report_count (class->target));
  ballast_paper_table_cell (table, _ballast_report_count (class->after));
  ballast_paper_table_cell (table, _ballast_report_count (class->added));
  ballast_paper_table_cell (table, _ballast_report_count (class->dropped));
  ballast_paper_table_cell (table, _ballast_report_count (class->reachable));
  ballast_paper_table_cell (table, g_strdup_printf ("%u", class->max_repeats));
}

static void
add_warnings (BallastReportWriter *writer)
{
  const GPtrArray *warnings = writer->report->plan->warnings;
  g_autofree char *more = NULL;

  if (warnings->len == 0)
    return;
  ballast_paper_add_heading (writer->paper, 2, _("Warnings"));
  for (guint i = 0; i < MIN (warnings->len, MOST_WARNINGS); i++)
    {
      const BallastPlanWarning *warning = g_ptr_array_index (warnings, i);

      ballast_paper_add_text (writer->paper, BALLAST_PAPER_WARNING, warning->text, warning->hint);
    }
  if (warnings->len <= MOST_WARNINGS)
    return;
  more = g_strdup_printf (_("… and %u more like these."), warnings->len - MOST_WARNINGS);
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_NOTE, more, NULL);
}

void
_ballast_report_add_plan (BallastReportWriter *writer)
{
  const BallastPlan *plan = writer->report->plan;
  BallastReportTable classes = {
    .title = _("The Plan of Every Class"),
    .add_columns = add_columns,
    .add_row = add_row,
  };

  if (plan == NULL)
    return;
  ballast_paper_add_heading (writer->paper, 1, _("The Plan"));
  add_words (writer);
  if (plan->settings.strategy == BALLAST_STRATEGY_NONE)
    return;
  add_totals (writer);
  if (plan->images_before > 0)
    add_before_after (writer);
  ballast_paper_add_heading (writer->paper, 2, _("Class by Class"));
  classes.n_rows = plan->n_classes;
  _ballast_report_add_table (writer, &classes);
  add_warnings (writer);
}
