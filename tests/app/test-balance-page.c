/* The Balance page: strategies, targets, drags, overrides, weights and warnings. */
#include "config.h"

#include "page-fixture.h"

#include "ballast-class-chart.h"
#include "ballast-weights-view.h"
#include "ballast-settings.h"

static const WindowFixtureClass waste[] = { { "glass", 6 }, { "metal", 2 }, { "paper", 9 },
                                            { NULL, 0 } };

static void
set_up (WindowFixture *fixture,
        gconstpointer  data)
{
  page_fixture_set_up (fixture, waste, "balance");
}

static void
tear_down (WindowFixture *fixture,
           gconstpointer  data)
{
  window_fixture_tear_down (fixture);
}

static const BallastBalanceSettings *
get_balance (WindowFixture *fixture)
{
  return ballast_settings_get_balance (
    ballast_document_get_settings (window_fixture_get_document (fixture)));
}

static GtkWidget *
get_page (WindowFixture *fixture)
{
  return page_fixture_get (fixture, "BallastBalancePage", 0);
}

static BallastClassChart *
get_chart (WindowFixture *fixture)
{
  return BALLAST_CLASS_CHART (window_fixture_find (get_page (fixture), BALLAST_TYPE_CLASS_CHART, 0));
}

static void
choose_strategy (WindowFixture *fixture,
                 const char    *label)
{
  GtkWidget *button = window_fixture_find_labelled (get_page (fixture), GTK_TYPE_TOGGLE_BUTTON, label);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  window_fixture_settle (fixture);
}

static void
choose_target (WindowFixture    *fixture,
               BallastTargetKind kind)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (window_fixture_find (get_page (fixture),
                                                                  GTK_TYPE_DROP_DOWN, 0)), kind);
  window_fixture_settle (fixture);
}

static guint64
get_after (WindowFixture *fixture,
           guint          class_index)
{
  return ballast_class_chart_get_model (get_chart (fixture))->after[class_index];
}

static void
test_opens (WindowFixture *fixture,
            gconstpointer  data)
{
  const BallastChartModel *model = ballast_class_chart_get_model (get_chart (fixture));

  g_assert_nonnull (model);
  g_assert_cmpuint (model->n_classes, ==, 3);
  g_assert_cmpfloat (model->target, ==, 9);
  g_assert_true (page_fixture_shows (fixture, "27 images"));
  g_assert_true (page_fixture_shows (fixture, "17 originals, 10 augmented"));
}

static void
test_strategies (WindowFixture *fixture,
                 gconstpointer  data)
{
  choose_strategy (fixture, "Undersample");
  g_assert_cmpint (get_balance (fixture)->strategy, ==, BALLAST_STRATEGY_UNDERSAMPLE);
  choose_strategy (fixture, "Leave");
  g_assert_cmpint (get_balance (fixture)->strategy, ==, BALLAST_STRATEGY_NONE);
  g_assert_true (page_fixture_shows (fixture, "17 images"));
  g_assert_false (page_fixture_shows (fixture, "drag the line"));
  choose_strategy (fixture, "Repeat Factors");
  g_assert_true (page_fixture_shows (fixture, "Threshold"));
  page_fixture_undo (fixture);
  page_fixture_undo (fixture);
  page_fixture_undo (fixture);
  g_assert_cmpint (get_balance (fixture)->strategy, ==, BALLAST_STRATEGY_OVERSAMPLE);
  g_assert_true (page_fixture_shows (fixture, "27 images"));
}

static void
test_targets (WindowFixture *fixture,
              gconstpointer  data)
{
  choose_target (fixture, BALLAST_TARGET_MEDIAN);
  g_assert_cmpuint (get_after (fixture, 1), ==, 6);
  choose_target (fixture, BALLAST_TARGET_NUMBER);
  /* From where the line was. */
  g_assert_cmpfloat (get_balance (fixture)->target.value, ==, 6);
  choose_target (fixture, BALLAST_TARGET_POWER);
  g_assert_cmpfloat (get_balance (fixture)->target.value, ==, 0.5);
  g_assert_cmpfloat (ballast_class_chart_get_model (get_chart (fixture))->target, <, 0);
}

