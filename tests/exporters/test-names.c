#include "ballast-export-names.h"
#include "ballast-journal.h"
#include "fixture.h"

static char *
choose (BallastNameSet *taken,
        const char     *name,
        const char     *identity,
        guint           copy,
        const char     *extension)
{
  return ballast_export_name_choose (taken, &(BallastNameRequest){ "c", name, identity, copy,
                                                                   extension });
}

static void
test_originals_keep_names (void)
{
  static const char *const names[] = { "a.jpg", "=1+1.jpg", "a,b\".jpg", "-rf.jpg", "été.JPG",
                                       "no-ending", ".hidden.png" };
  g_autoptr(BallastNameSet) taken = ballast_name_set_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = choose (taken, names[i], names[i], 0, NULL);

      g_assert_true (g_str_has_prefix (path, "c/"));
      g_assert_cmpstr (path + 2, ==, names[i]);
    }
}

static void
test_collisions_get_a_digest (void)
{
  g_autoptr(BallastNameSet) taken = ballast_name_set_new ();
  g_autofree char *first = choose (taken, "a.jpg", "x/a.jpg", 0, NULL);
  g_autofree char *second = choose (taken, "a.jpg", "y/a.jpg", 0, NULL);
  g_autofree char *case_twin = choose (taken, "A.jpg", "z/A.jpg", 0, NULL);
  g_autofree char *hash = ballast_export_name_hash ("y/a.jpg", 8);
  g_autofree char *expected = g_strdup_printf ("c/a-%s.jpg", hash);

  g_assert_cmpstr (first, ==, "c/a.jpg");
  g_assert_cmpstr (second, ==, expected);
  g_assert_true (g_str_has_prefix (case_twin, "c/A-"));
}

static void
test_copies (void)
{
  g_autoptr(BallastNameSet) taken = ballast_name_set_new ();
  g_autofree char *hash = ballast_export_name_hash ("x/a.jpeg", 8);
  g_autofree char *expected = g_strdup_printf ("c/a-%s-r2.png", hash);
  g_autofree char *path = choose (taken, "a.jpeg", "x/a.jpeg", 2, "png");

  g_assert_cmpstr (path, ==, expected);
}

static void
test_bad_names_become_plain (void)
{
  static const char *const names[] = { "a\nb.jpg", "caf\xe9.jpg", "x\xe2\x80\xa8y.jpg", "a.jp\x01g",
                                       "\x7f.jpg", "dot.", "\xff\xfe" };
  g_autoptr(BallastNameSet) taken = ballast_name_set_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint copy = 0; copy < 2; copy++)
      {
        g_autofree char *path = choose (taken, names[i], names[i], copy, NULL);

        g_assert_true (ballast_export_name_is_plain (path));
        g_assert_true (ballast_path_is_safe (path));
      }
}

static void
test_long_names_fit (void)
{
  g_autoptr(BallastNameSet) taken = ballast_name_set_new ();
  g_autofree char *stem = g_strnfill (251, 'x');
  g_autofree char *name = g_strconcat (stem, ".jpg", NULL);
  g_autofree char *wide = g_strconcat ("é", "ééééééééééééééééééééééééééééééééééééééééééééééééééééé"
                                       "ééééééééééééééééééééééééééééééééééééééééééééééééééééééé"
                                       "ééééééééééééééé.jpg", NULL);
  g_autofree char *original = choose (taken, name, "a", 0, NULL);
  g_autofree char *copy = choose (taken, name, "a", 1, "png");
  g_autofree char *wide_copy = choose (taken, wide, "b", 123456, "jpg");

  g_assert_cmpuint (strlen (original), ==, 257);
  g_assert_cmpuint (strlen (copy), <=, 257);
  g_assert_true (g_str_has_suffix (copy, "-r1.png"));
  g_assert_true (g_utf8_validate (wide_copy, -1, NULL));
}

static void
test_never_twice (void)
{
  g_autoptr(BallastNameSet) taken = ballast_name_set_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *name = g_strdup_printf ("%d.jpg", g_test_rand_int_range (0, 50));
      g_autofree char *identity = g_strdup_printf ("%d", g_test_rand_int_range (0, 500));

      g_assert_true (g_hash_table_add (seen, choose (taken, name, identity,
                                                     (guint) g_test_rand_int_range (0, 3), NULL)));
    }
}

static void
test_components (void)
{
  g_autofree char *plain = ballast_export_name_component ("turn left");
  g_autofree char *slash = ballast_export_name_component ("a/b");
  g_autofree char *colon = ballast_export_name_component ("a:b");
  g_autofree char *dots = ballast_export_name_component ("..");

  g_assert_cmpstr (plain, ==, "turn left");
  g_assert_cmpstr (slash, !=, colon);
  g_assert_true (ballast_path_is_safe (slash) && ballast_path_is_safe (dots));
  g_assert_null (strchr (slash, '/'));
}

