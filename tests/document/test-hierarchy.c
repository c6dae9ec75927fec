#include "config.h"

#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "ballast-balance-error.h"
#include "ballast-document-error.h"
#include "ballast-document-hierarchy.h"
#include "ballast-hierarchy-edit.h"
#include "ballast-hierarchy-file.h"

/* cat 4, dog 3, emu 2, fox 1; "pets" holds cat and dog. */
static void
setup (Fixture *fixture)
{
  g_autoptr(BallastHierarchy) tree = ballast_hierarchy_new ("animals");
  BallastHierarchyNode *pets = ballast_hierarchy_add_group (tree, tree->root, "pets");

  fixture_init (fixture);
  fixture_pictures (fixture, "cat", 4, 10);
  fixture_pictures (fixture, "dog", 3, 20);
  fixture_pictures (fixture, "emu", 2, 30);
  fixture_pictures (fixture, "fox", 1, 40);
  fixture_create (fixture);
  fixture_import (fixture);
  ballast_hierarchy_add_class (tree, pets, "cat");
  ballast_hierarchy_add_class (tree, pets, "dog");
  ballast_hierarchy_add_class (tree, tree->root, "emu");
  FIXTURE_EDIT (fixture, ballast_document_set_hierarchy_async (fixture->document, tree, NULL,
                                                               fixture_on_done, fixture));
}

static void
write_node (const BallastHierarchyNode *node,
            GString                    *text)
{
  g_string_append (text, node->name);
  if (node->is_class)
    return;

  g_string_append_c (text, '(');
  for (guint i = 0; i < node->children->len; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      write_node (g_ptr_array_index (node->children, i), text);
    }
  g_string_append_c (text, ')');
}

static void
assert_tree (const BallastHierarchy *tree,
             const char             *expected)
{
  g_autoptr(GString) text = g_string_new (NULL);

  write_node (tree->root, text);
  g_assert_cmpstr (text->str, ==, expected);
}

static void
assert_stored (Fixture    *fixture,
               const char *expected)
{
  assert_tree (ballast_settings_get_hierarchy (ballast_document_get_settings (fixture->document)),
               expected);
}

static void
undo (Fixture *fixture)
{
  FIXTURE_EDIT (fixture, ballast_document_undo_async (fixture->document, NULL, fixture_on_done,
                                                      fixture));
}

static void
test_stored (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastHierarchy) none = ballast_hierarchy_new (NULL);

  setup (&fixture);
  assert_stored (&fixture, "animals(pets(cat dog) emu)");
  g_assert_cmpstr (ballast_document_get_undo_label (fixture.document), ==, "Change the hierarchy");
  fixture_close (&fixture);
  fixture_open (&fixture);
  assert_stored (&fixture, "animals(pets(cat dog) emu)");
  FIXTURE_EDIT (&fixture, ballast_document_set_hierarchy_async (fixture.document, none,
                                                                "Clear the hierarchy",
                                                                fixture_on_done, &fixture));
  assert_stored (&fixture, "all()");
  undo (&fixture);
  assert_stored (&fixture, "animals(pets(cat dog) emu)");
  undo (&fixture);
  assert_stored (&fixture, "all()");
}

