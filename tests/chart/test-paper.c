/* Documents of words, tables and charts: their formats, what is refused, what becomes of odd text. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "ballast-chart-error.h"
#include "ballast-paper.h"

typedef struct
{
  char         *folder;
  BallastPaper *paper;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  BallastPaperTable *table;
  BallastPaperWeights *weights;
  BallastChartModel *chart = ballast_chart_model_new (2, 0);
  BallastTreeModel *tree = ballast_tree_model_new (1);

  fixture->folder = g_dir_make_tmp ("ballast-paper-XXXXXX", NULL);
  fixture->paper = ballast_paper_new ("A <title> & more", "sub\ttitle \x01");
  ballast_paper_add_heading (fixture->paper, 1, "First");
  ballast_paper_add_text (fixture->paper, BALLAST_PAPER_TEXT, "Words \xff and \x02.", "");
  ballast_paper_add_item (fixture->paper, 1, "inner", NULL);
  ballast_paper_add_item (fixture->paper, 0, "outer", "detail");
  ballast_paper_figures_add (ballast_paper_add_figures (fixture->paper), g_strdup ("1"), "x",
                             g_strdup ("caption"), g_strdup ("explanation"));
  table = ballast_paper_add_table (fixture->paper, "below");
  ballast_paper_table_column (table, "name", FALSE);
  ballast_paper_table_column (table, "number", TRUE);
  for (guint i = 0; i < 200; i++)
    {
      ballast_paper_table_dot (table, ballast_palette_get_class (i));
      ballast_paper_table_cell (table, g_strdup_printf ("row %u", i));
      ballast_paper_table_cell (table, g_strdup_printf ("%u", i));
    }
  g_assert_cmpuint (ballast_paper_table_get_n_rows (table), ==, 200);
  chart->now[0] = 3;
  ballast_paper_add_chart (fixture->paper, chart, "chart");
  weights = ballast_paper_add_weights (fixture->paper, "count", "weight", NULL);
  ballast_paper_weights_add (weights, "cat", 0, 5, 0.5);
  tree->items[0].parent = -1;
  tree->items[0].name = g_strdup ("root");
  ballast_tree_model_link (tree);
  ballast_paper_add_tree (fixture->paper, tree, "tree");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  ballast_paper_free (fixture->paper);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

/* (transfer full): the file's bytes. */
static char *
save (Fixture    *fixture,
      const char *name,
      gsize      *length)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_assert_true (ballast_paper_save (fixture->paper, path, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, length, NULL));
  g_unlink (path);
  return text;
}

static void
test_pdf (Fixture      *fixture,
          gconstpointer data)
{
  gsize length, again_length;
  g_autofree char *text = save (fixture, "a.pdf", &length);
  g_autofree char *again = save (fixture, "b.PDF", &again_length);

  g_assert_true (g_str_has_prefix (text, "%PDF-"));
  g_assert_cmpmem (text, length, again, again_length);
}

static void
test_html (Fixture      *fixture,
           gconstpointer data)
{
  g_autofree char *text = save (fixture, "a.html", NULL);
  g_autofree char *again = save (fixture, "b.htm", NULL);

  g_assert_cmpstr (text, ==, again);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_nonnull (strstr (text, "<title>A &lt;title&gt; &amp; more</title>"));
  g_assert_nonnull (strstr (text, "<ul><li><ul>\n<li>"));
  g_assert_nonnull (strstr (text, "sub\ttitle \357\277\275"));
  for (const char *at = text; *at != '\0'; at++)
    g_assert_true ((guchar) *at >= ' ' || *at == '\n' || *at == '\t');
}

static void
test_refusals (Fixture      *fixture,
               gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "folder", "a.pdf", NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "a.html", NULL);
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_assert_true (ballast_paper_is_supported ("a.b.Html"));
  g_assert_false (ballast_paper_is_supported ("html"));
  g_assert_false (ballast_paper_save (fixture->paper, "a.docx", NULL, NULL, &error));
  g_assert_error (error, BALLAST_CHART_ERROR, BALLAST_CHART_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_false (ballast_paper_save (fixture->paper, nowhere, NULL, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_false (ballast_paper_save (fixture->paper, path, cancelled, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

#define CASE(name, function) \
  g_test_add ("/chart/paper/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  CASE ("pdf", test_pdf);
  CASE ("html", test_html);
  CASE ("refusals", test_refusals);

  return g_test_run ();
}
