/*
 * The overview: figures, chart by keyboard and by click, table, problems and sizes.
 */
#include "config.h"

#include <glib/gstdio.h>

#include "ballast-class-chart.h"
#include "ballast-class-table.h"
#include "ballast-distribution-card.h"
#include "ballast-figure-card.h"
#include "ballast-overview-figures.h"
#include "ballast-overview-page.h"
#include "ballast-problems-card.h"
#include "ballast-sizes-card.h"
#include "window-fixture.h"

static const WindowFixtureClass waste[] = { { "glass", 8 }, { "metal", 4 }, { "paper", 20 },
                                            { "trash", 2 }, { NULL, 0 } };

static void
set_up (WindowFixture *fixture,
        gconstpointer  data)
{
  window_fixture_set_up_with (fixture, waste);
}

static void
tear_down (WindowFixture *fixture,
           gconstpointer  data)
{
  window_fixture_tear_down (fixture);
}

static GtkWidget *
find (WindowFixture *fixture,
      GType          type)
{
  GtkWidget *page
    = window_fixture_find (GTK_WIDGET (fixture->window), BALLAST_TYPE_OVERVIEW_PAGE, 0);

  return window_fixture_find (page, type, 0);
}

static BallastClassChart *
find_chart (WindowFixture *fixture)
{
  return BALLAST_CLASS_CHART (find (fixture, BALLAST_TYPE_CLASS_CHART));
}

static void
test_figures (WindowFixture *fixture,
              gconstpointer  data)
{
  GtkWidget *page = find (fixture, BALLAST_TYPE_OVERVIEW_PAGE);

  g_assert_nonnull (window_fixture_find_labelled (page, GTK_TYPE_LABEL, "34"));
  g_assert_nonnull (window_fixture_find_labelled (page, GTK_TYPE_LABEL, "paper against trash"));
  g_assert_nonnull (window_fixture_find_labelled (page, GTK_TYPE_LABEL, "59\u202f%"));
}

/* A case of the wording: counts in, caption out. */
static void
assert_caption (const guint64        *counts,
                BallastOverviewFigure which,
                const char           *value,
                const char           *caption)
{
  static const char *const names[] = { "glass", "metal", "paper" };
  g_autoptr(BallastTally) tally = ballast_tally_new (3, 0);
  g_auto(BallastFigure) figure = { NULL };

  for (guint i = 0; i < 3; i++)
    {
      tally->classes[i].index = i;
      tally->classes[i].id = i + 1;
      tally->classes[i].name = g_strdup (names[i]);
      tally->classes[i].total = (BallastCount) { counts[i], counts[i] };
      tally->images += counts[i];
    }

  ballast_overview_figure_fill (which, tally, -1, &figure);
  g_assert_cmpstr (figure.value, ==, value);
  g_assert_cmpstr (figure.caption, ==, caption);
}

static void
test_wording (void)
{
  static const guint64 uneven[] = { 10, 1, 39 };
  static const guint64 even[] = { 5, 5, 5 };
  static const guint64 nothing[] = { 0, 0, 0 };

  assert_caption (uneven, BALLAST_OVERVIEW_IMAGES, "50", "in 3 classes, one split");
  assert_caption (uneven, BALLAST_OVERVIEW_RATIO, "39", "paper against metal");
  assert_caption (uneven, BALLAST_OVERVIEW_GUESS, "78\u202f%", "right by always guessing “paper”");
  assert_caption (uneven, BALLAST_OVERVIEW_RARE, "1", "rare class: metal");
  assert_caption (even, BALLAST_OVERVIEW_RATIO, "1.0", "glass against paper");
  assert_caption (even, BALLAST_OVERVIEW_RARE, "0", "rare classes");
  assert_caption (even, BALLAST_OVERVIEW_EFFECTIVE, "3.0", "effective classes, evenness 1.00");
  for (guint i = 0; i < N_BALLAST_OVERVIEW_FIGURES; i++)
    {
      g_auto(BallastFigure) figure = { NULL };
      g_autoptr(BallastTally) empty = ballast_tally_new (0, 0);

      ballast_overview_figure_fill (i, empty, -1, &figure);
      g_assert_nonnull (figure.value);
    }
  assert_caption (nothing, BALLAST_OVERVIEW_RARE, "0", "rare classes");
  assert_caption (nothing, BALLAST_OVERVIEW_RATIO, "–", "no image has a label");
  assert_caption (nothing, BALLAST_OVERVIEW_GUESS, "–", "no image has a label");
}

