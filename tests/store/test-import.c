#include "store-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ballast-store-private.h"

#define IDS(...) (const gint64[]) { __VA_ARGS__ }, G_N_ELEMENTS (((const gint64[]) { __VA_ARGS__ }))

static BallastStoreImage
get_image (Fixture    *fixture,
           const char *path)
{
  gint64 id = image_id (fixture, path);
  g_autoptr(GArray) images = ballast_store_get_images (fixture->store, &id, 1, NULL);
  BallastStoreImage image = g_array_index (images, BallastStoreImage, 0);

  image.record.folder = image.record.name = NULL;
  image.annotations = NULL;
  return image;
}

static guint
n_problems (Fixture           *fixture,
            BallastProblemKind kind)
{
  guint64 counts[BALLAST_PROBLEM_KIND_LAST + 1];

  assert_ok (ballast_store_count_problems (fixture->store, counts, error));
  return counts[kind];
}

static void
test_twice (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr(GPtrArray) sources = NULL;

  import_images (fixture, "a/1.jpg cat train", "a/2.jpg cat,dog -", "b/1.jpg - test", NULL);
  assert_classes (fixture, "cat:2 dog:1");
  first = dump (fixture->store);
  import_images (fixture, "b/1.jpg - test", "a/2.jpg cat,dog -", "a/1.jpg cat train", NULL);
  second = dump (fixture->store);
  g_assert_cmpstr (first, ==, second);

  sources = ballast_store_get_sources (fixture->store, NULL);
  g_assert_cmpuint (sources->len, ==, 1);
  g_assert_cmpint (((BallastSource *) sources->pdata[0])->imported_us, >, 0);
}

static void
test_gone (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *third = NULL;

  import_images (fixture, "a/1.jpg cat train", "a/2.jpg cat -", NULL);
  first = dump (fixture->store);
  import_images (fixture, "a/1.jpg cat train", NULL);
  assert_classes (fixture, "cat:1");
  g_assert_cmpint (get_image (fixture, "a/2.jpg").record.flags, ==, BALLAST_IMAGE_GONE);
  g_assert_cmpuint (n_problems (fixture, BALLAST_PROBLEM_GONE), ==, 1);
  import_images (fixture, "a/1.jpg cat train", NULL);
  g_assert_cmpuint (n_problems (fixture, BALLAST_PROBLEM_GONE), ==, 1);
  import_images (fixture, "a/1.jpg cat train", "a/2.jpg cat -", NULL);
  third = dump (fixture->store);
  g_assert_cmpstr (first, ==, third);
}

static void
test_keeps_edits (Fixture      *fixture,
                  gconstpointer user_data)
{
  import_images (fixture, "a/1.jpg cat train", "a/2.jpg cat train", "b/3.jpg dog -", "c/4.jpg cow -",
                 "p/5.jpg pig -", NULL);
  assert_ok (ballast_store_relabel_images (fixture->store, IDS (1), class_id (fixture, "dog"), error));
  assert_ok (ballast_store_set_images_split (fixture->store, IDS (2), "val", error));
  assert_ok (ballast_store_exclude_images (fixture->store, IDS (3), TRUE, error));
  assert_ok (ballast_store_rename_class (fixture->store, class_id (fixture, "cat"), "Katze", error));
  assert_ok (ballast_store_merge_classes (fixture->store, IDS (class_id (fixture, "cow")),
                                          class_id (fixture, "dog"), error));
  assert_ok (ballast_store_drop_class (fixture->store, class_id (fixture, "pig"), error));

  import_images (fixture, "a/1.jpg cat test", "a/2.jpg cat train", "b/3.jpg dog -", "c/4.jpg cow -",
                 "p/5.jpg pig -", "a/6.jpg cat -", "c/7.jpg cow -", "p/8.jpg pig -", NULL);
  assert_labels (fixture, "a/1.jpg", "dog");
  assert_labels (fixture, "a/6.jpg", "Katze");
  assert_labels (fixture, "c/7.jpg", "dog");
  assert_labels (fixture, "p/8.jpg", "");
  assert_classes (fixture, "Katze:2 dog:3");
  g_assert_cmpint (get_image (fixture, "b/3.jpg").record.flags, ==, BALLAST_IMAGE_EXCLUDED);
  g_assert_cmpint (get_image (fixture, "a/2.jpg").record.split_id, !=,
                   get_image (fixture, "a/1.jpg").record.split_id);

  /* All of it can still be taken back. */
  for (guint i = 0; i < 6; i++)
    {
      assert_ok (ballast_store_undo (fixture->store, NULL, error));
      assert_counts_exact (fixture->store);
    }
  import_images (fixture, "a/1.jpg cat test", "a/2.jpg cat train", "b/3.jpg dog -", "c/4.jpg cow -",
                 "p/5.jpg pig -", "a/6.jpg cat -", "c/7.jpg cow -", "p/8.jpg pig -", NULL);
  assert_classes (fixture, "cat:3 dog:1 cow:2 pig:2");
}

