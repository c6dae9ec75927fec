/* The Images page: what it counts, what it filters, what it does to the images that are selected. */
#include "config.h"

#include "page-fixture.h"

#include "ballast-image-ids.h"
#include "ballast-image-list.h"
#include "ballast-selection.h"

static const WindowFixtureClass waste[] = { { "glass", 7 }, { "metal", 4 }, { "paper", 9 },
                                            { NULL, 0 } };

static void
set_up (WindowFixture *fixture,
        gconstpointer  data)
{
  page_fixture_set_up (fixture, waste, "images");
  page_fixture_wait_text (fixture, "20 images");
}

static void
tear_down (WindowFixture *fixture,
           gconstpointer  data)
{
  window_fixture_tear_down (fixture);
}

static GtkGridView *
get_grid (WindowFixture *fixture)
{
  return GTK_GRID_VIEW (page_fixture_get (fixture, "GtkGridView", 0));
}

static GtkSelectionModel *
get_picked (WindowFixture *fixture)
{
  return gtk_grid_view_get_model (get_grid (fixture));
}

static GtkWidget *
get_page (WindowFixture *fixture)
{
  return page_fixture_get (fixture, "BallastImagesPage", 0);
}

static void
act (WindowFixture *fixture,
     const char    *action)
{
  g_assert_true (gtk_widget_activate_action (get_page (fixture), action, NULL));
}

static guint64
get_count (WindowFixture *fixture,
           guint          class_index)
{
  return ballast_document_get_tally (window_fixture_get_document (fixture))
         ->classes[class_index].total.images;
}

static gint64
get_class_id (WindowFixture *fixture,
              guint          class_index)
{
  return ballast_document_get_tally (window_fixture_get_document (fixture))->classes[class_index].id;
}

static gboolean
is_loaded (gpointer user_data)
{
  return ballast_image_item_get_loaded (user_data);
}

static void
test_counts (WindowFixture *fixture,
             gconstpointer  data)
{
  g_autoptr(BallastImageItem) item = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_picked (fixture))), ==, 20);
  item = g_list_model_get_item (G_LIST_MODEL (get_picked (fixture)), 0);
  g_assert_true (window_fixture_wait (is_loaded, item));
  g_assert_cmpstr (ballast_image_item_get_class_name (item), ==, "glass");
  g_assert_true (page_fixture_shows (fixture, ballast_image_item_get_name (item)));
}

static void
test_filter_chips (WindowFixture *fixture,
                   gconstpointer  data)
{
  GtkWidget *chip;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-class", "x",
                              get_class_id (fixture, 1));
  page_fixture_wait_text (fixture, "4 images");
  chip = gtk_widget_get_ancestor (window_fixture_find_labelled (get_page (fixture), GTK_TYPE_LABEL,
                                                                "metal"), GTK_TYPE_BUTTON);
  gtk_test_accessible_assert_property (chip, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Stop filtering by metal");
  page_fixture_click (chip);
  page_fixture_wait_text (fixture, "20 images");
}

static void
test_search (WindowFixture *fixture,
             gconstpointer  data)
{
  GtkWidget *search = window_fixture_find (get_page (fixture), GTK_TYPE_SEARCH_ENTRY, 0);

  gtk_editable_set_text (GTK_EDITABLE (search), "PAPER1");
  page_fixture_wait_text (fixture, "1 image");
  gtk_editable_set_text (GTK_EDITABLE (search), "no such name");
  page_fixture_wait_text (fixture, "No Image Here");
  act (fixture, "images.show-all");
  page_fixture_wait_text (fixture, "20 images");
}

static void
test_select_all (WindowFixture *fixture,
                 gconstpointer  data)
{
  act (fixture, "images.select-all");
  g_assert_true (page_fixture_shows (fixture, "20 images, 20 selected"));
  act (fixture, "images.select-none");
  g_assert_false (page_fixture_shows (fixture, "selected"));
}

static void
test_relabel_by_key (WindowFixture *fixture,
                     gconstpointer  data)
{
  gtk_selection_model_select_range (get_picked (fixture), 0, 2, TRUE);
  g_assert_true (gtk_widget_activate_action (get_page (fixture), "images.relabel", "u", 2u));
  page_fixture_wait_text (fixture, "2 images moved to “paper”");
  g_assert_cmpuint (get_count (fixture, 0), ==, 5);
  g_assert_cmpuint (get_count (fixture, 2), ==, 11);

  page_fixture_undo (fixture);
  g_assert_cmpuint (get_count (fixture, 0), ==, 7);
}

static void
test_relabel_by_menu (WindowFixture *fixture,
                      gconstpointer  data)
{
  GtkWidget *menu = NULL;

  /* Boxes have menus of their own. */
  for (guint n = 0; menu == NULL || !GTK_IS_MENU_BUTTON (gtk_widget_get_parent (menu)); n++)
    menu = window_fixture_find (get_page (fixture), g_type_from_name ("BallastClassMenu"), n);
  gtk_selection_model_select_item (get_picked (fixture), 0, TRUE);
  g_signal_emit_by_name (menu, "chosen", get_class_id (fixture, 1));
  page_fixture_wait_text (fixture, "1 image moved to “metal”");
  g_assert_cmpuint (get_count (fixture, 1), ==, 5);
}

