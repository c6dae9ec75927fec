#include "store-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ballast-schema.h"

#define NOBODY 65534

static char *
read_file (const char *path,
           gsize      *length)
{
  char *contents;

  g_assert_true (g_file_get_contents (path, &contents, length, NULL));
  return contents;
}

static void
write_file (const char *path,
            const char *contents,
            gssize      length)
{
  g_assert_true (g_file_set_contents (path, contents, length, NULL));
}

/* As another program would, behind the project's back. */
static void
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);
}

static void
close_store (Fixture *fixture)
{
  g_clear_pointer (&fixture->store, ballast_store_close);
}

/* Fails with @code, with a sentence that names the file, and leaves it as it is. */
static void
assert_refused (Fixture *fixture,
                int      code)
{
  g_autoptr(GError) error = NULL;
  gsize length;
  gsize length_after;
  g_autofree char *before = read_file (fixture->path, &length);
  g_autofree char *after = NULL;

  g_assert_null (ballast_store_open (fixture->path, 0, &error));
  g_assert_error (error, BALLAST_STORE_ERROR, code);
  g_assert_nonnull (strstr (error->message, "signs.ballast"));
  after = read_file (fixture->path, &length_after);
  g_assert_cmpmem (before, length, after, length_after);
}

static void
test_create (Fixture      *fixture,
             gconstpointer user_data)
{
  g_autofree char *title = ballast_store_dup_title (fixture->store);
  g_autofree char *lock = g_strconcat (fixture->path, ".lock", NULL);
  gsize length;
  g_autofree char *contents = read_file (fixture->path, &length);

  g_assert_cmpstr (title, ==, "signs");
  g_assert_cmpmem (contents + 68, 4, "BALT", 4);
  g_assert_cmpint (contents[63], ==, ballast_schema_get_version ());
  g_assert_false (ballast_store_is_read_only (fixture->store));
  g_assert_true (ballast_store_is_import_complete (fixture->store));
  assert_ok (ballast_store_check (fixture->store, NULL, error));
  assert_fails (ballast_store_create (fixture->path, error) != NULL, BALLAST_STORE_ERROR_EXISTS);

  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS));
  close_store (fixture);
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
}

static void
test_not_there (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autofree char *missing = g_build_filename (fixture->dir, "missing.ballast", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->dir, "no", "where.ballast", NULL);
  g_autoptr(BallastStore) made = NULL;

  assert_fails (ballast_store_open (missing, 0, error) != NULL, BALLAST_STORE_ERROR_NOT_FOUND);
  assert_fails (ballast_store_open (fixture->dir, 0, error) != NULL, BALLAST_STORE_ERROR_NOT_A_PROJECT);
  assert_fails (ballast_store_create (nowhere, error) != NULL, BALLAST_STORE_ERROR_NOT_FOUND);
  assert_ok ((made = ballast_store_open (missing, BALLAST_STORE_OPEN_CREATE, error)) != NULL);
}

static void
test_foreign (Fixture      *fixture,
              gconstpointer user_data)
{
  close_store (fixture);
  write_file (fixture->path, "a photograph\n", -1);
  assert_refused (fixture, BALLAST_STORE_ERROR_NOT_A_PROJECT);
  write_file (fixture->path, "", 0);
  assert_refused (fixture, BALLAST_STORE_ERROR_NOT_A_PROJECT);
  g_unlink (fixture->path);
  run_sql (fixture->path, "CREATE TABLE t (x); PRAGMA user_version = 1");
  assert_refused (fixture, BALLAST_STORE_ERROR_NOT_A_PROJECT);
}

static void
test_newer (Fixture      *fixture,
            gconstpointer user_data)
{
  close_store (fixture);
  run_sql (fixture->path, "PRAGMA user_version = 99");
  assert_refused (fixture, BALLAST_STORE_ERROR_NEWER);
}

static void
test_strange_code (Fixture      *fixture,
                   gconstpointer user_data)
{
  close_store (fixture);
  run_sql (fixture->path, "CREATE TRIGGER t AFTER INSERT ON image BEGIN DELETE FROM class; END");
  assert_refused (fixture, BALLAST_STORE_ERROR_CORRUPT);
}