static void
test_changed (Fixture      *fixture,
              gconstpointer user_data)
{
  import_images (fixture, "a/1.jpg cat train", NULL);
  /* Another split and another length of the line: another size. */
  import_images (fixture, "a/1.jpg dog validation", NULL);
  assert_classes (fixture, "cat:0 dog:1");
  g_assert_cmpuint (n_problems (fixture, BALLAST_PROBLEM_CHANGED), ==, 1);
  import_images (fixture, "a/1.jpg dog validation", NULL);
  g_assert_cmpuint (n_problems (fixture, BALLAST_PROBLEM_CHANGED), ==, 0);
}

static void
test_line_per_label (Fixture      *fixture,
                     gconstpointer user_data)
{
  import_images (fixture, "a/1.jpg cat -", "a/2.jpg cat -", "a/1.jpg dog -", "a/1.jpg cat -", NULL);
  assert_labels (fixture, "a/1.jpg", "cat,dog");
  assert_classes (fixture, "cat:2 dog:1");
}

static void
test_unchanged (Fixture      *fixture,
                gconstpointer user_data)
{
  BallastStoreImage image = { .record = { .folder = (char *) "a", .name = (char *) "1.jpg",
                                          .flags = BALLAST_IMAGE_UNREADABLE,
                                          .facts = { .size_bytes = 9, .mtime_ns = 9 } } };
  BallastStoreImport *import = begin_import (fixture);
  BallastProblem problem = { .kind = BALLAST_PROBLEM_DAMAGED, .detail = (char *) "cut" };
  BallastImageFacts known[2];
  BallastStoreImage asked[2] = { image, image };

  assert_ok (ballast_store_import_add (import, &image, 1, error));
  problem.image_id = image.record.id;
  for (guint i = 0; i < 3; i++)
    assert_ok (ballast_store_import_problem (import, &problem, error));
  add_image (import, "a/2.jpg cat -");
  assert_ok (ballast_store_import_finish (import, NULL, error));
  ballast_store_import_free (import);
  g_assert_cmpuint (n_problems (fixture, BALLAST_PROBLEM_DAMAGED), ==, 1);

  import = begin_import (fixture);
  g_assert_true (ballast_store_import_is_update (import));
  asked[1].record.name = (char *) "2.jpg";
  assert_ok (ballast_store_import_get_known (import, asked, 2, known, error));
  g_assert_cmpint (known[0].size_bytes, ==, 0);
  g_assert_cmpint (known[1].mtime_ns, ==, 77);
  image.record.flags = 0;
  image.unchanged = TRUE;
  assert_ok (ballast_store_import_add (import, &image, 1, error));
  assert_ok (ballast_store_import_finish (import, NULL, error));
  ballast_store_import_free (import);
  g_assert_cmpuint (n_problems (fixture, BALLAST_PROBLEM_DAMAGED), ==, 1);
  g_assert_cmpint (get_image (fixture, "a/1.jpg").record.flags, ==, BALLAST_IMAGE_UNREADABLE);
  assert_counts_exact (fixture->store);

  /* Looked into again and found sound. */
  import = begin_import (fixture);
  image.unchanged = FALSE;
  assert_ok (ballast_store_import_add (import, &image, 1, error));
  assert_ok (ballast_store_import_finish (import, NULL, error));
  ballast_store_import_free (import);
  g_assert_cmpuint (n_problems (fixture, BALLAST_PROBLEM_DAMAGED), ==, 0);
  assert_counts_exact (fixture->store);
}

