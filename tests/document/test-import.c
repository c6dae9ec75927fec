#include "config.h"

#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-source-guess.h"

static void
test_folders (void)
{
  g_auto(Fixture) fixture = { NULL };
  BallastImportResult result;

  fixture_init (&fixture);
  fixture_pictures (&fixture, "cat", 5, 10);
  fixture_pictures (&fixture, "dog", 3, 20);
  fixture_create (&fixture);
  result = fixture_import (&fixture);
  g_assert_cmpuint (result.images, ==, 8);
  g_assert_cmpuint (result.added, ==, 8);
  g_assert_cmpuint (result.problems, ==, 0);
  fixture_assert_counts (&fixture, "cat 5, dog 3");
  g_assert_cmpstr (ballast_document_get_subtitle (fixture.document), ==, "8 images · 2 classes");
}

static void
test_again (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *gone = NULL;
  BallastImportResult result;

  fixture_init (&fixture);
  fixture_pictures (&fixture, "cat", 5, 10);
  fixture_pictures (&fixture, "dog", 3, 20);
  fixture_create (&fixture);
  fixture_import (&fixture);
  FIXTURE_EDIT (&fixture, ballast_document_rename_class_async (fixture.document,
                                                               fixture_class (&fixture, "dog"),
                                                               "wolf", fixture_on_done, &fixture));
  FIXTURE_EDIT (&fixture, ballast_document_exclude_async (fixture.document, &(gint64) { 1 }, 1,
                                                          fixture_on_done, &fixture));
  result = fixture_import (&fixture);
  g_assert_cmpuint (result.added, ==, 0);
  g_assert_cmpuint (result.updated, ==, 0);
  fixture_assert_counts (&fixture, "cat 4, wolf 3");

  fixture_picture (&fixture, "dog/new.jpg", 50);
  fixture_picture (&fixture, "dog/001.jpg", 51);
  gone = g_build_filename (fixture.data, "dog", "002.jpg", NULL);
  g_assert_cmpint (g_remove (gone), ==, 0);
  result = fixture_import (&fixture);
  g_assert_cmpuint (result.added, ==, 1);
  g_assert_cmpuint (result.updated, ==, 1);
  g_assert_cmpuint (result.gone, ==, 1);
  fixture_assert_counts (&fixture, "cat 4, wolf 3");
  fixture_assert_problems (&fixture, "gone 1, changed 1");
}

static void
cancel_later (BallastJob *job,
              GParamSpec *pspec,
              gpointer    user_data)
{
  BallastProgressState progress;

  ballast_job_get_progress (job, &progress);
  if (progress.items_done > 0)
    ballast_job_cancel (job);
}

static void
test_cancel_and_continue (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastJob) job = NULL;
  g_autoptr(GError) error = NULL;
  BallastImportResult result;

  fixture_init (&fixture);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *folder = g_strdup_printf ("class%02u", i);

      fixture_pictures (&fixture, folder, 60, i * 100);
    }
  fixture_create (&fixture);
  job = ballast_document_import (fixture.document, fixture.data, NULL, NULL);
  g_signal_connect (job, "notify::items-done", G_CALLBACK (cancel_later), NULL);
  /* A machine may be done before the cancel comes; the result must then be whole. */
  if (!ballast_job_wait (job, &error))
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (ballast_document_get_tally (fixture.document)->images, <=, 2400);
    }

  fixture_close (&fixture);
  fixture_open (&fixture);
  result = fixture_import (&fixture);
  g_assert_cmpuint (result.images, ==, 2400);
  g_assert_cmpuint (ballast_document_get_tally (fixture.document)->n_classes, ==, 40);
}

static void
test_busy (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastJob) first = NULL;
  g_autoptr(BallastJob) second = NULL;
  g_autoptr(GError) error = NULL;

  fixture_init (&fixture);
  fixture_pictures (&fixture, "cat", 3, 10);
  fixture_create (&fixture);
  first = ballast_document_import (fixture.document, fixture.data, NULL, NULL);
  g_assert_true (ballast_document_get_job (fixture.document) == first);
  second = ballast_document_import (fixture.document, fixture.data, NULL, NULL);
  g_assert_false (ballast_job_wait (second, &error));
  g_assert_true (ballast_job_wait (first, NULL));
  g_assert_null (ballast_document_get_job (fixture.document));
}

