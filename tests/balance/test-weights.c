#include "ballast-balance-error.h"
#include "ballast-json.h"
#include "ballast-weights.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

/* Options from "effective-number beta=0.9 sum-k cap=5". */
static BallastWeightOptions
options_of (const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", -1);
  BallastWeightOptions options;

  ballast_weight_options_init (&options);
  g_assert_true (ballast_weight_options_set_scheme (&options, words[0], NULL));
  for (guint i = 1; words[i] != NULL; i++)
    {
      char *equals = strchr (words[i], '=');

      if (equals == NULL)
        {
          g_assert_true (ballast_normalise_parse (words[i], &options.normalise, NULL));
          continue;
        }
      *equals = '\0';
      if (g_str_equal (words[i], "cap"))
        options.cap = g_ascii_strtod (equals + 1, NULL);
      else
        g_assert_true (ballast_weight_options_set_param (&options, words[i],
                                                         g_ascii_strtod (equals + 1, NULL), NULL));
    }

  return options;
}

static void
assert_weights (const char  *text,
                const double expected[4])
{
  BallastWeightOptions options = options_of (text);
  g_autoptr(BallastWeights) weights =
    ballast_weights_new (&options, fixture_names, fixture_base, 4, 0);

  for (guint i = 0; i < 4; i++)
    assert_near (weights->classes[i].weight, expected[i], 2e-6);
}

static void
test_plain_vectors (void)
{
  assert_weights ("none", (double[]){ 1, 1, 1, 1 });
  assert_weights ("inverse none", (double[]){ 1.25, 10, 16.6666667, 25 });
  assert_weights ("inverse sum-k", (double[]){ 0.094488, 0.755906, 1.259843, 1.889764 });
  assert_weights ("balanced none", (double[]){ 0.3125, 2.5, 4.1666667, 6.25 });
  assert_weights ("balanced", (double[]){ 0.3125, 2.5, 4.1666667, 6.25 });
  assert_weights ("inverse-sqrt sum-k", (double[]){ 0.334671, 0.946592, 1.222045, 1.496693 });
  assert_weights ("inverse-sqrt", (double[]){ 0.675303, 1.910045, 2.465857, 3.020046 });
  assert_weights ("inverse-sqrt max-1", (double[]){ 0.223607, 0.632456, 0.816497, 1 });
  assert_weights ("power alpha=0.25 sum-k", (double[]){ 0.596354, 1.002945, 1.139565, 1.261136 });
  assert_weights ("power alpha=0.75 sum-k", (double[]){ 0.180247, 0.857402, 1.257683, 1.704668 });
  assert_weights ("median-frequency none", (double[]){ 0.1, 0.8, 1.3333333, 2 });
  assert_weights ("enet none", (double[]){ 1.669905, 8.823891, 12.993587, 17.161811 });
}

static void
test_effective_number_vectors (void)
{
  assert_weights ("effective-number beta=0.9 sum-k",
                  (double[]){ 0.995810, 0.995837, 0.997603, 1.010750 });
  assert_weights ("effective-number beta=0.99 sum-k",
                  (double[]){ 0.512536, 0.808197, 1.131452, 1.547815 });
  assert_weights ("effective-number beta=0.999 sum-k",
                  (double[]){ 0.132092, 0.764256, 1.248858, 1.854793 });
  assert_weights ("effective-number beta=0.9999 sum-k",
                  (double[]){ 0.097947, 0.756819, 1.258848, 1.886386 });
  assert_weights ("effective-number beta=0.999 none",
                  (double[]){ 1 / 550.850851, 1 / 95.207853, 1 / 58.263738, 1 / 39.229789 });
  assert_weights ("effective-number beta=0", (double[]){ 1, 1, 1, 1 });
}

static void
test_fixed_scale_vectors (void)
{
  assert_weights ("log-prior", (double[]){ -0.223144, -2.302585, -2.813411, -3.218876 });
  assert_weights ("ldam", (double[]){ 0.236435, 0.397635, 0.451801, 0.5 });
  assert_weights ("focal-alpha", (double[]){ 0.023622, 0.188976, 0.314961, 0.472441 });
  assert_weights ("cls-pw power=0.5", (double[]){ 0.334671, 0.946592, 1.222045, 1.496693 });
}

