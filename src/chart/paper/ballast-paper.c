/*
 * A document as a value: makers of its blocks, and the door to its formats.
 *
 * Text is cleaned where it comes in, so that no format has to think of control characters.  Any
 * thread, one at a time.
 */
#define G_LOG_DOMAIN "ballast-chart"

#include "config.h"

#include "ballast-paper.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-chart-error.h"
#include "ballast-paper-private.h"
#include "ballast-weight-chart.h"

/* (transfer full) (nullable): valid UTF-8; control characters but tabs and ends of lines become
 * U+FFFD, for neither XML nor a printer has room for them. */
static char *
clean (const char *text)
{
  g_autofree char *valid = text == NULL ? NULL : g_utf8_make_valid (text, -1);
  GString *cleaned;

  if (valid == NULL)
    return NULL;
  cleaned = g_string_new (NULL);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      gboolean blank = character == '\n' || character == '\t';
      gboolean outside = (character & 0xfffe) == 0xfffe; /* no characters: XML has none of them */

      if ((g_unichar_iscntrl (character) && !blank) || outside)
        character = 0xfffd;
      g_string_append_unichar (cleaned, character);
    }
  return g_string_free (cleaned, FALSE);
}

static char *
take_clean (char *text)
{
  g_autofree char *owned = text;

  return clean (owned);
}

static void
figure_free (BallastPaperFigure *figure)
{
  g_free (figure->value);
  g_free (figure->unit);
  g_free (figure->caption);
  g_free (figure->explanation);
  g_free (figure);
}

static void
table_free (BallastPaperTable *table)
{
  for (guint i = 0; i < table->n_columns; i++)
    g_free (table->titles[i]);
  g_free (table->titles);
  g_free (table->numeric);
  g_ptr_array_unref (table->cells);
  g_array_unref (table->inks);
  g_free (table);
}

static void
weights_free (BallastPaperWeights *weights)
{
  g_ptr_array_unref (weights->names);
  g_array_unref (weights->bars);
  g_free (weights->captions[0]);
  g_free (weights->captions[1]);
  g_free (weights);
}

static void
block_free (BallastPaperBlock *block)
{
  g_free (block->text);
  g_free (block->detail);
  g_clear_pointer (&block->figures, g_ptr_array_unref);
  g_clear_pointer (&block->table, table_free);
  g_clear_pointer (&block->weights, weights_free);
  g_clear_pointer (&block->chart, ballast_chart_model_free);
  g_clear_pointer (&block->tree, ballast_tree_model_free);
  g_clear_pointer (&block->picture, ballast_picture_free);
  g_free (block);
}

BallastPaper *
ballast_paper_new (const char *title,
                   const char *subtitle)
{
  BallastPaper *paper = g_new0 (BallastPaper, 1);

  paper->title = clean (title);
  paper->subtitle = clean (subtitle);
  paper->date = g_strdup ("");
  paper->producer = g_strdup ("Ballast");
  paper->language = g_strdup ("en");
  paper->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) block_free);
  return paper;
}

void
ballast_paper_free (BallastPaper *paper)
{
  g_ptr_array_unref (paper->blocks);
  g_free (paper->title);
  g_free (paper->subtitle);
  g_free (paper->date);
  g_free (paper->producer);
  g_free (paper->language);
  g_free (paper);
}

static BallastPaperBlock *
add (BallastPaper    *paper,
     BallastPaperKind kind,
     const char      *text)
{
  BallastPaperBlock *block = g_new0 (BallastPaperBlock, 1);

  block->kind = kind;
  block->text = clean (text);
  g_ptr_array_add (paper->blocks, block);
  return block;
}

void
ballast_paper_add_heading (BallastPaper *paper,
                           guint         level,
                           const char   *text)
{
  add (paper, BALLAST_PAPER_HEADING, text)->level = level;
}

void
ballast_paper_add_text (BallastPaper    *paper,
                        BallastPaperKind kind,
                        const char      *text,
                        const char      *detail)
{
  add (paper, kind, text)->detail = clean (detail);
}

void
ballast_paper_add_item (BallastPaper *paper,
                        guint         level,
                        const char   *text,
                        const char   *detail)
{
  BallastPaperBlock *block = add (paper, BALLAST_PAPER_ITEM, text);

  block->level = level;
  block->detail = clean (detail);
}

GPtrArray *
ballast_paper_add_figures (BallastPaper *paper)
{
  BallastPaperBlock *block = add (paper, BALLAST_PAPER_FIGURES, NULL);

  block->figures = g_ptr_array_new_with_free_func ((GDestroyNotify) figure_free);
  return block->figures;
}

void
ballast_paper_figures_add (GPtrArray  *figures,
                           char       *value,
                           const char *unit,
                           char       *caption,
                           char       *explanation)
{
  BallastPaperFigure *figure = g_new0 (BallastPaperFigure, 1);

  figure->value = take_clean (value);
  figure->unit = clean (unit);
  figure->caption = take_clean (caption);
  figure->explanation = take_clean (explanation);
  g_ptr_array_add (figures, figure);
}

