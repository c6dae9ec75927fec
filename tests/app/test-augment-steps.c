/* The steps of a pipeline: added, moved, grouped, switched off, their parameters. */
#include "config.h"

#include "augment-fixture.h"

#include <string.h>

#include "ballast-combinators.h"
#include "ballast-op-row.h"
#include "ballast-op-table.h"
#include "ballast-range-slider.h"

static const WindowFixtureClass waste[] = { { "glass", 5 }, { "paper", 8 }, { NULL, 0 } };

static void
test_add (WindowFixture *fixture,
          gconstpointer  data)
{
  guint n = augment_get_n_steps (fixture);
  GtkWidget *chooser = page_fixture_get (fixture, "BallastOpChooser", 0);
  GtkWidget *search = window_fixture_find (chooser, GTK_TYPE_SEARCH_ENTRY, 0);

  gtk_editable_set_text (GTK_EDITABLE (search), "cutout");
  g_signal_emit_by_name (search, "activate");
  augment_assert_stored (fixture);
  g_assert_cmpuint (augment_get_n_steps (fixture), ==, n + 1);
  g_assert_cmpstr (augment_get_step (fixture, n)->op->name, ==, "CoarseDropout");
  page_fixture_undo (fixture);
  augment_assert_stored (fixture);
  g_assert_cmpuint (augment_get_n_steps (fixture), ==, n);
}

static void
test_reorder_by_key (WindowFixture *fixture,
                     gconstpointer  data)
{
  guint32 id = augment_get_step (fixture, 0)->id;

  gtk_widget_activate_action (augment_get_row (fixture, 0), "step.move-down", NULL);
  augment_assert_stored (fixture);
  g_assert_cmpuint (augment_get_step (fixture, 1)->id, ==, id);
  gtk_widget_activate_action (augment_get_row (fixture, 1), "step.move-up", NULL);
  gtk_widget_activate_action (augment_get_row (fixture, 0), "step.move-up", NULL);
  augment_assert_stored (fixture);
  g_assert_cmpuint (augment_get_step (fixture, 0)->id, ==, id);
}

static void
test_reorder_by_drag (WindowFixture *fixture,
                      gconstpointer  data)
{
  guint32 id = augment_get_step (fixture, 0)->id;
  GtkEventController *target = page_fixture_get_controller (augment_get_row (fixture, 2),
                                                            GTK_TYPE_DROP_TARGET);
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, G_TYPE_UINT);
  g_value_set_uint (&value, id);
  g_signal_emit_by_name (target, "drop", &value, 5.0, 5.0, &taken);
  g_assert_true (taken);
  augment_assert_stored (fixture);
  g_assert_cmpuint (augment_get_step (fixture, 2)->id, ==, id);
}

static void
test_remove_and_undo (WindowFixture *fixture,
                      gconstpointer  data)
{
  guint n = augment_get_n_steps (fixture);

  for (guint i = 0; i < n; i++)
    gtk_widget_activate_action (augment_get_row (fixture, 0), "step.remove", NULL);
  augment_assert_stored (fixture);
  g_assert_cmpuint (augment_get_n_steps (fixture), ==, 0);
  g_assert_true (page_fixture_shows (fixture, "No step yet"));
  for (guint i = 0; i < n; i++)
    page_fixture_undo (fixture);
  augment_assert_stored (fixture);
  g_assert_cmpuint (augment_get_n_steps (fixture), ==, n);
}

static void
do_to_step (WindowFixture *fixture,
            guint          n,
            const char    *action)
{
  gtk_widget_activate_action (augment_get_row (fixture, n), action, NULL);
  augment_assert_stored (fixture);
}

static void
wrap_step (WindowFixture *fixture,
           guint          n,
           const char    *group)
{
  gtk_widget_activate_action (augment_get_row (fixture, n), "step.wrap", "s", group);
  augment_assert_stored (fixture);
}

