#include "ballast-atomic-dir.h"

#include <glib/gstdio.h>

typedef struct
{
  char *parent;
  char *dest;
} Fixture;

static void
fixture_set_up (Fixture      *fixture,
                gconstpointer data)
{
  fixture->parent = g_dir_make_tmp ("ballast-atomic-XXXXXX", NULL);
  fixture->dest = g_build_filename (fixture->parent, "out", NULL);
}

static void
fixture_tear_down (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->dest, "file", NULL);

  g_remove (file);
  g_rmdir (fixture->dest);
  g_assert_cmpint (g_rmdir (fixture->parent), ==, 0);
  g_free (fixture->dest);
  g_free (fixture->parent);
}

static void
write_file_in (BallastAtomicDir *dir)
{
  g_autofree char *path = g_build_filename (ballast_atomic_dir_get_path (dir), "file", NULL);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
}

static void
test_atomic_dir_continues (Fixture      *fixture,
                           gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  BallastAtomicDir *dir = ballast_atomic_dir_open (fixture->dest, &error);

  g_assert_no_error (error);
  g_assert_false (ballast_atomic_dir_is_continued (dir));
  write_file_in (dir);
  ballast_atomic_dir_free (dir);
  g_assert_false (g_file_test (fixture->dest, G_FILE_TEST_EXISTS));

  dir = ballast_atomic_dir_open (fixture->dest, &error);
  g_assert_no_error (error);
  g_assert_true (ballast_atomic_dir_is_continued (dir));
  g_assert_true (ballast_atomic_dir_publish (dir, &error));
  g_assert_no_error (error);
  ballast_atomic_dir_free (dir);
  g_assert_true (g_file_test (fixture->dest, G_FILE_TEST_IS_DIR));
}

static void
test_atomic_dir_refuses_taken (Fixture      *fixture,
                               gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->dest, "file", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->dest, 0777), ==, 0);
  g_assert_true (g_file_set_contents (file, "mine", 4, NULL));
  g_assert_null (ballast_atomic_dir_open (fixture->dest, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

static void
test_atomic_dir_takes_empty (Fixture      *fixture,
                             gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastAtomicDir) dir = NULL;

  g_assert_cmpint (g_mkdir (fixture->dest, 0777), ==, 0);
  dir = ballast_atomic_dir_open (fixture->dest, &error);
  g_assert_no_error (error);
  g_assert_true (ballast_atomic_dir_publish (dir, &error));
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/base/atomic-dir/continues", Fixture, NULL, fixture_set_up,
              test_atomic_dir_continues, fixture_tear_down);
  g_test_add ("/base/atomic-dir/refuses-taken", Fixture, NULL, fixture_set_up,
              test_atomic_dir_refuses_taken, fixture_tear_down);
  g_test_add ("/base/atomic-dir/takes-empty", Fixture, NULL, fixture_set_up,
              test_atomic_dir_takes_empty, fixture_tear_down);
  return g_test_run ();
}
