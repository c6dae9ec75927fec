#include "config.h"

#include "fixture.h"

#include <string.h>

#include "ballast-image-list.h"
#include "ballast-image-summary.h"

static void
setup (Fixture *fixture)
{
  fixture_init (fixture);
  fixture_pictures (fixture, "train/cat", 300, 1000);
  fixture_pictures (fixture, "train/dog", 20, 2000);
  fixture_pictures (fixture, "val/cat", 10, 3000);
  fixture_bytes (fixture, "train/dog/empty.jpg", "", 0);
  fixture_create (fixture);
  fixture_import (fixture);
}

static BallastImageList *
query (Fixture                 *fixture,
       const BallastImageQuery *asked)
{
  g_autoptr(GError) error = NULL;
  BallastImageList *list;

  ballast_image_list_query_async (fixture->document, asked, NULL, fixture_on_done, fixture);
  list = ballast_image_list_query_finish (fixture_wait (fixture), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
  return list;
}

static guint
count (Fixture          *fixture,
       BallastImageQuery asked)
{
  g_autoptr(BallastImageList) list = query (fixture, &asked);

  return g_list_model_get_n_items (G_LIST_MODEL (list));
}

/* (transfer full): the item at @position, once it is filled in. */
static BallastImageItem *
load (BallastImageList *list,
      guint             position)
{
  BallastImageItem *item = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_nonnull (item);
  while (!ballast_image_item_get_loaded (item))
    g_main_context_iteration (NULL, TRUE);
  return item;
}

static void
test_queries (void)
{
  g_auto(Fixture) fixture = { NULL };
  BallastTally *tally;
  gint64 cat, val;

  setup (&fixture);
  tally = ballast_document_get_tally (fixture.document);
  cat = fixture_class (&fixture, "cat");
  val = tally->splits[ballast_tally_find_split (tally, "val")].id;
  g_assert_cmpuint (count (&fixture, (BallastImageQuery) { 0 }), ==, 330);
  g_assert_cmpuint (count (&fixture, (BallastImageQuery) { .class_id = cat }), ==, 310);
  g_assert_cmpuint (count (&fixture, (BallastImageQuery) { .class_id = cat, .split_id = val }), ==,
                    10);
  g_assert_cmpuint (count (&fixture, (BallastImageQuery) { .class_id = -1 }), ==, 0);
  g_assert_cmpuint (count (&fixture, (BallastImageQuery) { .state = BALLAST_IMAGE_STATE_ALL }), ==,
                    331);
  g_assert_cmpuint (count (&fixture, (BallastImageQuery) {
    .problem = BALLAST_PROBLEM_EMPTY_FILE
  }), ==, 1);
  g_assert_cmpuint (count (&fixture, (BallastImageQuery) { .text = "dog/01" }), ==, 0);
  g_assert_cmpuint (count (&fixture, (BallastImageQuery) { .text = "EMPTY",
                                                           .state = BALLAST_IMAGE_STATE_ALL }), ==,
                    1);
}

static void
test_items (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastImageList) list = NULL;
  g_autofree char *path = NULL;
  guint position;

  setup (&fixture);
  list = query (&fixture, &(BallastImageQuery) { .class_id = fixture_class (&fixture, "dog") });
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr(BallastImageItem) item = load (list, i);

      g_assert_cmpuint (ballast_image_item_get_position (item), ==, i);
      g_assert_cmpstr (ballast_image_item_get_class_name (item), ==, "dog");
      g_assert_cmpint (ballast_image_item_get_id (item), ==, ballast_image_list_get_id (list, i));
      g_assert_true (g_file_test (ballast_image_item_get_path (item), G_FILE_TEST_IS_REGULAR));
      g_assert_true (ballast_image_list_find_position (list, ballast_image_item_get_id (item),
                                                       &position));
      g_assert_cmpuint (position, ==, i);
    }
  g_assert_false (ballast_image_list_find_position (list, 1000000, &position));
  g_assert_cmpint (ballast_image_list_get_id (list, 1000000), ==, 0);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 1000000));
}

