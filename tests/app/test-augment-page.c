/* The Augment page: pipelines of classes, presets, the clipboard, mirrored classes. */
#include "config.h"

#include "augment-fixture.h"

#include <string.h>

#include "ballast-document-edits.h"
#include "ballast-mirror-names.h"
#include "ballast-pipeline-presets.h"
#include "ballast-settings.h"
#include "ballast-step-row.h"

static const WindowFixtureClass waste[] = { { "glass", 5 }, { "paper", 8 }, { NULL, 0 } };
static const WindowFixtureClass signs[] = { { "stop", 3 }, { "turn-left", 4 }, { "turn-right", 5 },
                                            { NULL, 0 } };

static void
test_kept_from (WindowFixture *fixture,
                gconstpointer  data)
{
  GtkWidget *check = window_fixture_find_labelled (augment_get_row (fixture, 1),
                                                   GTK_TYPE_CHECK_BUTTON, "glass");

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  augment_assert_stored (fixture);
  g_assert_true (ballast_step_is_kept_from (augment_get_step (fixture, 1), "glass"));
  g_assert_true (page_fixture_shows (fixture, "not glass"));
}

static void
test_presets (WindowFixture *fixture,
              gconstpointer  data)
{
  const BallastPipelinePreset *preset = ballast_pipeline_preset_get (1);
  g_autoptr(BallastPipeline) wanted = ballast_pipeline_new_preset (preset);

  g_signal_emit_by_name (page_fixture_get (fixture, "BallastPresetMenu", 0), "chosen", preset);
  augment_assert_stored (fixture);
  g_assert_true (ballast_pipeline_equal (augment_get_stored (fixture, 0), wanted));
}

static void
test_copy_and_paste (WindowFixture *fixture,
                     gconstpointer  data)
{
  guint n = augment_get_n_steps (fixture);

  augment_act (fixture, "pipeline.copy");
  page_fixture_wait_text (fixture, "Pipeline copied");
  gtk_widget_activate_action (augment_get_row (fixture, 0), "step.remove", NULL);
  augment_assert_stored (fixture);
  augment_act (fixture, "pipeline.paste");
  window_fixture_settle (fixture);
  augment_assert_stored (fixture);
  g_assert_cmpuint (augment_get_n_steps (fixture), ==, n);
}

static void
test_paste_nonsense (WindowFixture *fixture,
                     gconstpointer  data)
{
  guint n = augment_get_n_steps (fixture);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (augment_get_page (fixture)), "no pipeline");
  augment_act (fixture, "pipeline.paste");
  window_fixture_settle (fixture);
  g_assert_cmpuint (augment_get_n_steps (fixture), ==, n);
  augment_assert_stored (fixture);
}

static void
test_own_pipeline (WindowFixture *fixture,
                   gconstpointer  data)
{
  gint64 glass = augment_get_class_id (fixture, 0);
  guint n = augment_get_n_steps (fixture);

  augment_choose_scope (fixture, 1);
  g_assert_true (page_fixture_shows (fixture, "“glass” uses the pipeline for all classes."));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (augment_get_editor (fixture))));
  page_fixture_click (window_fixture_find_labelled (augment_get_page (fixture), GTK_TYPE_BUTTON,
                                                    "Give It Its Own"));
  page_fixture_wait_text (fixture, "has a pipeline of its own");
  window_fixture_settle (fixture);

  gtk_widget_activate_action (augment_get_row (fixture, 0), "step.remove", NULL);
  window_fixture_settle (fixture);
  g_assert_cmpuint (ballast_pipeline_get_n_steps (augment_get_stored (fixture, glass)), ==, n - 1);
  g_assert_cmpuint (augment_get_n_steps (fixture), ==, n);

  augment_choose_scope (fixture, 0);
  augment_assert_stored (fixture);
  augment_choose_scope (fixture, 1);
  page_fixture_click (window_fixture_find_labelled (augment_get_page (fixture), GTK_TYPE_BUTTON,
                                                    "Use the One for All"));
  page_fixture_wait_text (fixture, "uses the pipeline for all classes");
}

static guint
count_marks (WindowFixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i < page_fixture_count (fixture, "BallastStepRow"); i++)
    for (guint k = 0;; k++)
      {
        GtkWidget *button = window_fixture_find (augment_get_row (fixture, i), GTK_TYPE_BUTTON, k);

        if (button == NULL)
          break;
        if (gtk_widget_get_mapped (button) && gtk_widget_has_css_class (button, "step-mark"))
          n++;
      }

  return n;
}

static void
test_mirrored_classes (WindowFixture *fixture,
                       gconstpointer  data)
{
  GtkWidget *dialog;
  const BallastClassPair *pairs;
  gsize n_pairs;

  g_assert_cmpuint (count_marks (fixture), ==, 1);
  augment_act (fixture, "augment.edit-pairs");
  dialog = window_fixture_find_dialog (fixture);
  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "apply");
  window_fixture_settle (fixture);
  pairs = ballast_settings_get_pairs (
    ballast_document_get_settings (window_fixture_get_document (fixture)), &n_pairs);
  g_assert_cmpuint (n_pairs, ==, 1);
  g_assert_cmpint (pairs[0].class_id, ==, augment_get_class_id (fixture, 1));
  g_assert_cmpint (pairs[0].mirrored_id, ==, augment_get_class_id (fixture, 2));
  g_assert_cmpuint (count_marks (fixture), ==, 0);

  page_fixture_undo (fixture);
  g_assert_cmpuint (count_marks (fixture), ==, 1);
}

/* Kept from both, the mirror does no harm. */
static void
test_mark_kept (WindowFixture *fixture,
                gconstpointer  data)
{
  static const char *const names[] = { "turn-left", "turn-right" };

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *check = window_fixture_find_labelled (augment_get_row (fixture, 0),
                                                       GTK_TYPE_CHECK_BUTTON, names[i]);

      g_assert_cmpuint (count_marks (fixture), ==, 1);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
      augment_assert_stored (fixture);
    }
  g_assert_cmpuint (count_marks (fixture), ==, 0);
}

static void
test_no_marks (WindowFixture *fixture,
               gconstpointer  data)
{
  g_assert_cmpuint (count_marks (fixture), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  AUGMENT_ADD ("augment-page/kept-from", waste, test_kept_from);
  AUGMENT_ADD ("augment-page/presets", waste, test_presets);
  AUGMENT_ADD ("augment-page/copy-and-paste", waste, test_copy_and_paste);
  AUGMENT_ADD ("augment-page/paste-nonsense", waste, test_paste_nonsense);
  AUGMENT_ADD ("augment-page/own-pipeline", waste, test_own_pipeline);
  AUGMENT_ADD ("augment-page/no-marks", waste, test_no_marks);
  AUGMENT_ADD ("augment-page/mirrored-classes", signs, test_mirrored_classes);
  AUGMENT_ADD ("augment-page/mark-kept", signs, test_mark_kept);

  return g_test_run ();
}
