#include "store-fixture.h"

#include <string.h>

#define IDS(...) (const gint64[]) { __VA_ARGS__ }, G_N_ELEMENTS (((const gint64[]) { __VA_ARGS__ }))

static void
import_animals (Fixture *fixture)
{
  import_images (fixture, "a/1.jpg cat train", "a/2.jpg cat test", "b/3.jpg dog train",
                 "b/4.jpg dog,cat -", "c/5.jpg - train", NULL);
  assert_classes (fixture, "cat:3 dog:2");
}

/* Makes the edit, undoes and redoes it: undo gives what was, redo what became. */
static void
assert_undoes (Fixture    *fixture,
               const char *before,
               const char *label)
{
  g_autofree char *after = dump (fixture->store);
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autofree char *undo_label = ballast_store_get_undo_label (fixture->store);

  g_assert_cmpstr (undo_label, ==, label);
  assert_counts_exact (fixture->store);
  assert_ok (ballast_store_undo (fixture->store, NULL, error));
  undone = dump (fixture->store);
  g_assert_cmpstr (undone, ==, before);
  fixture_reopen (fixture);
  assert_ok (ballast_store_redo (fixture->store, NULL, error));
  redone = dump (fixture->store);
  g_assert_cmpstr (redone, ==, after);
}

#define assert_edit(call, label)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *before_ = dump (fixture->store);                                              \
    assert_ok (call);                                                                              \
    assert_undoes (fixture, before_, label);                                                       \
  }                                                                                                \
  G_STMT_END

static void
test_rename (Fixture      *fixture,
             gconstpointer user_data)
{
  g_autoptr(BallastEditStep) step = NULL;

  import_animals (fixture);
  assert_edit (ballast_store_rename_class (fixture->store, class_id (fixture, "cat"), "Katze", error),
               "Rename “cat” to “Katze”");
  assert_classes (fixture, "Katze:3 dog:2");

  step = ballast_store_get_undo_step (fixture->store);
  g_assert_cmpstr (step->code, ==, "rename-class");
  g_assert_cmpstr (step->arguments[0], ==, "cat");
  g_assert_cmpstr (step->arguments[1], ==, "Katze");

  assert_fails (ballast_store_rename_class (fixture->store, 1, "dog", error), BALLAST_STORE_ERROR_EXISTS);
  assert_fails (ballast_store_rename_class (fixture->store, 1, "", error), BALLAST_STORE_ERROR_FAILED);
  assert_fails (ballast_store_rename_class (fixture->store, 1, "\xff", error), BALLAST_STORE_ERROR_FAILED);
  assert_fails (ballast_store_rename_class (fixture->store, 99, "x", error), BALLAST_STORE_ERROR_NOT_FOUND);
}

static void
test_merge (Fixture      *fixture,
            gconstpointer user_data)
{
  import_animals (fixture);
  assert_edit (ballast_store_merge_classes (fixture->store, IDS (1, 2), 2, error),
               "Merge “cat” into “dog”");
  assert_classes (fixture, "dog:4");
  assert_labels (fixture, "b/4.jpg", "dog");
  assert_fails (ballast_store_merge_classes (fixture->store, IDS (1), 2, error),
                BALLAST_STORE_ERROR_NOT_FOUND);
}

static void
test_merge_as (Fixture      *fixture,
               gconstpointer user_data)
{
  import_animals (fixture);
  assert_edit (ballast_store_merge_classes_as (fixture->store, IDS (1, 2), "pet", error),
               "Merge “cat”, “dog” into “pet”");
  assert_classes (fixture, "pet:4");
  assert_labels (fixture, "b/4.jpg", "pet");
  assert_fails (ballast_store_merge_classes_as (fixture->store, IDS (1), "pet", error),
                BALLAST_STORE_ERROR_EXISTS);
}

static void
test_drop (Fixture      *fixture,
           gconstpointer user_data)
{
  import_animals (fixture);
  assert_edit (ballast_store_drop_class (fixture->store, 2, error), "Drop “dog”");
  assert_classes (fixture, "cat:3");
  assert_labels (fixture, "b/3.jpg", "");
  assert_edit (ballast_store_add_class (fixture->store, "dog", error) > 0, "Add “dog”");
  assert_classes (fixture, "cat:3 dog:0");
  import_animals (fixture);
}