/* The plan follows the pointer; the project changes once, when it is let go. */
static void
test_drag_line (WindowFixture *fixture,
                gconstpointer  data)
{
  BallastClassChart *chart = get_chart (fixture);

  for (guint count = 8; count >= 5; count--)
    g_signal_emit_by_name (chart, "target-dragged", (double) count, FALSE);
  g_assert_cmpuint (get_after (fixture, 1), ==, 5);
  g_assert_cmpint (get_balance (fixture)->target.kind, ==, BALLAST_TARGET_MAX);
  g_signal_emit_by_name (chart, "target-dragged", 5.0, TRUE);
  window_fixture_settle (fixture);
  g_assert_cmpint (get_balance (fixture)->target.kind, ==, BALLAST_TARGET_NUMBER);
  g_assert_cmpfloat (get_balance (fixture)->target.value, ==, 5);

  page_fixture_undo (fixture);
  g_assert_cmpint (get_balance (fixture)->target.kind, ==, BALLAST_TARGET_MAX);
  g_assert_cmpuint (get_after (fixture, 1), ==, 9);
  g_assert_null (ballast_document_get_undo_label (window_fixture_get_document (fixture)));
}

static void
test_drag_bar (WindowFixture *fixture,
               gconstpointer  data)
{
  guint64 count;

  g_signal_emit_by_name (get_chart (fixture), "handle-dragged", 1u, 4.0, FALSE);
  g_signal_emit_by_name (get_chart (fixture), "handle-dragged", 1u, 4.0, TRUE);
  window_fixture_settle (fixture);
  g_assert_true (ballast_balance_settings_get_override (get_balance (fixture), "metal", &count));
  g_assert_cmpuint (count, ==, 4);
  g_assert_cmpuint (get_after (fixture, 1), ==, 4);
}

/* The editable target of a class; rows are sorted by count: paper, glass, metal. */
static GtkWidget *
get_target (WindowFixture *fixture,
            guint          row)
{
  return window_fixture_find (page_fixture_get (fixture, "BallastPlanTable", 0),
                              GTK_TYPE_EDITABLE_LABEL, row);
}

static void
type_target (WindowFixture *fixture,
             guint          row,
             const char    *text)
{
  GtkWidget *label = get_target (fixture, row);

  gtk_editable_label_start_editing (GTK_EDITABLE_LABEL (label));
  gtk_editable_set_text (GTK_EDITABLE (label), text);
  gtk_editable_label_stop_editing (GTK_EDITABLE_LABEL (label), TRUE);
  window_fixture_settle (fixture);
}

static void
test_override_typed (WindowFixture *fixture,
                     gconstpointer  data)
{
  guint64 count;

  gtk_test_accessible_assert_property (get_target (fixture, 2), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Target of metal");
  type_target (fixture, 2, "5");
  g_assert_true (ballast_balance_settings_get_override (get_balance (fixture), "metal", &count));
  g_assert_cmpuint (count, ==, 5);
  g_assert_true (gtk_widget_has_css_class (get_target (fixture, 2), "overridden"));

  /* What is no count is not taken. */
  type_target (fixture, 2, "many");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_target (fixture, 2))), ==, "5");

  type_target (fixture, 2, "");
  g_assert_false (ballast_balance_settings_get_override (get_balance (fixture), "metal", &count));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_target (fixture, 2))), ==, "9");
}

static void
test_cap (WindowFixture *fixture,
          gconstpointer  data)
{
  GtkWidget *cap = NULL;

  for (guint i = 0; cap == NULL; i++)
    {
      GtkWidget *spin = window_fixture_find (get_page (fixture), GTK_TYPE_SPIN_BUTTON, i);

      if (gtk_widget_get_mapped (spin))
        cap = spin;
    }
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (cap), 2);
  window_fixture_settle (fixture);
  g_assert_cmpuint (get_balance (fixture)->max_repeats, ==, 2);
  g_assert_cmpuint (get_after (fixture, 1), ==, 4);
}