static void
test_pos_weight_vector (void)
{
  const guint64 counts[] = { 30, 120, 5 };
  const double expected[] = { 5.666667, 0.666667, 39 };
  BallastWeightOptions options = options_of ("pos-weight");
  g_autoptr(BallastWeights) weights =
    ballast_weights_new (&options, fixture_names, counts, 3, 200);

  for (guint i = 0; i < 3; i++)
    assert_near (weights->classes[i].weight, expected[i], 1e-6);
}

static void
test_median_frequency_pixels (void)
{
  const guint64 pixels[] = { 24000, 5000, 1000 }, present[] = { 30000, 20000, 10000 };
  const double expected[] = { 0.3125, 1, 2.5 };
  BallastWeightOptions options = options_of ("median-frequency none");
  g_autoptr(BallastWeights) weights =
    ballast_weights_new_present (&options, fixture_names, pixels, present, 3);

  for (guint i = 0; i < 3; i++)
    assert_near (weights->classes[i].weight, expected[i], 1e-9);
}

static void
test_cap (void)
{
  assert_weights ("balanced none cap=5", (double[]){ 0.3125, 2.5, 4.1666667, 5 });
  assert_weights ("balanced cap=5", (double[]){ 0.328947, 2.631579, 4.385965, 5.263158 });
}

static void
test_empty_class_is_a_finding (void)
{
  const guint64 counts[] = { 800, 100, 60, 0 };

  for (guint i = 0; i < ballast_weight_scheme_get_n (); i++)
    {
      BallastWeightOptions options = options_of (ballast_weight_scheme_get (i)->name);
      g_autoptr(BallastWeights) weights =
        ballast_weights_new (&options, fixture_names, counts, 4, 0);
      g_auto(GStrv) findings = ballast_weights_dup_findings (weights, FALSE);

      g_assert_cmpfloat (weights->classes[3].weight, ==, 0);
      g_assert_true (weights->classes[3].empty);
      g_assert_cmpuint (weights->n_empty, ==, 1);
      g_assert_cmpstr (findings[0], ==, "“no-entry” has no example: its weight is 0");
    }
}

/* No counts make any scheme give something that is not a number; the mean over samples is 1. */
static void
test_always_finite (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      guint scheme = (guint) g_test_rand_int_range (0, (int) ballast_weight_scheme_get_n ());
      BallastWeightOptions options = options_of (ballast_weight_scheme_get (scheme)->name);
      guint n = (guint) g_test_rand_int_range (0, 5);
      double sum = 0, total = 0;
      guint64 counts[4];
      g_autoptr(BallastWeights) weights = NULL;

      for (guint i = 0; i < n; i++)
        counts[i] = (guint64) g_test_rand_int_range (0, 3) * (guint64) g_test_rand_int () *
                    (guint64) g_test_rand_int_range (0, 5000);
      weights = ballast_weights_new (&options, fixture_names, counts, n, 0);
      for (guint i = 0; i < n; i++)
        {
          g_assert_true (isfinite (weights->classes[i].weight));
          sum += weights->classes[i].weight * (double) counts[i];
          total += (double) counts[i];
        }
      if (weights->options.normalise == BALLAST_NORMALISE_SAMPLE_MEAN && total > 0)
        assert_near (sum / total, 1, 1e-9);
    }
}

static void
test_table_complete (void)
{
  static const char *const names[] = { "none", "inverse", "balanced", "inverse-sqrt", "power",
                                       "median-frequency", "effective-number", "enet",
                                       "log-prior", "ldam", "focal-alpha", "pos-weight",
                                       "cls-pw" };

  g_assert_cmpuint (ballast_weight_scheme_get_n (), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const BallastWeightScheme *scheme = ballast_weight_scheme_find (names[i]);

      g_assert_true (scheme->title != NULL && scheme->summary != NULL && scheme->source != NULL);
      for (guint j = 0; j < scheme->n_parameters; j++)
        g_assert_true (scheme->parameters[j].initial >= scheme->parameters[j].minimum &&
                       scheme->parameters[j].initial <= scheme->parameters[j].maximum);
    }
}