/* Into a group and out again, by the actions of the cards; every one a step of undo. */
static void
test_groups (WindowFixture *fixture,
             gconstpointer  data)
{
  guint n = augment_get_n_steps (fixture);

  wrap_step (fixture, 0, "OneOf");
  g_assert_cmpstr (augment_get_step (fixture, 0)->op->name, ==, "OneOf");
  g_assert_cmpuint (augment_get_step (fixture, 1)->depth, ==, 1);
  g_assert_cmpint (gtk_widget_get_margin_start (augment_get_row (fixture, 1)), >, 0);

  do_to_step (fixture, 2, "step.move-into");
  g_assert_cmpuint (augment_get_step (fixture, 2)->depth, ==, 1);
  do_to_step (fixture, 1, "step.move-out");
  g_assert_cmpuint (augment_get_step (fixture, 1)->depth, ==, 1);
  g_assert_cmpuint (augment_get_step (fixture, 2)->depth, ==, 0);
  do_to_step (fixture, 0, "step.duplicate");
  g_assert_cmpuint (augment_get_n_steps (fixture), ==, n + 3);
  do_to_step (fixture, 0, "step.dissolve");
  g_assert_cmpuint (augment_get_n_steps (fixture), ==, n + 2);
  for (guint i = 0; i < 5; i++)
    page_fixture_undo (fixture);
  augment_assert_stored (fixture);
  g_assert_cmpuint (augment_get_n_steps (fixture), ==, n);
}

static void
test_add_inside (WindowFixture *fixture,
                 gconstpointer  data)
{
  GtkWidget *search = window_fixture_find (page_fixture_get (fixture, "BallastOpChooser", 0),
                                           GTK_TYPE_SEARCH_ENTRY, 0);

  wrap_step (fixture, 0, "SomeOf");
  gtk_widget_activate_action (augment_get_row (fixture, 0), "step.add-inside", NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "grayscale");
  g_signal_emit_by_name (search, "activate");
  augment_assert_stored (fixture);
  g_assert_cmpstr (augment_get_step (fixture, 2)->op->name, ==, "ToGray");
  g_assert_cmpuint (augment_get_step (fixture, 2)->depth, ==, 1);
  /* The next goes to the end again. */
  gtk_editable_set_text (GTK_EDITABLE (search), "oneof");
  g_signal_emit_by_name (search, "activate");
  augment_assert_stored (fixture);
  g_assert_cmpuint (augment_get_step (fixture, augment_get_n_steps (fixture) - 1)->depth, ==, 0);
  g_assert_true (page_fixture_shows (fixture, "Nothing inside yet"));
}

/* Weights are told as what they come to. */
static void
test_shares (WindowFixture *fixture,
             gconstpointer  data)
{
  wrap_step (fixture, 0, "OneOf");
  do_to_step (fixture, 2, "step.move-into");
  g_assert_cmpfloat (augment_get_step (fixture, 1)->p, ==, 0.5);
  g_assert_cmpfloat (augment_get_step (fixture, 2)->p, ==, 0.7);
  g_assert_true (page_fixture_shows (fixture, "42 %"));
  g_assert_true (page_fixture_shows (fixture, "58 %"));
}

static void
test_drop_on_group (WindowFixture *fixture,
                    gconstpointer  data)
{
  guint32 id = augment_get_step (fixture, 1)->id;
  g_auto(GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  wrap_step (fixture, 0, "RandomOrder");
  g_value_init (&value, G_TYPE_UINT);
  g_value_set_uint (&value, id);
  g_signal_emit_by_name (page_fixture_get_controller (augment_get_row (fixture, 0),
                                                      GTK_TYPE_DROP_TARGET),
                         "drop", &value, 5.0, 5.0, &taken);
  g_assert_true (taken);
  augment_assert_stored (fixture);
  g_assert_cmpuint (augment_get_step (fixture, 2)->id, ==, id);
  g_assert_cmpuint (augment_get_step (fixture, 2)->depth, ==, 1);
}

/* A look at half the chain stores nothing. */
static void
test_solo (WindowFixture *fixture,
           gconstpointer  data)
{
  gtk_widget_activate_action (augment_get_row (fixture, 0), "step.solo", NULL);
  g_assert_true (page_fixture_shows (fixture, "up to “Horizontal Flip”"));
  g_assert_true (gtk_widget_has_css_class (augment_get_row (fixture, 1), "idle"));
  augment_assert_stored (fixture);
  g_assert_true (augment_get_step (fixture, 1)->enabled);
  page_fixture_click (window_fixture_find_labelled (augment_get_page (fixture), GTK_TYPE_BUTTON,
                                                    "Show All"));
  g_assert_false (gtk_widget_has_css_class (augment_get_row (fixture, 1), "idle"));

  /* It ends with the step. */
  gtk_widget_activate_action (augment_get_row (fixture, 0), "step.solo", NULL);
  do_to_step (fixture, 0, "step.remove");
  g_assert_false (gtk_widget_has_css_class (augment_get_row (fixture, 1), "idle"));
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
  gtk_widget_activate_action (augment_get_page (fixture), "augment.add-step", NULL);
  g_assert_cmpuint (page_fixture_count (fixture, "BallastOpRow"), ==,
                    ballast_op_get_n () + ballast_combinator_get_n ());
  g_assert_true (window_fixture_wait (all_drawn, fixture));
}

static void
test_switch_off (WindowFixture *fixture,
                 gconstpointer  data)
{
  GtkWidget *toggle = window_fixture_find (augment_get_row (fixture, 0), GTK_TYPE_SWITCH, 0);

  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  augment_assert_stored (fixture);
  g_assert_false (augment_get_step (fixture, 0)->enabled);
  g_assert_true (gtk_widget_has_css_class (augment_get_row (fixture, 0), "switched-off"));
  page_fixture_undo (fixture);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (toggle)));
}