static void
test_odd_names (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autofree char *longest = g_strnfill (255, 'x');
  const char *const names[] = { "caf\xe9.jpg", "a\nb.jpg", "-rf.jpg", "=1+1.jpg", "A.jpg", "a.jpg",
                                "'; DROP TABLE image; --", longest };
  BallastStoreImport *import = begin_import (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      BallastStoreImage image = { .record = { .folder = (char *) "\xff\n/é", .name = (char *) names[i] } };

      assert_ok (ballast_store_import_add (import, &image, 1, error));
      g_assert_cmpint (image.record.id, ==, i + 1);
    }
  assert_ok (ballast_store_import_class (import, "caf\xe9", error) > 0);
  assert_ok (ballast_store_import_finish (import, NULL, error));
  ballast_store_import_free (import);
  assert_classes (fixture, "caf\\xE9:0");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("\xff\n/é/", names[i], NULL);
      gint64 id = image_id (fixture, path);
      g_autoptr(GArray) images = ballast_store_get_images (fixture->store, &id, 1, NULL);

      g_assert_cmpint (id, ==, i + 1);
      g_assert_cmpstr (g_array_index (images, BallastStoreImage, 0).record.name, ==, names[i]);
      g_assert_cmpstr (g_array_index (images, BallastStoreImage, 0).record.folder, ==, "\xff\n/é");
    }
}

static void
test_two_sources (Fixture      *fixture,
                  gconstpointer user_data)
{
  const BallastSource other = { .root = (char *) "/data", .file = (char *) "train.csv",
                                .layout = (char *) "manifest", .options = (char *) "{}" };
  g_autoptr(BallastStoreImport) import = NULL;

  import_images (fixture, "a/1.jpg cat -", NULL);
  assert_ok ((import = ballast_store_import_begin (fixture->store, &other, error)) != NULL);
  g_assert_false (ballast_store_import_is_update (import));
  g_assert_cmpint (ballast_store_import_get_source_id (import), ==, 2);
  add_image (import, "a/1.jpg cat -");
  assert_ok (ballast_store_import_finish (import, NULL, error));
  assert_classes (fixture, "cat:2");
  import_images (fixture, "a/2.jpg cat -", NULL);
  assert_classes (fixture, "cat:2");
}

static void
test_edits_wait (Fixture      *fixture,
                 gconstpointer user_data)
{
  g_autoptr(BallastStoreImport) import = begin_import (fixture);

  add_image (import, "a/1.jpg cat -");
  g_assert_false (ballast_store_is_import_complete (fixture->store));
  assert_fails (ballast_store_add_class (fixture->store, "x", error) > 0, BALLAST_STORE_ERROR_BUSY);
  assert_classes (fixture, "cat:1");
}

/* Every image of the first @n comes with a class of seven. */
static void
add_many (BallastStoreImport *import,
          guint               n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = g_strdup_printf ("d%u/img_%07u.jpg c%u %s", i / 1000, i, i % 7,
                                               i % 3 ? "train" : "test");

      add_image (import, line);
    }
}

static void
import_many (Fixture *fixture,
             guint    n)
{
  g_autoptr(BallastStoreImport) import = begin_import (fixture);

  add_many (import, n);
  assert_ok (ballast_store_import_finish (import, NULL, error));
}

/* Commits often, so that there is something to die between. */
static void
import_until_killed (Fixture *fixture)
{
  BallastStoreImport *import;

  fixture_reopen (fixture);
  import = begin_import (fixture);
  for (guint n = 200; n <= 6000; n += 200)
    {
      add_many (import, n);
      assert_ok (ballast_store_import_flush (import, error));
    }
  _exit (0);
}

/* A child that dies in the middle, however far it came, leaves something to go on from. */
static void
test_killed (Fixture      *fixture,
             gconstpointer user_data)
{
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  for (guint i = 0; i < 12; i++)
    {
      int status;
      pid_t child;

      g_clear_pointer (&fixture->store, ballast_store_close);
      child = fork ();
      if (child == 0)
        import_until_killed (fixture);
      g_usleep (g_test_rand_int_range (1000, 150000));
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);

      assert_ok ((fixture->store = ballast_store_open (fixture->path, 0, error)) != NULL);
      assert_ok (ballast_store_check (fixture->store, NULL, error));
      assert_counts_exact (fixture->store);
    }

  import_many (fixture, 6000);
  g_assert_true (ballast_store_is_import_complete (fixture->store));
  found = dump (fixture->store);
  ballast_store_close (fixture->store);
  g_unlink (fixture->path);
  assert_ok ((fixture->store = ballast_store_create (fixture->path, error)) != NULL);
  import_many (fixture, 6000);
  expected = dump (fixture->store);
  g_assert_cmpstr (found, ==, expected);
}

