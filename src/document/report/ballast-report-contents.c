/*
 * The section “What Stands in the Images”: classes that stand together, sizes and places of boxes.
 *
 * Nothing for data of one label an image without boxes.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-report-private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "ballast-content-pictures.h"

#define MATRIX_CLASSES 40
#define MAPS 7
#define MOST_PAIRS 20

typedef struct
{
  guint   a;
  guint   b;
  guint64 both;
  double  share; /* of the images of a */
} Pair;

static int
compare_pairs (gconstpointer first,
               gconstpointer second)
{
  const Pair *left = first, *right = second;

  if (left->share != right->share)
    return left->share > right->share ? -1 : 1;
  if (left->both != right->both)
    return left->both > right->both ? -1 : 1;
  return left->a != right->a ? (left->a < right->a ? -1 : 1) : left->b < right->b ? -1 : 1;
}

/* (transfer full) (element-type Pair): each pair once, from the class that depends on the other. */
static GArray *
dup_pairs (const BallastCoOccurrence *together)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));

  for (guint a = 0; a < ballast_co_occurrence_get_n_classes (together); a++)
    {
      guint n;
      const BallastCompanion *row = ballast_co_occurrence_get_companions (together, a, &n);
      guint64 images = ballast_co_occurrence_get_images (together, a);

      for (guint i = 0; i < n; i++)
        {
          guint64 others = ballast_co_occurrence_get_images (together, row[i].other);
          Pair pair = { a, row[i].other, row[i].images, (double) row[i].images / images };

          if (images < others || (images == others && a < row[i].other))
            g_array_append_val (pairs, pair);
        }
    }
  g_array_sort (pairs, compare_pairs);
  return pairs;
}

static void
add_pairs (BallastReportWriter *writer)
{
  const BallastContentStatistics *contents = writer->report->contents;
  const BallastTally *tally = writer->report->snapshot->tally;
  g_autoptr(GArray) pairs = dup_pairs (contents->together);
  BallastPaperTable *table = ballast_paper_add_table (
    writer->paper, _("The pairs in which the smaller class depends most on the larger one"));

  ballast_paper_table_column (table, _("Of the images of"), FALSE);
  ballast_paper_table_column (table, _("hold"), FALSE);
  ballast_paper_table_column (table, _("Share"), TRUE);
  ballast_paper_table_column (table, _("Images"), TRUE);
  for (guint i = 0; i < MIN (pairs->len, MOST_PAIRS); i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);

      ballast_paper_table_dot (table, ballast_palette_get_class (pair->a));
      ballast_paper_table_cell (table, g_strdup (tally->classes[pair->a].name));
      ballast_paper_table_cell (table, g_strdup (tally->classes[pair->b].name));
      ballast_paper_table_cell (table, _ballast_report_percent (pair->share));
      ballast_paper_table_cell (table, _ballast_report_count (pair->both));
    }
}

static void
add_together (BallastReportWriter *writer)
{
  const BallastContentStatistics *contents = writer->report->contents;
  const BallastMatrixWish wish = { BALLAST_MATRIX_SHARE, FALSE, MATRIX_CLASSES };
  guint64 mixed = ballast_co_occurrence_get_n_mixed (contents->together);
  g_autofree char *some = _ballast_report_count (mixed);
  g_autofree char *all = _ballast_report_count (contents->images);
  g_autofree char *sentence = g_strdup_printf (_("%s of %s images hold several classes; SCUMBLE is %.3f."),
                                               some, all,
                                               ballast_label_mix_get_scumble (contents->mix));

  if (mixed == 0)
    return;
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT, sentence,
                          _("SCUMBLE (Charte 2014) is 0 where the classes of an image are equally "
                             "frequent, and nears 1 where rare classes stand beside common ones: "
                             "copying such images adds both."));
  ballast_paper_add_picture (writer->paper,
                             ballast_content_matrix_new (contents, writer->report->snapshot->tally,
                                                         &wish, NULL),
                             _("How much of the images of a row hold the class of a column"));
  add_pairs (writer);
}

static void
add_boxes (BallastReportWriter *writer)
{
  const BallastContentStatistics *contents = writer->report->contents;
  static const struct
  {
    BallastContentBins which;
    const char        *caption;
  } bins[] = {
    { BALLAST_CONTENT_BINS_BANDS, N_("Objects by the area of their box, in COCO’s bands") },
    { BALLAST_CONTENT_BINS_RELATIVE, N_("Objects by their size relative to the picture") },
    { BALLAST_CONTENT_BINS_ASPECT, N_("Objects by their shape") },
  };

  if (contents->boxes.boxes == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (bins); i++)
    ballast_paper_add_picture (writer->paper,
                               ballast_content_bins_new (contents, bins[i].which, -1),
                               _(bins[i].caption));
  if (contents->places->boxes > 0)
    ballast_paper_add_picture (writer->paper,
                               ballast_content_places_new (contents, writer->report->snapshot->tally,
                                                           -1, MAPS),
                               _("Where objects lie: how much of the boxes of a class cover a place"));
}

void
_ballast_report_add_contents (BallastReportWriter *writer)
{
  const BallastContentStatistics *contents = writer->report->contents;
  g_autofree char *background = NULL;
  g_autofree char *sentence = NULL;

  if (contents->boxes.boxes == 0 && ballast_co_occurrence_get_n_mixed (contents->together) == 0)
    return;

  background = _ballast_report_percent ((double) contents->background / MAX (contents->images, 1));
  sentence = g_strdup_printf (_("An image holds %.1f labels in the mean, at most %" PRIu64
                                 "; %s hold none."),
                              ballast_content_statistics_get_mean_labels (contents),
                              contents->most_labels, background);
  ballast_paper_add_heading (writer->paper, 1, _("What Stands in the Images"));
  ballast_paper_add_text (writer->paper, BALLAST_PAPER_TEXT, sentence, NULL);
  ballast_paper_add_picture (writer->paper,
                             ballast_content_bins_new (contents, BALLAST_CONTENT_BINS_PER_IMAGE, -1),
                             _("Images by how many labels they hold"));
  add_together (writer);
  add_boxes (writer);
}