/* A file of version 1, as that version would have left it. */
static void
make_version_1 (Fixture *fixture)
{
  g_autoptr(BallastDb) db = NULL;

  close_store (fixture);
  write_file (fixture->path, "", 0);
  assert_ok ((db = ballast_db_open (fixture->path, TRUE, error)) != NULL);
  assert_ok (ballast_schema_migrate (db, 0, 1, error));
  assert_ok (ballast_db_exec (
               db, "INSERT INTO source (root, file, layout, complete) VALUES (CAST ('/data' AS BLOB), x'', "
               "'folders', 1); INSERT INTO class (name, position) VALUES ('cat', 0);"
               "INSERT INTO folder (source_id, path) VALUES (1, CAST ('a' AS BLOB));"
               "INSERT INTO image VALUES (1, 0, NULL, 1, CAST ('1.jpg' AS BLOB), 4, 3, 0, 9, 9, NULL);"
               "INSERT INTO annotation (id, class_id) VALUES (1 << 20, 1);"
               "INSERT INTO counter VALUES (0, 0, 1, 1), (1, 0, 1, 1)", error));
}

static void
test_migrate (Fixture      *fixture,
              gconstpointer user_data)
{
  g_autofree char *backup = g_strconcat (fixture->path, ".v1.bak", NULL);
  gsize length;
  g_autofree char *contents = NULL;

  make_version_1 (fixture);
  assert_fails (ballast_store_open (fixture->path, BALLAST_STORE_OPEN_READ_ONLY, error) != NULL,
                BALLAST_STORE_ERROR_READ_ONLY);
  assert_ok ((fixture->store = ballast_store_open (fixture->path, 0, error)) != NULL);
  assert_classes (fixture, "cat:1");
  assert_ok (ballast_store_rename_class (fixture->store, 1, "Katze", error));
  import_images (fixture, "a/1.jpg cat -", NULL);
  assert_classes (fixture, "Katze:1");

  contents = read_file (backup, &length);
  g_assert_cmpint (contents[63], ==, 1);
}

static void
test_backup_fails (Fixture      *fixture,
                   gconstpointer user_data)
{
  g_autofree char *backup = g_strconcat (fixture->path, ".v1.bak", NULL);
  g_autofree char *inside = g_build_filename (backup, "x", NULL);

  make_version_1 (fixture);
  g_mkdir_with_parents (inside, 0755);
  assert_refused (fixture, BALLAST_STORE_ERROR_FAILED);
}

static void
test_busy (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autoptr(BallastStore) reader = NULL;

  import_images (fixture, "a/1.jpg cat -", NULL);
  assert_fails (ballast_store_open (fixture->path, 0, error) != NULL, BALLAST_STORE_ERROR_BUSY);
  assert_ok ((reader = ballast_store_open (fixture->path, BALLAST_STORE_OPEN_READ_ONLY, error)) != NULL);
  g_assert_true (ballast_store_is_read_only (reader));
  assert_fails (ballast_store_rename_class (reader, 1, "x", error), BALLAST_STORE_ERROR_READ_ONLY);

  /* The reader sees what the writer has committed. */
  assert_ok (ballast_store_rename_class (fixture->store, 1, "dog", error));
  {
    Fixture looking = { .store = reader };

    assert_classes (&looking, "dog:1");
  }
}

/* Of many that start at once, one writes. */
static void
test_one_writer (Fixture      *fixture,
                 gconstpointer user_data)
{
  guint n_writers = 0;
  int hold[2];

  close_store (fixture);
  g_assert_cmpint (pipe (hold), ==, 0);
  for (guint i = 0; i < 20; i++)
    if (fork () == 0)
      {
        BallastStore *store = ballast_store_open (fixture->path, 0, NULL);
        char end;

        close (hold[1]);
        if (store != NULL && read (hold[0], &end, 1) == 0)
          ballast_store_close (store);
        _exit (store != NULL ? 1 : 0);
      }

  g_usleep (G_USEC_PER_SEC / 2);
  close (hold[0]);
  close (hold[1]);
  for (guint i = 0; i < 20; i++)
    {
      int status;

      g_assert_cmpint (wait (&status), >, 0);
      g_assert_true (WIFEXITED (status));
      n_writers += WEXITSTATUS (status);
    }
  g_assert_cmpuint (n_writers, ==, 1);
  fixture_reopen (fixture);
}