/* Left without finish, it is incomplete and keeps what came. */
static void
test_left (Fixture      *fixture,
           gconstpointer user_data)
{
  BallastStoreImport *import = begin_import (fixture);

  add_image (import, "a/1.jpg cat -");
  ballast_store_import_free (import);
  fixture_reopen (fixture);
  g_assert_false (ballast_store_is_import_complete (fixture->store));
  assert_classes (fixture, "cat:1");
  import_images (fixture, "a/1.jpg cat -", "a/2.jpg cat -", NULL);
  g_assert_true (ballast_store_is_import_complete (fixture->store));
  assert_classes (fixture, "cat:2");
}

static void
test_cancelled (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(BallastStoreImport) import = begin_import (fixture);
  g_autoptr(GError) error_of_finish = NULL;

  add_image (import, "a/1.jpg cat -");
  g_cancellable_cancel (cancellable);
  g_assert_false (ballast_store_import_finish (import, cancellable, &error_of_finish));
  g_assert_error (error_of_finish, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_ok (ballast_store_import_finish (import, NULL, error));
  assert_classes (fixture, "cat:1");
}

/* Adds until it fails; @code is that of the failure. */
static void
add_until_full (Fixture *fixture,
                int      code)
{
  g_autoptr(BallastStoreImport) import = begin_import (fixture);
  g_autoptr(GError) failure = NULL;
  gboolean added = TRUE;

  for (guint i = 0; added && i < 200000; i++)
    {
      BallastStoreImage image = { .record = { .folder = (char *) "a" } };
      g_autofree char *name = g_strdup_printf ("img_%07u.jpg", i);

      image.record.name = name;
      added = ballast_store_import_add (import, &image, 1, &failure);
    }
  if (added)
    g_assert_false (ballast_store_import_finish (import, NULL, &failure));
  g_assert_error (failure, BALLAST_STORE_ERROR, code);
  g_assert_nonnull (strstr (failure->message, "full"));
  /* The session repeats its reason, however often it is asked. */
  assert_fails (ballast_store_import_finish (import, NULL, error), code);
}

static void
test_full (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *large = g_strnfill (100000, '1');

  import_images (fixture, "a/1.jpg cat -", NULL);
  before = dump (fixture->store);
  assert_ok (ballast_db_exec (fixture->store->db, "PRAGMA max_page_count = 60", error));
  add_until_full (fixture, BALLAST_STORE_ERROR_FULL);
  assert_counts_exact (fixture->store);
  assert_ok (ballast_db_exec (fixture->store->db, "PRAGMA max_page_count = 1000000", error));
  assert_ok (ballast_store_check (fixture->store, NULL, error));
  fixture_reopen (fixture);
  import_many (fixture, 1000);
  assert_counts_exact (fixture->store);

  /* An edit that does not fit is taken back whole. */
  g_clear_pointer (&before, g_free);
  before = dump (fixture->store);
  assert_ok (ballast_db_exec (fixture->store->db, "PRAGMA max_page_count = 1", error));
  assert_fails (ballast_store_set_setting (fixture->store, "k", large, "Set", NULL, error),
                BALLAST_STORE_ERROR_FULL);
  after = dump (fixture->store);
  g_assert_cmpstr (before, ==, after);
}

/* A real disk of half a megabyte, where the system lets us have one. */
static void
test_full_disk (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (fixture->dir, "disk", "signs.ballast", NULL);
  g_autofree char *disk = g_path_get_dirname (path);
  BallastStore *store = fixture->store;

  g_mkdir (disk, 0755);
  if (mount ("tmpfs", disk, "tmpfs", 0, "size=512k") != 0)
    {
      g_test_message ("No disk of its own without the right to mount: /store/import/full looks alone");
      return;
    }

  assert_ok ((fixture->store = ballast_store_create (path, error)) != NULL);
  add_until_full (fixture, BALLAST_STORE_ERROR_FULL);
  assert_counts_exact (fixture->store);
  assert_ok (ballast_store_check (fixture->store, NULL, error));
  ballast_store_close (fixture->store);
  fixture->store = store;
  g_assert_cmpint (umount (disk), ==, 0);
}

/* Measured on a tenth of a million; the larger, the less the first pages weigh. */
static void
test_bytes (Fixture      *fixture,
            gconstpointer user_data)
{
  struct stat info;

  import_many (fixture, 100000);
  g_clear_pointer (&fixture->store, ballast_store_close);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_test_message ("%.1f bytes an image", info.st_size / 1e5);
  g_assert_cmpint (info.st_size, <=, 130 * 100000);
}

static void
import_with_unlisted (Fixture *fixture,
                      guint64  n_more)
{
  g_autoptr(BallastStoreImport) import = begin_import (fixture);
  BallastProblem listed = { .kind = BALLAST_PROBLEM_MISSING_FILE, .path = (char *) "a/0.jpg" };
  BallastProblem rest = { .kind = BALLAST_PROBLEM_MISSING_FILE, .detail = (char *) "and more",
                          .n_more = n_more };

  add_image (import, "a/1.jpg cat train");
  assert_ok (ballast_store_import_problem (import, &listed, error));
  if (n_more > 0)
    assert_ok (ballast_store_import_problem (import, &rest, error));
  assert_ok (ballast_store_import_finish (import, NULL, error));
}

/* What is not listed is counted all the same, and anew with every import. */
static void
test_unlisted (Fixture      *fixture,
               gconstpointer user_data)
{
  import_with_unlisted (fixture, 7000);
  g_assert_cmpuint (n_problems (fixture, BALLAST_PROBLEM_MISSING_FILE), ==, 7001);
  import_with_unlisted (fixture, 30);
  g_assert_cmpuint (n_problems (fixture, BALLAST_PROBLEM_MISSING_FILE), ==, 31);
  import_with_unlisted (fixture, 0);
  g_assert_cmpuint (n_problems (fixture, BALLAST_PROBLEM_MISSING_FILE), ==, 1);
  assert_counts_exact (fixture->store);
}

/* An image's problems are found from both sides, and no more than asked for. */
static void
test_problems_of_image (Fixture      *fixture,
                        gconstpointer user_data)
{
  BallastDuplicate pairs[] = { { BALLAST_PROBLEM_DUPLICATE, 1, 2 },
                               { BALLAST_PROBLEM_CLASS_CONFLICT, 3, 2 },
                               { BALLAST_PROBLEM_DUPLICATE, 1, 3 } };
  g_autoptr(GArray) of_second = NULL;
  g_autoptr(GArray) limited = NULL;

  import_images (fixture, "a/1.jpg cat -", "a/2.jpg cat -", "a/3.jpg dog -", NULL);
  assert_ok (ballast_store_set_duplicates (fixture->store, pairs, G_N_ELEMENTS (pairs), error));
  of_second = ballast_store_get_problems_of_image (fixture->store, 2, 10, NULL);
  g_assert_cmpuint (of_second->len, ==, 2);
  g_assert_cmpstr (g_array_index (of_second, BallastProblem, 0).path, ==, "a/1.jpg");
  limited = ballast_store_get_problems_of_image (fixture->store, 1, 1, NULL);
  g_assert_cmpuint (limited->len, ==, 1);
}

/* A first import that remembers no paths leaves what others leave, and an update of it finds them. */
static void
test_distinct (Fixture      *fixture,
               gconstpointer user_data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  for (guint turn = 0; turn < 2; turn++)
    {
      g_autoptr(BallastStoreImport) import = begin_import (fixture);

      ballast_store_import_set_distinct (import);
      add_image (import, "a/1.jpg cat train");
      add_image (import, "b/1.jpg dog,cat -");
      add_image (import, "a/2.jpg - test");
      assert_ok (ballast_store_import_finish (import, NULL, error));
      *(turn == 0 ? &first : &second) = dump (fixture->store);
    }
  g_assert_cmpstr (first, ==, second);
  assert_labels (fixture, "b/1.jpg", "dog,cat");
  assert_counts_exact (fixture->store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  CASE ("/store/import/twice", test_twice);
  CASE ("/store/import/gone", test_gone);
  CASE ("/store/import/keeps-edits", test_keeps_edits);
  CASE ("/store/import/changed", test_changed);
  CASE ("/store/import/line-per-label", test_line_per_label);
  CASE ("/store/import/unchanged", test_unchanged);
  CASE ("/store/import/odd-names", test_odd_names);
  CASE ("/store/import/two-sources", test_two_sources);
  CASE ("/store/import/edits-wait", test_edits_wait);
  CASE ("/store/import/killed", test_killed);
  CASE ("/store/import/left", test_left);
  CASE ("/store/import/cancelled", test_cancelled);
  CASE ("/store/import/full", test_full);
  CASE ("/store/import/full-disk", test_full_disk);
  CASE ("/store/import/unlisted", test_unlisted);
  CASE ("/store/import/problems-of-image", test_problems_of_image);
  CASE ("/store/import/distinct", test_distinct);
  CASE ("/store/import/bytes", test_bytes);

  return g_test_run ();
}