static void
test_range_by_key (WindowFixture *fixture,
                   gconstpointer  data)
{
  /* In tree order the row's first slider is that of its probability, in a popover. */
  GtkWidget *row = augment_get_row (fixture, 1);

  g_assert_cmpstr (augment_get_step (fixture, 1)->op->name, ==, "Rotate");
  page_fixture_press (augment_get_handle (row, 1, 1), GDK_KEY_Right);
  augment_assert_stored (fixture);
  g_assert_cmpfloat (augment_get_step (fixture, 1)->values[0].number[1], ==, 16);
  g_assert_true (page_fixture_shows (fixture, "−15° … 16°"));
  page_fixture_undo (fixture);
  g_assert_true (page_fixture_shows (fixture, "−15° … 15°"));
}

static void
test_probability (WindowFixture *fixture,
                  gconstpointer  data)
{
  page_fixture_press (augment_get_handle (augment_get_row (fixture, 0), 0, 1), GDK_KEY_Page_Up);
  augment_assert_stored (fixture);
  g_assert_cmpfloat_with_epsilon (augment_get_step (fixture, 0)->p, 0.6, 1e-9);
  g_assert_true (page_fixture_shows (fixture, "60 %"));
}

static void
test_range_typed (WindowFixture *fixture,
                  gconstpointer  data)
{
  GtkWidget *field = window_fixture_find (augment_get_row (fixture, 1), GTK_TYPE_SPIN_BUTTON, 0);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field), -40);
  augment_assert_stored (fixture);
  g_assert_cmpfloat (augment_get_step (fixture, 1)->values[0].number[0], ==, -40);
  /* Above the other end, it takes the other end along. */
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field), 30);
  augment_assert_stored (fixture);
  g_assert_cmpfloat (augment_get_step (fixture, 1)->values[0].number[1], ==, 30);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  AUGMENT_ADD ("augment-steps/add", waste, test_add);
  AUGMENT_ADD ("augment-steps/reorder-by-key", waste, test_reorder_by_key);
  AUGMENT_ADD ("augment-steps/reorder-by-drag", waste, test_reorder_by_drag);
  AUGMENT_ADD ("augment-steps/remove-and-undo", waste, test_remove_and_undo);
  AUGMENT_ADD ("augment-steps/groups", waste, test_groups);
  AUGMENT_ADD ("augment-steps/add-inside", waste, test_add_inside);
  AUGMENT_ADD ("augment-steps/shares", waste, test_shares);
  AUGMENT_ADD ("augment-steps/drop-on-group", waste, test_drop_on_group);
  AUGMENT_ADD ("augment-steps/solo", waste, test_solo);
  AUGMENT_ADD ("augment-steps/catalogue", waste, test_catalogue);
  AUGMENT_ADD ("augment-steps/switch-off", waste, test_switch_off);
  AUGMENT_ADD ("augment-steps/range-by-key", waste, test_range_by_key);
  AUGMENT_ADD ("augment-steps/range-typed", waste, test_range_typed);
  AUGMENT_ADD ("augment-steps/probability", waste, test_probability);

  return g_test_run ();
}