/* Images of several classes have no one guess: the figure says what most of them hold. */
static void
test_several_classes (void)
{
  static const char *const names[] = { "car", "person" };
  g_autoptr(BallastTally) tally = ballast_tally_new (2, 0);
  g_auto(BallastFigure) figure = { NULL };

  for (guint i = 0; i < 2; i++)
    {
      tally->classes[i].index = i;
      tally->classes[i].name = g_strdup (names[i]);
      tally->classes[i].total = (BallastCount) { 5 + i * 4, 5 + i * 4 };
    }
  tally->images = 10;
  tally->multi_label = 4;
  ballast_overview_figure_fill (BALLAST_OVERVIEW_GUESS, tally, -1, &figure);
  g_assert_cmpstr (figure.value, ==, "90\u202f%");
  g_assert_cmpstr (figure.caption, ==, "of the images hold “person”");
}

static void
test_keyboard (WindowFixture *fixture,
               gconstpointer  data)
{
  GtkWidget *chart = GTK_WIDGET (find_chart (fixture));
  g_autofree char *wrong = NULL;

  gtk_widget_activate_action (chart, "chart.move", "i", G_MININT);
  g_assert_cmpint (ballast_class_chart_get_selected (BALLAST_CLASS_CHART (chart)), ==, 2);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (chart)), ==,
                   GTK_ACCESSIBLE_ROLE_IMG);
  wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (chart),
                                              GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                              "paper: 20 images, 58.8\u202f%, rank 1 of 4");
  g_assert_cmpstr (wrong, ==, NULL);

  gtk_widget_activate_action (chart, "chart.move", "i", 1);
  g_assert_cmpint (ballast_class_chart_get_selected (BALLAST_CLASS_CHART (chart)), ==, 0);
  gtk_widget_activate_action (chart, "chart.move", "i", G_MAXINT);
  g_assert_cmpint (ballast_class_chart_get_selected (BALLAST_CLASS_CHART (chart)), ==, 3);
}

/* Enter on a bar, and a click on it, open the images of its class. */
static void
test_activate (WindowFixture *fixture,
               gconstpointer  data)
{
  GtkWidget *chart = GTK_WIDGET (find_chart (fixture));
  BallastSelection *selection = ballast_window_get_selection (fixture->window);
  BallastTally *tally = ballast_document_get_tally (window_fixture_get_document (fixture));
  AdwViewStack *pages
    = ADW_VIEW_STACK (window_fixture_find (GTK_WIDGET (fixture->window), ADW_TYPE_VIEW_STACK, 0));

  ballast_class_chart_set_selected (BALLAST_CLASS_CHART (chart), 3);
  gtk_widget_activate_action (chart, "chart.activate", NULL);
  g_assert_cmpint (ballast_selection_get_class_id (selection), ==, tally->classes[3].id);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (pages), ==, "images");

  g_signal_emit_by_name (chart, "class-activated", 1);
  g_assert_cmpint (ballast_selection_get_class_id (selection), ==, tally->classes[1].id);
}

static void
test_view (WindowFixture *fixture,
           gconstpointer  data)
{
  GtkWidget *card = find (fixture, BALLAST_TYPE_DISTRIBUTION_CARD);
  BallastClassChart *chart = find_chart (fixture);

  gtk_widget_activate_action (card, "distribution.scale", "s", "log");
  g_assert_cmpint (ballast_class_chart_get_model (chart)->scale, ==, BALLAST_CHART_SCALE_LOG);
  gtk_widget_activate_action (card, "distribution.sort", "s", "name");
  g_assert_cmpint (ballast_class_chart_get_model (chart)->sort, ==, BALLAST_CHART_SORT_NAME);
  gtk_widget_activate_action (card, "distribution.stacked", NULL);
  window_fixture_settle (fixture);
  g_assert_null (ballast_class_chart_get_model (chart)->after);
}

