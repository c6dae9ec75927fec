/*
 * The overview's part about what stands in the images: where it shows, what its cards say, keys.
 */
#include "config.h"

#include "ballast-class-chart.h"
#include "ballast-contents-section.h"
#include "ballast-distribution-card.h"
#include "ballast-document-sample.h"
#include "ballast-matrix-picture.h"
#include "ballast-overview-page.h"
#include "ballast-picture-card.h"
#include "ballast-picture-table-view.h"
#include "ballast-places-picture.h"
#include "ballast-selection.h"
#include "ballast-sidebar.h"
#include "window-fixture.h"

static const WindowFixtureClass waste[] = { { "glass", 3 }, { "metal", 2 }, { NULL, 0 } };

static void
tear_down (WindowFixture *fixture,
           gconstpointer  data)
{
  window_fixture_tear_down (fixture);
}

static GtkWidget *
find (WindowFixture *fixture,
      GType          type,
      guint          n)
{
  GtkWidget *page
    = window_fixture_find (GTK_WIDGET (fixture->window), BALLAST_TYPE_OVERVIEW_PAGE, 0);

  return window_fixture_find (page, type, n);
}

static BallastPictureView *
find_view (WindowFixture *fixture,
           guint          n)
{
  return BALLAST_PICTURE_VIEW (find (fixture, BALLAST_TYPE_PICTURE_VIEW, n));
}

static gboolean
has_pictures (gpointer data)
{
  return ballast_picture_view_get_picture (find_view (data, 0)) != NULL;
}

static void
set_up_street (WindowFixture *fixture,
               gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autoptr(BallastJob) job = NULL;

  window_fixture_set_up (fixture);
  path = g_build_filename (fixture->folder, "street", NULL);
  job = ballast_document_draw_sample ("street", path, 40, 5);
  g_assert_true (ballast_job_wait (job, NULL));
  window_fixture_import (fixture, path);
  g_assert_true (window_fixture_wait (has_pictures, fixture));
  window_fixture_settle (fixture);
}

static void
set_up_plain (WindowFixture *fixture,
              gconstpointer  data)
{
  window_fixture_set_up_with (fixture, waste);
}

static void
test_hidden (WindowFixture *fixture,
             gconstpointer  data)
{
  GtkWidget *section = find (fixture, BALLAST_TYPE_CONTENTS_SECTION, 0);

  g_assert_false (gtk_widget_get_visible (section));
}

static BallastSelection *
get_selection (WindowFixture *fixture)
{
  BallastSelection *selection;

  g_object_get (find (fixture, BALLAST_TYPE_CONTENTS_SECTION, 0), "selection", &selection, NULL);
  g_object_unref (selection);
  return selection;
}

static void
test_shown (WindowFixture *fixture,
            gconstpointer  data)
{
  BallastMatrixPicture *matrix
    = (BallastMatrixPicture *) ballast_picture_view_get_picture (find_view (fixture, 0));

  g_assert_cmpuint (matrix->n, ==, 3);
  for (guint i = 0; i < 4; i++)
    g_assert_nonnull (ballast_picture_view_get_picture (find_view (fixture, i)));
  g_assert_nonnull (window_fixture_find_labelled (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL,
                                                  "Together in images"));
}

/* The arrows walk, Return shows the images with both. */
static void
test_pair (WindowFixture *fixture,
           gconstpointer  data)
{
  BallastPictureView *view = find_view (fixture, 0);
  BallastTally *tally = ballast_document_get_tally (window_fixture_get_document (fixture));
  BallastMatrixPicture *matrix = (BallastMatrixPicture *) ballast_picture_view_get_picture (view);
  gint64 a = tally->classes[matrix->classes[1].index].id;
  gint64 b = tally->classes[matrix->classes[2].index].id;

  gtk_widget_activate_action (GTK_WIDGET (view), "picture.step", "(ii)", 1, 0);
  g_assert_cmpint (ballast_picture_view_get_lit (view), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (view), "picture.step", "(ii)", 1, 1);
  g_assert_cmpint (ballast_picture_view_get_lit (view), ==, 5);
  gtk_widget_activate_action (GTK_WIDGET (view), "picture.activate", NULL);
  g_assert_cmpint (ballast_selection_get_class_id (get_selection (fixture)), ==, a);
  g_assert_cmpint (ballast_selection_get_also_class_id (get_selection (fixture)), ==, b);
  window_fixture_settle (fixture);
  ballast_selection_set_class_id (get_selection (fixture), 0);
  g_assert_cmpint (ballast_selection_get_also_class_id (get_selection (fixture)), ==, 0);
}