static void
test_duplicates (void)
{
  g_auto(Fixture) fixture = { NULL };

  fixture_init (&fixture);
  fixture_pictures (&fixture, "train/cat", 4, 10);
  fixture_pictures (&fixture, "train/dog", 4, 20);
  fixture_pictures (&fixture, "test/cat", 2, 30);
  fixture_pictures (&fixture, "test/dog", 2, 40);
  fixture_picture (&fixture, "train/cat/same-class.jpg", 11);
  fixture_picture (&fixture, "train/dog/other-class.jpg", 12);
  fixture_picture (&fixture, "test/cat/other-split.jpg", 13);
  fixture_create (&fixture);
  fixture_import (&fixture);
  fixture_assert_problems (&fixture, "class-conflict 1, split-leak 1, duplicate 1");
}

/* Larger than what is read first, and different in the first byte alone. */
static void
test_no_duplicates (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *bytes = g_malloc0 (100000);

  fixture_init (&fixture);
  fixture_pictures (&fixture, "cat", 2, 10);
  memcpy (bytes, "P5 300 300 255\n", 15);
  fixture_bytes (&fixture, "cat/a.pgm", bytes, 90015);
  bytes[20] = 1;
  fixture_bytes (&fixture, "cat/b.pgm", bytes, 90015);
  fixture_bytes (&fixture, "cat/c.pgm", bytes, 90015);
  fixture_create (&fixture);
  fixture_import (&fixture);
  fixture_assert_problems (&fixture, "duplicate 1");
}

/* Excluding one of a pair settles it, undoing brings it back. */
static void
test_settled (void)
{
  g_auto(Fixture) fixture = { NULL };

  fixture_init (&fixture);
  fixture_picture (&fixture, "cat/1.jpg", 1);
  fixture_picture (&fixture, "dog/1.jpg", 1);
  fixture_picture (&fixture, "dog/2.jpg", 2);
  fixture_create (&fixture);
  fixture_import (&fixture);
  fixture_assert_problems (&fixture, "class-conflict 1");
  FIXTURE_EDIT (&fixture, ballast_document_exclude_async (fixture.document, &(gint64) { 1 }, 1,
                                                          fixture_on_done, &fixture));
  fixture_assert_problems (&fixture, "");
  FIXTURE_EDIT (&fixture, ballast_document_undo_async (fixture.document, NULL, fixture_on_done,
                                                       &fixture));
  fixture_assert_problems (&fixture, "class-conflict 1");
  FIXTURE_EDIT (&fixture, ballast_document_relabel_async (fixture.document, &(gint64) { 1 }, 1,
                                                          fixture_class (&fixture, "dog"),
                                                          fixture_on_done, &fixture));
  fixture_assert_problems (&fixture, "");
}

static void
test_case_clash (void)
{
  g_auto(Fixture) fixture = { NULL };
  gint64 ids[2];

  fixture_init (&fixture);
  fixture_pictures (&fixture, "Cat", 2, 10);
  fixture_pictures (&fixture, "cat", 2, 20);
  fixture_create (&fixture);
  fixture_import (&fixture);
  fixture_assert_problems (&fixture, "case-clash 1");
  ids[0] = fixture_class (&fixture, "Cat");
  ids[1] = fixture_class (&fixture, "cat");
  FIXTURE_EDIT (&fixture, ballast_document_merge_classes_async (fixture.document, ids, 2, ids[1],
                                                                fixture_on_done, &fixture));
  fixture_assert_problems (&fixture, "");
  fixture_assert_counts (&fixture, "cat 4");
}

static void
test_hostile (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *fifo = NULL, *loop = NULL, *out = NULL;
  char long_name[300];

  fixture_init (&fixture);
  fixture_pictures (&fixture, "cat", 3, 10);
  fixture_bytes (&fixture, "cat/empty.jpg", "", 0);
  fixture_bytes (&fixture, "cat/text.jpg", "no picture at all", -1);
  fixture_bytes (&fixture, "cat/cut.jpg", "\xff\xd8\xff\xe0\0\x10JFIF", 10);
  fixture_picture (&fixture, "cat/caf\xe9.jpg", 40);
  fixture_picture (&fixture, "cat/new\nline.jpg", 41);
  memset (long_name, 'x', sizeof long_name);
  memcpy (long_name, "cat/", 4);
  memcpy (long_name + 4 + 251, ".jpg", 5);
  fixture_picture (&fixture, long_name, 42);
  fifo = g_build_filename (fixture.data, "cat", "pipe.jpg", NULL);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  loop = g_build_filename (fixture.data, "cat", "loop", NULL);
  g_assert_cmpint (symlink ("..", loop), ==, 0);
  out = g_build_filename (fixture.data, "cat", "out.jpg", NULL);
  g_assert_cmpint (symlink ("/etc/passwd", out), ==, 0);

  fixture_create (&fixture);
  fixture_import (&fixture);
  g_assert_cmpuint (ballast_document_get_tally (fixture.document)->images, ==, 6);
  g_assert_cmpuint (ballast_document_get_tally (fixture.document)->unreadable, >=, 3);
}

