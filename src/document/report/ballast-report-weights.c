/*
 * The section “Class Weights”: the scheme, where it comes from, and every number.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-report-private.h"

#include <glib/gi18n-lib.h>

static const char *
describe_normalisation (const BallastWeights *weights)
{
  if (weights->options.scheme->fixed_scale)
    return _("The scale of these numbers carries meaning, so they are not normalised.");
  switch (weights->options.normalise)
    {
    case BALLAST_NORMALISE_SAMPLE_MEAN:
      return _("The mean over all examples is 1, so the learning rate keeps its meaning.");
    case BALLAST_NORMALISE_SUM_K:
      return _("The weights add up to the number of classes that are not empty.");
    case BALLAST_NORMALISE_MAX_1:
      return _("The largest weight is 1.");
    case BALLAST_NORMALISE_NONE:
    default:
      return _("Not normalised: a loss that does not divide by the weights changes its scale.");
    }
}

static void
add_words (BallastReportWriter *writer)
{
  const BallastWeights *weights = writer->report->weights;
  const BallastWeightScheme *scheme = weights->options.scheme;
  g_autoptr(GString) title = g_string_new (_(scheme->title));
  g_autofree char *good = NULL, *counts = NULL;

  for (guint i = 0; i < scheme->n_parameters; i++)
    {
      g_autofree char *number = _ballast_report_number (weights->options.params[i]);

      g_string_append_printf (title, ", %s = %s", scheme->parameters[i].name, number);
    }
  g_string_append_c (title, '.');
  good = g_strdup_printf ("%s %s", _(scheme->summary), _(scheme->caution));
  counts = g_strdup_printf (weights->options.basis == BALLAST_WEIGHT_BASIS_PLAN
                              ? _("Made of %s of the training split as it will be exported. %s")
                              : _("Made of %s of the training split as it is. %s"),
                            weights->options.area ? _("the area of boxes") : _ballast_report_unit (weights->options.unit),
                            describe_normalisation (weights));
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT, title->str, scheme->source);
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT, good, NULL);
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT, counts, NULL);
}

static void
add_chart (BallastReportWriter *writer)
{
  const BallastWeights *weights = writer->report->weights;
  BallastPaperWeights *bars = ballast_paper_add_weights (writer->paper, _("Count"), _("Weight"),
                                                         _("Counts and weights, each in proportion to the "
                                                            "largest"));

  for (guint i = 0; i < weights->n; i++)
    ballast_paper_weights_add (bars, weights->classes[i].name, weights->classes[i].index,
                               weights->classes[i].count, weights->classes[i].weight);
}

static void
add_columns (BallastPaperTable   *table,
             const BallastReport *report)
{
  ballast_paper_table_column (table, _("Class"), FALSE);
  ballast_paper_table_column (table, _("Index"), TRUE);
  ballast_paper_table_column (table, _("Count"), TRUE);
  ballast_paper_table_column (table, _("Weight"), TRUE);
}

static void
add_row (BallastPaperTable   *table,
         const BallastReport *report,
         guint                row,
         gconstpointer        data)
{
  const BallastClassWeight *class = &report->weights->classes[row];
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  ballast_paper_table_dot (table, ballast_palette_get_class (class->index));
  ballast_paper_table_cell (table, g_strdup (class->name));
  ballast_paper_table_cell (table, g_strdup_printf ("%u", class->index));
  ballast_paper_table_cell (table, _ballast_report_count (class->count));
  ballast_paper_table_cell (table, g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.6f",
                                                              class->weight)));
}

void
_ballast_report_add_weights (BallastReportWriter *writer)
{
  const BallastWeights *weights = writer->report->weights;
  g_auto(GStrv) findings = NULL;
  BallastReportTable classes = {
    .title = _("All Weights"),
    .add_columns = add_columns,
    .add_row = add_row,
  };

  if (weights == NULL || weights->n == 0)
    return;
  ballast_paper_add_heading (writer->paper, 1, _("Class Weights"));
  add_words (writer);
  add_chart (writer);
  classes.n_rows = weights->n;
  _ballast_report_add_table (writer, &classes);
  findings = ballast_weights_dup_findings (
    weights, writer->report->plan->settings.strategy != BALLAST_STRATEGY_NONE);
  for (char **finding = findings; *finding != NULL; finding++)
    ballast_paper_add_text (writer->paper, BALLAST_PAPER_WARNING, *finding, NULL);
}