/* Two classes swap their names, one is dropped, two are merged; undo brings all of it back. */
static void
test_follows_classes (void)
{
  g_auto(Fixture) fixture = { NULL };
  gint64 ids[2];

  setup (&fixture);
  FIXTURE_EDIT (&fixture, ballast_document_rename_class_async (
                  fixture.document, fixture_class (&fixture, "cat"), "pets",
                  fixture_on_done, &fixture));
  assert_stored (&fixture, "animals(pets 2(pets dog) emu)");
  FIXTURE_EDIT (&fixture, ballast_document_rename_class_async (
                  fixture.document, fixture_class (&fixture, "emu"), "cat",
                  fixture_on_done, &fixture));
  assert_stored (&fixture, "animals(pets 2(pets dog) cat)");
  FIXTURE_EDIT (&fixture, ballast_document_drop_class_async (
                  fixture.document, fixture_class (&fixture, "dog"), fixture_on_done,
                  &fixture));
  assert_stored (&fixture, "animals(pets cat)");
  undo (&fixture);
  undo (&fixture);
  undo (&fixture);
  assert_stored (&fixture, "animals(pets(cat dog) emu)");

  ids[0] = fixture_class (&fixture, "cat");
  ids[1] = fixture_class (&fixture, "fox");
  FIXTURE_EDIT (&fixture, ballast_document_merge_classes_async (fixture.document, ids, 2, ids[0],
                                                                fixture_on_done, &fixture));
  assert_stored (&fixture, "animals(pets(cat dog) emu)");
  undo (&fixture);
  ids[1] = fixture_class (&fixture, "dog");
  FIXTURE_EDIT (&fixture, ballast_document_merge_classes_async (fixture.document, ids, 2, ids[0],
                                                                fixture_on_done, &fixture));
  assert_stored (&fixture, "animals(cat emu)");
}

static void
test_figures (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastHierarchyFigures) figures = NULL;
  g_auto(GStrv) out = NULL;

  setup (&fixture);
  figures = ballast_document_dup_hierarchy_figures (fixture.document, NULL);
  g_assert_cmpuint (figures->count, ==, 9);
  g_assert_cmpuint (figures->nodes[1].count, ==, 7);
  g_assert_cmpfloat_with_epsilon (figures->nodes[0].ratio, 3.5, 1e-12);
  out = ballast_document_list_classes_out (
    fixture.document,
    ballast_settings_get_hierarchy (ballast_document_get_settings (fixture.document)));
  g_assert_cmpstrv (out, ((const char *const[]){ "fox", NULL }));
}

static void
test_suggest (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastHierarchy) tree = NULL;
  g_autoptr(GError) error = NULL;

  setup (&fixture);
  tree = ballast_document_suggest_hierarchy (fixture.document,
                                             ballast_hierarchy_suggestion_find ("huffman"), &error);
  g_assert_no_error (error);
  assert_tree (tree, "animals(dog +2(dog emu, fox(emu fox)) cat)");
  g_assert_null (ballast_document_suggest_hierarchy (
                   fixture.document, ballast_hierarchy_suggestion_find ("names"), &error));
  g_assert_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_EMPTY);
}

static void
test_node_weights (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastWeights) weights = NULL;
  g_autoptr(BallastPlan) plan = NULL;
  const BallastHierarchy *tree;

  setup (&fixture);
  tree = ballast_settings_get_hierarchy (ballast_document_get_settings (fixture.document));
  plan = ballast_document_dup_node_plan (fixture.document, tree->root);
  g_assert_cmpuint (plan->n_classes, ==, 2);
  g_assert_cmpuint (plan->classes[1].after, ==, 8);
  weights = ballast_document_dup_node_weights (fixture.document, tree->root);
  g_assert_cmpstr (weights->classes[0].name, ==, "pets");
  g_assert_cmpfloat_with_epsilon (weights->classes[1].weight, 1, 1e-12);
}

static void
write_file (const char *path,
            const char *text)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
test_files (void)
{
  static const char *const names[] = { "tree.json", "tree.csv" };
  g_auto(Fixture) fixture = { NULL };
  const BallastHierarchy *tree;

  setup (&fixture);
  tree = ballast_settings_get_hierarchy (ballast_document_get_settings (fixture.document));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = fixture_path (&fixture, names[i]);
      g_autoptr(BallastHierarchy) read = NULL;
      g_autoptr(GError) error = NULL;

      g_assert_true (ballast_hierarchy_file_write (tree, path, &error));
      read = ballast_hierarchy_file_read (path, &error);
      g_assert_no_error (error);
      assert_tree (read, i == 0 ? "animals(pets(cat dog) emu)" : "all(pets(cat dog) emu)");
    }
}