static void
test_nothing_there (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *nowhere = NULL;
  g_autoptr(BallastJob) empty = NULL;
  g_autoptr(BallastJob) missing = NULL;
  g_autoptr(GError) error = NULL;

  fixture_init (&fixture);
  fixture_create (&fixture);
  empty = ballast_document_import (fixture.document, fixture.data, NULL, NULL);
  g_assert_false (ballast_job_wait (empty, &error));
  g_assert_nonnull (strstr (error->message, "data"));
  g_clear_error (&error);
  nowhere = fixture_path (&fixture, "nowhere");
  missing = ballast_document_import (fixture.document, nowhere, NULL, NULL);
  g_assert_false (ballast_job_wait (missing, &error));
  g_assert_nonnull (strstr (error->message, "nowhere"));
}

/* Closing in the middle of an import ends it and keeps what it has. */
static void
test_closed (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastJob) job = NULL;
  BallastImportResult result;

  fixture_init (&fixture);
  fixture_pictures (&fixture, "cat", 300, 10);
  fixture_create (&fixture);
  job = ballast_document_import (fixture.document, fixture.data, NULL, NULL);
  fixture_close (&fixture);
  g_assert_false (ballast_job_is_running (job));
  fixture_open (&fixture);
  result = fixture_import (&fixture);
  g_assert_cmpuint (result.images, ==, 300);
}

static void
test_guess (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(GListModel) guesses = NULL;
  g_autoptr(BallastSourceGuess) guess = NULL;
  g_autoptr(GError) error = NULL;

  fixture_init (&fixture);
  fixture_pictures (&fixture, "cat", 3, 10);
  fixture_pictures (&fixture, "dog", 2, 20);
  ballast_source_guess_async (fixture.data, NULL, NULL, NULL, fixture_on_done, &fixture);
  guesses = ballast_source_guess_finish (fixture_wait (&fixture), &error);
  g_assert_no_error (error);
  guess = g_list_model_get_item (guesses, 0);
  g_assert_cmpstr (ballast_source_guess_get_layout (guess), ==, "folders");
  g_assert_cmpuint (ballast_source_guess_get_n_classes (guess), ==, 2);
  g_assert_cmpuint (ballast_source_guess_get_n_images (guess), ==, 5);
  g_assert_cmpstr (ballast_source_guess_get_class_name (guess, 1), ==, "dog");
  g_assert_true (g_file_test (ballast_source_guess_get_first_images (guess)[0],
                              G_FILE_TEST_IS_REGULAR));
}

/* The published conflicts of TrashNet, where its pictures are at hand. */
static void
test_trashnet (void)
{
  const char *data = g_getenv ("BALLAST_TEST_DATA");
  g_autofree char *folder = NULL;
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastJob) job = NULL;
  g_autoptr(GError) error = NULL;

  folder = data != NULL ? g_build_filename (data, "folders-trashnet", NULL)
                        : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data",
                                                 "folders-trashnet", NULL);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_test_skip ("the sample photographs are not here");
      return;
    }
  fixture_init (&fixture);
  fixture_create (&fixture);
  job = ballast_document_import (fixture.document, folder, NULL, NULL);
  ballast_job_wait (job, &error);
  g_assert_no_error (error);
  fixture_assert_counts (&fixture,
                         "cardboard 68, glass 86, metal 69, paper 99, plastic 83, trash 23");
  fixture_assert_problems (&fixture, "class-conflict 3");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/import/folders", test_folders);
  g_test_add_func ("/document/import/again", test_again);
  g_test_add_func ("/document/import/cancel-and-continue", test_cancel_and_continue);
  g_test_add_func ("/document/import/busy", test_busy);
  g_test_add_func ("/document/import/duplicates", test_duplicates);
  g_test_add_func ("/document/import/no-duplicates", test_no_duplicates);
  g_test_add_func ("/document/import/settled", test_settled);
  g_test_add_func ("/document/import/case-clash", test_case_clash);
  g_test_add_func ("/document/import/hostile", test_hostile);
  g_test_add_func ("/document/import/nothing-there", test_nothing_there);
  g_test_add_func ("/document/import/closed", test_closed);
  g_test_add_func ("/document/import/guess", test_guess);
  g_test_add_func ("/document/import/trashnet", test_trashnet);

  return g_test_run ();
}
