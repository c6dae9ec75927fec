/*
 * The section “The Data”: where it comes from, what is left out, splits and classes.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-report-private.h"

#include <glib/gi18n-lib.h>

/* Splits with columns of their own; what is in others is one column. */
#define MOST_SPLITS 4

static void
add_sources (BallastReportWriter *writer)
{
  const GPtrArray *sources = writer->report->snapshot->sources;
  BallastPaperTable *table;

  if (sources->len == 0)
    return;
  ballast_paper_add_heading (writer->paper, 2, _("Sources"));
  table = ballast_paper_add_table (writer->paper, NULL);
  ballast_paper_table_column (table, _("Folder or file"), FALSE);
  ballast_paper_table_column (table, _("Layout"), FALSE);
  ballast_paper_table_column (table, _("Imported"), FALSE);
  for (guint i = 0; i < sources->len; i++)
    {
      const BallastSource *source = g_ptr_array_index (sources, i);
      g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (source->imported_us / G_USEC_PER_SEC);
      g_autofree char *path = source->file == NULL || *source->file == '\0'
                                ? g_strdup (source->root)
                                : g_build_filename (source->root, source->file, NULL);

      ballast_paper_table_cell (table, g_filename_display_name (path));
      ballast_paper_table_cell (table, g_strdup (source->layout));
      ballast_paper_table_cell (table, source->imported_us == 0
                                         ? g_strdup (_("never finished"))
                                         : g_date_time_format (date, "%Y-%m-%d %H:%M"));
    }
}

static void
add_facts (BallastReportWriter *writer)
{
  const BallastTally *tally = writer->report->snapshot->tally;
  const struct
  {
    const char *name;
    guint64     count;
    gboolean    always;
  } facts[] = {
    { _("Images that count"), tally->images, TRUE },
    { _("Labels"), tally->annotations, TRUE },
    { _("Labels with a box"), tally->boxes, FALSE },
    { _("Images with several classes"), tally->multi_label, FALSE },
    { _("Images without a label"), tally->unlabelled, FALSE },
    { _("Images excluded by hand"), tally->excluded, FALSE },
    { _("Images that cannot be read"), tally->unreadable, FALSE },
    { _("Images that are gone"), tally->gone, FALSE },
  };
  BallastPaperTable *table;

  ballast_paper_add_heading (writer->paper, 2, _("Counts"));
  table = ballast_paper_add_table (writer->paper, NULL);
  ballast_paper_table_column (table, _("What"), FALSE);
  ballast_paper_table_column (table, _("Number"), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (facts[i].always || facts[i].count > 0)
      {
        ballast_paper_table_cell (table, g_strdup (facts[i].name));
        ballast_paper_table_cell (table, _ballast_report_count (facts[i].count));
      }
}

static void
add_split (BallastPaperTable *table,
           const char        *name,
           const char        *role,
           guint64            images)
{
  ballast_paper_table_cell (table, g_strdup (name));
  ballast_paper_table_cell (table, _ballast_report_count (images));
  ballast_paper_table_cell (table, g_strdup (role));
}

static void
add_splits (BallastReportWriter *writer)
{
  const BallastTally *tally = writer->report->snapshot->tally;
  guint training = ballast_tally_get_training_split (tally);
  BallastPaperTable *table;

  if (tally->n_splits == 0)
    return;
  ballast_paper_add_heading (writer->paper, 2, _("Splits"));
  table = ballast_paper_add_table (writer->paper, NULL);
  ballast_paper_table_column (table, _("Split"), FALSE);
  ballast_paper_table_column (table, _("Images"), TRUE);
  ballast_paper_table_column (table, _("What becomes of it"), FALSE);
  for (guint i = 0; i < tally->n_splits; i++)
    add_split (table, tally->splits[i].name, i == training ? _("is balanced") : _("stays as it is"),
               tally->splits[i].images);
  if (tally->images_without_split > 0)
    add_split (table, _("in no split"), training == tally->n_splits ? _("is balanced") : _("stays as it is"),
               tally->images_without_split);
}

static void
add_class_columns (BallastPaperTable   *table,
                   const BallastReport *report)
{
  const BallastTally *tally = report->snapshot->tally;

  ballast_paper_table_column (table, _("Class"), FALSE);
  ballast_paper_table_column (table, _("Index"), TRUE);
  ballast_paper_table_column (table, _("Images"), TRUE);
  ballast_paper_table_column (table, _("Instances"), TRUE);
  ballast_paper_table_column (table, _("Share"), TRUE);
  for (guint i = 0; i < MIN (tally->n_splits, MOST_SPLITS); i++)
    ballast_paper_table_column (table, tally->splits[i].name, TRUE);
  if (tally->n_splits > MOST_SPLITS || (tally->n_splits > 0 && tally->images_without_split > 0))
    ballast_paper_table_column (table, tally->n_splits > MOST_SPLITS ? _("other splits")
                                                                     : _("in no split"), TRUE);
}

static void
add_class_row (BallastPaperTable   *table,
               const BallastReport *report,
               guint                row,
               gconstpointer        data)
{
  const BallastTally *tally = report->snapshot->tally;
  const BallastClassTally *class = &tally->classes[row];
  guint64 rest = class->by_split[tally->n_splits].images;

  ballast_paper_table_dot (table, ballast_palette_get_class (class->index));
  ballast_paper_table_cell (table, g_strdup (class->name));
  ballast_paper_table_cell (table, g_strdup_printf ("%u", class->index));
  ballast_paper_table_cell (table, _ballast_report_count (class->total.images));
  ballast_paper_table_cell (table, _ballast_report_count (class->total.instances));
  ballast_paper_table_cell (table, _ballast_report_percent (
                              tally->images == 0 ? 0 : (double) class->total.images / tally->images));
  for (guint i = 0; i < tally->n_splits; i++)
    if (i < MOST_SPLITS)
      ballast_paper_table_cell (table, _ballast_report_count (class->by_split[i].images));
    else
      rest += class->by_split[i].images;
  if (tally->n_splits > MOST_SPLITS || (tally->n_splits > 0 && tally->images_without_split > 0))
    ballast_paper_table_cell (table, _ballast_report_count (rest));
}

void
_ballast_report_add_data (BallastReportWriter *writer)
{
  const BallastTally *tally = writer->report->snapshot->tally;
  const BallastReportTable classes = {
    .title = _("All Classes"),
    .caption = _("Images that hold the class, and its labels in them; share of all images. Columns of splits "
                  "count images."),
    .n_rows = tally->n_classes,
    .add_columns = add_class_columns,
    .add_row = add_class_row,
  };

  ballast_paper_add_heading (writer->paper, 1, _("The Data"));
  add_sources (writer);
  add_facts (writer);
  add_splits (writer);
  if (tally->n_classes == 0)
    return;
  ballast_paper_add_heading (writer->paper, 2, _("Classes"));
  _ballast_report_add_table (writer, &classes);
}
