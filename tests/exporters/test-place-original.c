#include "ballast-export-error.h"
#include "ballast-place-original.h"
#include "fixture.h"

#include <errno.h>

/* A source of some size, open, and a folder to place it in. */
typedef struct
{
  Folder                source_folder;
  Folder                target;
  BallastImageFacts     facts;
  BallastOriginalSource source;
  char                 *path;
  char                  sha256[65];
} Place;

static Place
place_new (gsize size)
{
  Place place = { folder_new (), folder_new () };
  g_autofree char *data = g_malloc (size + 1);
  guint64 hashed;

  for (gsize i = 0; i < size; i++)
    data[i] = (char) (i * 131 >> 3);
  folder_write (&place.source_folder, "s.bin", data, size);
  place.facts = folder_facts (&place.source_folder, "s.bin");
  place.path = g_build_filename (place.source_folder.path, "s.bin", NULL);
  g_assert_true (ballast_export_file_hash (place.source_folder.fd, "s.bin", place.sha256, &hashed,
                                           NULL, NULL));
  place.source = (BallastOriginalSource){ open (place.path, O_RDONLY | O_CLOEXEC), place.path,
                                          NULL };
  return place;
}

static void
place_clear (Place *place)
{
  close (place->source.fd);
  folder_clear (&place->source_folder);
  folder_clear (&place->target);
  g_free (place->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static gboolean
run (Place                 *place,
     BallastOriginals       how,
     BallastPlacedOriginal *placed,
     GError               **error)
{
  place->source.facts = &place->facts;
  return ballast_place_original (&place->source, place->target.fd, "t.bin", how, placed, NULL,
                                 error);
}

static void
assert_placed (Place                       *place,
               const BallastPlacedOriginal *placed)
{
  char sha256[65];
  guint64 size;

  g_assert_true (ballast_export_file_hash (place->target.fd, "t.bin", sha256, &size, NULL, NULL));
  g_assert_cmpstr (sha256, ==, place->sha256);
  g_assert_cmpstr (placed->sha256, ==, place->sha256);
  g_assert_cmpuint (placed->size, ==, place->facts.size_bytes);
}

static struct stat
stat_target (const Place *place)
{
  struct stat info;

  g_assert_cmpint (fstatat (place->target.fd, "t.bin", &info, AT_SYMLINK_NOFOLLOW), ==, 0);
  return info;
}

static void
test_copy (void)
{
  static const gsize sizes[] = { 0, 1, 4096, 300001 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto(Place) place = place_new (sizes[i]);
      BallastPlacedOriginal placed;

      g_assert_true (run (&place, BALLAST_ORIGINALS_COPY, &placed, NULL));
      g_assert_cmpint (placed.how, ==, BALLAST_ORIGINALS_COPY);
      g_assert_cmpuint (stat_target (&place).st_nlink, ==, 1);
      assert_placed (&place, &placed);
    }
}

/* From another file system the kernel may refuse to copy: the bytes arrive all the same. */
static void
test_copy_across_file_systems (void)
{
  g_auto(Place) place = place_new (300001);
  g_autofree char *other = g_strdup ("/dev/shm/ballast-test-XXXXXX");
  BallastPlacedOriginal placed;
  Folder shared;

  if (g_mkdtemp (other) == NULL)
    {
      g_test_message ("/dev/shm cannot be written: the case has nothing to show");
      return;
    }

  shared = (Folder){ g_strdup (other), open (other, O_RDONLY | O_DIRECTORY | O_CLOEXEC) };
  folder_clear (&place.target);
  place.target = shared;
  g_assert_true (run (&place, BALLAST_ORIGINALS_HARDLINK, &placed, NULL));
  assert_placed (&place, &placed);
  g_assert_true (run (&place, BALLAST_ORIGINALS_REFLINK, &placed, NULL));
  assert_placed (&place, &placed);
}

static void
test_hardlink (void)
{
  g_auto(Place) place = place_new (5000);
  BallastPlacedOriginal placed;

  g_assert_true (run (&place, BALLAST_ORIGINALS_HARDLINK, &placed, NULL));
  assert_placed (&place, &placed);
  g_assert_cmpuint (stat_target (&place).st_nlink, ==,
                    placed.how == BALLAST_ORIGINALS_HARDLINK ? 2 : 1);
}

static void
test_reflink_or_copy (void)
{
  g_auto(Place) place = place_new (5000);
  BallastPlacedOriginal placed;

  g_assert_true (run (&place, BALLAST_ORIGINALS_REFLINK, &placed, NULL));
  g_assert_true (placed.how == BALLAST_ORIGINALS_REFLINK || placed.how == BALLAST_ORIGINALS_COPY);
  assert_placed (&place, &placed);
}

static void
test_symlink (void)
{
  g_auto(Place) place = place_new (5000);
  BallastPlacedOriginal placed;
  char target[4096] = "";

  g_assert_true (run (&place, BALLAST_ORIGINALS_SYMLINK, &placed, NULL));
  assert_placed (&place, &placed);
  g_assert_cmpint (readlinkat (place.target.fd, "t.bin", target, sizeof target - 1), >, 0);
  g_assert_cmpstr (target, ==, place.path);
}

static void
test_list (void)
{
  g_auto(Place) place = place_new (5000);
  BallastPlacedOriginal placed;

  g_assert_true (run (&place, BALLAST_ORIGINALS_LIST, &placed, NULL));
  g_assert_false (folder_has (&place.target, "t.bin"));
  g_assert_cmpstr (placed.sha256, ==, "");
}

/* What an interrupted run left is replaced; a link in its place is never written through. */
static void
test_replaces_leftover (void)
{
  g_auto(Place) place = place_new (5000);
  g_autofree char *victim = g_build_filename (place.source_folder.path, "victim", NULL);
  BallastPlacedOriginal placed;

  g_assert_true (g_file_set_contents (victim, "precious", -1, NULL));
  g_assert_cmpint (symlinkat (victim, place.target.fd, "t.bin"), ==, 0);
  g_assert_true (run (&place, BALLAST_ORIGINALS_COPY, &placed, NULL));
  assert_placed (&place, &placed);
  g_assert_true (S_ISREG (stat_target (&place).st_mode));
  g_assert_cmpuint (folder_facts (&place.source_folder, "victim").size_bytes, ==, 8);
}

static void
test_changed_source (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_auto(Place) place = place_new (5000);
      g_autoptr(GError) error = NULL;
      BallastPlacedOriginal placed;

      if (i == 0)
        place.facts.size_bytes++;
      else
        place.facts.mtime_ns++;
      g_assert_false (run (&place, BALLAST_ORIGINALS_COPY, &placed, &error));
      g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_CHANGED);
      g_assert_false (folder_has (&place.target, "t.bin"));
    }
}

