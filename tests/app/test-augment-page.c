/* The Augment page: the steps, the variants, pipelines of classes and files, mirrored classes. */
#include "config.h"

#include "page-fixture.h"

#include <string.h>

#include "ballast-combinators.h"
#include "ballast-document-edits.h"
#include "ballast-mirror-names.h"
#include "ballast-op-row.h"
#include "ballast-op-table.h"
#include "ballast-pipeline-editor.h"
#include "ballast-pipeline-presets.h"
#include "ballast-range-slider.h"
#include "ballast-settings.h"
#include "ballast-step-row.h"
#include "ballast-variant-grid.h"

static const WindowFixtureClass waste[] = { { "glass", 5 }, { "paper", 8 }, { NULL, 0 } };
static const WindowFixtureClass signs[] = { { "stop", 3 }, { "turn-left", 4 }, { "turn-right", 5 },
                                            { NULL, 0 } };

static void
set_up (WindowFixture *fixture,
        gconstpointer  data)
{
  page_fixture_set_up (fixture, data, "augment");
}

static void
tear_down (WindowFixture *fixture,
           gconstpointer  data)
{
  window_fixture_tear_down (fixture);
}

static BallastPipelineEditor *
get_editor (WindowFixture *fixture)
{
  return BALLAST_PIPELINE_EDITOR (page_fixture_get (fixture, "BallastPipelineEditor", 0));
}

static GtkWidget *
get_page (WindowFixture *fixture)
{
  return page_fixture_get (fixture, "BallastAugmentPage", 0);
}

static const BallastPipeline *
get_stored (WindowFixture *fixture,
            gint64         class_id)
{
  return ballast_settings_get_pipeline (
    ballast_document_get_settings (window_fixture_get_document (fixture)), class_id);
}

static gint64
get_class_id (WindowFixture *fixture,
              guint          class_index)
{
  return ballast_document_get_tally (window_fixture_get_document (fixture))->classes[class_index].id;
}

static GtkWidget *
get_row (WindowFixture *fixture,
         guint          n)
{
  return page_fixture_get (fixture, "BallastStepRow", n);
}

static gboolean
is_stored (gpointer user_data)
{
  WindowFixture *fixture = user_data;

  return ballast_pipeline_equal (get_stored (fixture, 0),
                                 ballast_pipeline_editor_get_pipeline (get_editor (fixture)));
}

/* What the editor shows, what it holds and what the project has are one pipeline. */
static void
assert_stored (WindowFixture *fixture)
{
  const BallastPipeline *draft;

  window_fixture_settle (fixture);
  g_assert_true (window_fixture_wait (is_stored, fixture));
  draft = ballast_pipeline_editor_get_pipeline (get_editor (fixture));
  g_assert_cmpuint (page_fixture_count (fixture, "BallastStepRow"), ==,
                    ballast_pipeline_get_n_steps (draft));
  for (guint i = 0; i < ballast_pipeline_get_n_steps (draft); i++)
    g_assert_cmpuint (ballast_step_row_get_id (BALLAST_STEP_ROW (get_row (fixture, i))), ==,
                      ballast_pipeline_get_step (draft, i)->id);
}

static guint
get_n_steps (WindowFixture *fixture)
{
  return ballast_pipeline_get_n_steps (get_stored (fixture, 0));
}

static const BallastStep *
get_step (WindowFixture *fixture,
          guint          n)
{
  return ballast_pipeline_get_step (get_stored (fixture, 0), n);
}

static void
test_add (WindowFixture *fixture,
          gconstpointer  data)
{
  guint n = get_n_steps (fixture);
  GtkWidget *chooser = page_fixture_get (fixture, "BallastOpChooser", 0);
  GtkWidget *search = window_fixture_find (chooser, GTK_TYPE_SEARCH_ENTRY, 0);

  gtk_editable_set_text (GTK_EDITABLE (search), "cutout");
  g_signal_emit_by_name (search, "activate");
  assert_stored (fixture);
  g_assert_cmpuint (get_n_steps (fixture), ==, n + 1);
  g_assert_cmpstr (get_step (fixture, n)->op->name, ==, "CoarseDropout");
  page_fixture_undo (fixture);
  assert_stored (fixture);
  g_assert_cmpuint (get_n_steps (fixture), ==, n);
}

