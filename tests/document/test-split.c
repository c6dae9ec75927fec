/* Splits, near duplicates and leaks of a document. */
#include "config.h"

#include "fixture.h"

#include "ballast-document-error.h"
#include "ballast-document-split.h"
#include "ballast-leaks.h"
#include "ballast-near-duplicates.h"

/* cat 20 and dog 10, two of them the same file, one a little larger. */
static void
setup (Fixture *fixture)
{
  fixture_init (fixture);
  fixture_pictures (fixture, "cat", 20, 100);
  fixture_pictures (fixture, "dog", 10, 200);
  fixture_picture (fixture, "dog/copy.jpg", 205);
  fixture_picture_sized (fixture, "dog/flat.jpg", 7, 1, 1);
  fixture_create (fixture);
  fixture_import (fixture);
}

/* (transfer full): NULL where it fails with @code. */
static BallastSplitPlan *
make_plan (Fixture         *fixture,
           BallastSplitter *splitter,
           const char      *parts,
           const char      *group_by,
           int              code)
{
  g_auto(BallastSplitRequest) request = { 0 };
  g_autoptr(GError) error = NULL;
  BallastSplitPlan *plan;

  ballast_split_request_init (&request);
  g_assert_true (ballast_split_options_parse_parts (&request.options, parts, NULL));
  if (group_by != NULL)
    g_assert_true (ballast_grouping_parse (&request.grouping, group_by, fixture->document, NULL));
  ballast_splitter_plan_async (splitter, &request, NULL, fixture_on_done, fixture);
  plan = ballast_splitter_plan_finish (fixture_wait (fixture), &error);
  g_clear_object (&fixture->result);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, BALLAST_DOCUMENT_ERROR, code);

  return plan;
}

static void
apply (Fixture          *fixture,
       BallastSplitPlan *plan)
{
  FIXTURE_EDIT (fixture, ballast_document_apply_split_async (fixture->document, plan, fixture_on_done,
                                                             fixture));
}

static void
assert_splits (Fixture    *fixture,
               const char *expected)
{
  const BallastTally *tally = ballast_document_get_tally (fixture->document);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < tally->n_splits; i++)
    g_string_append_printf (text, "%s%s %" G_GUINT64_FORMAT, i > 0 ? ", " : "", tally->splits[i].name,
                            tally->splits[i].images);
  g_assert_cmpstr (text->str, ==, expected);
}

/* What the plan says is what is done; undone after opening again. */
static void
test_apply (void)
{
  g_auto(Fixture) fixture = { 0 };
  g_autoptr(BallastSplitter) splitter = NULL;
  g_autoptr(BallastSplitPlan) plan = NULL, again = NULL;

  setup (&fixture);
  splitter = ballast_splitter_new (fixture.document);
  plan = make_plan (&fixture, splitter, "train=0.5,test=0.5", "duplicates", -1);
  again = make_plan (&fixture, splitter, "train=0.5,test=0.5", "duplicates", -1);
  g_assert_cmpmem (ballast_split_plan_get_split (plan)->sides, 32,
                   ballast_split_plan_get_split (again)->sides, 32);
  g_assert_cmpuint (ballast_split_plan_get_n_groups (plan), ==, 1);
  apply (&fixture, plan);
  assert_splits (&fixture, "train 16, test 16");
  fixture_assert_problems (&fixture, "duplicate 1");
  ballast_splitter_unref (g_steal_pointer (&splitter));
  fixture_close (&fixture);
  fixture_open (&fixture);
  FIXTURE_EDIT (&fixture, ballast_document_undo_async (fixture.document, NULL, fixture_on_done, &fixture));
  assert_splits (&fixture, "");
}

/* A plan is made of what the project holds now. */
static void
test_changed (void)
{
  g_auto(Fixture) fixture = { 0 };
  g_autoptr(BallastSplitter) splitter = NULL;
  g_autoptr(BallastSplitPlan) before = NULL, after = NULL;
  const gint64 first = 1;

  setup (&fixture);
  splitter = ballast_splitter_new (fixture.document);
  before = make_plan (&fixture, splitter, "train=1", NULL, -1);
  FIXTURE_EDIT (&fixture, ballast_document_exclude_async (fixture.document, &first, 1, fixture_on_done,
                                                          &fixture));
  after = make_plan (&fixture, splitter, "train=1", NULL, -1);
  g_assert_cmpuint (ballast_split_plan_get_n_images (before), ==, 32);
  g_assert_cmpuint (ballast_split_plan_get_n_images (after), ==, 31);
}

