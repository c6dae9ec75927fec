#include "ballast-balance-error.h"
#include "ballast-balance-settings.h"
#include "ballast-json.h"
#include "fixture.h"

static void
assert_resolves (const char         *text,
                 BallastTargetAnchor anchor,
                 const guint64       expected[4])
{
  g_autoptr(GError) error = NULL;
  g_autofree char *back = NULL;
  BallastTarget target;
  guint64 targets[4];

  ballast_target_parse (text, &target, &error);
  g_assert_no_error (error);
  back = ballast_target_to_text (&target);
  g_assert_cmpstr (back, ==, text);
  ballast_target_resolve (&target, anchor, fixture_base, 4, targets);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (targets[i], ==, expected[i]);
}

static void
assert_common (const char *text,
               guint64     expected)
{
  const guint64 all[] = { expected, expected, expected, expected };

  assert_resolves (text, BALLAST_TARGET_ANCHOR_LARGEST, all);
  assert_resolves (text, BALLAST_TARGET_ANCHOR_TOTAL, all);
}

static void
test_common (void)
{
  assert_common ("max", 800);
  assert_common ("mean", 250);
  assert_common ("median", 80);
  assert_common ("min", 40);
  assert_common ("p75", 275);
  assert_common ("p0", 40);
  assert_common ("p100", 800);
  assert_common ("500", 500);
}

static void
test_power_anchors (void)
{
  assert_resolves ("^0", BALLAST_TARGET_ANCHOR_LARGEST, (guint64[]){ 800, 800, 800, 800 });
  assert_resolves ("^0", BALLAST_TARGET_ANCHOR_SMALLEST, (guint64[]){ 40, 40, 40, 40 });
  assert_resolves ("^0.5", BALLAST_TARGET_ANCHOR_LARGEST, (guint64[]){ 800, 283, 219, 179 });
  assert_resolves ("^1", BALLAST_TARGET_ANCHOR_SMALLEST, fixture_base);
  assert_resolves ("^1", BALLAST_TARGET_ANCHOR_LARGEST, fixture_base);
}

/* Temperature sampling of 1000 images, largest remainder (methods: resampling). */
static void
test_power_total (void)
{
  assert_resolves ("^0", BALLAST_TARGET_ANCHOR_TOTAL, (guint64[]){ 250, 250, 250, 250 });
  assert_resolves ("^0.25", BALLAST_TARGET_ANCHOR_TOTAL, (guint64[]){ 386, 229, 202, 183 });
  assert_resolves ("^0.5", BALLAST_TARGET_ANCHOR_TOTAL, (guint64[]){ 540, 191, 148, 121 });
  assert_resolves ("^0.75", BALLAST_TARGET_ANCHOR_TOTAL, (guint64[]){ 685, 144, 98, 73 });
  assert_resolves ("^1", BALLAST_TARGET_ANCHOR_TOTAL, fixture_base);
}

static void
test_share_sums_up (void)
{
  for (guint round = 0; round < 300; round++)
    {
      guint64 counts[9], shares[9], total = (guint64) g_test_rand_int_range (0, 100000), sum = 0;
      guint n = (guint) g_test_rand_int_range (1, 10);

      for (guint i = 0; i < n; i++)
        counts[i] = (guint64) g_test_rand_int_range (i == 0, 3000);
      ballast_target_share (counts, n, g_test_rand_double_range (0, 1), total, shares);
      for (guint i = 0; i < n; i++)
        {
          sum += shares[i];
          g_assert_true (counts[i] > 0 || shares[i] == 0);
        }
      g_assert_cmpuint (sum, ==, total);
    }
}

static void
test_empty_classes_aside (void)
{
  const guint64 counts[] = { 0, 10, 30 };
  guint64 targets[3];

  ballast_target_resolve (&(BallastTarget){ BALLAST_TARGET_MEAN, 0 },
                          BALLAST_TARGET_ANCHOR_LARGEST, counts, 3, targets);
  g_assert_cmpuint (targets[0], ==, 20);
  ballast_target_resolve (&(BallastTarget){ BALLAST_TARGET_POWER, 0 },
                          BALLAST_TARGET_ANCHOR_LARGEST, counts, 3, targets);
  g_assert_cmpuint (targets[0], ==, 0);
  g_assert_cmpuint (targets[1], ==, 30);
}