static void
test_cancelled (void)
{
  g_auto(Place) place = place_new (5000);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  BallastPlacedOriginal placed;

  g_cancellable_cancel (cancellable);
  place.source.facts = &place.facts;
  g_assert_false (ballast_place_original (&place.source, place.target.fd, "t.bin",
                                          BALLAST_ORIGINALS_COPY, &placed, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (folder_has (&place.target, "t.bin"));
}

static void
test_full_disk (void)
{
  g_autoptr(GError) error = NULL;
  int fd = open ("/dev/full", O_WRONLY | O_CLOEXEC);

  g_assert_false (ballast_export_file_write_all (fd, "x", 1, "t.bin", &error));
  g_assert_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FULL);
  close (fd);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exporters/place-original/copy", test_copy);
  g_test_add_func ("/exporters/place-original/copy-across-file-systems",
                   test_copy_across_file_systems);
  g_test_add_func ("/exporters/place-original/hardlink", test_hardlink);
  g_test_add_func ("/exporters/place-original/reflink-or-copy", test_reflink_or_copy);
  g_test_add_func ("/exporters/place-original/symlink", test_symlink);
  g_test_add_func ("/exporters/place-original/list", test_list);
  g_test_add_func ("/exporters/place-original/replaces-leftover", test_replaces_leftover);
  g_test_add_func ("/exporters/place-original/changed-source", test_changed_source);
  g_test_add_func ("/exporters/place-original/cancelled", test_cancelled);
  g_test_add_func ("/exporters/place-original/full-disk", test_full_disk);
  return g_test_run ();
}