/* What a user without the right to write finds; root has it always, so another user looks. */
static int
look_as_nobody (const char *path)
{
  BallastStore *store;
  g_autoptr(GError) error = NULL;

  if (geteuid () == 0 && setuid (NOBODY) != 0)
    return 2;
  store = ballast_store_open (path, 0, &error);
  if (store == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 3;
    }
  if (!ballast_store_is_read_only (store))
    return 4;
  if (ballast_store_rename_class (store, 1, "x", &error) ||
      !g_error_matches (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_READ_ONLY))
    return 5;

  return 0;
}

static void
assert_nobody_reads (Fixture *fixture)
{
  int status;
  pid_t child = fork ();

  if (child == 0)
    _exit (look_as_nobody (fixture->path));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
test_read_only (Fixture      *fixture,
                gconstpointer user_data)
{
  import_images (fixture, "a/1.jpg cat -", NULL);
  close_store (fixture);
  chmod (fixture->dir, 0777);
  chmod (fixture->path, 0444);
  assert_nobody_reads (fixture);
  chmod (fixture->dir, 0555);
  chmod (fixture->path, 0666);
  assert_nobody_reads (fixture);
  chmod (fixture->dir, 0755);
}

static void
fill (Fixture *fixture)
{
  g_autoptr(BallastStoreImport) import = begin_import (fixture);

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *line = g_strdup_printf ("d%u/img_%07u.jpg c%u -", i / 100, i, i % 7);

      add_image (import, line);
    }
  assert_ok (ballast_store_import_finish (import, NULL, error));
}

/* Whatever the bytes are: it opens and reads, or says what is wrong with it. */
static void
try_damaged (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BallastStore) store = ballast_store_open (path, 0, &error);
  g_autoptr(BallastTally) tally = NULL;
  g_autoptr(GArray) page = NULL;

  if (store == NULL)
    {
      g_assert_true (error->domain == BALLAST_STORE_ERROR);
      g_assert_nonnull (strstr (error->message, "signs.ballast"));
      return;
    }

  tally = ballast_store_get_tally (store, NULL);
  page = ballast_store_page (store, &(BallastStoreQuery) { 0 }, 0, 1000, NULL);
  ballast_store_undo (store, NULL, NULL);
}

static void
test_truncated (Fixture      *fixture,
                gconstpointer user_data)
{
  gsize length;
  g_autofree char *contents = NULL;

  fill (fixture);
  close_store (fixture);
  contents = read_file (fixture->path, &length);
  for (guint i = 1; i < 50; i++)
    {
      write_file (fixture->path, contents, length * i / 50);
      try_damaged (fixture->path);
    }

  write_file (fixture->path, contents, length / 4096 / 2 * 4096);
  assert_refused (fixture, BALLAST_STORE_ERROR_CORRUPT);
  write_file (fixture->path, contents, 50);
  assert_refused (fixture, BALLAST_STORE_ERROR_CORRUPT);
}

static void
test_flipped (Fixture      *fixture,
              gconstpointer user_data)
{
  gsize length;
  g_autofree char *contents = NULL;

  fill (fixture);
  assert_ok (ballast_store_drop_class (fixture->store, 1, error));
  close_store (fixture);
  contents = read_file (fixture->path, &length);
  for (guint i = 0; i < 200; i++)
    {
      gsize place = g_test_rand_int_range (0, i % 2 ? 4096 : length);
      char before = contents[place];

      contents[place] ^= 1 << g_test_rand_int_range (0, 8);
      write_file (fixture->path, contents, length);
      try_damaged (fixture->path);
      contents[place] = before;
    }
  memset (contents, 0, 100);
  write_file (fixture->path, contents, length);
  assert_refused (fixture, BALLAST_STORE_ERROR_NOT_A_PROJECT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  CASE ("/store/store/create", test_create);
  CASE ("/store/store/not-there", test_not_there);
  CASE ("/store/store/foreign", test_foreign);
  CASE ("/store/store/newer", test_newer);
  CASE ("/store/store/strange-code", test_strange_code);
  CASE ("/store/store/migrate", test_migrate);
  CASE ("/store/store/backup-fails", test_backup_fails);
  CASE ("/store/store/busy", test_busy);
  CASE ("/store/store/one-writer", test_one_writer);
  CASE ("/store/store/read-only", test_read_only);
  CASE ("/store/store/truncated", test_truncated);
  CASE ("/store/store/flipped", test_flipped);

  return g_test_run ();
}