static void
test_oversampled_dataset_basis_warns (void)
{
  BallastWeightOptions options = options_of ("balanced");
  g_autoptr(BallastWeights) plan = ballast_weights_new (&options, fixture_names, fixture_base, 4,
                                                         0);
  g_autoptr(BallastWeights) dataset = NULL;
  g_auto(GStrv) none = ballast_weights_dup_findings (plan, TRUE);
  g_auto(GStrv) one = NULL;

  options.basis = BALLAST_WEIGHT_BASIS_DATASET;
  dataset = ballast_weights_new (&options, fixture_names, fixture_base, 4, 0);
  one = ballast_weights_dup_findings (dataset, TRUE);
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
}

static void
test_options_round_trip (void)
{
  BallastWeightOptions options = options_of ("effective-number beta=0.99 sum-k cap=7"), back;
  g_autoptr(JsonNode) node = NULL;

  options.basis = BALLAST_WEIGHT_BASIS_DATASET;
  options.unit = BALLAST_UNIT_INSTANCES;
  node = ballast_weight_options_to_json (&options);
  g_assert_true (ballast_weight_options_from_json (node, &back, NULL));
  g_assert_true (back.scheme == options.scheme && back.params[0] == 0.99 && back.cap == 7);
  g_assert_true (back.normalise == options.normalise && back.basis == options.basis &&
                 back.unit == options.unit);
}

static void
test_options_bad_json (void)
{
  static const char *const bad[] = {
    "3",
    "{\"scheme\": \"fancy\"}",
    "{\"scheme\": 3}",
    "{\"scheme\": \"power\", \"params\": {\"alpha\": 2}}",
    "{\"scheme\": \"power\", \"params\": {\"beta\": 0.5}}",
    "{\"scheme\": \"power\", \"params\": {\"alpha\": \"much\"}}",
    "{\"params\": []}",
    "{\"normalise\": \"max\"}",
    "{\"basis\": \"whole\"}",
    "{\"unit\": \"pixels\"}",
    "{\"cap\": -1}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(JsonNode) node = ballast_json_parse (bad[i], -1, NULL);
      g_autoptr(GError) error = NULL;
      BallastWeightOptions options;

      g_assert_false (ballast_weight_options_from_json (node, &options, &error));
      g_assert_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING);
      g_assert_cmpstr (options.scheme->name, ==, "balanced");
    }
}

static void
test_json (void)
{
  BallastWeightOptions options = options_of ("power alpha=0.25");
  g_autoptr(BallastWeights) weights =
    ballast_weights_new (&options, fixture_names, fixture_base, 4, 0);
  g_autoptr(JsonNode) node = ballast_weights_to_json (weights);
  g_autofree char *text = ballast_json_to_string (node, FALSE);

  g_assert_true (g_str_has_prefix (text, "{\"scheme\":\"power\",\"params\":{\"alpha\":0.25},"
                                   "\"normalise\":\"sample-mean\",\"basis\":\"plan\","
                                   "\"unit\":\"images\",\"classes\":[{\"index\":0,"
                                   "\"name\":\"stop\",\"count\":800,\"weight\":"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/balance/weights/plain-vectors", test_plain_vectors);
  g_test_add_func ("/balance/weights/effective-number-vectors", test_effective_number_vectors);
  g_test_add_func ("/balance/weights/fixed-scale-vectors", test_fixed_scale_vectors);
  g_test_add_func ("/balance/weights/pos-weight-vector", test_pos_weight_vector);
  g_test_add_func ("/balance/weights/median-frequency-pixels", test_median_frequency_pixels);
  g_test_add_func ("/balance/weights/cap", test_cap);
  g_test_add_func ("/balance/weights/empty-class-is-a-finding", test_empty_class_is_a_finding);
  g_test_add_func ("/balance/weights/always-finite", test_always_finite);
  g_test_add_func ("/balance/weights/table-complete", test_table_complete);
  g_test_add_func ("/balance/weights/oversampled-dataset-basis-warns",
                   test_oversampled_dataset_basis_warns);
  g_test_add_func ("/balance/weights/options-round-trip", test_options_round_trip);
  g_test_add_func ("/balance/weights/options-bad-json", test_options_bad_json);
  g_test_add_func ("/balance/weights/json", test_json);
  return g_test_run ();
}