static void
test_bad_texts (void)
{
  static const char *const bad[] = { "", "0", "-5", "1.5", "p", "p101", "p-1", "^", "^2",
                                     "^-1", "max ", "MAX", "nan", "inf", "0x10", "p0x1", "pinf",
                                     "^nan", "5 ", " 5", "1e400", "5;" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      BallastTarget target = { BALLAST_TARGET_MIN, 3 };

      g_assert_false (ballast_target_parse (bad[i], &target, &error));
      g_assert_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING);
      g_assert_true (target.kind == BALLAST_TARGET_MIN && target.value == 3);
    }
}

static void
test_settings_round_trip (void)
{
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_auto(BallastBalanceSettings) back = { 0 };
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;
  guint64 count = 0;

  ballast_balance_settings_init (&settings);
  settings.strategy = BALLAST_STRATEGY_BOTH;
  settings.target = (BallastTarget){ BALLAST_TARGET_PERCENTILE, 12.5 };
  settings.max_repeats = 4;
  settings.threshold = 0.1;
  settings.seed = G_MAXUINT64;
  ballast_balance_settings_set_override (&settings, "b", 7);
  ballast_balance_settings_set_override (&settings, "a\"é", 0);
  ballast_balance_settings_set_override (&settings, "b", 8);

  node = ballast_balance_settings_to_json (&settings);
  ballast_balance_settings_from_json (node, &back, &error);
  g_assert_no_error (error);
  g_assert_true (ballast_balance_settings_equal (&settings, &back));
  g_assert_true (ballast_balance_settings_get_override (&back, "b", &count));
  g_assert_cmpuint (count, ==, 8);
  ballast_balance_settings_unset_override (&back, "b");
  g_assert_false (ballast_balance_settings_equal (&settings, &back));
}

static void
test_settings_defaults (void)
{
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_auto(BallastBalanceSettings) defaults = { 0 };
  g_autoptr(JsonNode) node = ballast_json_parse ("{}", -1, NULL);

  ballast_balance_settings_init (&defaults);
  g_assert_true (ballast_balance_settings_from_json (node, &settings, NULL));
  g_assert_true (ballast_balance_settings_equal (&settings, &defaults));
}

static void
test_settings_bad_json (void)
{
  static const char *const bad[] = {
    "[]",
    "{\"strategy\": \"most\"}",
    "{\"strategy\": 3}",
    "{\"target\": \"big\"}",
    "{\"max_repeats\": -1}",
    "{\"max_repeats\": \"3\"}",
    "{\"threshold\": 2}",
    "{\"unit\": \"boxes\"}",
    "{\"seed\": 0.5}",
    "{\"overrides\": []}",
    "{\"overrides\": {\"a\": -1}}",
    "{\"overrides\": {\"a\": 1.5}}",
    "{\"overrides\": {\"a\": null}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto(BallastBalanceSettings) settings = { 0 };
      g_autoptr(JsonNode) node = ballast_json_parse (bad[i], -1, NULL);
      g_autoptr(GError) error = NULL;

      g_assert_false (ballast_balance_settings_from_json (node, &settings, &error));
      g_assert_error (error, BALLAST_BALANCE_ERROR, BALLAST_BALANCE_ERROR_SETTING);
      g_assert_cmpuint (settings.max_repeats, ==, 10);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/balance/target/common", test_common);
  g_test_add_func ("/balance/target/power-anchors", test_power_anchors);
  g_test_add_func ("/balance/target/power-total", test_power_total);
  g_test_add_func ("/balance/target/share-sums-up", test_share_sums_up);
  g_test_add_func ("/balance/target/empty-classes-aside", test_empty_classes_aside);
  g_test_add_func ("/balance/target/bad-texts", test_bad_texts);
  g_test_add_func ("/balance/settings/round-trip", test_settings_round_trip);
  g_test_add_func ("/balance/settings/defaults", test_settings_defaults);
  g_test_add_func ("/balance/settings/bad-json", test_settings_bad_json);
  return g_test_run ();
}