static void
test_reorder_by_key (WindowFixture *fixture,
                     gconstpointer  data)
{
  guint32 id = get_step (fixture, 0)->id;

  gtk_widget_activate_action (get_row (fixture, 0), "step.move-down", NULL);
  assert_stored (fixture);
  g_assert_cmpuint (get_step (fixture, 1)->id, ==, id);
  gtk_widget_activate_action (get_row (fixture, 1), "step.move-up", NULL);
  gtk_widget_activate_action (get_row (fixture, 0), "step.move-up", NULL);
  assert_stored (fixture);
  g_assert_cmpuint (get_step (fixture, 0)->id, ==, id);
}

static void
test_reorder_by_drag (WindowFixture *fixture,
                      gconstpointer  data)
{
  guint32 id = get_step (fixture, 0)->id;
  GtkEventController *target = page_fixture_get_controller (get_row (fixture, 2),
                                                            GTK_TYPE_DROP_TARGET);
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, G_TYPE_UINT);
  g_value_set_uint (&value, id);
  g_signal_emit_by_name (target, "drop", &value, 5.0, 5.0, &taken);
  g_assert_true (taken);
  assert_stored (fixture);
  g_assert_cmpuint (get_step (fixture, 2)->id, ==, id);
}

static void
test_remove_and_undo (WindowFixture *fixture,
                      gconstpointer  data)
{
  guint n = get_n_steps (fixture);

  for (guint i = 0; i < n; i++)
    gtk_widget_activate_action (get_row (fixture, 0), "step.remove", NULL);
  assert_stored (fixture);
  g_assert_cmpuint (get_n_steps (fixture), ==, 0);
  g_assert_true (page_fixture_shows (fixture, "No step yet"));
  for (guint i = 0; i < n; i++)
    page_fixture_undo (fixture);
  assert_stored (fixture);
  g_assert_cmpuint (get_n_steps (fixture), ==, n);
}

static void
do_to_step (WindowFixture *fixture,
            guint          n,
            const char    *action)
{
  gtk_widget_activate_action (get_row (fixture, n), action, NULL);
  assert_stored (fixture);
}

static void
wrap_step (WindowFixture *fixture,
           guint          n,
           const char    *group)
{
  gtk_widget_activate_action (get_row (fixture, n), "step.wrap", "s", group);
  assert_stored (fixture);
}

/* Into a group and out again, by the actions of the cards; every one a step of undo. */
static void
test_groups (WindowFixture *fixture,
             gconstpointer  data)
{
  guint n = get_n_steps (fixture);

  wrap_step (fixture, 0, "OneOf");
  g_assert_cmpstr (get_step (fixture, 0)->op->name, ==, "OneOf");
  g_assert_cmpuint (get_step (fixture, 1)->depth, ==, 1);
  g_assert_cmpint (gtk_widget_get_margin_start (get_row (fixture, 1)), >, 0);

  do_to_step (fixture, 2, "step.move-into");
  g_assert_cmpuint (get_step (fixture, 2)->depth, ==, 1);
  do_to_step (fixture, 1, "step.move-out");
  g_assert_cmpuint (get_step (fixture, 1)->depth, ==, 1);
  g_assert_cmpuint (get_step (fixture, 2)->depth, ==, 0);
  do_to_step (fixture, 0, "step.duplicate");
  g_assert_cmpuint (get_n_steps (fixture), ==, n + 3);
  do_to_step (fixture, 0, "step.dissolve");
  g_assert_cmpuint (get_n_steps (fixture), ==, n + 2);
  for (guint i = 0; i < 5; i++)
    page_fixture_undo (fixture);
  assert_stored (fixture);
  g_assert_cmpuint (get_n_steps (fixture), ==, n);
}

static void
test_add_inside (WindowFixture *fixture,
                 gconstpointer  data)
{
  GtkWidget *search = window_fixture_find (page_fixture_get (fixture, "BallastOpChooser", 0),
                                           GTK_TYPE_SEARCH_ENTRY, 0);

  wrap_step (fixture, 0, "SomeOf");
  gtk_widget_activate_action (get_row (fixture, 0), "step.add-inside", NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "grayscale");
  g_signal_emit_by_name (search, "activate");
  assert_stored (fixture);
  g_assert_cmpstr (get_step (fixture, 2)->op->name, ==, "ToGray");
  g_assert_cmpuint (get_step (fixture, 2)->depth, ==, 1);
  /* The next goes to the end again. */
  gtk_editable_set_text (GTK_EDITABLE (search), "oneof");
  g_signal_emit_by_name (search, "activate");
  assert_stored (fixture);
  g_assert_cmpuint (get_step (fixture, get_n_steps (fixture) - 1)->depth, ==, 0);
  g_assert_true (page_fixture_shows (fixture, "Nothing inside yet"));
}

