#include "ballast-imbalance.h"
#include "fixture.h"

#include <math.h>

static BallastImbalance
measure (const guint64 *counts,
         guint          n)
{
  BallastImbalance imbalance;

  ballast_imbalance_measure (counts, n, BALLAST_IMBALANCE_MANY, BALLAST_IMBALANCE_FEW, &imbalance);
  return imbalance;
}

static void
test_vectors (void)
{
  BallastImbalance base = measure (fixture_base, 4);
  const struct
  {
    double value, expected;
  } figures[] = {
    { base.ratio, 20 }, { base.mean_ratio, 10.583333 }, { base.entropy, 0.706333 },
    { base.evenness, 0.509512 }, { base.effective_classes, 2.026546 },
    { base.inverse_simpson, 1.526252 }, { base.gini, 0.58 }, { base.gini_normalised, 0.773333 },
    { base.majority_share, 0.8 }, { base.balanced_share, 0.25 }, { base.total_variation, 0.55 },
    { base.images_to_move, 550 }, { base.kl, 0.679961 }, { base.lrid, 1359.922670 },
    { base.chi_square, 1620.8 }, { base.effect_size, 0.735028 }, { base.variation, 1.273106 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    assert_near (figures[i].value, figures[i].expected, 1e-6);
  g_assert_cmpuint (base.majority, ==, 0);
  g_assert_cmpuint (base.total, ==, 1000);
}

static void
test_shot_groups (void)
{
  BallastImbalance base = measure (fixture_base, 4);
  const guint64 bounds[] = { 101, 100, 20, 19, 0 };
  BallastImbalance edge = measure (bounds, 5);

  g_assert_cmpuint (base.many, ==, 1);
  g_assert_cmpuint (base.medium, ==, 3);
  g_assert_cmpuint (base.few, ==, 0);
  g_assert_cmpuint (edge.many, ==, 1);
  g_assert_cmpuint (edge.medium, ==, 2);
  g_assert_cmpuint (edge.few, ==, 2);
}

static void
test_shot_bounds_settable (void)
{
  const guint64 counts[] = { 500, 50, 5, 101, 10 };
  BallastImbalance lvis;

  ballast_imbalance_measure (counts, 5, 100, 11, &lvis);
  g_assert_cmpuint (lvis.many, ==, 2);
  g_assert_cmpuint (lvis.medium, ==, 1);
  g_assert_cmpuint (lvis.few, ==, 2);
}

static void
test_empty_class (void)
{
  const guint64 counts[] = { 800, 100, 60, 40, 0 };
  BallastImbalance imbalance = measure (counts, 5);

  assert_near (imbalance.evenness, 0.438869, 1e-6);
  assert_near (imbalance.ratio, 20, 1e-12);
  g_assert_cmpuint (imbalance.empty_classes, ==, 1);
}

static void
test_single_class (void)
{
  const guint64 counts[] = { 7 };
  BallastImbalance imbalance = measure (counts, 1);

  assert_near (imbalance.evenness, 1, 1e-12);
  assert_near (imbalance.ratio, 1, 1e-12);
  assert_near (imbalance.gini, 0, 1e-12);
  assert_near (imbalance.effect_size, 0, 1e-12);
}

static void
test_nothing (void)
{
  const guint64 zeros[] = { 0, 0 };
  BallastImbalance none = measure (NULL, 0), empty = measure (zeros, 2);

  g_assert_cmpuint (none.majority, ==, G_MAXUINT);
  g_assert_cmpuint (empty.empty_classes, ==, 2);
  g_assert_true (none.ratio == 0 && empty.ratio == 0 && empty.entropy == 0);
}

/* Every figure is finite and within its range, whatever the counts. */
static void
test_ranges (void)
{
  for (guint round = 0; round < 500; round++)
    {
      guint64 counts[12];
      guint n = (guint) g_test_rand_int_range (1, 13);
      BallastImbalance imbalance;

      for (guint i = 0; i < n; i++)
        counts[i] = (guint64) g_test_rand_int_range (0, 4) * (guint64) g_test_rand_int_range (0, 5000);
      imbalance = measure (counts, n);
      g_assert_true (isfinite (imbalance.ratio) && isfinite (imbalance.effect_size));
      g_assert_cmpfloat (imbalance.evenness, <=, 1 + 1e-12);
      g_assert_cmpfloat (imbalance.gini_normalised, <=, 1 + 1e-12);
      g_assert_cmpfloat (imbalance.effective_classes, <=, n + 1e-9);
      g_assert_cmpuint (imbalance.many + imbalance.medium + imbalance.few, ==, n);
    }
}

/* Order does not matter, and twice as many of everything changes no ratio. */
static void
test_symmetry (void)
{
  const guint64 shuffled[] = { 40, 800, 60, 100 }, doubled[] = { 1600, 200, 120, 80 };
  BallastImbalance base = measure (fixture_base, 4);
  BallastImbalance other = measure (shuffled, 4), twice = measure (doubled, 4);

  assert_near (other.gini, base.gini, 1e-12);
  assert_near (other.entropy, base.entropy, 1e-12);
  assert_near (twice.total_variation, base.total_variation, 1e-12);
  assert_near (twice.lrid, 2 * base.lrid, 1e-12);
}

static void
test_tally_split (void)
{
  g_autoptr(BallastTally) tally = fixture_tally (FIXTURE_BASE);
  BallastImbalance train, val, all;

  ballast_imbalance_measure_tally (tally, 0, BALLAST_UNIT_IMAGES, &train);
  ballast_imbalance_measure_tally (tally, 1, BALLAST_UNIT_INSTANCES, &val);
  ballast_imbalance_measure_tally (tally, -1, BALLAST_UNIT_IMAGES, &all);
  assert_near (train.ratio, 20, 1e-12);
  assert_near (val.ratio, 1, 1e-12);
  g_assert_cmpuint (all.total, ==, 1020);
}

static void
test_json (void)
{
  g_autoptr(BallastTally) tally = fixture_tally (FIXTURE_BASE);
  BallastImbalance base = measure (fixture_base, 4);
  g_autoptr(JsonNode) node = ballast_imbalance_to_json (&base, tally, BALLAST_UNIT_IMAGES);
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpstr (json_object_get_string_member (object, "majority_class"), ==, "stop");
  g_assert_cmpstr (json_object_get_string_member (object, "unit"), ==, "images");
  assert_near (json_object_get_double_member (object, "entropy_nats"), 0.706333, 1e-6);
  g_assert_cmpint (json_object_get_int_member (object, "classes"), ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/balance/imbalance/vectors", test_vectors);
  g_test_add_func ("/balance/imbalance/shot-groups", test_shot_groups);
  g_test_add_func ("/balance/imbalance/shot-bounds-settable", test_shot_bounds_settable);
  g_test_add_func ("/balance/imbalance/empty-class", test_empty_class);
  g_test_add_func ("/balance/imbalance/single-class", test_single_class);
  g_test_add_func ("/balance/imbalance/nothing", test_nothing);
  g_test_add_func ("/balance/imbalance/ranges", test_ranges);
  g_test_add_func ("/balance/imbalance/symmetry", test_symmetry);
  g_test_add_func ("/balance/imbalance/tally-split", test_tally_split);
  g_test_add_func ("/balance/imbalance/json", test_json);
  return g_test_run ();
}
