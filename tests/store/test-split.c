/* Splits and groups in the project file, and what leaks between them. */
#include <string.h>

#include "ballast-store-split.h"
#include "store-fixture.h"

static const char *const names[] = { "train", "val", "test" };

static GArray *
all_ids (Fixture *fixture)
{
  const BallastStoreQuery query = { .flags_mask = 0 };
  GArray *ids = NULL;

  assert_ok ((ids = ballast_store_ids (fixture->store, &query, NULL, error)) != NULL);
  return ids;
}

/* Puts every image where @sides says by digit, and into the groups that @groups says by letter. */
static void
divide (Fixture    *fixture,
        const char *sides,
        const char *groups)
{
  g_autoptr(GArray) ids = all_ids (fixture);
  g_autofree guint8 *places = g_new (guint8, ids->len);
  g_autofree guint32 *members = g_new (guint32, ids->len);
  const char *const letters[] = { "a", "b", "c" };
  BallastStoreDivision division = { .image_ids = (gint64 *) (gpointer) ids->data, .n_images = ids->len,
                                    .splits = names, .n_splits = 3, .group_names = letters,
                                    .n_groups = 3, .group_rule = "{\"by\":\"folder\"}" };

  for (guint i = 0; sides != NULL && i < ids->len; i++)
    places[i] = sides[i % strlen (sides)] - '0';
  for (guint i = 0; groups != NULL && i < ids->len; i++)
    members[i] = groups[i] == '-' ? BALLAST_STORE_NO_GROUP : (guint32) (groups[i] - 'a');
  division.sides = sides != NULL ? places : NULL;
  division.groups = groups != NULL ? members : NULL;
  assert_ok (ballast_store_divide (fixture->store, &division, error));
}

/* "train:2 val:1" of the splits that are shown, and " -:1" for images in none. */
static void
assert_splits (Fixture    *fixture,
               const char *expected)
{
  g_autoptr(BallastTally) tally = ballast_store_get_tally (fixture->store, NULL);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < tally->n_splits; i++)
    g_string_append_printf (text, "%s%s:%" G_GUINT64_FORMAT, i > 0 ? " " : "", tally->splits[i].name,
                            tally->splits[i].images);
  if (tally->images_without_split > 0)
    g_string_append_printf (text, " -:%" G_GUINT64_FORMAT, tally->images_without_split);
  g_assert_cmpstr (text->str, ==, expected);
  assert_counts_exact (fixture->store);
}

