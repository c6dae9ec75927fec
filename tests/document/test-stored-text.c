#include "config.h"

#include "fixture.h"

#include <libintl.h>
#include <locale.h>

#include "ballast-problem-text.h"
#include "ballast-stored-text.h"

static const struct
{
  const char *text;
  const char *sentence; /* NULL: none is known */
} texts[] = {
  { "Rename “a” to “b”", "Rename “%s” to “%s”" },
  { "Rename “” to “b”", NULL },
  { "Rename “a” to “b” to “c”", "Rename “%s” to “%s”" },
  { "Merge “a”, “b” into “c”", "Merge %s into “%s”" },
  { "Exclude 1 image", "Exclude %u image" },
  { "Exclude 12 images", "Exclude %u images" },
  { "Exclude twelve images", NULL },
  { "Relabel 3 images as “dog”", "Relabel %u images as “%s”" },
  { "Change the augmentation", "Change the augmentation" },
  { "Change the augmentation of “dog”", "Change the augmentation of “%s”" },
  { "cut short: 17 bytes are missing", "cut short: %u bytes are missing" },
  { "0 bytes", "%u bytes" },
  { "17 bytes after the end of the picture", "%u bytes after the end of the picture" },
  { "its size is 0 × 70000", "its size is %u × %u" },
  { "60000 × 70000 pixels", "%u × %u pixels" },
  { "named in a.csv and in b.csv; taken as dog", "named in %s and in %s; taken as %s" },
  { "no regular file", "no regular file" },
  { "line 12 of b.csv: 3 fields where 2 were expected", "line %u of %s: %s" },
  { "line 12: no label", "line %u: %s" },
  { "line 12", "line %u" },
  { "the folder cannot be read: Permission denied", "the folder cannot be read: %s" },
  { "image 9000000000", "image %u" },
  { "annotation 7: its bbox is no list of four numbers", "annotation %u: %s" },
  { "annotation 7: category 12 is not declared", "annotation %u: category %u is not declared" },
  { "line 5 of a.json: annotation 7: it cannot be understood", "line %u of %s: %s" },
  { "category id 3 comes again as “dog”", "category id %u comes again as “%s”" },
  { "something else", NULL },
  { "", NULL },
};

static void
test_sentences (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *same = ballast_stored_text_translate (texts[i].text);

      g_assert_cmpstr (ballast_stored_text_find_sentence (texts[i].text), ==, texts[i].sentence);
      g_assert_cmpstr (same, ==, texts[i].text);
    }
  g_assert_null (ballast_stored_text_translate (NULL));
}

static void
assert_known (Fixture *fixture)
{
  const char *label = ballast_document_get_undo_label (fixture->document);

  g_assert_nonnull (label);
  if (ballast_stored_text_find_sentence (label) == NULL)
    g_error ("the label “%s” cannot be translated", label);
}

#define ASSERT_EDIT_IS_KNOWN(fixture, edit, ...) \
  G_STMT_START { \
    FIXTURE_EDIT (fixture, edit ((fixture)->document, __VA_ARGS__, fixture_on_done, fixture)); \
    assert_known (fixture); \
  } G_STMT_END

/* A label that a person sees in another language than the rest of the window is a mistake. */
static void
test_labels (void)
{
  g_auto(Fixture) fixture = { NULL };
  gint64 images[] = { 1, 2 }, classes[3];

  fixture_init (&fixture);
  fixture_pictures (&fixture, "cat", 3, 10);
  fixture_pictures (&fixture, "dog", 2, 20);
  fixture_pictures (&fixture, "emu", 1, 30);
  fixture_create (&fixture);
  fixture_import (&fixture);
  classes[0] = fixture_class (&fixture, "emu");
  classes[1] = fixture_class (&fixture, "dog");
  classes[2] = fixture_class (&fixture, "cat");

  ASSERT_EDIT_IS_KNOWN (&fixture, ballast_document_rename_class_async, classes[0], "bird");
  ASSERT_EDIT_IS_KNOWN (&fixture, ballast_document_reorder_classes_async, classes, 3);
  ASSERT_EDIT_IS_KNOWN (&fixture, ballast_document_relabel_async, images, 2, classes[0]);
  ASSERT_EDIT_IS_KNOWN (&fixture, ballast_document_exclude_async, images, 2);
  ASSERT_EDIT_IS_KNOWN (&fixture, ballast_document_include_async, images, 1);
  ASSERT_EDIT_IS_KNOWN (&fixture, ballast_document_merge_classes_async, classes, 2, classes[1]);
  ASSERT_EDIT_IS_KNOWN (&fixture, ballast_document_drop_class_async, classes[1]);
}

/* With the catalogue that was built; gettext reads LANGUAGE at each look-up. */
static void
test_french (void)
{
  static const char *const pairs[][2] = {
    { "Rename “a” to “b”", "Renommer « a » en « b »" },
    { "Exclude 12 images", "Exclure 12 images" },
    { "line 12 of b.csv: it names no file", "ligne 12 de b.csv : elle ne nomme aucun fichier" },
    { "something else", "something else" },
  };
  g_autofree char *title = NULL;

  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("LANGUAGE", "fr", TRUE);
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("BALLAST_LOCALE_DIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *text = ballast_stored_text_translate (pairs[i][0]);

      g_assert_cmpstr (text, ==, pairs[i][1]);
    }
  title = ballast_problem_text_title (BALLAST_PROBLEM_CLASS_CONFLICT, 3);
  g_assert_cmpstr (title, ==, "3 images figurent dans deux classes");
  g_unsetenv ("LANGUAGE");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/stored-text/sentences", test_sentences);
  g_test_add_func ("/document/stored-text/labels", test_labels);
  g_test_add_func ("/document/stored-text/french", test_french);
  return g_test_run ();
}
