#include "config.h"

#include "fixture.h"

#include <string.h>

#include "ballast-class-list.h"
#include "ballast-document-error.h"

static void
setup (Fixture *fixture)
{
  fixture_init (fixture);
  fixture_pictures (fixture, "cat", 3, 10);
  fixture_pictures (fixture, "dog", 2, 20);
  fixture_pictures (fixture, "emu", 1, 30);
  fixture_create (fixture);
  fixture_import (fixture);
}

static void
undo (Fixture *fixture)
{
  FIXTURE_EDIT (fixture, ballast_document_undo_async (fixture->document, NULL, fixture_on_done,
                                                      fixture));
}

static void
redo (Fixture *fixture)
{
  FIXTURE_EDIT (fixture, ballast_document_redo_async (fixture->document, NULL, fixture_on_done,
                                                      fixture));
}

static void
reopen (Fixture *fixture)
{
  fixture_close (fixture);
  fixture_open (fixture);
}

static void
test_rename (void)
{
  g_auto(Fixture) fixture = { NULL };

  setup (&fixture);
  FIXTURE_EDIT (&fixture, ballast_document_rename_class_async (fixture.document,
                                                               fixture_class (&fixture, "emu"),
                                                               "bird", fixture_on_done, &fixture));
  fixture_assert_counts (&fixture, "cat 3, dog 2, bird 1");
  g_assert_cmpstr (ballast_document_get_undo_label (fixture.document), ==,
                   "Rename “emu” to “bird”");
  undo (&fixture);
  fixture_assert_counts (&fixture, "cat 3, dog 2, emu 1");
  g_assert_true (ballast_document_get_can_redo (fixture.document));
  reopen (&fixture);
  redo (&fixture);
  fixture_assert_counts (&fixture, "cat 3, dog 2, bird 1");
}

static void
test_merge_and_drop (void)
{
  g_auto(Fixture) fixture = { NULL };
  gint64 ids[2];

  setup (&fixture);
  ids[0] = fixture_class (&fixture, "dog");
  ids[1] = fixture_class (&fixture, "emu");
  FIXTURE_EDIT (&fixture, ballast_document_merge_classes_async (fixture.document, ids, 2, ids[0],
                                                                fixture_on_done, &fixture));
  fixture_assert_counts (&fixture, "cat 3, dog 3");
  FIXTURE_EDIT (&fixture, ballast_document_drop_class_async (fixture.document, ids[0],
                                                             fixture_on_done, &fixture));
  fixture_assert_counts (&fixture, "cat 3");
  undo (&fixture);
  undo (&fixture);
  fixture_assert_counts (&fixture, "cat 3, dog 2, emu 1");
}

static void
test_reorder (void)
{
  g_auto(Fixture) fixture = { NULL };
  gint64 ids[3];

  setup (&fixture);
  ids[0] = fixture_class (&fixture, "emu");
  ids[1] = fixture_class (&fixture, "cat");
  ids[2] = fixture_class (&fixture, "dog");
  FIXTURE_EDIT (&fixture, ballast_document_reorder_classes_async (fixture.document, ids, 3,
                                                                  fixture_on_done, &fixture));
  fixture_assert_counts (&fixture, "emu 1, cat 3, dog 2");
}

static void
test_bad_edit (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(GError) error = NULL;

  setup (&fixture);
  ballast_document_rename_class_async (fixture.document, 4711, "bird", fixture_on_done, &fixture);
  g_assert_false (ballast_document_edit_finish (fixture.document, fixture_wait (&fixture), &error));
  g_assert_nonnull (error);
  g_clear_object (&fixture.result);
  g_clear_error (&error);

  ballast_document_set_pipeline_async (fixture.document, 4711, NULL, fixture_on_done, &fixture);
  g_assert_false (ballast_document_edit_finish (fixture.document, fixture_wait (&fixture), &error));
  g_assert_error (error, BALLAST_DOCUMENT_ERROR, BALLAST_DOCUMENT_ERROR_INVALID);
  g_assert_false (ballast_document_get_can_undo (fixture.document));
}

static void
note_changes (BallastDocument *document,
              BallastChanged   changed,
              BallastChanged  *all)
{
  *all |= changed;
}