static void
test_after (WindowFixture *fixture,
            gconstpointer  data)
{
  GtkWidget *card = find (fixture, BALLAST_TYPE_DISTRIBUTION_CARD);
  const BallastChartModel *model;

  gtk_widget_activate_action (card, "distribution.time", "s", "after");
  model = ballast_class_chart_get_model (find_chart (fixture));
  g_assert_nonnull (model->after);
  /* Oversampled to the largest class, each image at most ten times. */
  for (guint i = 0; i < model->n_classes; i++)
    g_assert_cmpuint (model->after[i], ==, 20);
}

static void
test_table (WindowFixture *fixture,
            gconstpointer  data)
{
  GtkWidget *card = find (fixture, BALLAST_TYPE_DISTRIBUTION_CARD);
  GtkWidget *table = find (fixture, BALLAST_TYPE_CLASS_TABLE);
  GtkWidget *view = window_fixture_find (table, GTK_TYPE_COLUMN_VIEW, 0);
  GListModel *model = G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (view)));

  gtk_widget_activate_action (card, "distribution.as-table", NULL);
  window_fixture_settle (fixture);
  g_assert_true (gtk_widget_get_mapped (table));
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 4);
  g_assert_nonnull (window_fixture_find_labelled (view, GTK_TYPE_LABEL, "58.8\u202f%"));
}

static gboolean
has_problem (gpointer user_data)
{
  GtkWidget *card = find (user_data, BALLAST_TYPE_PROBLEMS_CARD);

  return window_fixture_find_labelled (card, GTK_TYPE_BUTTON, "Review…") != NULL;
}

static gboolean
is_idle (gpointer user_data)
{
  return ballast_document_get_job (window_fixture_get_document (user_data)) == NULL;
}

/* The same bytes in two classes: a line with a button that opens the review. */
static void
test_conflict (WindowFixture *fixture,
               gconstpointer  data)
{
  g_autofree char *from = g_build_filename (fixture->dataset, "glass", "glass1.png", NULL);
  g_autofree char *to = g_build_filename (fixture->dataset, "metal", "metal99.png", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  GtkWidget *dialog;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, length, NULL));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.import-again", NULL);
  g_assert_true (window_fixture_wait (is_idle, fixture));
  g_assert_true (window_fixture_wait (has_problem, fixture));

  g_signal_emit_by_name (window_fixture_find_labelled (find (fixture, BALLAST_TYPE_PROBLEMS_CARD),
                                                       GTK_TYPE_BUTTON, "Review…"),
                         "clicked");
  window_fixture_settle (fixture);
  dialog = window_fixture_find_dialog (fixture);
  g_assert_nonnull (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_sizes (WindowFixture *fixture,
            gconstpointer  data)
{
  GtkWidget *card = find (fixture, BALLAST_TYPE_SIZES_CARD);
  GtkWidget *summary = window_fixture_find (card, GTK_TYPE_LABEL, 1);

  g_assert_true (g_str_has_prefix (gtk_label_get_label (GTK_LABEL (summary)),
                                   "All 34 images are 32 × 32, RGB, PNG"));
}

#define OVERVIEW_CASE(name, function)                                                             \
  g_test_add ("/app/overview/" name, WindowFixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/app/overview/wording", test_wording);
  g_test_add_func ("/app/overview/several-classes", test_several_classes);
  OVERVIEW_CASE ("figures", test_figures);
  OVERVIEW_CASE ("keyboard", test_keyboard);
  OVERVIEW_CASE ("activate", test_activate);
  OVERVIEW_CASE ("view", test_view);
  OVERVIEW_CASE ("after", test_after);
  OVERVIEW_CASE ("table", test_table);
  OVERVIEW_CASE ("conflict", test_conflict);
  OVERVIEW_CASE ("sizes", test_sizes);

  return g_test_run ();
}