/* The same place gives the same object while it is held; a jump across pages fills both. */
static void
test_pages (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastImageList) list = NULL;
  g_autoptr(BallastImageItem) first = NULL;
  g_autoptr(BallastImageItem) last = NULL;
  g_autoptr(BallastImageItem) again = NULL;

  setup (&fixture);
  list = query (&fixture, &(BallastImageQuery) { 0 });
  last = load (list, 329);
  first = load (list, 0);
  again = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (again == first);
  g_assert_cmpstr (ballast_image_item_get_name (first), ==, "000.jpg");
}

/* A list outlives edits: it stays what it was. */
static void
test_edits (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastImageList) list = NULL;
  g_autoptr(BallastImageItem) item = NULL;
  gint64 id;

  setup (&fixture);
  list = query (&fixture, &(BallastImageQuery) { 0 });
  id = ballast_image_list_get_id (list, 5);
  FIXTURE_EDIT (&fixture, ballast_document_exclude_async (fixture.document, &id, 1,
                                                          fixture_on_done, &fixture));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 330);
  item = load (list, 5);
  g_assert_true (ballast_image_item_get_excluded (item));
  g_assert_cmpuint (count (&fixture, (BallastImageQuery) {
    .state = BALLAST_IMAGE_STATE_COUNTING
  }), ==, 329);
  g_assert_cmpuint (count (&fixture, (BallastImageQuery) {
    .state = BALLAST_IMAGE_STATE_EXCLUDED
  }), ==, 1);
}

/* Closing while pages are under way leaves empty items and no crash. */
static void
test_closed (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastImageList) list = NULL;
  g_autoptr(BallastImageItem) item = NULL;

  setup (&fixture);
  list = query (&fixture, &(BallastImageQuery) { 0 });
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  ballast_document_close (fixture.document);
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (ballast_image_item_get_id (item), ==, ballast_image_list_get_id (list, 0));
}

static void
test_details (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastImageDetails) details = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id;

  setup (&fixture);
  ballast_image_find_async (fixture.document, "val/cat/003.jpg", NULL, fixture_on_done, &fixture);
  id = ballast_image_find_finish (fixture_wait (&fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  g_clear_object (&fixture.result);

  ballast_image_details_load_async (fixture.document, id, NULL, fixture_on_done, &fixture);
  details = ballast_image_details_load_finish (fixture_wait (&fixture), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture.result);
  g_assert_cmpstr (details->split_name, ==, "val");
  g_assert_cmpstr (details->class_names[0], ==, "cat");
  g_assert_cmpuint (details->record.facts.width, ==, 64);
  g_assert_true (g_str_has_suffix (details->path, "data/val/cat/003.jpg"));

  ballast_image_details_load_async (fixture.document, 4711, NULL, fixture_on_done, &fixture);
  g_assert_null (ballast_image_details_load_finish (fixture_wait (&fixture), &error));
  g_assert_nonnull (error);
}

static void
test_summary (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree BallastImageSummary *summary = NULL;
  g_autoptr(GError) error = NULL;
  guint64 in_bins = 0;

  setup (&fixture);
  ballast_image_summary_load_async (fixture.document, NULL, fixture_on_done, &fixture);
  summary = ballast_image_summary_load_finish (fixture_wait (&fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary->images, ==, 330);
  g_assert_cmpuint (summary->min_width, ==, 64);
  g_assert_cmpuint (summary->max_height, ==, 48);
  g_assert_cmpuint (summary->by_format[BALLAST_FORMAT_JPEG], ==, 330);
  for (guint i = 0; i < BALLAST_IMAGE_SUMMARY_BINS; i++)
    in_bins += summary->bytes_bins[i];
  g_assert_cmpuint (in_bins, ==, 330);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/image-list/queries", test_queries);
  g_test_add_func ("/document/image-list/items", test_items);
  g_test_add_func ("/document/image-list/pages", test_pages);
  g_test_add_func ("/document/image-list/edits", test_edits);
  g_test_add_func ("/document/image-list/closed", test_closed);
  g_test_add_func ("/document/image-list/details", test_details);
  g_test_add_func ("/document/image-list/summary", test_summary);

  return g_test_run ();
}