/* "split-leak 1, group-leak 2". */
static void
assert_problems (Fixture    *fixture,
                 const char *expected)
{
  guint64 counts[BALLAST_PROBLEM_KIND_LAST + 1];
  g_autoptr(GString) text = g_string_new (NULL);

  assert_ok (ballast_store_count_problems (fixture->store, counts, error));
  for (guint kind = 1; kind <= BALLAST_PROBLEM_KIND_LAST; kind++)
    if (counts[kind] > 0)
      g_string_append_printf (text, "%s%s %" G_GUINT64_FORMAT, text->len > 0 ? ", " : "",
                              ballast_problem_kind_get_name (kind), counts[kind]);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
undo (Fixture *fixture)
{
  fixture_reopen (fixture);
  assert_ok (ballast_store_undo (fixture->store, NULL, error));
}

static void
redo (Fixture *fixture)
{
  fixture_reopen (fixture);
  assert_ok (ballast_store_redo (fixture->store, NULL, error));
}

static void
import_six (Fixture *fixture)
{
  import_images (fixture, "p1/a cat valid", "p1/b cat -", "p2/c cat valid", "p2/d dog valid", "p3/e dog -",
                 "p3/f dog,cat valid", NULL);
}

static void
test_undo (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autofree char *before = NULL, *after = NULL, *undone = NULL, *redone = NULL;

  import_six (fixture);
  before = dump (fixture->store);
  divide (fixture, "001012", NULL);
  after = dump (fixture->store);
  assert_splits (fixture, "train:3 val:2 test:1");
  undo (fixture);
  undone = dump (fixture->store);
  g_assert_cmpstr (undone, ==, before);
  assert_splits (fixture, "valid:4 -:2");
  redo (fixture);
  redone = dump (fixture->store);
  g_assert_cmpstr (redone, ==, after);
  assert_splits (fixture, "train:3 val:2 test:1");
}

static void
test_label (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autofree char *label = NULL, *group_label = NULL, *none_label = NULL;

  import_six (fixture);
  divide (fixture, "001012", NULL);
  label = ballast_store_get_undo_label (fixture->store);
  g_assert_cmpstr (label, ==, "Split 6 images");
  divide (fixture, NULL, "aabb--");
  group_label = ballast_store_get_undo_label (fixture->store);
  g_assert_cmpstr (group_label, ==, "Group 4 images");
  divide (fixture, NULL, "------");
  none_label = ballast_store_get_undo_label (fixture->store);
  g_assert_cmpstr (none_label, ==, "Take all images out of their groups");
}

static void
test_import_again (Fixture      *fixture,
                   gconstpointer user_data)
{
  import_six (fixture);
  divide (fixture, "001012", "aabbcc");
  import_images (fixture, "p1/a cat valid", "p1/b cat -", "p2/c cat valid", "p2/d dog valid", "p3/e dog -",
                 "p3/f dog,cat valid", "p3/g dog valid", NULL);
  assert_splits (fixture, "train:3 val:2 test:1 valid:1");
}

static void
test_groups (Fixture      *fixture,
             gconstpointer user_data)
{
  g_autoptr(BallastGroupSummary) summary = NULL, none = NULL;

  import_six (fixture);
  divide (fixture, "000111", "aab-b-");
  assert_ok ((summary = ballast_store_summarise_groups (fixture->store, 1, error)) != NULL);
  g_assert_cmpuint (summary->groups, ==, 2);
  g_assert_cmpuint (summary->images, ==, 4);
  g_assert_cmpuint (summary->largest->len, ==, 1);
  g_assert_cmpstr (((BallastGroupCount *) g_ptr_array_index (summary->largest, 0))->name, ==, "a");
  assert_problems (fixture, "group-leak 1");
  undo (fixture);
  assert_ok ((none = ballast_store_summarise_groups (fixture->store, 1, error)) != NULL);
  g_assert_cmpuint (none->groups, ==, 0);
  assert_problems (fixture, "");
}

static void
note_pair (Fixture           *fixture,
           BallastProblemKind kind,
           const char        *one,
           const char        *other)
{
  BallastDuplicate pair = { kind, image_id (fixture, one), image_id (fixture, other) };

  assert_ok (ballast_store_set_duplicates (fixture->store, &pair, 1, error));
}

static void
exclude (Fixture    *fixture,
         const char *path)
{
  gint64 id = image_id (fixture, path);

  assert_ok (ballast_store_exclude_images (fixture->store, &id, 1, TRUE, error));
}

/* What a pair is told as follows every edit of where its sides are. */
static void
test_copies (Fixture      *fixture,
             gconstpointer user_data)
{
  gint64 id;

  import_six (fixture);
  note_pair (fixture, BALLAST_PROBLEM_DUPLICATE, "p1/a", "p1/b");
  assert_problems (fixture, "duplicate 1");
  divide (fixture, "010000", NULL);
  assert_problems (fixture, "split-leak 1");
  exclude (fixture, "p1/a");
  assert_problems (fixture, "duplicate 1");
  undo (fixture);
  assert_problems (fixture, "split-leak 1");
  id = image_id (fixture, "p1/b");
  assert_ok (ballast_store_set_images_split (fixture->store, &id, 1, "train", error));
  assert_problems (fixture, "duplicate 1");

  note_pair (fixture, BALLAST_PROBLEM_CLASS_CONFLICT, "p2/c", "p2/d");
  assert_problems (fixture, "class-conflict 1");
  divide (fixture, "001200", NULL);
  assert_problems (fixture, "class-conflict 1, split-leak 1");
  undo (fixture);
  assert_problems (fixture, "class-conflict 1");
}

static void
test_near (Fixture      *fixture,
           gconstpointer user_data)
{
  BallastNearPair pairs[2];

  import_six (fixture);
  pairs[0] = (BallastNearPair) { image_id (fixture, "p1/a"), image_id (fixture, "p1/b"), 2 };
  pairs[1] = (BallastNearPair) { image_id (fixture, "p1/b"), image_id (fixture, "p2/c"), 4 };
  assert_ok (ballast_store_set_near_duplicates (fixture->store, pairs, 2, error));
  assert_problems (fixture, "near-duplicate 2");
  divide (fixture, "001000", NULL);
  assert_problems (fixture, "near-duplicate 1, near-leak 1");
  assert_ok (ballast_store_set_near_duplicates (fixture->store, pairs, 1, error));
  assert_problems (fixture, "near-duplicate 1");
}

/* b is linked to a by its bytes, c to b by its look, d to c by its group. */
static void
test_leak_sets (Fixture      *fixture,
                gconstpointer user_data)
{
  BallastNearPair pair;
  g_autoptr(GArray) sets = NULL, counts = NULL;
  const BallastLeakCount *count;

  import_six (fixture);
  note_pair (fixture, BALLAST_PROBLEM_DUPLICATE, "p1/a", "p1/b");
  pair = (BallastNearPair) { image_id (fixture, "p1/b"), image_id (fixture, "p2/c"), 2 };
  assert_ok (ballast_store_set_near_duplicates (fixture->store, &pair, 1, error));
  divide (fixture, "010122", "--aa--");
  assert_problems (fixture, "split-leak 1, near-leak 1, group-leak 1");

  assert_ok ((sets = ballast_store_get_leaks (fixture->store, error)) != NULL);
  g_assert_cmpuint (sets->len, ==, 4);
  g_assert_cmpuint (g_array_index (sets, BallastLeakMember, 3).set, ==, 0);
  assert_ok ((counts = ballast_store_count_leaks (fixture->store, error)) != NULL);
  g_assert_cmpuint (counts->len, ==, 2);
  count = &g_array_index (counts, BallastLeakCount, 0);
  g_assert_cmpuint (count->images, ==, 2);
  g_assert_cmpuint (count->same, ==, 1);
  g_assert_cmpuint (count->alike, ==, 2);
  g_assert_cmpuint (count->grouped, ==, 1);
}

static void
test_fingerprints (Fixture      *fixture,
                   gconstpointer user_data)
{
  g_autoptr(GArray) known = g_array_new (FALSE, FALSE, sizeof (BallastStoredFingerprint));
  g_autoptr(GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) images = NULL;
  BallastStoredFingerprint print = { .gradients = G_MAXUINT64, .waves = 7, .spread = 99 };

  import_six (fixture);
  print.image_id = image_id (fixture, "p1/a");
  images = ballast_store_get_images (fixture->store, &print.image_id, 1, NULL);
  print.stamp = ballast_store_stamp (&g_array_index (images, BallastStoreImage, 0).record.facts);
  assert_ok (ballast_store_set_fingerprints (fixture->store, &print, 1, error));
  assert_ok (ballast_store_set_fingerprints (fixture->store, &print, 1, error));
  assert_ok (ballast_store_get_fingerprints (fixture->store, known, missing, NULL, error));
  g_assert_cmpuint (known->len, ==, 1);
  g_assert_cmpuint (missing->len, ==, 5);
  g_assert_cmpuint (g_array_index (known, BallastStoredFingerprint, 0).gradients, ==, print.gradients);
  g_assert_cmpuint (g_array_index (known, BallastStoredFingerprint, 0).waves, ==, 7);
  g_assert_cmpint (g_array_index (known, BallastStoredFingerprint, 0).spread, ==, 99);
}

static void
test_random (Fixture      *fixture,
             gconstpointer user_data)
{
  g_autofree char *before = NULL, *undone = NULL;

  import_random (fixture, 500);
  before = dump (fixture->store);
  divide (fixture, "0010020", NULL);
  assert_counts_exact (fixture->store);
  undo (fixture);
  undone = dump (fixture->store);
  g_assert_cmpstr (undone, ==, before);
}

static void
test_unknown (Fixture      *fixture,
              gconstpointer user_data)
{
  const gint64 ids[] = { 1, 99 };
  const guint8 sides[] = { 0, 1 };
  BallastStoreDivision division = { ids, 2, sides, names, 3 };

  import_six (fixture);
  assert_fails (ballast_store_divide (fixture->store, &division, error), BALLAST_STORE_ERROR_NOT_FOUND);
  assert_splits (fixture, "valid:4 -:2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  CASE ("/store/split/undo", test_undo);
  CASE ("/store/split/label", test_label);
  CASE ("/store/split/import-again", test_import_again);
  CASE ("/store/split/groups", test_groups);
  CASE ("/store/split/copies", test_copies);
  CASE ("/store/split/near", test_near);
  CASE ("/store/split/leak-sets", test_leak_sets);
  CASE ("/store/split/fingerprints", test_fingerprints);
  CASE ("/store/split/random", test_random);
  CASE ("/store/split/unknown", test_unknown);

  return g_test_run ();
}