/* Weights are told as what they come to. */
static void
test_shares (WindowFixture *fixture,
             gconstpointer  data)
{
  wrap_step (fixture, 0, "OneOf");
  do_to_step (fixture, 2, "step.move-into");
  g_assert_cmpfloat (get_step (fixture, 1)->p, ==, 0.5);
  g_assert_cmpfloat (get_step (fixture, 2)->p, ==, 0.7);
  g_assert_true (page_fixture_shows (fixture, "42 %"));
  g_assert_true (page_fixture_shows (fixture, "58 %"));
}

static void
test_drop_on_group (WindowFixture *fixture,
                    gconstpointer  data)
{
  guint32 id = get_step (fixture, 1)->id;
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  wrap_step (fixture, 0, "RandomOrder");
  g_value_init (&value, G_TYPE_UINT);
  g_value_set_uint (&value, id);
  g_signal_emit_by_name (page_fixture_get_controller (get_row (fixture, 0), GTK_TYPE_DROP_TARGET),
                         "drop", &value, 5.0, 5.0, &taken);
  g_assert_true (taken);
  assert_stored (fixture);
  g_assert_cmpuint (get_step (fixture, 2)->id, ==, id);
  g_assert_cmpuint (get_step (fixture, 2)->depth, ==, 1);
}

/* A look at half the chain stores nothing. */
static void
test_solo (WindowFixture *fixture,
           gconstpointer  data)
{
  gtk_widget_activate_action (get_row (fixture, 0), "step.solo", NULL);
  g_assert_true (page_fixture_shows (fixture, "up to “Horizontal Flip”"));
  g_assert_true (gtk_widget_has_css_class (get_row (fixture, 1), "idle"));
  assert_stored (fixture);
  g_assert_true (get_step (fixture, 1)->enabled);
  page_fixture_click (window_fixture_find_labelled (get_page (fixture), GTK_TYPE_BUTTON, "Show All"));
  g_assert_false (gtk_widget_has_css_class (get_row (fixture, 1), "idle"));

  /* It ends with the step. */
  gtk_widget_activate_action (get_row (fixture, 0), "step.solo", NULL);
  do_to_step (fixture, 0, "step.remove");
  g_assert_false (gtk_widget_has_css_class (get_row (fixture, 1), "idle"));
}

