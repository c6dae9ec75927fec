/* Boxes of the image that is looked at: chosen, edited, undone, listed. */
#include "config.h"

#include "page-fixture.h"

#include "ballast-box-overlay.h"
#include "ballast-document-edits.h"
#include "ballast-document-sample.h"
#include "ballast-image-viewer.h"

static void
set_up (WindowFixture *fixture,
        gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autoptr(BallastJob) job = NULL;

  window_fixture_set_up (fixture);
  path = g_build_filename (fixture->folder, "street", NULL);
  job = ballast_document_draw_sample ("street", path, 40, 5);
  g_assert_true (ballast_job_wait (job, NULL));
  window_fixture_import (fixture, path);
  page_fixture_show (fixture, "images");
  page_fixture_wait_text (fixture, "40 images");
}

static void
tear_down (WindowFixture *fixture,
           gconstpointer  data)
{
  window_fixture_tear_down (fixture);
}

static BallastImageViewer *
get_viewer (WindowFixture *fixture)
{
  return BALLAST_IMAGE_VIEWER (page_fixture_get (fixture, "BallastImageViewer", 0));
}

static GtkGridView *
get_grid (WindowFixture *fixture)
{
  return GTK_GRID_VIEW (page_fixture_get (fixture, "GtkGridView", 0));
}

static guint64
count_boxes (WindowFixture *fixture)
{
  return ballast_document_get_tally (window_fixture_get_document (fixture))->boxes;
}

static const BallastItemBox *
get_boxes (WindowFixture *fixture,
           guint          position,
           guint         *n_boxes)
{
  g_autoptr(BallastImageItem) item = g_list_model_get_item (
    G_LIST_MODEL (gtk_grid_view_get_model (get_grid (fixture))), position);

  return ballast_image_item_get_boxes (item, n_boxes);
}

/* Opens the first image with two boxes at least. */
static guint
open_image (WindowFixture *fixture)
{
  guint position = 0, n_boxes = 0;

  window_fixture_settle (fixture);
  for (get_boxes (fixture, 0, &n_boxes); n_boxes < 2; get_boxes (fixture, position, &n_boxes))
    position++;
  g_signal_emit_by_name (get_grid (fixture), "activate", position);
  page_fixture_wait_text (fixture, "of 40");
  window_fixture_settle (fixture);
  return position;
}

static void
edit (WindowFixture *fixture,
      BallastBoxAct  act,
      gint64         id,
      gint64         class_id)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_viewer (fixture)), "images.edit-box",
                                             "(uxx)", (guint) act, id, class_id));
}

static void
test_edit (WindowFixture *fixture,
           gconstpointer  data)
{
  guint position = open_image (fixture);
  guint n_boxes;
  gint64 id = get_boxes (fixture, position, &n_boxes)[0].id;
  guint64 before = count_boxes (fixture);

  ballast_image_viewer_select_box (get_viewer (fixture), id);
  page_fixture_wait_text (fixture, "box 1 of");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_viewer (fixture)),
                                             "viewer.delete-box", NULL));
  page_fixture_wait_text (fixture, "1 box deleted");
  window_fixture_settle (fixture);
  g_assert_cmpuint (count_boxes (fixture), ==, before - 1);
  g_assert_cmpint (ballast_image_viewer_get_box (get_viewer (fixture)), !=, id);
  g_assert_cmpint (ballast_image_viewer_get_box (get_viewer (fixture)), !=, 0);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.undo", NULL);
  window_fixture_settle (fixture);
  g_assert_cmpuint (count_boxes (fixture), ==, before);
}

static void
test_relabel (WindowFixture *fixture,
              gconstpointer  data)
{
  BallastTally *tally = ballast_document_get_tally (window_fixture_get_document (fixture));
  guint position = open_image (fixture);
  guint n_boxes;
  const BallastItemBox *box = get_boxes (fixture, position, &n_boxes);
  const BallastClassTally *other = &tally->classes[box->class_index == 0 ? 1 : 0];
  guint64 before = other->total.instances;

  edit (fixture, BALLAST_BOX_RELABEL, box->id, other->id);
  page_fixture_wait_text (fixture, "1 box moved to");
  window_fixture_settle (fixture);
  tally = ballast_document_get_tally (window_fixture_get_document (fixture));
  g_assert_cmpuint (ballast_tally_find_class_by_id (tally, other->id)->total.instances, ==, before + 1);
}

/* An excluded box stays in the list of the details, from where it comes back. */
static void
test_exclude (WindowFixture *fixture,
              gconstpointer  data)
{
  guint position = open_image (fixture);
  guint n_boxes;
  gint64 id = get_boxes (fixture, position, &n_boxes)[0].id;
  guint64 before = count_boxes (fixture);

  edit (fixture, BALLAST_BOX_EXCLUDE, id, 0);
  page_fixture_wait_text (fixture, "1 box excluded");
  window_fixture_settle (fixture);
  g_assert_cmpuint (count_boxes (fixture), ==, before - 1);
  gtk_widget_activate_action (GTK_WIDGET (get_viewer (fixture)), "viewer.close", NULL);
  page_fixture_wait_text (fixture, ", 1 excluded");
  edit (fixture, BALLAST_BOX_INCLUDE, id, 0);
  page_fixture_wait_text (fixture, "1 box included");
  window_fixture_settle (fixture);
  g_assert_cmpuint (count_boxes (fixture), ==, before);
}

/* A row of the list shows its box in the large image. */
static void
test_list (WindowFixture *fixture,
           gconstpointer  data)
{
  guint position = open_image (fixture);
  guint n_boxes;
  gint64 id = get_boxes (fixture, position, &n_boxes)[1].id;

  gtk_widget_activate_action (GTK_WIDGET (get_viewer (fixture)), "viewer.close", NULL);
  g_assert_cmpuint (page_fixture_count (fixture, "BallastBoxList"), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (get_grid (fixture)), "images.select-box", "x", id);
  page_fixture_wait_text (fixture, "box 2 of");
  g_assert_cmpint (ballast_image_viewer_get_box (get_viewer (fixture)), ==, id);
  gtk_widget_activate_action (GTK_WIDGET (get_viewer (fixture)), "viewer.step", "i", 1);
  g_assert_cmpint (ballast_image_viewer_get_box (get_viewer (fixture)), ==, 0);
}

static gboolean
has_boxes (gpointer user_data)
{
  for (guint i = 0; i < 3; i++)
    if (ballast_box_overlay_get_n_boxes (
          BALLAST_BOX_OVERLAY (page_fixture_get (user_data, "BallastBoxOverlay", i))) == 0)
      return FALSE;
  return TRUE;
}

/* Boxes come from the project after the pictures: on the original and on the copies. */
static void
test_previews (WindowFixture *fixture,
               gconstpointer  data)
{
  guint position = 0, n_boxes = 0;

  window_fixture_settle (fixture);
  for (get_boxes (fixture, 0, &n_boxes); n_boxes < 4; get_boxes (fixture, position, &n_boxes))
    position++;
  gtk_selection_model_select_item (gtk_grid_view_get_model (get_grid (fixture)), position, TRUE);
  gtk_widget_activate_action (page_fixture_get (fixture, "BallastImagesPage", 0), "images.preview",
                              NULL);
  g_assert_true (window_fixture_wait (has_boxes, fixture));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/app/boxes/" name, WindowFixture, NULL, set_up, func, tear_down)
  ADD ("edit", test_edit);
  ADD ("relabel", test_relabel);
  ADD ("exclude", test_exclude);
  ADD ("list", test_list);
  ADD ("previews", test_previews);

  return g_test_run ();
}