static BallastJournal *
open_journal (const Folder *folder,
              const char   *fingerprint,
              gboolean      matches)
{
  gboolean found;
  g_autoptr(GError) error = NULL;
  BallastJournal *journal = ballast_journal_open (folder->fd, fingerprint, &found, &error);

  g_assert_no_error (error);
  g_assert_cmpint (found, ==, matches);
  return journal;
}

static void
add_row (BallastJournal *journal,
         guint64         item,
         const char     *path)
{
  g_autofree char *sha256 = g_strnfill (64, 'a');

  g_assert_true (ballast_journal_add (journal, &(BallastJournalRow){ item, path, 7, sha256 },
                                      NULL));
}

static void
assert_rows (BallastJournal *journal,
             guint64         item,
             guint           n,
             const char     *first)
{
  const GArray *rows = ballast_journal_get (journal, item);

  g_assert_cmpuint (rows->len, ==, n);
  if (n > 0)
    g_assert_cmpstr (g_array_index (rows, BallastJournalRow, 0).path, ==, first);
}

static void
test_journal_continues (void)
{
  g_auto(Folder) folder = folder_new ();
  BallastJournal *journal = open_journal (&folder, "f", FALSE);

  add_row (journal, 0, "a\nb.jpg");
  add_row (journal, 2, "b");
  add_row (journal, 2, "c");
  ballast_journal_free (journal);

  journal = open_journal (&folder, "f", TRUE);
  assert_rows (journal, 0, 1, "a\nb.jpg");
  assert_rows (journal, 1, 0, NULL);
  assert_rows (journal, 2, 2, "b");
  add_row (journal, 3, "d");
  assert_rows (journal, 4, 0, NULL);
  ballast_journal_free (journal);

  journal = open_journal (&folder, "f", TRUE);
  assert_rows (journal, 3, 1, "d");
  ballast_journal_free (journal);
}

static void
test_journal_other_fingerprint (void)
{
  g_auto(Folder) folder = folder_new ();
  BallastJournal *journal = open_journal (&folder, "f", FALSE);

  add_row (journal, 0, "a");
  ballast_journal_free (journal);
  journal = open_journal (&folder, "g", FALSE);
  assert_rows (journal, 0, 0, NULL);
  ballast_journal_free (journal);
}

/* Cut anywhere, it opens, and tells of whole rows alone. */
static void
test_journal_cut (void)
{
  g_auto(Folder) folder = folder_new ();
  g_autofree char *text = NULL;
  BallastJournal *journal = open_journal (&folder, "f", FALSE);
  gsize length;

  for (guint i = 0; i < 3; i++)
    add_row (journal, i, "a,\"\nb");
  ballast_journal_free (journal);
  text = folder_read (&folder, BALLAST_JOURNAL_NAME, &length);

  for (gsize cut = 0; cut <= length; cut++)
    {
      gboolean matches;
      guint rows = 0;

      folder_write (&folder, BALLAST_JOURNAL_NAME, text, cut);
      journal = ballast_journal_open (folder.fd, "f", &matches, NULL);
      for (guint i = 0; i < 3; i++)
        rows += ballast_journal_get (journal, i)->len;
      g_assert_cmpuint (rows, <=, 3);
      g_assert_true (rows == 3 || cut < length);
      ballast_journal_free (journal);
    }
}

static void
test_journal_zeros (void)
{
  static const char zeros[4096];
  g_auto(Folder) folder = folder_new ();
  BallastJournal *journal = open_journal (&folder, "f", FALSE);
  g_autofree char *text = NULL;
  gsize length;
  GString *torn;

  add_row (journal, 0, "a");
  ballast_journal_free (journal);
  text = folder_read (&folder, BALLAST_JOURNAL_NAME, &length);
  torn = g_string_new_len (text, (gssize) length);
  g_string_append_len (torn, zeros, sizeof zeros);
  folder_write (&folder, BALLAST_JOURNAL_NAME, torn->str, torn->len);
  g_string_free (torn, TRUE);

  journal = open_journal (&folder, "f", TRUE);
  assert_rows (journal, 0, 1, "a");
  add_row (journal, 1, "b");
  ballast_journal_free (journal);
  journal = open_journal (&folder, "f", TRUE);
  assert_rows (journal, 1, 1, "b");
  ballast_journal_free (journal);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exporters/names/originals-keep-names", test_originals_keep_names);
  g_test_add_func ("/exporters/names/collisions-get-a-digest", test_collisions_get_a_digest);
  g_test_add_func ("/exporters/names/copies", test_copies);
  g_test_add_func ("/exporters/names/bad-names-become-plain", test_bad_names_become_plain);
  g_test_add_func ("/exporters/names/long-names-fit", test_long_names_fit);
  g_test_add_func ("/exporters/names/never-twice", test_never_twice);
  g_test_add_func ("/exporters/names/components", test_components);
  g_test_add_func ("/exporters/journal/continues", test_journal_continues);
  g_test_add_func ("/exporters/journal/other-fingerprint", test_journal_other_fingerprint);
  g_test_add_func ("/exporters/journal/cut", test_journal_cut);
  g_test_add_func ("/exporters/journal/zeros", test_journal_zeros);
  return g_test_run ();
}