static gboolean
all_drawn (gpointer user_data)
{
  WindowFixture *fixture = user_data;
  GtkWidget *chooser = page_fixture_get (fixture, "BallastOpChooser", 0);

  for (guint i = 0; i < ballast_op_get_n (); i++)
    {
      GtkWidget *row = window_fixture_find (chooser, BALLAST_TYPE_OP_ROW, i);

      if (gtk_picture_get_paintable (GTK_PICTURE (window_fixture_find (row, GTK_TYPE_PICTURE, 0))) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* Every op of the catalogue has a row, and every one shows the user's own picture. */
static void
test_catalogue (WindowFixture *fixture,
                gconstpointer  data)
{
  gtk_widget_activate_action (get_page (fixture), "augment.add-step", NULL);
  g_assert_cmpuint (page_fixture_count (fixture, "BallastOpRow"), ==,
                    ballast_op_get_n () + ballast_combinator_get_n ());
  g_assert_true (window_fixture_wait (all_drawn, fixture));
}

static void
test_switch_off (WindowFixture *fixture,
                 gconstpointer  data)
{
  GtkWidget *toggle = window_fixture_find (get_row (fixture, 0), GTK_TYPE_SWITCH, 0);

  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  assert_stored (fixture);
  g_assert_false (get_step (fixture, 0)->enabled);
  g_assert_true (gtk_widget_has_css_class (get_row (fixture, 0), "switched-off"));
  page_fixture_undo (fixture);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (toggle)));
}

/* The n-th handle of the n-th slider of a row. */
static GtkWidget *
get_handle (GtkWidget *row,
            guint      slider,
            guint      handle)
{
  GtkWidget *scale = window_fixture_find (row, BALLAST_TYPE_RANGE_SLIDER, slider);
  GtkWidget *part = gtk_widget_get_first_child (gtk_widget_get_first_child (scale));

  for (guint i = 0; i <= handle; i++)
    part = gtk_widget_get_next_sibling (part);

  return part;
}

static void
test_range_by_key (WindowFixture *fixture,
                   gconstpointer  data)
{
  /* In tree order the row's first slider is that of its probability, in a popover. */
  GtkWidget *row = get_row (fixture, 1);

  g_assert_cmpstr (get_step (fixture, 1)->op->name, ==, "Rotate");
  page_fixture_press (get_handle (row, 1, 1), GDK_KEY_Right);
  assert_stored (fixture);
  g_assert_cmpfloat (get_step (fixture, 1)->values[0].number[1], ==, 16);
  g_assert_true (page_fixture_shows (fixture, "−15° … 16°"));
  page_fixture_undo (fixture);
  g_assert_true (page_fixture_shows (fixture, "−15° … 15°"));
}

static void
test_probability (WindowFixture *fixture,
                  gconstpointer  data)
{
  page_fixture_press (get_handle (get_row (fixture, 0), 0, 1), GDK_KEY_Page_Up);
  assert_stored (fixture);
  g_assert_cmpfloat_with_epsilon (get_step (fixture, 0)->p, 0.6, 1e-9);
  g_assert_true (page_fixture_shows (fixture, "60 %"));
}

static void
test_range_typed (WindowFixture *fixture,
                  gconstpointer  data)
{
  GtkWidget *field = window_fixture_find (get_row (fixture, 1), GTK_TYPE_SPIN_BUTTON, 0);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field), -40);
  assert_stored (fixture);
  g_assert_cmpfloat (get_step (fixture, 1)->values[0].number[0], ==, -40);
  /* Above the other end, it takes the other end along. */
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field), 30);
  assert_stored (fixture);
  g_assert_cmpfloat (get_step (fixture, 1)->values[0].number[1], ==, 30);
}

static void
test_kept_from (WindowFixture *fixture,
                gconstpointer  data)
{
  GtkWidget *check = window_fixture_find_labelled (get_row (fixture, 1), GTK_TYPE_CHECK_BUTTON,
                                                   "glass");

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  assert_stored (fixture);
  g_assert_true (ballast_step_is_kept_from (get_step (fixture, 1), "glass"));
  g_assert_true (page_fixture_shows (fixture, "not glass"));
}

static void
test_presets (WindowFixture *fixture,
              gconstpointer  data)
{
  const BallastPipelinePreset *preset = ballast_pipeline_preset_get (1);
  g_autoptr(BallastPipeline) wanted = ballast_pipeline_new_preset (preset);

  g_signal_emit_by_name (page_fixture_get (fixture, "BallastPresetMenu", 0), "chosen", preset);
  assert_stored (fixture);
  g_assert_true (ballast_pipeline_equal (get_stored (fixture, 0), wanted));
}

static void
act (WindowFixture *fixture,
     const char    *action)
{
  g_assert_true (gtk_widget_activate_action (get_page (fixture), action, NULL));
}

static void
test_copy_and_paste (WindowFixture *fixture,
                     gconstpointer  data)
{
  guint n = get_n_steps (fixture);

  act (fixture, "pipeline.copy");
  page_fixture_wait_text (fixture, "Pipeline copied");
  gtk_widget_activate_action (get_row (fixture, 0), "step.remove", NULL);
  assert_stored (fixture);
  act (fixture, "pipeline.paste");
  window_fixture_settle (fixture);
  assert_stored (fixture);
  g_assert_cmpuint (get_n_steps (fixture), ==, n);
}

static void
test_paste_nonsense (WindowFixture *fixture,
                     gconstpointer  data)
{
  guint n = get_n_steps (fixture);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (get_page (fixture)), "no pipeline");
  act (fixture, "pipeline.paste");
  window_fixture_settle (fixture);
  g_assert_cmpuint (get_n_steps (fixture), ==, n);
  assert_stored (fixture);
}