/* What a drag carries is what a class in the side bar takes. */
static void
test_relabel_by_drop (WindowFixture *fixture,
                      gconstpointer  data)
{
  GtkWidget *cell = page_fixture_get (fixture, "BallastImageCell", 0);
  GtkEventController *source = page_fixture_get_controller (cell, GTK_TYPE_DRAG_SOURCE);
  GtkWidget *row = page_fixture_get (fixture, "BallastClassRow", 0);
  GtkEventController *target = page_fixture_get_controller (row, GTK_TYPE_DROP_TARGET);
  g_autoptr(GdkContentProvider) carried = NULL;
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  gtk_selection_model_select_range (get_picked (fixture), 0, 3, TRUE);
  g_signal_emit_by_name (source, "prepare", 5.0, 5.0, &carried);
  g_assert_nonnull (carried);
  g_value_init (&value, BALLAST_TYPE_IMAGE_IDS);
  g_assert_true (gdk_content_provider_get_value (carried, &value, NULL));
  g_assert_cmpuint (((BallastImageIds *) g_value_get_boxed (&value))->n_images, ==, 3);

  /* The first row is the largest class. */
  g_signal_emit_by_name (target, "drop", &value, 5.0, 5.0, &taken);
  g_assert_true (taken);
  window_fixture_settle (fixture);
  g_assert_cmpuint (get_count (fixture, 2), ==, 12);
}

static void
test_exclude_and_undo (WindowFixture *fixture,
                       gconstpointer  data)
{
  gtk_selection_model_select_range (get_picked (fixture), 0, 3, TRUE);
  act (fixture, "images.exclude");
  page_fixture_wait_text (fixture, "3 images excluded");
  g_assert_cmpuint (get_count (fixture, 0), ==, 4);
  window_fixture_settle (fixture);

  /* Still selected, and now the button takes them in again. */
  g_assert_true (page_fixture_shows (fixture, "20 images, 3 selected"));
  act (fixture, "images.include");
  page_fixture_wait_text (fixture, "3 images included");
  g_assert_cmpuint (get_count (fixture, 0), ==, 7);
}

static void
test_viewer (WindowFixture *fixture,
             gconstpointer  data)
{
  GtkWidget *viewer = page_fixture_get (fixture, "BallastImageViewer", 0);

  g_signal_emit_by_name (get_grid (fixture), "activate", 0u);
  page_fixture_wait_text (fixture, "1 of 20");
  g_assert_true (gtk_widget_has_focus (viewer));
  gtk_widget_activate_action (viewer, "viewer.step", "i", 1);
  page_fixture_wait_text (fixture, "2 of 20");
  g_assert_true (gtk_selection_model_is_selected (get_picked (fixture), 1));
  gtk_widget_activate_action (viewer, "viewer.step", "i", -1);
  gtk_widget_activate_action (viewer, "viewer.step", "i", -1);
  page_fixture_wait_text (fixture, "1 of 20");
  gtk_widget_activate_action (viewer, "viewer.close", NULL);
  g_assert_false (gtk_widget_get_mapped (viewer));
}

/* An edit while an image is looked at leaves it there. */
static void
test_edit_in_viewer (WindowFixture *fixture,
                     gconstpointer  data)
{
  GtkWidget *viewer = page_fixture_get (fixture, "BallastImageViewer", 0);

  g_signal_emit_by_name (get_grid (fixture), "activate", 2u);
  page_fixture_wait_text (fixture, "3 of 20");
  gtk_widget_activate_action (get_page (fixture), "images.relabel", "u", 2u);
  page_fixture_wait_text (fixture, "moved to “paper”");
  window_fixture_settle (fixture);
  g_assert_true (gtk_widget_get_mapped (viewer));
  page_fixture_wait_text (fixture, "paper · 3 of 20");
}

/* Looking through one class and moving what is wrong: the next image comes by itself. */
static void
test_sort_in_viewer (WindowFixture *fixture,
                     gconstpointer  data)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-class", "x",
                              get_class_id (fixture, 0));
  page_fixture_wait_text (fixture, "7 images");
  g_signal_emit_by_name (get_grid (fixture), "activate", 2u);
  page_fixture_wait_text (fixture, "3 of 7");
  gtk_widget_activate_action (get_page (fixture), "images.relabel", "u", 1u);
  page_fixture_wait_text (fixture, "3 of 6");
  gtk_widget_activate_action (get_page (fixture), "images.relabel", "u", 1u);
  page_fixture_wait_text (fixture, "3 of 5");
  g_assert_cmpuint (get_count (fixture, 1), ==, 6);
}

static void
test_details (WindowFixture *fixture,
              gconstpointer  data)
{
  gtk_selection_model_select_item (get_picked (fixture), 0, TRUE);
  page_fixture_wait_text (fixture, "32 × 32");
  g_assert_true (page_fixture_shows (fixture, "itself and about"));
}

static void
test_preview (WindowFixture *fixture,
              gconstpointer  data)
{
  gtk_selection_model_select_range (get_picked (fixture), 0, 2, TRUE);
  act (fixture, "images.preview");
  window_fixture_settle (fixture);
  g_assert_true (gtk_widget_get_mapped (page_fixture_get (fixture, "BallastAugmentPage", 0)));
}

#define ADD(path, function) \
  g_test_add ("/app/images-page/" path, WindowFixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();

  ADD ("counts", test_counts);
  ADD ("filter-chips", test_filter_chips);
  ADD ("search", test_search);
  ADD ("select-all", test_select_all);
  ADD ("relabel-by-key", test_relabel_by_key);
  ADD ("relabel-by-menu", test_relabel_by_menu);
  ADD ("relabel-by-drop", test_relabel_by_drop);
  ADD ("exclude-and-undo", test_exclude_and_undo);
  ADD ("viewer", test_viewer);
  ADD ("edit-in-viewer", test_edit_in_viewer);
  ADD ("sort-in-viewer", test_sort_in_viewer);
  ADD ("details", test_details);
  ADD ("preview", test_preview);

  return g_test_run ();
}