BallastPaperTable *
ballast_paper_add_table (BallastPaper *paper,
                         const char   *caption)
{
  BallastPaperBlock *block = add (paper, BALLAST_PAPER_TABLE, caption);

  block->table = g_new0 (BallastPaperTable, 1);
  block->table->cells = g_ptr_array_new_with_free_func (g_free);
  block->table->inks = g_array_new (FALSE, TRUE, sizeof (BallastInk));
  return block->table;
}

void
ballast_paper_table_column (BallastPaperTable *table,
                            const char        *title,
                            gboolean           numeric)
{
  guint n = table->n_columns++;

  g_return_if_fail (table->cells->len == 0);

  table->titles = g_renew (char *, table->titles, n + 1);
  table->numeric = g_renew (gboolean, table->numeric, n + 1);
  table->titles[n] = clean (title);
  table->numeric[n] = numeric;
}

void
ballast_paper_table_cell (BallastPaperTable *table,
                          char              *cell)
{
  g_return_if_fail (table->n_columns > 0);

  g_ptr_array_add (table->cells, take_clean (cell));
}

guint
ballast_paper_table_get_n_rows (const BallastPaperTable *table)
{
  return table->n_columns == 0 ? 0 : table->cells->len / table->n_columns;
}

void
ballast_paper_table_dot (BallastPaperTable *table,
                         BallastInk         ink)
{
  guint row = ballast_paper_table_get_n_rows (table);

  g_array_set_size (table->inks, MAX (table->inks->len, row + 1));
  g_array_index (table->inks, BallastInk, row) = ink;
}

void
ballast_paper_add_chart (BallastPaper      *paper,
                         BallastChartModel *chart,
                         const char        *caption)
{
  add (paper, BALLAST_PAPER_CHART, caption)->chart = chart;
}

void
ballast_paper_add_tree (BallastPaper     *paper,
                        BallastTreeModel *tree,
                        const char       *caption)
{
  add (paper, BALLAST_PAPER_TREE, caption)->tree = tree;
}

void
ballast_paper_add_picture (BallastPaper   *paper,
                           BallastPicture *picture,
                           const char     *caption)
{
  add (paper, BALLAST_PAPER_PICTURE, caption)->picture = picture;
}

BallastPaperWeights *
ballast_paper_add_weights (BallastPaper *paper,
                           const char   *of_counts,
                           const char   *of_weights,
                           const char   *caption)
{
  BallastPaperWeights *weights = g_new0 (BallastPaperWeights, 1);

  weights->names = g_ptr_array_new_with_free_func (g_free);
  weights->bars = g_array_new (FALSE, TRUE, sizeof (BallastWeightBar));
  weights->captions[0] = clean (of_counts);
  weights->captions[1] = clean (of_weights);
  add (paper, BALLAST_PAPER_WEIGHTS, caption)->weights = weights;
  return weights;
}

void
ballast_paper_weights_add (BallastPaperWeights *weights,
                           const char          *name,
                           guint                index,
                           guint64              count,
                           double               weight)
{
  BallastWeightBar bar = { clean (name), index, count, weight };

  g_ptr_array_add (weights->names, (char *) bar.name);
  g_array_append_val (weights->bars, bar);
}

static gboolean
has_ending (const char *path,
            const char *ending)
{
  const char *dot = strrchr (path, '.');

  return dot != NULL && g_ascii_strcasecmp (dot, ending) == 0;
}

static gboolean
is_html (const char *path)
{
  return has_ending (path, ".html") || has_ending (path, ".htm");
}

gboolean
ballast_paper_is_supported (const char *path)
{
  return is_html (path) || has_ending (path, ".pdf");
}

gboolean
ballast_paper_save (const BallastPaper    *paper,
                    const char            *path,
                    GCancellable          *cancellable,
                    const BallastProgress *progress,
                    GError               **error)
{
  g_autoptr(GByteArray) bytes = NULL;
  g_autofree char *name = g_filename_display_name (path);

  if (!ballast_paper_is_supported (path))
    {
      g_set_error (error, BALLAST_CHART_ERROR, BALLAST_CHART_ERROR_FORMAT,
                   _("Cannot tell the format of “%s”: a report's name ends in .pdf or .html"), name);
      return FALSE;
    }

  bytes = is_html (path) ? _ballast_paper_to_html (paper, cancellable, progress, error)
                         : _ballast_paper_to_pdf (paper, cancellable, progress, error);
  if (bytes == NULL)
    {
      g_prefix_error (error, _("“%s”: "), name);
      return FALSE;
    }
  return g_file_set_contents_full (path, (const char *) bytes->data, bytes->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0666, error);
}