static void
test_warnings (WindowFixture *fixture,
               gconstpointer  data)
{
  g_assert_true (page_fixture_shows (fixture, "metal"));
  g_assert_cmpuint (page_fixture_count (fixture, "BallastPlanTable"), ==, 1);
  g_assert_true (page_fixture_shows (fixture, "would repeat each image"));
  choose_strategy (fixture, "Leave");
  g_assert_false (page_fixture_shows (fixture, "would repeat each image"));
}

/* The first drop-down called @label that is shown. */
static void
choose_drop_down (WindowFixture *fixture,
                  const char    *label,
                  guint          position)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *widget = window_fixture_find (get_page (fixture), GTK_TYPE_DROP_DOWN, i);
      g_autofree char *difference = NULL;

      g_assert_nonnull (widget);
      difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                       GTK_ACCESSIBLE_PROPERTY_LABEL, label);
      if (difference != NULL || !gtk_widget_get_mapped (widget))
        continue;
      gtk_drop_down_set_selected (GTK_DROP_DOWN (widget), position);
      return;
    }
}

/* Of the dataset as exported, which is even, all weights are 1; of what is there now they are not. */
static void
test_weights (WindowFixture *fixture,
              gconstpointer  data)
{
  g_assert_true (page_fixture_shows (fixture, "1.000"));
  choose_drop_down (fixture, "Which counts the weights are made of", 1);
  /* 17 / (3 × 2) */
  page_fixture_wait_text (fixture, "2.833");
}

/* The schemes side by side: the chosen one first, what it is bad for, and back. */
static void
test_compare_weights (WindowFixture *fixture,
                      gconstpointer  data)
{
  GtkWidget *stack = window_fixture_find (get_page (fixture), GTK_TYPE_STACK, 0);
  GtkWidget *button = window_fixture_find_labelled (get_page (fixture), GTK_TYPE_BUTTON,
                                                    "Compare Schemes…");

  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "weights");
  page_fixture_wait_text (fixture, "Effective number");
  page_fixture_wait_text (fixture, "What it is bad for");
  g_assert_true (page_fixture_shows (fixture, "Inverse square root"));

  g_signal_emit_by_name (window_fixture_find_labelled (get_page (fixture), GTK_TYPE_BUTTON,
                                                       "Copy as Python"), "clicked");
  choose_drop_down (fixture, "Which counts the weights are made of", 1);
  page_fixture_wait_text (fixture, "2.833");
  choose_drop_down (fixture, "Which counts the weights are made of", 0);
  g_signal_emit_by_name (window_fixture_find (get_page (fixture), BALLAST_TYPE_WEIGHTS_VIEW, 0),
                         "back");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "plan");
}

/* The estimate runs on the page's own images and goes when the plan changes. */
static void
test_estimate (WindowFixture *fixture,
               gconstpointer  data)
{
  page_fixture_click (window_fixture_find_labelled (get_page (fixture), GTK_TYPE_BUTTON,
                                                    "_Estimate the Effect"));
  page_fixture_wait_text (fixture, "Too few images of one class each to estimate anything.");
  choose_strategy (fixture, "Undersample");
  page_fixture_wait_text (fixture, "A small classifier");
}

static void
test_log_scale (WindowFixture *fixture,
                gconstpointer  data)
{
  choose_strategy (fixture, "Log");
  g_assert_cmpint (ballast_class_chart_get_model (get_chart (fixture))->scale, ==,
                   BALLAST_CHART_SCALE_LOG);
  choose_strategy (fixture, "Both");
  g_assert_cmpint (ballast_class_chart_get_model (get_chart (fixture))->scale, ==,
                   BALLAST_CHART_SCALE_LOG);
}