static void
test_groups (void)
{
  g_auto(Fixture) fixture = { 0 };
  g_autoptr(BallastSplitter) splitter = NULL;
  g_autoptr(BallastSplitPlan) folder = NULL, pattern = NULL, none = NULL, near = NULL;
  const char *name;
  guint n;

  setup (&fixture);
  splitter = ballast_splitter_new (fixture.document);
  folder = make_plan (&fixture, splitter, "a=0.5,b=0.5", "folder", -1);
  g_assert_cmpuint (ballast_split_plan_get_n_groups (folder), ==, 2);
  name = ballast_split_plan_get_large_group (folder, 0, &n);
  g_assert_cmpstr (name, ==, "cat");
  g_assert_cmpuint (n, ==, 20);
  g_assert_null (ballast_split_plan_get_large_group (folder, 2, &n));
  pattern = make_plan (&fixture, splitter, "a=0.5,b=0.5", "([0-9])\\.jpg$", -1);
  g_assert_cmpuint (ballast_split_plan_get_n_groups (pattern), ==, 10);
  none = make_plan (&fixture, splitter, "a=0.5,b=0.5", "matches-nothing", BALLAST_DOCUMENT_ERROR_INVALID);
  g_assert_null (none);
  near = make_plan (&fixture, splitter, "a=1", "near-duplicates", BALLAST_DOCUMENT_ERROR_INVALID);
  g_assert_null (near);
}

static void
assert_near (Fixture *fixture,
             guint    n_links)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastJob) job = ballast_document_find_near_duplicates (fixture->document, 0, 0);
  BallastNearSet *set;

  g_assert_true (ballast_job_wait (job, &error));
  g_assert_no_error (error);
  set = ballast_job_get_result (job);
  g_assert_cmpuint (set->links->len, ==, n_links);
  g_assert_cmpuint (set->n_images, ==, ballast_document_get_tally (fixture->document)->images);
  g_assert_cmpuint (set->n_flat, ==, 1);
}

/* The same bytes look alike, and are told of once. */
static void
test_near (void)
{
  g_auto(Fixture) fixture = { 0 };

  setup (&fixture);
  assert_near (&fixture, 1);
  fixture_assert_problems (&fixture, "duplicate 1");
  fixture_picture (&fixture, "cat/again.jpg", 101);
  fixture_import (&fixture);
  assert_near (&fixture, 2);
}

/* A cancelled look leaves the project as it was, and the next one goes on. */
static void
test_cancel (void)
{
  g_auto(Fixture) fixture = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastJob) job = NULL;

  setup (&fixture);
  job = ballast_document_find_near_duplicates (fixture.document, 4, 10);
  ballast_job_cancel (job);
  g_assert_false (ballast_job_wait (job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_near (&fixture, 1);
}

/* (transfer full): "1 image of test is also in train" */
static char *
dup_leaks (Fixture *fixture)
{
  g_autoptr(GPtrArray) leaks = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  ballast_document_count_leaks_async (fixture->document, NULL, fixture_on_done, fixture);
  leaks = ballast_document_count_leaks_finish (fixture_wait (fixture), NULL);
  g_clear_object (&fixture->result);
  for (guint i = 0; i < leaks->len; i++)
    {
      const BallastLeak *leak = g_ptr_array_index (leaks, i);
      g_autofree char *sentence = ballast_leak_dup_text (leak);

      if (leak->is_main)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "", sentence);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_mended (BallastMend mend,
               const char *splits)
{
  g_auto(Fixture) fixture = { 0 };
  g_autofree char *before = NULL, *after = NULL;

  fixture_init (&fixture);
  fixture_pictures (&fixture, "train/cat", 8, 300);
  fixture_picture (&fixture, "test/cat/a.jpg", 300);
  fixture_picture (&fixture, "test/cat/b.jpg", 400);
  fixture_create (&fixture);
  fixture_import (&fixture);
  fixture_assert_problems (&fixture, "split-leak 1");
  before = dup_leaks (&fixture);
  g_assert_cmpstr (before, ==, "1 image of test is also in train");
  FIXTURE_EDIT (&fixture, ballast_document_mend_leaks_async (fixture.document, mend, fixture_on_done,
                                                             &fixture));
  after = dup_leaks (&fixture);
  g_assert_cmpstr (after, ==, "");
  assert_splits (&fixture, splits);
}

static void
test_mend (void)
{
  assert_mended (BALLAST_MEND_EXCLUDE, "test 2, train 7");
  assert_mended (BALLAST_MEND_MOVE, "test 1, train 9");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/document/split/apply", test_apply);
  g_test_add_func ("/document/split/changed", test_changed);
  g_test_add_func ("/document/split/groups", test_groups);
  g_test_add_func ("/document/split/near", test_near);
  g_test_add_func ("/document/split/cancel", test_cancel);
  g_test_add_func ("/document/split/mend", test_mend);

  return g_test_run ();
}