/* Whether the classes are no more those of their files, in their order. */
static void
assert_edited (Fixture *fixture,
               gboolean edited)
{
  g_autoptr(BallastTally) tally = ballast_store_get_tally (fixture->store, NULL);

  g_assert_cmpint (tally->classes_edited, ==, edited);
}

static void
test_reorder (Fixture      *fixture,
              gconstpointer user_data)
{
  import_animals (fixture);
  assert_edited (fixture, FALSE);
  assert_edit (ballast_store_reorder_classes (fixture->store, IDS (2, 1), error), "Reorder classes");
  assert_classes (fixture, "dog:2 cat:3");
  assert_edited (fixture, TRUE);
  assert_ok (ballast_store_undo (fixture->store, NULL, error));
  assert_edited (fixture, FALSE);
  assert_fails (ballast_store_reorder_classes (fixture->store, IDS (2), error), BALLAST_STORE_ERROR_FAILED);
  assert_fails (ballast_store_reorder_classes (fixture->store, IDS (2, 2), error),
                BALLAST_STORE_ERROR_FAILED);
}

static void
test_relabel (Fixture      *fixture,
              gconstpointer user_data)
{
  import_animals (fixture);
  assert_edit (ballast_store_relabel_images (fixture->store, IDS (5, 1, 4, 1), 2, error),
               "Relabel 3 images as “dog”");
  assert_classes (fixture, "cat:1 dog:4");
  assert_labels (fixture, "b/4.jpg", "dog");
  assert_edit (ballast_store_relabel_images (fixture->store, IDS (3), 0, error),
               "Remove the labels of 1 image");
  assert_labels (fixture, "b/3.jpg", "");
  assert_fails (ballast_store_relabel_images (fixture->store, IDS (77), 1, error),
                BALLAST_STORE_ERROR_NOT_FOUND);
  assert_fails (ballast_store_relabel_images (fixture->store, IDS (1), 77, error),
                BALLAST_STORE_ERROR_NOT_FOUND);
}

static void
test_exclude (Fixture      *fixture,
              gconstpointer user_data)
{
  import_animals (fixture);
  assert_edit (ballast_store_exclude_images (fixture->store, IDS (1, 2), TRUE, error),
               "Exclude 2 images");
  assert_classes (fixture, "cat:1 dog:2");
  assert_edit (ballast_store_exclude_images (fixture->store, IDS (2, 3), FALSE, error),
               "Include 1 image");
  assert_classes (fixture, "cat:2 dog:2");
}

static void
test_split (Fixture      *fixture,
            gconstpointer user_data)
{
  import_animals (fixture);
  assert_edit (ballast_store_set_images_split (fixture->store, IDS (1, 2), "val", error),
               "Move 2 images into “val”");
  assert_edit (ballast_store_set_images_split (fixture->store, IDS (1), NULL, error),
               "Take 1 image out of their split");
  assert_counts_exact (fixture->store);
}

#define LABEL(image, number) (((gint64) (image) << 20) + (number))

