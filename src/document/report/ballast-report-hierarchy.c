/*
 * The section “Hierarchy”: the tree, drawn and node by node.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-report-private.h"

#include <glib/gi18n-lib.h>

#include "ballast-hierarchy-chart.h"

static void
add_words (BallastReportWriter *writer)
{
  const BallastHierarchyFigures *figures = writer->report->hierarchy;
  g_autofree char *worst = _ballast_report_ratio (figures->worst < 0
                                                    ? 1 : figures->nodes[figures->worst].ratio);
  g_autofree char *flat = _ballast_report_ratio (figures->flat_ratio);
  g_autofree char *micro = _ballast_report_percent (figures->micro);
  g_autofree char *macro = _ballast_report_percent (figures->macro);
  g_autofree char *parts = NULL, *price = NULL;

  parts = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                        "%u dataset in place of one; the most uneven of them has a ratio of "
                                        "%s, the flat dataset %s.",
                                        "%u datasets in place of one; the most uneven of them has a ratio of "
                                        "%s, the flat dataset %s.", figures->n_datasets),
                           figures->n_datasets, worst, flat);
  price = g_strdup_printf (_("The price: a picture passes %.2f decisions on average. Where each is right as "
                              "often as said, the class is right for %s of the pictures and, as a mean over "
                              "the classes, %s. An estimate: the product of the decisions, which takes their "
                              "errors to be independent."),
                           figures->mean_depth, micro, macro);
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT, parts, NULL);
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT, price, NULL);
}

static void
add_columns (BallastPaperTable   *table,
             const BallastReport *report)
{
  ballast_paper_table_column (table, _("Node"), FALSE);
  ballast_paper_table_column (table, _("Classes"), TRUE);
  ballast_paper_table_column (table, _("Count"), TRUE);
  ballast_paper_table_column (table, _("Ratio"), TRUE);
  ballast_paper_table_column (table, _("Majority"), TRUE);
  ballast_paper_table_column (table, _("Depth"), TRUE);
  ballast_paper_table_column (table, _("Path right"), TRUE);
}

/* Depth is shown by em spaces, up to where they leave room for the name. */
static char *
indent (const char *name,
        guint       depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (depth, 8); i++)
    g_string_append (text, "\u2003");
  g_string_append (text, name);
  return g_string_free (text, FALSE);
}

static void
add_row (BallastPaperTable   *table,
         const BallastReport *report,
         guint                row,
         gconstpointer        data)
{
  const BallastNodeFigures *node = &report->hierarchy->nodes[row];
  gboolean is_class = node->node->is_class;

  ballast_paper_table_cell (table, indent (node->node->name, node->depth));
  ballast_paper_table_cell (table, is_class ? g_strdup ("") : g_strdup_printf ("%u", node->n_classes));
  ballast_paper_table_cell (table, _ballast_report_count (node->count));
  ballast_paper_table_cell (table, is_class ? g_strdup ("") : _ballast_report_ratio (node->ratio));
  ballast_paper_table_cell (table, is_class ? g_strdup ("") : _ballast_report_percent (node->majority_share));
  ballast_paper_table_cell (table, g_strdup_printf ("%u", node->depth));
  ballast_paper_table_cell (table, _ballast_report_percent (node->path_accuracy));
}

void
_ballast_report_add_hierarchy (BallastReportWriter *writer)
{
  const BallastReport *report = writer->report;
  BallastUnit unit = ballast_settings_get_balance (report->snapshot->settings)->unit;
  BallastReportTable nodes = {
    .title = _("All Nodes of the Hierarchy"),
    .caption = _("Counts are of the training split. Ratio and majority: among the children of a group."),
    .n_rows = report->hierarchy->n,
    .add_columns = add_columns,
    .add_row = add_row,
  };

  if (report->hierarchy->n == 0)
    return;
  ballast_paper_add_heading (writer->paper, 1, _("Hierarchy"));
  add_words (writer);
  ballast_paper_add_tree (writer->paper,
                          ballast_hierarchy_dup_tree_model (report->hierarchy, report->snapshot->tally, unit,
                                                            BALLAST_TREE_STYLE_TREE),
                          _("Groups of which the children are uneven are ochre"));
  _ballast_report_add_table (writer, &nodes);
}
