#include "store-fixture.h"

#include <string.h>

static void
import_animals (Fixture *fixture)
{
  import_images (fixture, "a-x/1.jpg cat train", "a/z.jpg cat train", "a/c/1.jpg cat,dog train",
                 "a/B.jpg cat test", "top.jpg dog -", "a/none.jpg - train", NULL);
}

/* "1 2 3": the ids of the query, found in the three ways there are. */
static void
assert_query (Fixture          *fixture,
              BallastStoreQuery query,
              const char       *expected)
{
  g_autoptr(GArray) ids = ballast_store_ids (fixture->store, &query, NULL, NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) paged = g_string_new (NULL);
  g_autoptr(GArray) page = NULL;
  gint64 last = 0;

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? " " : "", (int) g_array_index (ids, gint64, i));
  g_assert_cmpstr (text->str, ==, expected);

  page = ballast_store_page (fixture->store, &query, 0, 2, NULL);
  while (page->len > 0)
    {
      for (guint i = 0; i < page->len; i++)
        {
          last = g_array_index (page, BallastStoreImage, i).record.id;
          g_string_append_printf (paged, "%s%d", paged->len > 0 ? " " : "", (int) last);
        }
      g_array_unref (page);
      page = ballast_store_page (fixture->store, &query, last, 2, NULL);
    }
  g_assert_cmpstr (paged->str, ==, expected);
}

static void
test_filters (Fixture      *fixture,
              gconstpointer user_data)
{
  const gint64 excluded = 2;

  import_animals (fixture);
  assert_ok (ballast_store_exclude_images (fixture->store, &excluded, 1, TRUE, error));
  assert_query (fixture, (BallastStoreQuery) { 0 }, "1 2 3 4 5 6");
  assert_query (fixture, (BallastStoreQuery) { .class_id = 1 }, "1 2 3 4");
  assert_query (fixture, (BallastStoreQuery) { .class_id = BALLAST_QUERY_NONE }, "6");
  assert_query (fixture, (BallastStoreQuery) { .split_id = 1 }, "1 2 3 6");
  assert_query (fixture, (BallastStoreQuery) { .split_id = BALLAST_QUERY_NONE }, "5");
  assert_query (fixture, (BallastStoreQuery) { .class_id = 1, .split_id = 2 }, "4");
  assert_query (fixture, (BallastStoreQuery) { .class_id = 1, .flags_mask = BALLAST_IMAGE_ALL_FLAGS }, "1 3 4");
  assert_query (fixture, (BallastStoreQuery) { .flags_mask = BALLAST_IMAGE_EXCLUDED,
                                               .flags_value = BALLAST_IMAGE_EXCLUDED }, "2");
  assert_query (fixture, (BallastStoreQuery) { .search = "b.J" }, "4");
  assert_query (fixture, (BallastStoreQuery) { .search = "a-" }, "1");
  assert_query (fixture, (BallastStoreQuery) { .class_id = 2, .search = "/C" }, "3");
  assert_query (fixture, (BallastStoreQuery) { .class_id = 9 }, "");
  assert_query (fixture, (BallastStoreQuery) { .class_id = 1, .also_class_id = 2 }, "3");
  assert_query (fixture, (BallastStoreQuery) { .class_id = 2, .also_class_id = 1, .split_id = 1 }, "3");
  assert_query (fixture, (BallastStoreQuery) { .also_class_id = 2 }, "3 5");
  assert_query (fixture, (BallastStoreQuery) { .class_id = 1, .also_class_id = 9 }, "");
}

static void
test_boxes (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autoptr(BallastStoreImport) import = begin_import (fixture);
  BallastAnnotation boxes[3] = { { .class_id = 1, .has_box = TRUE, .box = { 1, 2, 3.25, 4 } },
                                 { .class_id = 1, .has_box = TRUE, .box = { 5, 6, 7, 8 } },
                                 { .class_id = 1, .has_box = TRUE, .box = { 0. / 1, 0, 1e300 * 1e300, 8 } } };
  BallastStoreImage image = { .record = { .folder = (char *) "", .name = (char *) "x.jpg" },
                              .annotations = boxes, .n_annotations = 3 };
  g_autoptr(BallastTally) tally = NULL;
  g_autoptr(GArray) images = NULL;
  const BallastStoreImage *read;

  assert_ok (ballast_store_import_class (import, "cat", error) == 1);
  assert_ok (ballast_store_import_add (import, &image, 1, error));
  assert_ok (ballast_store_import_finish (import, NULL, error));
  assert_query (fixture, (BallastStoreQuery) { .class_id = 1 }, "1");
  tally = ballast_store_get_tally (fixture->store, NULL);
  g_assert_cmpuint (tally->boxes, ==, 2);
  g_assert_cmpuint (tally->classes[0].total.instances, ==, 2);
  g_assert_cmpuint (tally->classes[0].total.images, ==, 1);

  images = ballast_store_get_images (fixture->store, (const gint64[]) { 1, 99 }, 2, NULL);
  read = &g_array_index (images, BallastStoreImage, 0);
  g_assert_cmpuint (read->n_annotations, ==, 2);
  g_assert_cmpfloat (read->annotations[0].box.width, ==, 3.25);
  g_assert_cmpint (g_array_index (images, BallastStoreImage, 1).record.id, ==, 0);
}