static void
test_choices (WindowFixture *fixture,
              gconstpointer  data)
{
  GtkWidget *section = find (fixture, BALLAST_TYPE_CONTENTS_SECTION, 0);
  const char *const choices[][2] = {
    { "mode", "counts" }, { "mode", "jaccard" }, { "order", "likeness" }, { "classes", "12" },
    { "measure", "relative" }, { "measure", "aspect" }, { "measure", "per-image" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_object_set (section, choices[i][0], choices[i][1], NULL);
      window_fixture_settle (fixture);
      g_assert_nonnull (ballast_picture_view_get_picture (find_view (fixture, 0)));
      g_assert_nonnull (ballast_picture_view_get_picture (find_view (fixture, 2)));
    }
}

/* A class that is chosen is the one that cards are of. */
static void
test_class (WindowFixture *fixture,
            gconstpointer  data)
{
  BallastTally *tally = ballast_document_get_tally (window_fixture_get_document (fixture));
  BallastPlacesPicture *places;

  ballast_selection_set_class_id (get_selection (fixture), tally->classes[1].id);
  window_fixture_settle (fixture);
  places = (BallastPlacesPicture *) ballast_picture_view_get_picture (find_view (fixture, 3));
  g_assert_cmpint (places->maps[0].index, ==, 1);
}

static void
test_tables (WindowFixture *fixture,
             gconstpointer  data)
{
  for (guint i = 0; i < 4; i++)
    {
      GtkWidget *card = find (fixture, BALLAST_TYPE_PICTURE_CARD, i);
      GtkWidget *table;

      g_object_set (card, "as-table", TRUE, NULL);
      window_fixture_settle (fixture);
      table = window_fixture_find (card, BALLAST_TYPE_PICTURE_TABLE_VIEW, 0);
      g_assert_true (gtk_widget_get_mapped (table));
      g_object_set (card, "as-table", FALSE, NULL);
    }
}

static void
test_zoom (WindowFixture *fixture,
           gconstpointer  data)
{
  BallastPictureView *view = find_view (fixture, 0);
  BallastPicture *picture = ballast_picture_view_get_picture (view);
  double width = picture->width;

  gtk_widget_activate_action (GTK_WIDGET (view), "picture.zoom", "i", 2);
  gtk_widget_activate_action (GTK_WIDGET (view), "picture.step", "(ii)", 1, 1);
  g_assert_cmpfloat (picture->width, >, width * 1.5);
  gtk_widget_activate_action (GTK_WIDGET (view), "picture.zoom", "i", 0);
  gtk_widget_activate_action (GTK_WIDGET (view), "picture.step", "(ii)", 1, 1);
  g_assert_cmpfloat (picture->width, ==, width);
}

/* Images and objects side by side: in the chart by a choice, in rows and figures at once. */
static void
test_units (WindowFixture *fixture,
            gconstpointer  data)
{
  GtkWidget *card = find (fixture, BALLAST_TYPE_DISTRIBUTION_CARD, 0);
  BallastClassChart *chart = BALLAST_CLASS_CHART (find (fixture, BALLAST_TYPE_CLASS_CHART, 0));
  BallastTally *tally = ballast_document_get_tally (window_fixture_get_document (fixture));
  g_autofree char *row = g_strdup_printf ("%d · %d", (int) tally->classes[0].total.images,
                                          (int) tally->classes[0].total.instances);

  g_assert_nonnull (window_fixture_find_labelled (GTK_WIDGET (fixture->window), GTK_TYPE_LABEL, row));
  g_assert_cmpuint (ballast_class_chart_get_model (chart)->now[0], ==,
                    tally->classes[0].total.images);
  gtk_widget_activate_action (card, "distribution.unit", "s", "objects");
  g_assert_cmpuint (ballast_class_chart_get_model (chart)->now[0], ==,
                    tally->classes[0].total.instances);
  gtk_widget_activate_action (card, "distribution.time", "s", "after");
  g_assert_cmpuint (ballast_class_chart_get_model (chart)->now[0], ==,
                    tally->classes[0].total.instances);
}

/* The first class of the dataset, of the side bar's three. */
static const char *
get_first (WindowFixture *fixture)
{
  return ballast_document_get_tally (window_fixture_get_document (fixture))->classes[0].name;
}

static gboolean
is_not_first (gpointer data)
{
  return g_strcmp0 (get_first (data), "car") != 0;
}

static gboolean
is_first_again (gpointer data)
{
  return g_strcmp0 (get_first (data), "car") == 0;
}

/* In the dataset's order a class is moved by keys, and undo moves it back. */
static void
test_order (WindowFixture *fixture,
            gconstpointer  data)
{
  GtkWidget *sidebar = window_fixture_find (GTK_WIDGET (fixture->window), BALLAST_TYPE_SIDEBAR, 0);
  BallastTally *tally = ballast_document_get_tally (window_fixture_get_document (fixture));

  g_assert_cmpstr (tally->classes[0].name, ==, "car");
  ballast_selection_set_class_id (get_selection (fixture), tally->classes[0].id);
  gtk_widget_activate_action (sidebar, "sidebar.move", "i", 1);
  window_fixture_settle (fixture);
  g_assert_cmpstr (get_first (fixture), ==, "car");
  g_object_set (sidebar, "sort", "index", NULL);
  gtk_widget_activate_action (sidebar, "sidebar.move", "i", -1);
  gtk_widget_activate_action (sidebar, "sidebar.move", "i", 1);
  g_assert_true (window_fixture_wait (is_not_first, fixture));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  g_assert_true (window_fixture_wait (is_first_again, fixture));
}

#define CASE(path, set_up, function) \
  g_test_add (path, WindowFixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE ("/app/contents/hidden", set_up_plain, test_hidden);
  CASE ("/app/contents/shown", set_up_street, test_shown);
  CASE ("/app/contents/pair", set_up_street, test_pair);
  CASE ("/app/contents/choices", set_up_street, test_choices);
  CASE ("/app/contents/class", set_up_street, test_class);
  CASE ("/app/contents/tables", set_up_street, test_tables);
  CASE ("/app/contents/zoom", set_up_street, test_zoom);
  CASE ("/app/contents/units", set_up_street, test_units);
  CASE ("/app/contents/order", set_up_street, test_order);
  return g_test_run ();
}