/* "dog 4.1, cat 5.0": the labels of the image that are put aside. */
static void
assert_aside (Fixture    *fixture,
              gint64      image,
              const char *expected)
{
  g_autoptr(GArray) labels = ballast_store_get_aside (fixture->store, image, NULL);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < labels->len; i++)
    {
      const BallastAnnotation *label = &g_array_index (labels, BallastAnnotation, i);

      g_string_append_printf (text, "%s%d.%d of %d", i > 0 ? ", " : "", (int) label->image_id,
                              (int) (label->id & 0xfffff), (int) label->class_id);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_boxes (Fixture      *fixture,
            gconstpointer user_data)
{
  import_animals (fixture);
  assert_edit (ballast_store_relabel_annotations (fixture->store, IDS (LABEL (1, 0), LABEL (3, 0),
                                                                       LABEL (1, 0)), 2, error),
               "Relabel 1 box as “dog”");
  assert_classes (fixture, "cat:2 dog:3");
  assert_edit (ballast_store_exclude_annotations (fixture->store, IDS (LABEL (4, 0), LABEL (4, 1)),
                                                  TRUE, error), "Exclude 2 boxes");
  assert_classes (fixture, "cat:1 dog:2");
  assert_labels (fixture, "b/4.jpg", "");
  assert_aside (fixture, 4, "4.0 of 2, 4.1 of 1");
  /* What was edited stays through a further import. */
  import_images (fixture, "a/1.jpg cat train", "a/2.jpg cat test", "b/3.jpg dog train",
                 "b/4.jpg dog,cat -", "c/5.jpg - train", NULL);
  assert_classes (fixture, "cat:1 dog:2");
  assert_edit (ballast_store_relabel_annotations (fixture->store, IDS (LABEL (4, 0)), 1, error),
               "Relabel 1 box as “cat”");
  assert_aside (fixture, 4, "4.0 of 1, 4.1 of 1");
  assert_edit (ballast_store_exclude_annotations (fixture->store, IDS (LABEL (4, 1), LABEL (1, 0)),
                                                  FALSE, error), "Include 1 box");
  assert_classes (fixture, "cat:2 dog:2");
  assert_edit (ballast_store_delete_annotations (fixture->store, IDS (LABEL (4, 0), LABEL (4, 1)),
                                                 error), "Delete 2 boxes");
  assert_aside (fixture, 4, "");
  assert_classes (fixture, "cat:1 dog:2");
  assert_counts_exact (fixture->store);
  assert_fails (ballast_store_delete_annotations (fixture->store, IDS (LABEL (1, 0), LABEL (4, 7)),
                                                  error), BALLAST_STORE_ERROR_NOT_FOUND);
  assert_fails (ballast_store_relabel_annotations (fixture->store, IDS (LABEL (1, 0)), 77, error),
                BALLAST_STORE_ERROR_NOT_FOUND);
  assert_classes (fixture, "cat:1 dog:2");
}

/* A label that is put aside keeps its id: a new one of the image gets another. */
static void
test_aside (Fixture      *fixture,
            gconstpointer user_data)
{
  import_animals (fixture);
  assert_ok (ballast_store_exclude_annotations (fixture->store, IDS (LABEL (1, 0), LABEL (4, 1)), TRUE,
                                                error));
  assert_ok (ballast_store_relabel_images (fixture->store, IDS (1), 2, error));
  assert_labels (fixture, "a/1.jpg", "dog");
  assert_edit (ballast_store_exclude_annotations (fixture->store, IDS (LABEL (1, 1)), TRUE, error),
               "Exclude 1 box");
  assert_aside (fixture, 1, "1.0 of 1, 1.1 of 2");
  assert_edit (ballast_store_exclude_annotations (fixture->store, IDS (LABEL (1, 0), LABEL (1, 1)),
                                                  FALSE, error), "Include 2 boxes");
  assert_labels (fixture, "a/1.jpg", "cat,dog");
}

/* Classes that go take along what is aside. */
static void
test_aside_of_classes (Fixture      *fixture,
                       gconstpointer user_data)
{
  import_animals (fixture);
  assert_ok (ballast_store_exclude_annotations (fixture->store, IDS (LABEL (1, 0), LABEL (4, 0)), TRUE,
                                                error));
  assert_edit (ballast_store_merge_classes (fixture->store, IDS (1), 2, error),
               "Merge “cat” into “dog”");
  assert_aside (fixture, 1, "1.0 of 2");
  assert_edit (ballast_store_drop_class (fixture->store, 2, error), "Drop “dog”");
  assert_aside (fixture, 1, "");
  assert_fails (ballast_store_exclude_annotations (fixture->store, IDS (LABEL (1, 0)), FALSE, error),
                BALLAST_STORE_ERROR_NOT_FOUND);
}

static void
test_nothing (Fixture      *fixture,
              gconstpointer user_data)
{
  import_animals (fixture);
  assert_ok (ballast_store_rename_class (fixture->store, 1, "cat", error));
  assert_ok (ballast_store_relabel_images (fixture->store, IDS (1), 1, error));
  assert_ok (ballast_store_exclude_images (fixture->store, IDS (1), FALSE, error));
  assert_ok (ballast_store_set_setting (fixture->store, "k", NULL, "Unset", NULL, error));
  g_assert_null (ballast_store_get_undo_step (fixture->store));
  assert_fails (ballast_store_undo (fixture->store, NULL, error), BALLAST_STORE_ERROR_NOT_FOUND);
  assert_fails (ballast_store_redo (fixture->store, NULL, error), BALLAST_STORE_ERROR_NOT_FOUND);
}

static void
assert_setting (Fixture    *fixture,
                const char *expected)
{
  g_autofree char *value = ballast_store_dup_setting (fixture->store, "balance");

  g_assert_cmpstr (value, ==, expected);
}

static void
set (Fixture    *fixture,
     const char *value,
     const char *gesture)
{
  assert_ok (ballast_store_set_setting (fixture->store, "balance", value, "Set the target", gesture, error));
}

static void
test_gesture (Fixture      *fixture,
              gconstpointer user_data)
{
  BallastStoreChange changed = 0;

  set (fixture, "1", NULL);
  for (guint i = 2; i < 9; i++)
    {
      g_autofree char *value = g_strdup_printf ("%u", i);

      set (fixture, value, "drag-1");
    }
  set (fixture, "9", "drag-2");
  assert_ok (ballast_store_undo (fixture->store, &changed, error));
  g_assert_cmpint (changed, ==, BALLAST_STORE_CHANGED_SETTINGS);
  assert_setting (fixture, "8");
  assert_ok (ballast_store_undo (fixture->store, NULL, error));
  assert_setting (fixture, "1");
  assert_ok (ballast_store_redo (fixture->store, NULL, error));
  assert_setting (fixture, "8");
  set (fixture, "10", "drag-1");
  g_assert_null (ballast_store_get_redo_step (fixture->store));
  assert_ok (ballast_store_undo (fixture->store, NULL, error));
  assert_setting (fixture, "8");
}

static void
choose_images (GArray *ids,
               guint   n_images)
{
  guint n = g_test_rand_int_range (1, 20);

  g_array_set_size (ids, 0);
  for (guint i = 0; i < n; i++)
    {
      gint64 id = g_test_rand_int_range (1, n_images + 1);

      g_array_append_val (ids, id);
    }
}

/* The id of some class, or 0 where none is left. */
static gint64
choose_class (Fixture *fixture)
{
  g_autoptr(BallastTally) tally = ballast_store_get_tally (fixture->store, NULL);

  return tally->n_classes > 0 ? tally->classes[g_test_rand_int_range (0, tally->n_classes)].id : 0;
}

static void
edit_class_at_random (Fixture *fixture,
                      guint    number)
{
  g_autofree char *name = g_strdup_printf ("n%u", number);
  gint64 a = choose_class (fixture);
  gint64 b = choose_class (fixture);

  if (a == 0 || number % 4 == 0)
    assert_ok (ballast_store_add_class (fixture->store, name, error) > 0);
  else if (number % 4 == 1)
    assert_ok (ballast_store_rename_class (fixture->store, a, name, error));
  else if (number % 4 == 2)
    assert_ok (ballast_store_merge_classes (fixture->store, IDS (a, b), b, error));
  else if (number % 8 == 3)
    assert_ok (ballast_store_drop_class (fixture->store, a, error));
}

static void
edit_box_at_random (Fixture *fixture,
                    guint    number,
                    gint64   image)
{
  g_autoptr(GArray) aside = ballast_store_get_aside (fixture->store, image, NULL);
  g_autoptr(GArray) images = ballast_store_get_images (fixture->store, &image, 1, NULL);
  const BallastStoreImage *stored = &g_array_index (images, BallastStoreImage, 0);
  gint64 class = choose_class (fixture);

  if (aside->len > 0 && number % 2 == 0)
    assert_ok (ballast_store_exclude_annotations (
                 fixture->store, &g_array_index (aside, BallastAnnotation, aside->len - 1).id, 1, FALSE,
                 error));
  else if (stored->n_annotations > 0 && number % 5 == 0)
    assert_ok (ballast_store_delete_annotations (fixture->store, &stored->annotations[0].id, 1, error));
  else if (stored->n_annotations > 0 && class != 0 && number % 5 == 1)
    assert_ok (ballast_store_relabel_annotations (fixture->store, &stored->annotations[0].id, 1, class,
                                                  error));
  else if (stored->n_annotations > 0)
    assert_ok (ballast_store_exclude_annotations (fixture->store, &stored->annotations[0].id, 1, TRUE,
                                                  error));
}

static void
edit_at_random (Fixture *fixture,
                guint    number,
                guint    n_images)
{
  static const char *const splits[] = { "train", "val", "extra", NULL };
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *value = g_strdup_printf ("{\"n\":%u}", number);
  const gint64 *list;

  choose_images (ids, n_images);
  list = &g_array_index (ids, gint64, 0);
  switch (g_test_rand_int_range (0, 7))
    {
    case 5:
    case 6:
      edit_box_at_random (fixture, number, list[0]);
      break;
    case 0:
      edit_class_at_random (fixture, number);
      break;
    case 1:
      assert_ok (ballast_store_relabel_images (fixture->store, list, ids->len, choose_class (fixture),
                                               error));
      break;
    case 2:
      assert_ok (ballast_store_exclude_images (fixture->store, list, ids->len, g_test_rand_bit (), error));
      break;
    case 3:
      assert_ok (ballast_store_set_images_split (fixture->store, list, ids->len,
                                                 splits[g_test_rand_int_range (0, 4)], error));
      break;
    default:
      assert_ok (ballast_store_set_setting (fixture->store, "s", value, "Set", NULL, error));
    }
}

/* Any sequence of edits can be walked back and forth through the same states. */
static void
test_random (Fixture      *fixture,
             gconstpointer user_data)
{
  g_autoptr(GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  gint64 last_id = 0;

  import_random (fixture, 60);
  assert_counts_exact (fixture->store);
  g_ptr_array_add (states, dump (fixture->store));
  for (guint i = 0; i < 99; i++)
    {
      g_autoptr(BallastEditStep) step = NULL;

      edit_at_random (fixture, i, 60);
      assert_counts_exact (fixture->store);
      step = ballast_store_get_undo_step (fixture->store);
      if (step != NULL && step->id != last_id)
        {
          g_ptr_array_add (states, dump (fixture->store));
          last_id = step->id;
        }
    }

  fixture_reopen (fixture);
  for (guint i = states->len - 1; i > 0; i--)
    {
      g_autofree char *state = NULL;

      assert_ok (ballast_store_undo (fixture->store, NULL, error));
      state = dump (fixture->store);
      g_assert_cmpstr (state, ==, g_ptr_array_index (states, i - 1));
    }
  g_assert_null (ballast_store_get_undo_step (fixture->store));
  fixture_reopen (fixture);
  for (guint i = 1; i < states->len; i++)
    {
      g_autofree char *state = NULL;

      assert_ok (ballast_store_redo (fixture->store, NULL, error));
      state = dump (fixture->store);
      g_assert_cmpstr (state, ==, g_ptr_array_index (states, i));
    }
}

static void
test_many (Fixture      *fixture,
           gconstpointer user_data)
{
  const guint n = 100000;
  g_autofree gint64 *ids = g_new (gint64, n);
  g_autoptr(BallastTally) tally = NULL;
  BallastStoreImport *import = begin_import (fixture);
  gint64 started_us;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = g_strdup_printf ("d%u/img_%07u.jpg %s -", i / 1000, i, i % 2 ? "a" : "b");

      add_image (import, line);
      ids[i] = i + 1;
    }
  assert_ok (ballast_store_import_finish (import, NULL, error));
  ballast_store_import_free (import);

  started_us = g_get_monotonic_time ();
  assert_ok (ballast_store_relabel_images (fixture->store, ids, n, class_id (fixture, "a"), error));
  g_test_message ("relabelled in %.0f ms", (g_get_monotonic_time () - started_us) / 1e3);
  assert_classes (fixture, "b:0 a:100000");
  fixture_reopen (fixture);
  started_us = g_get_monotonic_time ();
  assert_ok (ballast_store_undo (fixture->store, NULL, error));
  g_test_message ("undone in %.0f ms", (g_get_monotonic_time () - started_us) / 1e3);
  assert_classes (fixture, "b:50000 a:50000");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  CASE ("/store/edit/rename", test_rename);
  CASE ("/store/edit/merge", test_merge);
  CASE ("/store/edit/merge-as", test_merge_as);
  CASE ("/store/edit/drop", test_drop);
  CASE ("/store/edit/reorder", test_reorder);
  CASE ("/store/edit/relabel", test_relabel);
  CASE ("/store/edit/exclude", test_exclude);
  CASE ("/store/edit/split", test_split);
  CASE ("/store/edit/boxes", test_boxes);
  CASE ("/store/edit/aside", test_aside);
  CASE ("/store/edit/aside-of-classes", test_aside_of_classes);
  CASE ("/store/edit/nothing", test_nothing);
  CASE ("/store/edit/gesture", test_gesture);
  CASE ("/store/edit/random", test_random);
  CASE ("/store/edit/many", test_many);

  return g_test_run ();
}