static void
choose_scope (WindowFixture *fixture,
              guint          selected)
{
  GtkWidget *scope = NULL;

  /* That of many choices can be searched. */
  for (guint i = 0; scope == NULL || !gtk_drop_down_get_enable_search (GTK_DROP_DOWN (scope)); i++)
    scope = window_fixture_find (get_page (fixture), GTK_TYPE_DROP_DOWN, i);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (scope), selected);
  window_fixture_settle (fixture);
}

static void
test_own_pipeline (WindowFixture *fixture,
                   gconstpointer  data)
{
  gint64 glass = get_class_id (fixture, 0);
  guint n = get_n_steps (fixture);

  choose_scope (fixture, 1);
  g_assert_true (page_fixture_shows (fixture, "“glass” uses the pipeline for all classes."));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (get_editor (fixture))));
  page_fixture_click (window_fixture_find_labelled (get_page (fixture), GTK_TYPE_BUTTON,
                                                    "Give It Its Own"));
  page_fixture_wait_text (fixture, "has a pipeline of its own");
  window_fixture_settle (fixture);

  gtk_widget_activate_action (get_row (fixture, 0), "step.remove", NULL);
  window_fixture_settle (fixture);
  g_assert_cmpuint (ballast_pipeline_get_n_steps (get_stored (fixture, glass)), ==, n - 1);
  g_assert_cmpuint (get_n_steps (fixture), ==, n);

  choose_scope (fixture, 0);
  assert_stored (fixture);
  choose_scope (fixture, 1);
  page_fixture_click (window_fixture_find_labelled (get_page (fixture), GTK_TYPE_BUTTON,
                                                    "Use the One for All"));
  page_fixture_wait_text (fixture, "uses the pipeline for all classes");
}

static void
note (gboolean *happened)
{
  *happened = TRUE;
}

static gboolean
is_true (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static void
wait_variants (WindowFixture *fixture,
               gboolean      *measured)
{
  g_assert_true (window_fixture_wait (is_true, measured));
  *measured = FALSE;
}

static GdkPaintable *
get_picture (WindowFixture *fixture,
             guint          n)
{
  GtkWidget *cell = page_fixture_get (fixture, "BallastVariantCell", n);

  return gtk_picture_get_paintable (GTK_PICTURE (window_fixture_find (cell, GTK_TYPE_PICTURE, 0)));
}

static const char *
get_caption (WindowFixture *fixture,
             guint          n)
{
  GtkWidget *cell = page_fixture_get (fixture, "BallastVariantCell", n);

  return gtk_label_get_label (GTK_LABEL (gtk_widget_get_last_child (cell)));
}

/* Draws from the start, for the pictures may have come before anybody looked. */
static void
connect_grid (WindowFixture *fixture,
              gboolean      *measured)
{
  GtkWidget *grid = page_fixture_get (fixture, "BallastVariantGrid", 0);

  g_signal_connect_swapped (grid, "measured", G_CALLBACK (note), measured);
  act (fixture, "preview.draw-again");
  wait_variants (fixture, measured);
}

static void
test_variants (WindowFixture *fixture,
               gconstpointer  data)
{
  gboolean measured = FALSE;
  guint n_different = 0;

  connect_grid (fixture, &measured);
  g_assert_cmpuint (page_fixture_count (fixture, "BallastVariantCell"), ==, 9);
  g_assert_cmpstr (get_caption (fixture, 0), ==, "original");
  for (guint i = 0; i < 9; i++)
    g_assert_nonnull (get_picture (fixture, i));
  for (guint i = 2; i < 9; i++)
    n_different += strcmp (get_caption (fixture, i), get_caption (fixture, 1)) != 0;
  g_assert_cmpuint (n_different, >, 3);
  g_assert_true (page_fixture_shows (fixture, "ms an image · boxes follow"));
}

static gboolean
all_mixed (gpointer user_data)
{
  WindowFixture *fixture = user_data;

  for (guint i = 1; i < 9; i++)
    if (g_str_equal (get_caption (fixture, i), "unchanged") || *get_caption (fixture, i) == '\0')
      return FALSE;
  return TRUE;
}

static void
on_pipeline_set (GObject      *document,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_assert_true (ballast_document_edit_finish (BALLAST_DOCUMENT (document), result, NULL));
}

/* Variants take parts of the other pictures as soon as those are known, and after each change. */
static void
test_mixing (WindowFixture *fixture,
             gconstpointer  data)
{
  static const char *const ops[] = { "Mosaic", "MixUp" };
  gboolean measured = FALSE;

  connect_grid (fixture, &measured);
  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      g_autoptr(BallastPipeline) pipeline = ballast_pipeline_new ();

      ballast_pipeline_add (pipeline, ballast_op_find (ops[i]), -1);
      ballast_pipeline_set_p (pipeline, 0, 1);
      ballast_document_set_pipeline_async (window_fixture_get_document (fixture), 0, pipeline,
                                           on_pipeline_set, NULL);
      g_assert_true (window_fixture_wait (all_mixed, fixture));
    }
}