static void
test_facts (Fixture      *fixture,
            gconstpointer user_data)
{
  const BallastImageFacts facts = { .width = 4032, .height = 3024, .format = BALLAST_FORMAT_AVIF,
                                    .colour = BALLAST_COLOUR_CMYK, .depth = 16, .orientation = 8,
                                    .size_bytes = G_GUINT64_CONSTANT (5000000000),
                                    .mtime_ns = G_GINT64_CONSTANT (-1600000000123456789) };
  BallastStoreImage image = { .record = { .folder = (char *) "a", .name = (char *) "x", .facts = facts } };
  g_autoptr(BallastStoreImport) import = begin_import (fixture);
  g_autoptr(GArray) images = NULL;
  const BallastImageFacts *read;

  assert_ok (ballast_store_import_add (import, &image, 1, error));
  assert_ok (ballast_store_import_finish (import, NULL, error));
  images = ballast_store_get_images (fixture->store, &image.record.id, 1, NULL);
  read = &g_array_index (images, BallastStoreImage, 0).record.facts;
  g_assert_cmpuint (read->width, ==, facts.width);
  g_assert_cmpuint (read->height, ==, facts.height);
  g_assert_cmpint (read->format, ==, facts.format);
  g_assert_cmpint (read->colour, ==, facts.colour);
  g_assert_cmpint (read->depth, ==, facts.depth);
  g_assert_cmpint (read->orientation, ==, facts.orientation);
  g_assert_cmpuint (read->size_bytes, ==, facts.size_bytes);
  g_assert_cmpint (read->mtime_ns, ==, facts.mtime_ns);
}

static gboolean
append_member (const BallastStoreMember *member,
               gpointer                  user_data)
{
  g_string_append_printf (user_data, "%s%s%s %u %u|", member->folder, *member->folder ? "/" : "",
                          member->name, member->n_classes, member->n_instances);
  return TRUE;
}

static void
assert_members (Fixture    *fixture,
                gint64      class_id_wanted,
                gint64      split_id,
                const char *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);
  const BallastStoreMemberWalk walk = { class_id_wanted, split_id, append_member, text };

  assert_ok (ballast_store_foreach_class_member (fixture->store, &walk, NULL, error));
  g_assert_cmpstr (text->str, ==, expected);
}

/* Bytes of the whole path: '-' before '/', capitals before small letters, folders among files. */
static void
test_members (Fixture      *fixture,
              gconstpointer user_data)
{
  const gint64 excluded = 2;

  import_animals (fixture);
  assert_members (fixture, 1, BALLAST_QUERY_ANY, "a-x/1.jpg 1 1|a/B.jpg 1 1|a/c/1.jpg 2 1|a/z.jpg 1 1|");
  assert_ok (ballast_store_exclude_images (fixture->store, &excluded, 1, TRUE, error));
  assert_members (fixture, 1, 1, "a-x/1.jpg 1 1|a/c/1.jpg 2 1|");
  assert_members (fixture, BALLAST_QUERY_ANY, BALLAST_QUERY_ANY,
                  "a-x/1.jpg 1 0|a/B.jpg 1 0|a/c/1.jpg 2 0|a/none.jpg 0 0|top.jpg 1 0|");
  assert_members (fixture, BALLAST_QUERY_NONE, BALLAST_QUERY_ANY, "a/none.jpg 0 0|");
  assert_members (fixture, 2, BALLAST_QUERY_NONE, "top.jpg 1 1|");
}

static void
test_find (Fixture      *fixture,
           gconstpointer user_data)
{
  import_animals (fixture);
  g_assert_cmpint (ballast_store_find_image (fixture->store, "a/c/1.jpg", NULL), ==, 3);
  g_assert_cmpint (ballast_store_find_image (fixture->store, "/data/top.jpg", NULL), ==, 5);
  g_assert_cmpint (ballast_store_find_image (fixture->store, "/database/top.jpg", NULL), ==, 0);
  g_assert_cmpint (ballast_store_find_image (fixture->store, "1.jpg", NULL), ==, 0);
}

