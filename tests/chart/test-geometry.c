#define G_LOG_DOMAIN "test-chart"

#include "config.h"

#include <math.h>

#include "chart-fixture.h"

#define WIDTH 900.0
#define HEIGHT 400.0

static BallastChartGeometry *
lay_out (const BallastChartModel *model)
{
  return ballast_chart_geometry_new (model, WIDTH, HEIGHT, &seven);
}

static void
test_heights_follow_counts (void)
{
  g_autoptr(BallastChartModel) model = make_model (6, trashnet);
  g_autoptr(BallastChartGeometry) geometry = lay_out (model);
  double unit = geometry->plot.height / geometry->value_max;

  g_assert_cmpint (geometry->mode, ==, BALLAST_CHART_BARS);
  g_assert_cmpuint (geometry->n_bars, ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      const BallastChartBar *bar = &geometry->bars[i];

      assert_near (bar->now.height, unit * (double) model->now[bar->class_index], 1e-9);
      assert_near (bar->now.y + bar->now.height, geometry->plot.y + geometry->plot.height, 1e-9);
      if (i > 0)
        {
          g_assert_cmpfloat (bar->now.height, <=, geometry->bars[i - 1].now.height);
          assert_near (bar->slot.x, geometry->bars[i - 1].slot.x + bar->slot.width, 1e-9);
        }
    }
}

static void
test_doubling_changes_nothing (void)
{
  g_autoptr(BallastChartModel) model = make_model (6, trashnet);
  g_autoptr(BallastChartModel) twice = make_model (6, trashnet);
  g_autoptr(BallastChartGeometry) first = lay_out (model);
  g_autoptr(BallastChartGeometry) second = NULL;

  for (guint i = 0; i < 6; i++)
    twice->now[i] *= 2;
  second = lay_out (twice);
  for (guint i = 0; i < 6; i++)
    {
      g_assert_cmpuint (first->bars[i].class_index, ==, second->bars[i].class_index);
      assert_near (first->bars[i].now.y, second->bars[i].now.y, 1e-9);
      assert_near (first->bars[i].now.x, second->bars[i].now.x, 1e-9);
    }
}

static void
test_orders (void)
{
  static const guint by_count[6] = { 3, 1, 4, 2, 0, 5 };
  g_autoptr(BallastChartModel) model = make_model (6, trashnet);
  g_autofree guint *order = NULL;

  order = ballast_chart_model_dup_order (model);
  g_assert_cmpmem (order, sizeof by_count, by_count, sizeof by_count);

  g_free (model->names[5]);
  model->names[5] = g_strdup ("c10");
  g_free (model->names[0]);
  model->names[0] = g_strdup ("c9");
  model->sort = BALLAST_CHART_SORT_NAME;
  g_free (order);
  order = ballast_chart_model_dup_order (model);
  g_assert_cmpuint (order[4], ==, 0);
  g_assert_cmpuint (order[5], ==, 5);
}

static void
test_stacks_add_up (void)
{
  g_autoptr(BallastChartModel) model = ballast_chart_model_new (3, 2);
  g_autoptr(BallastChartGeometry) geometry = NULL;

  for (guint i = 0; i < 3; i++)
    {
      model->by_split[2 * i] = 10 * i;
      model->by_split[2 * i + 1] = 5;
      model->now[i] = 10 * i + 5;
    }
  geometry = lay_out (model);
  for (guint rank = 0; rank < 3; rank++)
    {
      const BallastChartRect *parts = &geometry->segments[2 * rank];

      assert_near (parts[0].height + parts[1].height, geometry->bars[rank].now.height, 1e-9);
      assert_near (parts[1].y, geometry->bars[rank].now.y, 1e-9);
      assert_near (parts[1].y + parts[1].height, parts[0].y, 1e-9);
    }
}

static void
test_log_zero_and_one (void)
{
  static const guint64 counts[] = { 0, 1, 10, 100, 1000 };
  g_autoptr(BallastChartModel) model = make_model (5, counts);
  g_autoptr(BallastChartGeometry) geometry = NULL;
  double step;

  model->scale = BALLAST_CHART_SCALE_LOG;
  model->sort = BALLAST_CHART_SORT_INDEX;
  geometry = lay_out (model);
  assert_near (geometry->bars[0].now.height, 0, 1e-9);
  g_assert_cmpfloat (geometry->bars[1].now.height, >, 5);
  step = geometry->bars[2].now.height - geometry->bars[1].now.height;
  assert_near (geometry->bars[3].now.height - geometry->bars[2].now.height, step, 1e-9);
  assert_near (geometry->bars[4].now.height - geometry->bars[3].now.height, step, 1e-9);
}

static void
test_values_come_back (gconstpointer user_data)
{
  g_autoptr(BallastChartModel) model = make_model (6, trashnet);
  g_autoptr(BallastChartGeometry) geometry = NULL;

  model->scale = (BallastChartScale) GPOINTER_TO_INT (user_data);
  geometry = lay_out (model);
  for (double value = 0; value < geometry->value_max; value += 0.37)
    assert_near (ballast_chart_geometry_y_to_value (geometry, ballast_chart_geometry_value_to_y (geometry, value)),
                 value, 1e-6);
  assert_near (ballast_chart_geometry_y_to_value (geometry, -1000), geometry->value_max, 1e-6);
  assert_near (ballast_chart_geometry_y_to_value (geometry, 1000), 0, 1e-6);
}

