#include "ballast-content-pictures.h"
#include "ballast-contents.h"
#include "fixture.h"

/* COCO: image a holds cat and dog, b cat twice, c nothing; each of 100 × 100 px. */
static void
setup (Fixture *fixture)
{
  static const char labels[] =
    "{\"images\": [{\"id\": 1, \"file_name\": \"a.png\", \"width\": 100, \"height\": 100},"
    "{\"id\": 2, \"file_name\": \"b.png\", \"width\": 100, \"height\": 100},"
    "{\"id\": 3, \"file_name\": \"c.png\", \"width\": 100, \"height\": 100}],"
    "\"annotations\": [{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\": [0, 0, 50, 50]},"
    "{\"id\": 2, \"image_id\": 1, \"category_id\": 2, \"bbox\": [50, 50, 10, 20]},"
    "{\"id\": 3, \"image_id\": 2, \"category_id\": 1, \"bbox\": [0, 0, 100, 100]},"
    "{\"id\": 4, \"image_id\": 2, \"category_id\": 1, \"bbox\": [10, 10, 5, 5]}],"
    "\"categories\": [{\"id\": 1, \"name\": \"cat\"}, {\"id\": 2, \"name\": \"dog\"}]}";
  const char *const names[] = { "a.png", "b.png", "c.png" };

  fixture_init (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    fixture_picture_sized (fixture, names[i], i + 1, 100, 100);
  fixture_bytes (fixture, "instances.json", labels, -1);
  fixture_create (fixture);
  fixture_import (fixture);
}

static BallastContentStatistics *
load (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  BallastContentStatistics *contents;

  ballast_contents_load_async (fixture->document, 0, NULL, fixture_on_done, fixture);
  contents = ballast_contents_load_finish (fixture_wait (fixture), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
  return contents;
}

static void
test_figures (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastContentStatistics) contents = NULL;

  setup (&fixture);
  contents = load (&fixture);
  g_assert_cmpuint (contents->images, ==, 3);
  g_assert_cmpuint (contents->labels, ==, 4);
  g_assert_cmpuint (contents->background, ==, 1);
  g_assert_cmpuint (ballast_co_occurrence_get_both (contents->together, 0, 1), ==, 1);
  g_assert_cmpuint (contents->boxes.bands[BALLAST_BOX_SMALL], ==, 2);
  g_assert_cmpuint (contents->boxes.bands[BALLAST_BOX_LARGE], ==, 1);
  g_assert_cmpuint (contents->class_boxes[1].boxes, ==, 1);
}

/* The answer is kept until an edit of the records, and no longer. */
static void
test_kept (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastContentStatistics) first = NULL, again = NULL, after = NULL, undone = NULL;
  gint64 dog;

  setup (&fixture);
  dog = fixture_class (&fixture, "dog");
  first = load (&fixture);
  again = load (&fixture);
  g_assert_true (first == again);
  FIXTURE_EDIT (&fixture, ballast_document_drop_class_async (fixture.document, dog, fixture_on_done,
                                                             &fixture));
  after = load (&fixture);
  g_assert_cmpuint (after->n_classes, ==, 1);
  g_assert_cmpuint (ballast_co_occurrence_get_n_pairs (after->together), ==, 0);
  FIXTURE_EDIT (&fixture, ballast_document_undo_async (fixture.document, NULL, fixture_on_done,
                                                       &fixture));
  undone = load (&fixture);
  g_assert_cmpuint (ballast_co_occurrence_get_both (undone->together, 0, 1), ==, 1);
  g_assert_cmpuint (ballast_co_occurrence_get_both (first->together, 0, 1), ==, 1);
}

static void
ask_in_handler (BallastDocument *document,
                BallastChanged   changed,
                Fixture         *fixture)
{
  ballast_contents_load_async (document, 0, NULL, fixture_on_done, fixture);
}

/* Who hears of a change before the cache does is not told of what was. */
static void
test_order_of_handlers (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_auto(Fixture) asker = { NULL };
  g_autoptr(BallastContentStatistics) before = NULL, after = NULL;
  gint64 ids[2];

  setup (&fixture);
  ids[0] = fixture_class (&fixture, "dog");
  ids[1] = fixture_class (&fixture, "cat");
  fixture_init (&asker);
  g_signal_connect (fixture.document, "changed", G_CALLBACK (ask_in_handler), &asker);
  before = load (&fixture);
  g_assert_cmpuint (before->class_boxes[0].boxes, ==, 3);
  FIXTURE_EDIT (&fixture, ballast_document_reorder_classes_async (fixture.document, ids, 2,
                                                                  fixture_on_done, &fixture));
  after = ballast_contents_load_finish (fixture_wait (&asker), NULL);
  g_assert_nonnull (after);
  g_assert_cmpuint (after->class_boxes[0].boxes, ==, 1);
  g_assert_cmpuint (after->class_boxes[1].boxes, ==, 3);
  g_signal_handlers_disconnect_by_data (fixture.document, &asker);
}

static void
test_cancelled (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(BallastContentStatistics) contents = NULL;
  g_autoptr(GError) error = NULL;

  setup (&fixture);
  ballast_contents_load_async (fixture.document, 0, cancellable, fixture_on_done, &fixture);
  g_cancellable_cancel (cancellable);
  g_assert_null (ballast_contents_load_finish (fixture_wait (&fixture), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&fixture.result);
  contents = load (&fixture);
  g_assert_cmpuint (contents->images, ==, 3);
}

/* Pictures of data of every kind can be made and told of; empty ones too. */
static void
test_pictures (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastContentStatistics) contents = NULL;
  const BallastTally *tally;

  setup (&fixture);
  contents = load (&fixture);
  tally = ballast_document_get_tally (fixture.document);
  for (int class = -1; class < 2; class++)
    for (guint which = 0; which < 4; which++)
      {
        g_autoptr(BallastPicture) bins = ballast_content_bins_new (contents, which, class);
        g_autoptr(BallastPicture) places = ballast_content_places_new (contents, tally, class, 1 + which);
        g_autoptr(BallastPictureTable) table = ballast_picture_make_table (bins);
        g_autofree char *words = ballast_picture_describe (places, 0);

        g_assert_cmpuint (table->n_rows, >=, 3);
        g_assert_nonnull (words);
      }
  for (guint mode = 0; mode < 3; mode++)
    {
      const BallastMatrixWish wish = { mode, mode % 2, mode == 0 ? 1 : 50 };
      guint n_hidden;
      g_autoptr(BallastPicture) matrix = ballast_content_matrix_new (contents, tally, &wish, &n_hidden);

      g_assert_cmpuint (n_hidden, ==, mode == 0 ? 1 : 0);
      g_assert_cmpuint (((BallastMatrixPicture *) matrix)->n, ==, mode == 0 ? 1 : 2);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/contents/figures", test_figures);
  g_test_add_func ("/document/contents/kept", test_kept);
  g_test_add_func ("/document/contents/order-of-handlers", test_order_of_handlers);
  g_test_add_func ("/document/contents/cancelled", test_cancelled);
  g_test_add_func ("/document/contents/pictures", test_pictures);
  return g_test_run ();
}