static void
test_problems (Fixture      *fixture,
               gconstpointer user_data)
{
  const BallastDuplicate pairs[] = { { BALLAST_PROBLEM_CLASS_CONFLICT, 1, 5 },
                                     { BALLAST_PROBLEM_DUPLICATE, 2, 3 } };
  guint64 counts[BALLAST_PROBLEM_KIND_LAST + 1];
  g_autoptr(GArray) problems = NULL;
  const BallastProblem *problem;

  import_animals (fixture);
  for (guint i = 0; i < 2; i++)
    assert_ok (ballast_store_set_duplicates (fixture->store, pairs, 2, error));
  assert_ok (ballast_store_count_problems (fixture->store, counts, error));
  g_assert_cmpuint (counts[BALLAST_PROBLEM_CLASS_CONFLICT], ==, 1);
  g_assert_cmpuint (counts[BALLAST_PROBLEM_DUPLICATE], ==, 1);
  assert_query (fixture, (BallastStoreQuery) { .problem_kind = BALLAST_PROBLEM_CLASS_CONFLICT }, "1 5");
  assert_query (fixture, (BallastStoreQuery) { .class_id = 1, .problem_kind = BALLAST_PROBLEM_DUPLICATE },
                "2 3");

  problems = ballast_store_page_problems (fixture->store, 0, 0, 10, NULL);
  g_assert_cmpuint (problems->len, ==, 2);
  problem = &g_array_index (problems, BallastProblem, 0);
  g_assert_cmpstr (problem->path, ==, "a-x/1.jpg");
  g_assert_cmpstr (problem->other_path, ==, "top.jpg");
  g_assert_null (problem->detail);
  g_clear_pointer (&problems, g_array_unref);
  problems = ballast_store_page_problems (fixture->store, BALLAST_PROBLEM_DUPLICATE, 0, 10, NULL);
  g_assert_cmpuint (problems->len, ==, 1);

  import_animals (fixture);
  assert_ok (ballast_store_count_problems (fixture->store, counts, error));
  g_assert_cmpuint (counts[BALLAST_PROBLEM_CLASS_CONFLICT], ==, 1);
}

static void
test_same_heads (Fixture      *fixture,
                 gconstpointer user_data)
{
  g_autoptr(GArray) files = NULL;

  /* The size is the length of the line. */
  import_images (fixture, "a/long.jpg cat -", "a/2.jpg cat -", "a/333.jpg cat -", "b/2.jpg cat -", NULL);
  files = ballast_store_get_same_heads (fixture->store, NULL, NULL);
  g_assert_cmpuint (files->len, ==, 2);
  g_assert_cmpint (g_array_index (files, BallastSameHead, 0).image_id, ==, 2);
  g_assert_cmpint (g_array_index (files, BallastSameHead, 1).image_id, ==, 4);
}

/* Adds "id:labels " and where the first box lies. */
static void
note_content (const BallastStoreContent *content,
              gpointer                   user_data)
{
  g_string_append_printf (user_data, "%d:%u", (int) content->id, content->n_annotations);
  for (guint i = 0; i < content->n_annotations; i++)
    g_string_append_printf (user_data, ",%d %g", (int) content->annotations[i].class_id,
                            content->annotations[i].has_box ? content->annotations[i].box.width : -1);
  g_string_append_printf (user_data, " %ux%u\n", content->width, content->height);
}

/* The same through the other way to read images. */
static char *
dup_pages (Fixture *fixture,
           gint64   split_id)
{
  const BallastStoreQuery query = { .split_id = split_id, .flags_mask = BALLAST_IMAGE_ALL_FLAGS };
  g_autoptr(GArray) page = ballast_store_page (fixture->store, &query, 0, 1000, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < page->len; i++)
    {
      const BallastStoreImage *image = &g_array_index (page, BallastStoreImage, i);
      const BallastStoreContent content = {
        image->record.id, ballast_image_facts_get_view_width (&image->record.facts),
        ballast_image_facts_get_view_height (&image->record.facts), image->n_annotations,
        image->annotations
      };

      note_content (&content, text);
    }
  return g_string_free (text, FALSE);
}

static void
test_contents (Fixture      *fixture,
               gconstpointer user_data)
{
  const gint64 splits[] = { BALLAST_QUERY_ANY, BALLAST_QUERY_NONE, 1, 2, 99 };

  import_random (fixture, 300);
  for (guint i = 0; i < G_N_ELEMENTS (splits); i++)
    for (guint limit = 1; limit < 500; limit = limit * 3 + 4)
      {
        g_autoptr(GString) text = g_string_new (NULL);
        g_autofree char *expected = dup_pages (fixture, splits[i]);
        BallastStoreContentWalk walk = { splits[i], 0, limit, FALSE, note_content, text };

        while (!walk.end)
          assert_ok (ballast_store_walk_contents (fixture->store, &walk, error));
        g_assert_cmpstr (text->str, ==, expected);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  CASE ("/store/query/filters", test_filters);
  CASE ("/store/query/boxes", test_boxes);
  CASE ("/store/query/contents", test_contents);
  CASE ("/store/query/facts", test_facts);
  CASE ("/store/query/members", test_members);
  CASE ("/store/query/find", test_find);
  CASE ("/store/query/problems", test_problems);
  CASE ("/store/query/same-heads", test_same_heads);

  return g_test_run ();
}