/* Pictures of 32 × 32 with a car at the left; in those of "bus" one at the right too. */
static void
write_boxes (const char *dataset,
             const char *file)
{
  g_autoptr(GString) images = g_string_new (NULL), boxes = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 12; i++)
    {
      gboolean bus = i >= 10;

      g_string_append_printf (images, "%s{\"id\":%u,\"file_name\":\"%s/%s%u.png\",\"width\":32,"
                              "\"height\":32}", i > 0 ? "," : "", i + 1, bus ? "bus" : "car",
                              bus ? "bus" : "car", bus ? i - 9 : i + 1);
      g_string_append_printf (boxes, "%s{\"id\":%u,\"image_id\":%u,\"category_id\":1,\"bbox\":"
                              "[0,5,10,20],\"area\":200}", i > 0 ? "," : "", 2 * i + 1, i + 1);
      if (bus)
        g_string_append_printf (boxes, ",{\"id\":%u,\"image_id\":%u,\"category_id\":2,\"bbox\":"
                                "[18,5,12,20],\"area\":240}", 2 * i + 2, i + 1);
    }
  text = g_strdup_printf ("{\"images\":[%s],\"annotations\":[%s],\"categories\":[{\"id\":1,\"name\":"
                          "\"car\"},{\"id\":2,\"name\":\"bus\"}]}", images->str, boxes->str);
  g_assert_true (g_file_set_contents (file, text, -1, NULL));
}

static void
set_up_boxes (WindowFixture *fixture,
              gconstpointer  data)
{
  static const WindowFixtureClass pictures[] = { { "car", 10 }, { "bus", 2 }, { NULL, 0 } };
  g_autofree char *file = NULL;

  window_fixture_set_up (fixture);
  fixture->dataset = g_build_filename (fixture->folder, "street", NULL);
  file = g_build_filename (fixture->dataset, "street.json", NULL);
  window_fixture_write_dataset (fixture->dataset, pictures);
  write_boxes (fixture->dataset, file);
  window_fixture_import (fixture, file);
  page_fixture_show (fixture, "balance");
}

/* Copies bring the cars along, which is said; crops do not. */
static void
test_crops (WindowFixture *fixture,
            gconstpointer  data)
{
  GtkWidget *options = page_fixture_get (fixture, "BallastPlanOptions", 0);
  GtkWidget *crops = window_fixture_find_labelled (options, GTK_TYPE_CHECK_BUTTON,
                                                   "Crops of rare objects");
  GtkWidget *least = window_fixture_find (options, GTK_TYPE_SPIN_BUTTON, 1);

  page_fixture_wait_text (fixture, "100 % of its images hold car");
  g_assert_cmpuint (get_after (fixture, 0), >, 12);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (least), 12);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (crops), TRUE);
  page_fixture_wait_text (fixture, "12 originals, 0 copies, 10 crops");
  g_assert_cmpuint (get_after (fixture, 0), ==, 12);
  g_assert_cmpuint (get_after (fixture, 1), ==, 12);
  g_assert_true (get_balance (fixture)->crops.enabled);
  g_assert_cmpuint (get_balance (fixture)->crops.min_size, ==, 12);
  g_assert_false (page_fixture_shows (fixture, "100 % of its images hold car"));
}

static void
test_units (WindowFixture *fixture,
            gconstpointer  data)
{
  GtkWidget *options = page_fixture_get (fixture, "BallastPlanOptions", 0);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (window_fixture_find (options, GTK_TYPE_DROP_DOWN, 0)),
                              BALLAST_UNIT_INSTANCES);
  window_fixture_settle (fixture);
  g_assert_cmpint (get_balance (fixture)->unit, ==, BALLAST_UNIT_INSTANCES);
}

#define ADD_BOXES(path, function) \
  g_test_add ("/app/balance-page/" path, WindowFixture, NULL, set_up_boxes, function, tear_down)
#define ADD(path, function) \
  g_test_add ("/app/balance-page/" path, WindowFixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);
  adw_init ();

  ADD ("opens", test_opens);
  ADD ("strategies", test_strategies);
  ADD ("targets", test_targets);
  ADD ("drag-line", test_drag_line);
  ADD ("drag-bar", test_drag_bar);
  ADD ("override-typed", test_override_typed);
  ADD ("cap", test_cap);
  ADD ("warnings", test_warnings);
  ADD ("weights", test_weights);
  ADD ("compare-weights", test_compare_weights);
  ADD ("estimate", test_estimate);
  ADD ("log-scale", test_log_scale);
  ADD_BOXES ("crops", test_crops);
  ADD_BOXES ("units", test_units);

  return g_test_run ();
}