static void
test_pointing_finds_every_class (gconstpointer user_data)
{
  guint n = GPOINTER_TO_UINT (user_data);
  g_autoptr(BallastChartModel) model = make_model (n, NULL);
  g_autoptr(BallastChartGeometry) geometry = lay_out (model);

  g_assert_cmpuint (geometry->n_bars + geometry->n_columns, <=, MAX (n, 1));
  g_assert_cmpuint (geometry->n_columns, <=, (guint) WIDTH);
  for (guint i = 0; i < n; i++)
    {
      BallastChartRect rect = ballast_chart_geometry_get_class_rect (geometry, i);
      BallastChartHit hit = ballast_chart_geometry_hit (geometry, rect.x + rect.width / 2, rect.y + rect.height / 2);

      g_assert_cmpint (hit.part, ==, BALLAST_CHART_PART_CLASS);
      g_assert_cmpint (hit.class_index, ==, (int) i);
    }
  g_assert_cmpint (ballast_chart_geometry_hit (geometry, -5, 100).part, ==, BALLAST_CHART_PART_NONE);
  g_assert_cmpint (ballast_chart_geometry_hit (geometry, WIDTH + 5, 100).part, ==, BALLAST_CHART_PART_NONE);
}

static void
test_columns_hold_each_class_once (void)
{
  g_autoptr(BallastChartModel) model = make_model (100000, NULL);
  g_autoptr(BallastChartGeometry) geometry = lay_out (model);
  guint next = 0;

  g_assert_cmpint (geometry->mode, ==, BALLAST_CHART_CURVE);
  for (guint i = 0; i < geometry->n_columns; i++)
    {
      g_assert_cmpuint (geometry->columns[i].first_rank, ==, next);
      next += geometry->columns[i].n_classes;
      if (i > 0)
        g_assert_cmpfloat (geometry->columns[i].y_now, >=, geometry->columns[i - 1].y_now);
    }
  g_assert_cmpuint (next, ==, 100000);
}

static void
test_target_and_handles (void)
{
  static const guint64 after[6] = { 90, 90, 90, 99, 90, 90 };
  g_autoptr(BallastChartModel) model = make_model (6, trashnet);
  g_autoptr(BallastChartGeometry) geometry = NULL;
  const BallastChartBar *bar;

  ballast_chart_model_set_after (model, after);
  model->target = 90;
  model->handles = TRUE;
  geometry = lay_out (model);
  bar = &geometry->bars[5];
  assert_near (ballast_chart_geometry_y_to_value (geometry, geometry->target_y), 90, 1e-9);

  /* The line and a bar's top lie on each other: over the bar its handle is meant. */
  g_assert_cmpint (ballast_chart_geometry_hit (geometry, bar->after.x + 5, geometry->target_y).part, ==,
                   BALLAST_CHART_PART_HANDLE);
  g_assert_cmpint (ballast_chart_geometry_hit (geometry, bar->after.x - 5, geometry->target_y + 3).part, ==,
                   BALLAST_CHART_PART_TARGET);
  g_assert_cmpint (ballast_chart_geometry_hit (geometry, geometry->pill.x + 2, geometry->pill.y + 2).part, ==,
                   BALLAST_CHART_PART_TARGET);
  g_assert_cmpint (ballast_chart_geometry_hit (geometry, bar->after.x + 5, geometry->target_y + 40).part, ==,
                   BALLAST_CHART_PART_CLASS);
  g_assert_cmpfloat (bar->slot.x + bar->slot.width, <=, geometry->pill.x);
  g_assert_cmpstr (geometry->pill_text, ==, "⇕ target 90");
}

static void
test_steps_of_the_keyboard (void)
{
  g_autoptr(BallastChartModel) model = make_model (6, trashnet);
  g_autoptr(BallastChartGeometry) geometry = lay_out (model);
  g_autoptr(BallastChartModel) none = make_model (0, NULL);
  g_autoptr(BallastChartGeometry) empty = lay_out (none);

  g_assert_cmpint (ballast_chart_geometry_step (geometry, -1, 1), ==, 3);
  g_assert_cmpint (ballast_chart_geometry_step (geometry, 3, 1), ==, 1);
  g_assert_cmpint (ballast_chart_geometry_step (geometry, 3, -1), ==, 3);
  g_assert_cmpint (ballast_chart_geometry_step (geometry, 3, G_MAXINT), ==, 5);
  g_assert_cmpint (ballast_chart_geometry_step (geometry, 5, G_MININT), ==, 3);
  g_assert_cmpint (ballast_chart_geometry_step (empty, -1, 1), ==, -1);
}