static void
test_bad_files (void)
{
  static const struct
  {
    const char *name;
    const char *text;
  } cases[] = {
    { "a.json", "{" }, { "b.json", "[]" }, { "c.csv", "" },
    { "d.csv", "a,\"x" }, { "e.json", "\xff\xfe{}" }, { "f.csv", "a,x\nb,x\n" },
  };
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(GError) error = NULL;
  g_autofree char *missing = NULL;

  fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = fixture_path (&fixture, cases[i].name);
      g_autoptr(GError) failed = NULL;

      write_file (path, cases[i].text);
      g_assert_null (ballast_hierarchy_file_read (path, &failed));
      g_assert_nonnull (strstr (failed->message, cases[i].name));
    }
  missing = fixture_path (&fixture, "missing.json");
  g_assert_null (ballast_hierarchy_file_read (missing, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_fit (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *path = NULL;
  g_autoptr(BallastHierarchy) read = NULL, fitted = NULL, foreign = NULL;
  g_autoptr(GError) error = NULL;
  guint n_unknown;

  setup (&fixture);
  path = fixture_path (&fixture, "tree.json");
  write_file (path, "{\"zoo\": {\"birds\": [\"emu\", \"owl\"], \"others\": [\"fox\", \"cat\"]}}");
  read = ballast_hierarchy_file_read (path, NULL);
  fitted = ballast_document_fit_hierarchy (fixture.document, read, &n_unknown, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_unknown, ==, 1);
  assert_tree (fitted, "zoo(emu others(fox cat))");

  foreign = ballast_hierarchy_new (NULL);
  ballast_hierarchy_add_class (foreign, foreign->root, "saw");
  g_assert_null (ballast_document_fit_hierarchy (fixture.document, foreign, NULL, &error));
  g_assert_error (error, BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID);
}

static void
test_accuracies (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *path = NULL, *bad = NULL;
  g_autoptr(BallastHierarchy) tree = NULL;
  g_autoptr(GError) error = NULL;
  guint n_unknown;

  setup (&fixture);
  tree = ballast_hierarchy_copy (
    ballast_settings_get_hierarchy (ballast_document_get_settings (fixture.document)));
  path = fixture_path (&fixture, "accuracy.csv");
  write_file (path, "node,accuracy\npets,91.5\n*,0.8\nnobody,0.5\n");
  g_assert_true (ballast_hierarchy_file_read_accuracies (tree, path, &n_unknown, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_unknown, ==, 1);
  g_assert_cmpfloat_with_epsilon (tree->accuracy, 0.8, 1e-12);
  g_assert_cmpfloat_with_epsilon (ballast_hierarchy_find_name (tree, "pets")->accuracy, 0.915, 1e-12);

  bad = fixture_path (&fixture, "bad.json");
  write_file (bad, "{\"*\": 0.5, \"pets\": -3}");
  g_assert_false (ballast_hierarchy_file_read_accuracies (tree, bad, &n_unknown, &error));
  g_assert_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING);
  g_assert_cmpfloat_with_epsilon (tree->accuracy, 0.8, 1e-12);
}

/* Exports the hierarchy of left 6, right 2, stop 4 with @p mirrored copies; gives the manifest of the
 * dataset @name. */
static char *
export_mirrored (Fixture    *fixture,
                 const char *tree,
                 double      p,
                 const char *name)
{
  g_autoptr(BallastPipeline) flip = ballast_pipeline_new ();
  g_autoptr(BallastHierarchy) read = NULL;
  g_autofree char *path = NULL, *dest = NULL, *manifest = NULL;
  g_autoptr(BallastJob) job = NULL;
  g_autoptr(GError) error = NULL;
  BallastClassPair pair;
  char *text = NULL;

  fixture_init (fixture);
  fixture_pictures (fixture, "left", 6, 10);
  fixture_pictures (fixture, "right", 2, 20);
  fixture_pictures (fixture, "stop", 4, 30);
  fixture_create (fixture);
  fixture_import (fixture);
  ballast_pipeline_add (flip, ballast_op_find ("HorizontalFlip"), -1);
  ballast_pipeline_set_p (flip, 0, p);
  FIXTURE_EDIT (fixture, ballast_document_set_pipeline_async (fixture->document, 0, flip,
                                                              fixture_on_done, fixture));
  pair = (BallastClassPair){ fixture_class (fixture, "left"), fixture_class (fixture, "right") };
  FIXTURE_EDIT (fixture, ballast_document_set_pairs_async (fixture->document, &pair, 1,
                                                           fixture_on_done, fixture));
  path = fixture_path (fixture, "tree.json");
  write_file (path, tree);
  read = ballast_hierarchy_file_read (path, NULL);
  FIXTURE_EDIT (fixture, ballast_document_set_hierarchy_async (fixture->document, read, NULL,
                                                               fixture_on_done, fixture));

  dest = fixture_path (fixture, "out");
  job = ballast_document_export_hierarchy (fixture->document, dest, NULL, 2);
  g_assert_true (ballast_job_wait (job, &error));
  g_assert_no_error (error);
  manifest = g_build_filename (dest, "nodes", name, "manifest.csv", NULL);
  g_assert_true (g_file_get_contents (manifest, &text, NULL, NULL));
  return text;
}

static guint
count_text (const char *text,
            const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

/* Left and right are told apart: no copy is mirrored, even where the pipeline always does. */
static void
test_export_keeps_sides (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_auto(Fixture) fixture = { NULL };
      g_autofree char *manifest =
        export_mirrored (&fixture, "{\"all\": {\"turns\": [\"left\", \"right\"], \"x\": \"stop\"}}",
                         i == 0 ? 0.5 : 1, "turns");

      g_assert_cmpuint (count_text (manifest, ",right,right/"), ==, 6);
      g_assert_cmpuint (count_text (manifest, ",left,left/"), ==, 6);
      g_assert_cmpuint (count_text (manifest, "HorizontalFlip"), ==, 0);
    }
}

/* Both are the same label: copies may well be mirrored. */
static void
test_export_mirrors (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *manifest =
    export_mirrored (&fixture, "{\"all\": {\"turns\": [\"left\", \"right\"], \"stop\": null}}", 1,
                     "all");

  g_assert_cmpuint (count_text (manifest, ",turns,"), ==, 12);
  g_assert_cmpuint (count_text (manifest, ",stop,"), ==, 12);
  g_assert_cmpuint (count_text (manifest, "HorizontalFlip"), ==, 12);
}

static void
test_export_without_tree (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autofree char *dest = NULL;
  g_autoptr(BallastJob) job = NULL;
  g_autoptr(GError) error = NULL;

  fixture_init (&fixture);
  fixture_pictures (&fixture, "cat", 2, 10);
  fixture_create (&fixture);
  fixture_import (&fixture);
  dest = fixture_path (&fixture, "out");
  job = ballast_document_export_hierarchy (fixture.document, dest, NULL, 1);
  g_assert_false (ballast_job_wait (job, &error));
  g_assert_error (error, BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID);
  g_assert_false (g_file_test (dest, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/hierarchy/stored", test_stored);
  g_test_add_func ("/document/hierarchy/follows-classes", test_follows_classes);
  g_test_add_func ("/document/hierarchy/figures", test_figures);
  g_test_add_func ("/document/hierarchy/suggest", test_suggest);
  g_test_add_func ("/document/hierarchy/node-weights", test_node_weights);
  g_test_add_func ("/document/hierarchy/files", test_files);
  g_test_add_func ("/document/hierarchy/bad-files", test_bad_files);
  g_test_add_func ("/document/hierarchy/fit", test_fit);
  g_test_add_func ("/document/hierarchy/accuracies", test_accuracies);

  g_test_add_func ("/document/hierarchy/export-keeps-sides", test_export_keeps_sides);
  g_test_add_func ("/document/hierarchy/export-mirrors", test_export_mirrors);
  g_test_add_func ("/document/hierarchy/export-without-tree", test_export_without_tree);

  return g_test_run ();
}
