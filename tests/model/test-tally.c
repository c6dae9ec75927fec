#include "ballast-class-pair.h"
#include "ballast-image-record.h"
#include "ballast-problem.h"
#include "ballast-tally.h"

/* "train:10,val:20" or "train:10,-:5": splits with their images, "-" for none. */
static BallastTally *
tally_from_splits (const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ",", -1);
  guint n = g_strv_length (parts), n_splits = 0;
  BallastTally *tally = ballast_tally_new (0, n);

  for (guint i = 0; i < n; i++)
    {
      g_auto(GStrv) pair = g_strsplit (parts[i], ":", 2);
      guint64 images = g_ascii_strtoull (pair[1], NULL, 10);

      if (g_str_equal (pair[0], "-"))
        tally->images_without_split = images;
      else
        tally->splits[n_splits++] = (BallastSplitTally){ n_splits, g_strdup (pair[0]), images };
    }

  tally->n_splits = n_splits;
  return tally;
}

static void
assert_training (const char *splits,
                 guint       expected)
{
  g_autoptr(BallastTally) tally = tally_from_splits (splits);

  g_assert_cmpuint (ballast_tally_get_training_split (tally), ==, expected);
}

static void
test_tally_training_split (void)
{
  assert_training ("val:9,train:1", 1);
  assert_training ("val:9,Training:1", 1);
  assert_training ("val:9,test:20", 1);
  assert_training ("val:9,-:5", 1);
  assert_training ("-:5", 0);
}

static void
test_class_pair_mirror (void)
{
  const BallastClassPair pairs[] = { { 1, 2 } };

  g_assert_cmpint (ballast_class_pair_mirror (pairs, 1, 1), ==, 2);
  g_assert_cmpint (ballast_class_pair_mirror (pairs, 1, 2), ==, 1);
  g_assert_cmpint (ballast_class_pair_mirror (pairs, 1, 3), ==, 3);
}

static void
test_problem_kinds_named (void)
{
  for (guint kind = 1; kind <= BALLAST_PROBLEM_KIND_LAST; kind++)
    g_assert_nonnull (ballast_problem_kind_get_name (kind));
  g_assert_null (ballast_problem_kind_get_name (BALLAST_PROBLEM_KIND_LAST + 1));
}

static void
test_image_facts_view (void)
{
  BallastImageFacts facts = { .width = 3, .height = 2, .orientation = 6 };

  g_assert_cmpuint (ballast_image_facts_get_view_width (&facts), ==, 2);
  g_assert_cmpuint (ballast_image_facts_get_view_height (&facts), ==, 3);
  facts.orientation = 3;
  g_assert_cmpuint (ballast_image_facts_get_view_width (&facts), ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/tally/training-split", test_tally_training_split);
  g_test_add_func ("/model/class-pair/mirror", test_class_pair_mirror);
  g_test_add_func ("/model/problem/kinds-named", test_problem_kinds_named);
  g_test_add_func ("/model/image-facts/view", test_image_facts_view);
  return g_test_run ();
}