/* Only the one that is asked for; and it keeps its numbers when a parameter changes. */
static void
test_redraw_one (WindowFixture *fixture,
                 gconstpointer  data)
{
  gboolean measured = FALSE;
  g_autofree char *before[9] = { NULL };

  connect_grid (fixture, &measured);
  for (guint i = 0; i < 9; i++)
    before[i] = g_strdup (get_caption (fixture, i));
  for (guint attempt = 0; attempt < 8 && g_str_equal (before[3], get_caption (fixture, 3)); attempt++)
    {
      gtk_widget_activate_action (page_fixture_get (fixture, "BallastVariantCell", 3),
                                  "variant.redraw", NULL);
      wait_variants (fixture, &measured);
    }
  for (guint i = 0; i < 9; i++)
    {
      if (i == 3)
        g_assert_cmpstr (get_caption (fixture, i), !=, before[i]);
      else
        g_assert_cmpstr (get_caption (fixture, i), ==, before[i]);
      g_free (g_steal_pointer (&before[i]));
    }
}

/* Forty steps faster than anything can be drawn: what is shown in the end is the last. */
static void
test_stale_work (WindowFixture *fixture,
                 gconstpointer  data)
{
  gboolean measured = FALSE;
  GtkWidget *row = get_row (fixture, 1);

  connect_grid (fixture, &measured);
  g_signal_emit_by_name (page_fixture_get (fixture, "BallastPresetMenu", 0), "chosen",
                         ballast_pipeline_preset_get (0));
  page_fixture_press (get_handle (row, 0, 1), GDK_KEY_End);
  page_fixture_press (get_handle (row, 1, 0), GDK_KEY_End);
  for (guint i = 0; i < 20; i++)
    page_fixture_press (get_handle (row, 1, 1), GDK_KEY_Right);
  for (guint i = 0; i < 20; i++)
    page_fixture_press (get_handle (row, 1, 0), GDK_KEY_Right);
  measured = FALSE;
  wait_variants (fixture, &measured);
  window_fixture_settle (fixture);

  /* From 35° to 35°, always. */
  for (guint i = 1; i < 9; i++)
    g_assert_nonnull (strstr (get_caption (fixture, i), "+35°"));
}

static const BallastRedraws *
get_redraws (WindowFixture *fixture)
{
  return ballast_settings_get_redraws (
    ballast_document_get_settings (window_fixture_get_document (fixture)));
}

/* A rejected copy is an edit of the project: drawn anew, and back after an undo. */
static void
test_reject (WindowFixture *fixture,
             gconstpointer  data)
{
  gboolean measured = FALSE;
  g_autofree char *before = NULL, *neighbour = NULL;
  GtkWidget *grid = page_fixture_get (fixture, "BallastVariantGrid", 0);

  g_signal_connect_swapped (grid, "measured", G_CALLBACK (note), &measured);
  gtk_widget_activate_action (page_fixture_get (fixture, "BallastVariantCell", 2), "variant.redraw",
                              NULL);
  wait_variants (fixture, &measured);
  before = g_strdup (get_caption (fixture, 3));
  neighbour = g_strdup (get_caption (fixture, 4));
  gtk_widget_activate_action (page_fixture_get (fixture, "BallastVariantCell", 3), "variant.reject",
                              NULL);
  wait_variants (fixture, &measured);
  g_assert_cmpuint (ballast_redraws_get_n (get_redraws (fixture)), ==, 1);
  g_assert_cmpstr (get_caption (fixture, 3), !=, before);
  g_assert_cmpstr (get_caption (fixture, 4), ==, neighbour);

  page_fixture_undo (fixture);
  wait_variants (fixture, &measured);
  g_assert_cmpuint (ballast_redraws_get_n (get_redraws (fixture)), ==, 0);
  g_assert_cmpstr (get_caption (fixture, 3), ==, before);
}