static void
test_settings (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_auto(BallastBalanceSettings) balance = { 0 };
  const BallastBalanceSettings *stored;
  BallastChanged changed = 0;
  guint64 count;

  setup (&fixture);
  g_signal_connect (fixture.document, "changed", G_CALLBACK (note_changes), &changed);
  ballast_balance_settings_init (&balance);
  balance.max_repeats = 3;
  ballast_balance_settings_set_override (&balance, "emu", 7);
  FIXTURE_EDIT (&fixture, ballast_document_set_balance_async (fixture.document, &balance,
                                                              fixture_on_done, &fixture));
  g_assert_cmpint (changed, ==, BALLAST_CHANGED_SETTINGS);
  reopen (&fixture);
  stored = ballast_settings_get_balance (ballast_document_get_settings (fixture.document));
  g_assert_true (ballast_balance_settings_equal (&balance, stored));

  /* A target stays with its class when that gets another name. */
  FIXTURE_EDIT (&fixture, ballast_document_rename_class_async (fixture.document,
                                                               fixture_class (&fixture, "emu"),
                                                               "bird", fixture_on_done, &fixture));
  stored = ballast_settings_get_balance (ballast_document_get_settings (fixture.document));
  g_assert_true (ballast_balance_settings_get_override (stored, "bird", &count));
  g_assert_cmpuint (count, ==, 7);
  g_assert_false (ballast_balance_settings_get_override (stored, "emu", &count));
}

static void
test_pipelines (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastPipeline) own = ballast_pipeline_new ();
  BallastSettings *settings;
  gint64 cat, dog;

  setup (&fixture);
  cat = fixture_class (&fixture, "cat");
  dog = fixture_class (&fixture, "dog");
  ballast_pipeline_add (own, ballast_op_find ("HorizontalFlip"), -1);
  ballast_pipeline_set_kept_from (own, 0, "dog", TRUE);
  FIXTURE_EDIT (&fixture, ballast_document_set_pipeline_async (fixture.document, cat, own,
                                                               fixture_on_done, &fixture));
  FIXTURE_EDIT (&fixture, ballast_document_rename_class_async (fixture.document, dog, "wolf",
                                                               fixture_on_done, &fixture));
  reopen (&fixture);
  settings = ballast_document_get_settings (fixture.document);
  g_assert_true (ballast_settings_has_own_pipeline (settings, cat));
  g_assert_false (ballast_settings_has_own_pipeline (settings, dog));
  g_assert_true (ballast_step_is_kept_from (
                   ballast_pipeline_get_step (ballast_settings_get_pipeline (settings, cat), 0), "wolf"));

  FIXTURE_EDIT (&fixture, ballast_document_set_pipeline_async (fixture.document, cat, NULL,
                                                               fixture_on_done, &fixture));
  settings = ballast_document_get_settings (fixture.document);
  g_assert_false (ballast_settings_has_own_pipeline (settings, cat));
}

static void
test_export_and_weights (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_auto(BallastExportSettings) export = { 0 };
  BallastWeightOptions weights;
  BallastClassPair pair;
  BallastSettings *settings;
  gsize n_pairs;

  setup (&fixture);
  ballast_export_settings_init (&export);
  export.seed = G_MAXUINT64;
  export.quality = 77;
  FIXTURE_EDIT (&fixture, ballast_document_set_export_async (fixture.document, &export,
                                                             fixture_on_done, &fixture));
  ballast_weight_options_init (&weights);
  g_assert_true (ballast_weight_options_set_scheme (&weights, "effective-number", NULL));
  FIXTURE_EDIT (&fixture, ballast_document_set_weights_async (fixture.document, &weights,
                                                              fixture_on_done, &fixture));
  pair = (BallastClassPair) { fixture_class (&fixture, "cat"), fixture_class (&fixture, "dog") };
  FIXTURE_EDIT (&fixture, ballast_document_set_pairs_async (fixture.document, &pair, 1,
                                                            fixture_on_done, &fixture));
  reopen (&fixture);
  settings = ballast_document_get_settings (fixture.document);
  g_assert_true (ballast_export_settings_equal (&export, ballast_settings_get_export (settings)));
  g_assert_cmpstr (ballast_settings_get_weights (settings)->scheme->name, ==, "effective-number");
  g_assert_cmpint (ballast_settings_get_pairs (settings, &n_pairs)[0].mirrored_id, ==,
                   pair.mirrored_id);
  g_assert_cmpuint (n_pairs, ==, 1);
}