static void
test_nice_steps (void)
{
  static const struct
  {
    double most;
    guint  n;
    double step;
  } cases[] = { { 1, 4, 1 }, { 3, 4, 1 }, { 5.25, 4, 2 }, { 10.5, 4, 5 },
                { 103.95, 4, 25 }, { 210, 4, 50 }, { 5250, 4, 2000 }, { 1e9, 4, 2.5e8 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_near (ballast_chart_nice_step (cases[i].most, cases[i].n), cases[i].step, 1e-9);
}

static void
test_ticks (gconstpointer user_data)
{
  static const guint64 maxima[] = { 0, 1, 7, 99, 1000, 123456, 5000000, G_GUINT64_CONSTANT (1) << 60 };

  for (guint m = 0; m < G_N_ELEMENTS (maxima); m++)
    {
      g_autoptr(BallastChartModel) model = make_model (1, &maxima[m]);
      g_autoptr(BallastChartGeometry) geometry = NULL;

      model->scale = (BallastChartScale) GPOINTER_TO_INT (user_data);
      geometry = lay_out (model);
      g_assert_cmpuint (geometry->n_ticks, >=, 2);
      g_assert_cmpstr (geometry->ticks[0].label, ==, "0");
      for (guint i = 1; i < geometry->n_ticks; i++)
        {
          g_assert_cmpfloat (geometry->ticks[i].value, >, geometry->ticks[i - 1].value);
          g_assert_cmpfloat (geometry->ticks[i].y, <, geometry->ticks[i - 1].y);
          g_assert_cmpfloat (geometry->ticks[i].y, >=, geometry->plot.y);
        }
    }
}

static void
test_names_tilt_before_they_go (void)
{
  static const struct
  {
    guint            n;
    BallastChartMode mode;
    gboolean         tilted;
  } cases[] = { { 1, BALLAST_CHART_BARS, FALSE },
                { 6, BALLAST_CHART_BARS, FALSE },
                { 30, BALLAST_CHART_BARS, TRUE },
                { 200, BALLAST_CHART_CURVE, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BallastChartModel) model = make_model (cases[i].n, NULL);
      g_autoptr(BallastChartGeometry) geometry = NULL;

      g_free (model->names[0]);
      model->names[0] = g_strdup ("a long name");
      geometry = lay_out (model);
      g_assert_cmpint (geometry->mode, ==, cases[i].mode);
      g_assert_cmpint (geometry->names_rotated, ==, cases[i].tilted);
    }
}

static void
test_no_room (void)
{
  static const double sizes[] = { 0, 1, 20, 60 };

  for (guint n = 0; n <= 200; n += 40)
    for (guint w = 0; w < G_N_ELEMENTS (sizes); w++)
      for (guint h = 0; h < G_N_ELEMENTS (sizes); h++)
        {
          g_autoptr(BallastChartModel) model = make_model (n, NULL);
          g_autoptr(BallastChartGeometry) geometry = NULL;

          model->target = 10;
          geometry = ballast_chart_geometry_new (model, sizes[w], sizes[h], &seven);
          g_assert_cmpfloat (geometry->plot.height, >=, 0);
          g_assert_cmpfloat (geometry->plot.width, >=, 0);
          ballast_chart_geometry_hit (geometry, 5, 5);
        }
}

int
main (int    argc,
      char **argv)
{
  static const guint sizes[] = { 0, 1, 2, 6, 200, 100000 };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart/geometry/heights-follow-counts", test_heights_follow_counts);
  g_test_add_func ("/chart/geometry/doubling-changes-nothing", test_doubling_changes_nothing);
  g_test_add_func ("/chart/geometry/orders", test_orders);
  g_test_add_func ("/chart/geometry/stacks-add-up", test_stacks_add_up);
  g_test_add_func ("/chart/geometry/log-zero-and-one", test_log_zero_and_one);
  g_test_add_data_func ("/chart/geometry/values-come-back/linear", GINT_TO_POINTER (0), test_values_come_back);
  g_test_add_data_func ("/chart/geometry/values-come-back/log", GINT_TO_POINTER (1), test_values_come_back);
  g_test_add_data_func ("/chart/geometry/ticks/linear", GINT_TO_POINTER (0), test_ticks);
  g_test_add_data_func ("/chart/geometry/ticks/log", GINT_TO_POINTER (1), test_ticks);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/chart/geometry/pointing/%u", sizes[i]);

      g_test_add_data_func (path, GUINT_TO_POINTER (sizes[i]), test_pointing_finds_every_class);
    }
  g_test_add_func ("/chart/geometry/columns-hold-each-class-once", test_columns_hold_each_class_once);
  g_test_add_func ("/chart/geometry/target-and-handles", test_target_and_handles);
  g_test_add_func ("/chart/geometry/keyboard", test_steps_of_the_keyboard);
  g_test_add_func ("/chart/geometry/nice-steps", test_nice_steps);
  g_test_add_func ("/chart/geometry/names-tilt-before-they-go", test_names_tilt_before_they_go);
  g_test_add_func ("/chart/geometry/no-room", test_no_room);

  return g_test_run ();
}
