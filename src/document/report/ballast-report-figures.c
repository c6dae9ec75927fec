/*
 * The section “At a glance”: the figures of imbalance, each with what it means, and the chart.
 *
 * Formulae are balance's (ballast-imbalance.h); here they get words.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-report-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

static const char *
get_name (const BallastReport *report,
          guint                class)
{
  const BallastTally *tally = report->snapshot->tally;

  return class < tally->n_classes ? tally->classes[class].name : "–";
}

/* The smallest class that is not empty; the last of equals. */
static guint
find_smallest (const BallastReport *report)
{
  for (guint i = report->snapshot->tally->n_classes; i-- > 0;)
    if (report->counts[i] == report->imbalance.smallest)
      return i;
  return G_MAXUINT;
}

static void
add_ratio (GPtrArray           *figures,
           const BallastReport *report)
{
  const BallastImbalance *imbalance = &report->imbalance;

  ballast_paper_figures_add (
    figures, _ballast_report_ratio (imbalance->ratio), "",
    g_strdup_printf (_("%s against %s"), get_name (report, imbalance->majority),
                     get_name (report, find_smallest (report))),
    g_strdup (_("Imbalance ratio: the largest class divided by the smallest that is not empty. From "
                 "about 10 on, models tend to ignore the small class.")));
}

static void
add_guess (GPtrArray           *figures,
           const BallastReport *report)
{
  const BallastImbalance *imbalance = &report->imbalance;
  g_autofree char *balanced = _ballast_report_percent (imbalance->balanced_share);

  if (report->snapshot->tally->multi_label > 0)
    {
      ballast_paper_figures_add (
        figures, _ballast_report_percent (ballast_tally_get_presence (report->snapshot->tally, imbalance->majority,
                                                                      -1)), "",
        g_strdup_printf (_("of the images hold “%s”"), get_name (report, imbalance->majority)),
        g_strdup (_("Images hold several classes: look at the scores of the classes one by one, for "
                     "their mean over images hides the rare ones.")));
      return;
    }
  ballast_paper_figures_add (
    figures, _ballast_report_percent (imbalance->majority_share), "",
    g_strdup_printf (_("right by always guessing “%s”"), get_name (report, imbalance->majority)),
    g_strdup_printf (_("An accuracy near this figure is worth nothing; the balanced accuracy of that "
                        "guess is %s."), balanced));
}

static void
add_effective (GPtrArray           *figures,
               const BallastReport *report)
{
  const BallastImbalance *imbalance = &report->imbalance;
  g_autofree char *of = g_strdup_printf (_("of %u"), imbalance->classes);

  ballast_paper_figures_add (
    figures, g_strdup_printf ("%.1f", imbalance->effective_classes), of,
    g_strdup (_("effective classes")),
    g_strdup (_("As uneven as so many classes of equal size: exp H, where H is the entropy of the "
                 "shares (Hill).")));
}

static void
add_evenness (GPtrArray           *figures,
              const BallastReport *report)
{
  const BallastImbalance *imbalance = &report->imbalance;

  ballast_paper_figures_add (
    figures, g_strdup_printf ("%.2f", imbalance->evenness), "",
    g_strdup_printf (_("evenness, Gini %.2f"), imbalance->gini),
    g_strdup (_("Evenness (Pielou): 1 is an even spread, 0 all in one class. Gini: 0 is an even "
                 "spread; near 1 a few classes hold everything.")));
}

static void
add_sizes (GPtrArray           *figures,
           const BallastReport *report)
{
  const BallastImbalance *imbalance = &report->imbalance;

  ballast_paper_figures_add (
    figures, g_strdup_printf ("%u", imbalance->few), "",
    g_strdup (g_dngettext (GETTEXT_PACKAGE, "class with few examples", "classes with few examples",
                           imbalance->few)),
    g_strdup_printf (_("Fewer than %u. %u have many (over %u), %u are between, %u are empty (Liu et al. "
                        "2019)."),
                     BALLAST_IMBALANCE_FEW, imbalance->many, BALLAST_IMBALANCE_MANY, imbalance->medium,
                     imbalance->empty_classes));
}

/* What is balanced, counted once: an image of several classes is one image. */
static guint64
count_training (const BallastReport *report,
                BallastUnit          unit)
{
  const BallastTally *tally = report->snapshot->tally;
  guint split = ballast_tally_get_training_split (tally);

  if (unit == BALLAST_UNIT_INSTANCES)
    return report->imbalance.total;
  return split < tally->n_splits ? tally->splits[split].images : tally->images_without_split;
}

static void
add_examples (GPtrArray           *figures,
              const BallastReport *report)
{
  const BallastTally *tally = report->snapshot->tally;
  const char *split = _ballast_report_training (report);
  BallastUnit unit = ballast_settings_get_balance (report->snapshot->settings)->unit;

  ballast_paper_figures_add (
    figures, _ballast_report_count (count_training (report, unit)), _ballast_report_unit (unit),
    *split == '\0' ? g_strdup (_("in the dataset")) : g_strdup_printf (_("in “%s”"), split),
    g_strdup_printf (_("What these figures are of: the split that is balanced. The whole dataset has "
                        "%" PRIu64 " images and %" PRIu64 " labels."),
                     tally->images, tally->annotations));
}

/* One sentence that says how things are. */
static char *
sum_up (const BallastReport *report)
{
  const BallastImbalance *imbalance = &report->imbalance;
  g_autofree char *ratio = _ballast_report_ratio (imbalance->ratio);

  if (imbalance->total == 0)
    return g_strdup (_("No image counts yet: there is nothing to measure."));
  if (imbalance->classes - imbalance->empty_classes < 2)
    return g_strdup (_("All examples are of one class: there is nothing to compare."));
  if (imbalance->ratio < 1.5)
    return g_strdup_printf (_("The classes are about equally large (%s)."), ratio);
  /* Translators: a class, a number with one digit after the point, and another class. */
  return g_strdup_printf (_("“%s” has %.1f times as many examples as “%s”."),
                          get_name (report, imbalance->majority), imbalance->ratio,
                          get_name (report, find_smallest (report)));
}

void
_ballast_report_add_figures (BallastReportWriter *writer)
{
  const BallastReport *report = writer->report;
  BallastPaper *paper = writer->paper;
  const BallastTally *tally = report->snapshot->tally;
  BallastUnit unit = ballast_settings_get_balance (report->snapshot->settings)->unit;
  g_autofree char *sentence = sum_up (report);
  BallastChartModel *chart;
  GPtrArray *figures;

  ballast_paper_add_heading (paper, 1, _("At a Glance"));
  ballast_paper_add_text (paper, BALLAST_PAPER_TEXT, sentence, NULL);
  if (report->imbalance.total == 0)
    return;
  figures = ballast_paper_add_figures (paper);
  add_ratio (figures, report);
  add_guess (figures, report);
  add_effective (figures, report);
  add_evenness (figures, report);
  add_sizes (figures, report);
  add_examples (figures, report);

  chart = ballast_chart_model_new_from_tally (tally, unit == BALLAST_UNIT_IMAGES
                                                       ? BALLAST_CHART_UNIT_IMAGES
                                                       : BALLAST_CHART_UNIT_INSTANCES, -1, TRUE);
  ballast_paper_add_chart (paper, chart, unit == BALLAST_UNIT_IMAGES
                                           ? _("Images by class, all splits")
                                           : _("Instances by class, all splits"));
}
