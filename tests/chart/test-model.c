#define G_LOG_DOMAIN "test-chart"

#include "config.h"

#include "chart-fixture.h"

#define SPACE "\xe2\x80\xaf"

static BallastTally *
make_tally (guint images_without_split)
{
  BallastTally *tally = ballast_tally_new (2, 2);

  tally->images_without_split = images_without_split;
  tally->splits[0].name = g_strdup ("train");
  tally->splits[1].name = g_strdup ("test");
  for (guint c = 0; c < 2; c++)
    {
      tally->classes[c].index = c;
      tally->classes[c].name = g_strdup (c == 0 ? "car" : "bus");
      for (guint s = 0; s < 3; s++)
        {
          BallastCount *count = &tally->classes[c].by_split[s];

          count->images = s == 2 ? images_without_split : 10 * (c + 1) + s;
          count->instances = 3 * count->images;
          tally->classes[c].total.images += count->images;
          tally->classes[c].total.instances += count->instances;
        }
    }

  return tally;
}

static void
test_from_tally (void)
{
  g_autoptr(BallastTally) tally = make_tally (0);
  g_autoptr(BallastChartModel) all = ballast_chart_model_new_from_tally (tally, BALLAST_CHART_UNIT_IMAGES, -1, FALSE);
  g_autoptr(BallastChartModel) one = ballast_chart_model_new_from_tally (tally, BALLAST_CHART_UNIT_INSTANCES, 1, TRUE);

  g_assert_cmpuint (all->now[0], ==, 21);
  g_assert_cmpuint (all->now[1], ==, 41);
  g_assert_cmpuint (all->n_splits, ==, 0);
  g_assert_cmpuint (one->now[0], ==, 33);
  g_assert_cmpuint (one->n_splits, ==, 0);
  g_assert_cmpstr (one->names[1], ==, "bus");
  g_assert_cmpuint (ballast_chart_model_get_total (all), ==, 62);
}

static void
test_stacked_from_tally (void)
{
  for (guint loose = 0; loose < 2; loose++)
    {
      g_autoptr(BallastTally) tally = make_tally (loose);
      g_autoptr(BallastChartModel) model
        = ballast_chart_model_new_from_tally (tally, BALLAST_CHART_UNIT_IMAGES, -1, TRUE);

      g_assert_cmpuint (model->n_splits, ==, 2 + loose);
      for (guint c = 0; c < 2; c++)
        {
          guint64 sum = 0;

          for (guint s = 0; s < model->n_splits; s++)
            sum += model->by_split[c * model->n_splits + s];
          g_assert_cmpuint (sum, ==, model->now[c]);
        }
    }
}

static void
test_words (void)
{
  static const guint64 after[6] = { 99, 99, 99, 99, 99, 99 };
  g_autoptr(BallastChartModel) model = make_model (6, trashnet);
  g_autoptr(BallastChartModel) none = make_model (0, NULL);
  g_autofree char *largest = NULL, *planned = NULL, *whole = NULL, *nothing = NULL;

  largest = ballast_chart_model_describe_class (model, 3);
  g_assert_cmpstr (largest, ==, "c3: 99 images, 23.1" SPACE "%, rank 1 of 6");
  ballast_chart_model_set_after (model, after);
  planned = ballast_chart_model_describe_class (model, 5);
  g_assert_cmpstr (planned, ==, "c5: 23 images, 5.4" SPACE "%, rank 6 of 6, after balancing 99");
  whole = ballast_chart_model_describe (model);
  g_assert_cmpstr (whole, ==, "6 classes. The largest is c3 with 99 images, the smallest c5 with 23 images.");
  nothing = ballast_chart_model_describe (none);
  g_assert_cmpstr (nothing, ==, "No classes");
}

static void
test_numbers (void)
{
  static const struct
  {
    guint64     count;
    const char *text;
  } cases[] = { { 0, "0" }, { 999, "999" }, { 1000, "1" SPACE "000" }, { 1234567, "1" SPACE "234" SPACE "567" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = ballast_chart_format_count (cases[i].count);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart/model/from-tally", test_from_tally);
  g_test_add_func ("/chart/model/stacked-from-tally", test_stacked_from_tally);
  g_test_add_func ("/chart/model/words", test_words);
  g_test_add_func ("/chart/model/numbers", test_numbers);

  return g_test_run ();
}