static void
note_items (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            GString    *text)
{
  g_string_append_printf (text, "%u-%u+%u ", position, removed, added);
}

static void
test_class_list (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(BallastClassList) list = NULL;
  g_autoptr(BallastClassItem) first = NULL;
  g_autoptr(GString) changes = g_string_new (NULL);

  setup (&fixture);
  list = ballast_class_list_new (fixture.document);
  g_signal_connect (list, "items-changed", G_CALLBACK (note_items), changes);
  first = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_cmpstr (ballast_class_item_get_name (first), ==, "cat");
  g_assert_cmpfloat (ballast_class_item_get_relative (first), ==, 1.0);
  g_assert_cmpfloat (ballast_class_item_get_share (first), ==, 0.5);

  /* A rename is told by the item, not by the list. */
  FIXTURE_EDIT (&fixture, ballast_document_rename_class_async (fixture.document,
                                                               ballast_class_item_get_id (first),
                                                               "lynx", fixture_on_done, &fixture));
  g_assert_cmpstr (changes->str, ==, "");
  g_assert_cmpstr (ballast_class_item_get_name (first), ==, "lynx");

  FIXTURE_EDIT (&fixture, ballast_document_drop_class_async (fixture.document,
                                                             fixture_class (&fixture, "dog"),
                                                             fixture_on_done, &fixture));
  g_assert_cmpstr (changes->str, ==, "1-1+0 ");
}

static void
test_open_bad (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;

  fixture_init (&fixture);
  g_file_set_contents (fixture.project, "This is a letter, not a project.", -1, NULL);
  before = fixture_hash_tree (fixture.root);
  ballast_document_open_async (fixture.project, NULL, fixture_on_done, &fixture);
  g_assert_null (ballast_document_open_finish (fixture_wait (&fixture), &error));
  g_assert_nonnull (strstr (error->message, "project.ballast"));
  after = fixture_hash_tree (fixture.root);
  g_assert_cmpstr (before, ==, after);
  g_clear_object (&fixture.result);
  g_clear_error (&error);

  ballast_document_create_async (fixture.project, NULL, fixture_on_done, &fixture);
  g_assert_null (ballast_document_create_finish (fixture_wait (&fixture), &error));
  g_assert_nonnull (error);
}

static void
test_closed (void)
{
  g_auto(Fixture) fixture = { NULL };
  g_autoptr(GError) error = NULL;

  setup (&fixture);
  ballast_document_close (fixture.document);
  ballast_document_undo_async (fixture.document, NULL, fixture_on_done, &fixture);
  g_assert_false (ballast_document_edit_finish (fixture.document, fixture_wait (&fixture), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

/* Dropping the last reference while an edit runs must neither hang nor crash. */
static void
test_dropped (void)
{
  g_auto(Fixture) fixture = { NULL };
  GWeakRef weak;

  setup (&fixture);
  g_weak_ref_init (&weak, fixture.document);
  ballast_document_exclude_async (fixture.document, &(gint64) { 1 }, 1, NULL, NULL);
  g_clear_object (&fixture.document);
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr(GObject) still = g_weak_ref_get (&weak);

      if (still == NULL)
        break;
      g_clear_object (&still);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  g_assert_null (g_weak_ref_get (&weak));
  g_weak_ref_clear (&weak);
}

static void
test_default_path (void)
{
  g_autofree char *path = ballast_document_dup_default_path ("/somewhere/my dogs");

  g_assert_true (g_str_has_prefix (path, g_get_user_data_dir ()));
  g_assert_true (g_str_has_suffix (path, "/my dogs.ballast"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/document/document/rename", test_rename);
  g_test_add_func ("/document/document/merge-and-drop", test_merge_and_drop);
  g_test_add_func ("/document/document/reorder", test_reorder);
  g_test_add_func ("/document/document/bad-edit", test_bad_edit);
  g_test_add_func ("/document/document/settings", test_settings);
  g_test_add_func ("/document/document/pipelines", test_pipelines);
  g_test_add_func ("/document/document/export-and-weights", test_export_and_weights);
  g_test_add_func ("/document/document/class-list", test_class_list);
  g_test_add_func ("/document/document/open-bad", test_open_bad);
  g_test_add_func ("/document/document/closed", test_closed);
  g_test_add_func ("/document/document/dropped", test_dropped);
  g_test_add_func ("/document/document/default-path", test_default_path);

  return g_test_run ();
}