/* A mirrored sign of a declared pair says what it became. */
static void
test_becomes (WindowFixture *fixture,
              gconstpointer  data)
{
  GtkWidget *dialog;

  choose_scope (fixture, 2);
  act (fixture, "augment.edit-pairs");
  dialog = window_fixture_find_dialog (fixture);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "apply");
  page_fixture_wait_text (fixture, "becomes turn-right");
}

static void
test_hold_to_compare (WindowFixture *fixture,
                      gconstpointer  data)
{
  gboolean measured = FALSE;
  GtkWidget *cell = page_fixture_get (fixture, "BallastVariantCell", 2);
  GtkEventController *keys;
  GdkPaintable *own;

  connect_grid (fixture, &measured);
  own = get_picture (fixture, 2);
  g_assert_true (page_fixture_press (cell, GDK_KEY_space));
  g_assert_true (get_picture (fixture, 2) == get_picture (fixture, 0));
  keys = page_fixture_get_controller (cell, GTK_TYPE_EVENT_CONTROLLER_KEY);
  g_signal_emit_by_name (keys, "key-released", GDK_KEY_space, 0, 0);
  g_assert_true (get_picture (fixture, 2) == own);
}

static guint
count_marks (WindowFixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i < page_fixture_count (fixture, "BallastStepRow"); i++)
    for (guint k = 0;; k++)
      {
        GtkWidget *button = window_fixture_find (get_row (fixture, i), GTK_TYPE_BUTTON, k);

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
  act (fixture, "augment.edit-pairs");
  dialog = window_fixture_find_dialog (fixture);
  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "apply");
  window_fixture_settle (fixture);
  pairs = ballast_settings_get_pairs (
    ballast_document_get_settings (window_fixture_get_document (fixture)), &n_pairs);
  g_assert_cmpuint (n_pairs, ==, 1);
  g_assert_cmpint (pairs[0].class_id, ==, get_class_id (fixture, 1));
  g_assert_cmpint (pairs[0].mirrored_id, ==, get_class_id (fixture, 2));
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
      GtkWidget *check = window_fixture_find_labelled (get_row (fixture, 0), GTK_TYPE_CHECK_BUTTON,
                                                       names[i]);

      g_assert_cmpuint (count_marks (fixture), ==, 1);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
      assert_stored (fixture);
    }
  g_assert_cmpuint (count_marks (fixture), ==, 0);
}

static void
test_no_marks (WindowFixture *fixture,
               gconstpointer  data)
{
  g_assert_cmpuint (count_marks (fixture), ==, 0);
}

#define ADD(path, classes, function) \
  g_test_add ("/app/augment-page/" path, WindowFixture, classes, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();

  ADD ("add", waste, test_add);
  ADD ("reorder-by-key", waste, test_reorder_by_key);
  ADD ("reorder-by-drag", waste, test_reorder_by_drag);
  ADD ("remove-and-undo", waste, test_remove_and_undo);
  ADD ("groups", waste, test_groups);
  ADD ("add-inside", waste, test_add_inside);
  ADD ("shares", waste, test_shares);
  ADD ("drop-on-group", waste, test_drop_on_group);
  ADD ("solo", waste, test_solo);
  ADD ("catalogue", waste, test_catalogue);
  ADD ("switch-off", waste, test_switch_off);
  ADD ("range-by-key", waste, test_range_by_key);
  ADD ("range-typed", waste, test_range_typed);
  ADD ("probability", waste, test_probability);
  ADD ("kept-from", waste, test_kept_from);
  ADD ("presets", waste, test_presets);
  ADD ("copy-and-paste", waste, test_copy_and_paste);
  ADD ("paste-nonsense", waste, test_paste_nonsense);
  ADD ("own-pipeline", waste, test_own_pipeline);
  ADD ("variants", waste, test_variants);
  ADD ("mixing", waste, test_mixing);
  ADD ("redraw-one", waste, test_redraw_one);
  ADD ("stale-work", waste, test_stale_work);
  ADD ("reject", waste, test_reject);
  ADD ("becomes", signs, test_becomes);
  ADD ("hold-to-compare", waste, test_hold_to_compare);
  ADD ("no-marks", waste, test_no_marks);
  ADD ("mirrored-classes", signs, test_mirrored_classes);
  ADD ("mark-kept", signs, test_mark_kept);

  return g_test_run ();
}
