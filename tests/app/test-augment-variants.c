/* The variants: drawn, redrawn, rejected, compared, never stale. */
#include "config.h"

#include "augment-fixture.h"

#include <string.h>

#include "ballast-document-edits.h"
#include "ballast-op-table.h"
#include "ballast-pipeline-presets.h"
#include "ballast-settings.h"
#include "ballast-variant-grid.h"

static const WindowFixtureClass waste[] = { { "glass", 5 }, { "paper", 8 }, { NULL, 0 } };
static const WindowFixtureClass signs[] = { { "stop", 3 }, { "turn-left", 4 }, { "turn-right", 5 },
                                            { NULL, 0 } };

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
  augment_act (fixture, "preview.draw-again");
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
  GtkWidget *row = augment_get_row (fixture, 1);

  connect_grid (fixture, &measured);
  g_signal_emit_by_name (page_fixture_get (fixture, "BallastPresetMenu", 0), "chosen",
                         ballast_pipeline_preset_get (0));
  page_fixture_press (augment_get_handle (row, 0, 1), GDK_KEY_End);
  page_fixture_press (augment_get_handle (row, 1, 0), GDK_KEY_End);
  for (guint i = 0; i < 20; i++)
    page_fixture_press (augment_get_handle (row, 1, 1), GDK_KEY_Right);
  for (guint i = 0; i < 20; i++)
    page_fixture_press (augment_get_handle (row, 1, 0), GDK_KEY_Right);
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

  augment_choose_scope (fixture, 2);
  augment_act (fixture, "augment.edit-pairs");
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

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  AUGMENT_ADD ("augment-variants/variants", waste, test_variants);
  AUGMENT_ADD ("augment-variants/mixing", waste, test_mixing);
  AUGMENT_ADD ("augment-variants/redraw-one", waste, test_redraw_one);
  AUGMENT_ADD ("augment-variants/stale-work", waste, test_stale_work);
  AUGMENT_ADD ("augment-variants/reject", waste, test_reject);
  AUGMENT_ADD ("augment-variants/becomes", signs, test_becomes);
  AUGMENT_ADD ("augment-variants/hold-to-compare", waste, test_hold_to_compare);

  return g_test_run ();
}
