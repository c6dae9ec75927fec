/* The datasets and weights of every group of a tree. */
#include "ballast-hierarchy-dataset.h"
#include "hierarchy-fixture.h"

static void
test_node_plan (void)
{
  g_autoptr(BallastHierarchy) tree = parse ("all(stop g(yield h(speed no-entry)))");
  g_autoptr(BallastTally) tally = fixture_tally (FIXTURE_BASE);
  g_autoptr(BallastTally) own = ballast_hierarchy_dup_tally (tree->root, tally);
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_autoptr(BallastPlan) plan = NULL;
  g_autoptr(BallastWeights) weights = NULL;
  BallastWeightOptions options;

  g_assert_cmpuint (own->n_classes, ==, 2);
  g_assert_cmpuint (own->classes[1].total.images, ==, 200);
  ballast_balance_settings_init (&settings);
  ballast_balance_settings_set_override (&settings, "yield", 1);
  plan = ballast_hierarchy_dup_plan (tree->root, own, &settings);
  g_assert_cmpuint (plan->classes[1].after, ==, 800);
  g_assert_null (plan->settings.overrides == NULL || plan->settings.overrides->len == 0
                   ? NULL : plan->settings.overrides);

  ballast_weight_options_init (&options);
  weights = ballast_hierarchy_dup_weights (plan, own, &options);
  assert_near (weights->classes[0].weight, 1, 1e-12);
  ballast_weights_free (g_steal_pointer (&weights));
  options.basis = BALLAST_WEIGHT_BASIS_DATASET;
  weights = ballast_hierarchy_dup_weights (plan, own, &options);
  assert_near (weights->classes[0].weight, 0.625, 1e-12);
  assert_near (weights->classes[1].weight, 2.5, 1e-12);
}

static void
test_datasets (void)
{
  g_autoptr(BallastHierarchy) tree = parse ("all(stop g(yield h(speed no-entry)))");
  g_autoptr(GPtrArray) datasets = ballast_hierarchy_list_datasets (tree);
  const BallastHierarchyDataset *root = g_ptr_array_index (datasets, 0);
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_autoptr(BallastPlan) plan = NULL;
  g_autofree guint64 *after = NULL;

  g_assert_cmpuint (datasets->len, ==, 3);
  g_assert_cmpstrv (root->labels, ((const char *const[]){ "stop", "g", NULL }));
  g_assert_cmpint (ballast_hierarchy_dataset_find_pool (root, "speed"), ==, 2);
  g_assert_cmpuint (root->labels_of_pools[2], ==, 1);
  g_assert_cmpint (ballast_hierarchy_dataset_find_pool (g_ptr_array_index (datasets, 2), "stop"), ==,
                   -1);
  ballast_balance_settings_init (&settings);
  plan = ballast_hierarchy_dataset_dup_plan (root, fixture_base, &settings);
  after = ballast_hierarchy_dataset_dup_counts (root, plan, TRUE);
  g_assert_cmpuint (after[0], ==, 800);
  g_assert_cmpuint (after[1], ==, 800);
}

/* One-vs-rest on BASE: positives n_c, as many negatives, equally of the other classes. */
static void
test_dataset_one_vs_rest (void)
{
  g_autoptr(BallastHierarchy) tree = suggest ("one-vs-rest", FIXTURE_BASE);
  g_autoptr(GPtrArray) datasets = ballast_hierarchy_list_datasets (tree);
  const BallastHierarchyDataset *of_yield = g_ptr_array_index (datasets, 1);
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_autoptr(BallastPlan) plan = NULL, over = NULL;
  g_autoptr(BallastWeights) weights = NULL;
  BallastWeightOptions options;
  const guint64 expected[] = { 34, 100, 33, 33 };

  g_assert_cmpuint (datasets->len, ==, 4);
  g_assert_cmpstrv (of_yield->labels, ((const char *const[]){ "not yield", "yield", NULL }));
  ballast_balance_settings_init (&settings);
  settings.strategy = BALLAST_STRATEGY_UNDERSAMPLE;
  settings.target.kind = BALLAST_TARGET_MIN;
  plan = ballast_hierarchy_dataset_dup_plan (of_yield, fixture_base, &settings);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (plan->classes[i].images_after, ==, expected[i]);

  settings.strategy = BALLAST_STRATEGY_OVERSAMPLE;
  settings.target.kind = BALLAST_TARGET_MAX;
  over = ballast_hierarchy_dataset_dup_plan (of_yield, fixture_base, &settings);
  /* At most 10 times: a thousand of yield, and the others as even as a thousand allows. */
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (over->classes[i].images_after, ==, ((const guint64[]){ 800, 1000, 120, 80 })[i]);
  ballast_weight_options_init (&options);
  options.basis = BALLAST_WEIGHT_BASIS_DATASET;
  weights = ballast_hierarchy_dataset_dup_weights (of_yield, over, &options);
  assert_near (weights->classes[1].weight, 5, 1e-9);
}

/* Equal wishes: shares differ by one at most, but where a bound holds them. */
static void
test_share_out (void)
{
  for (guint round = 0; round < 300; round++)
    {
      guint n = (guint) g_test_rand_int_range (1, 12);
      guint64 least[12] = { 0 }, most[12], all = 0, sum = 0;
      guint64 total = (guint64) g_test_rand_int_range (0, 4000);
      double wishes[12];
      g_autofree guint64 *shares = NULL;

      for (guint i = 0; i < n; i++)
        {
          wishes[i] = 1;
          all += most[i] = (guint64) g_test_rand_int_range (0, 500);
        }
      shares = ballast_hierarchy_share_out (wishes, least, most, n, total);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpuint (shares[i], <=, most[i]);
          sum += shares[i];
          for (guint j = 0; j < n; j++)
            g_assert_true (shares[i] <= shares[j] + 1 || shares[j] == most[j]);
        }
      g_assert_cmpuint (sum, ==, MIN (total, all));
    }
}

/* Wishes in proportion, and bounds that hold some of them. */
static void
test_share_out_wishes (void)
{
  const double wishes[] = { 800, 600, 400 };
  const guint64 least[] = { 800, 60, 40 }, none[] = { 0, 0, 0 };
  const guint64 most[] = { 8000, 600, 400 }, endless[] = { G_MAXINT64, G_MAXINT64, G_MAXINT64 };
  g_autofree guint64 *held = ballast_hierarchy_share_out (wishes, least, most, 3, 1000);
  g_autofree guint64 *free = ballast_hierarchy_share_out (wishes, none, endless, 3, 9);
  g_autofree guint64 *huge = ballast_hierarchy_share_out (wishes, none, endless, 3, 18000000000000);

  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (held[i], ==, ((const guint64[]){ 800, 120, 80 })[i]);
      g_assert_cmpuint (free[i], ==, ((const guint64[]){ 4, 3, 2 })[i]);
      g_assert_cmpuint (huge[i], ==, (guint64) (wishes[i] * 1e10));
    }
}

/*
 * Whatever the tree, counts and settings: labels end as even as planned by themselves or more so,
 * nothing appears more often than allowed, oversampling leaves none out.
 */
static void
test_dataset_inside (void)
{
  static const BallastStrategy strategies[] = { BALLAST_STRATEGY_OVERSAMPLE, BALLAST_STRATEGY_UNDERSAMPLE,
                                                BALLAST_STRATEGY_BOTH, BALLAST_STRATEGY_NONE,
                                                BALLAST_STRATEGY_REPEAT_FACTOR };
  g_autoptr(BallastHierarchy) tree = parse ("all(stop g(yield h(speed no-entry)))");
  g_autoptr(GPtrArray) datasets = ballast_hierarchy_list_datasets (tree);
  const BallastHierarchyDataset *root = g_ptr_array_index (datasets, 0);

  for (guint round = 0; round < 400; round++)
    {
      g_auto(BallastBalanceSettings) settings = { 0 };
      g_autoptr(BallastPlan) plan = NULL;
      g_autofree guint64 *labels = NULL;
      guint64 counts[4];

      ballast_balance_settings_init (&settings);
      settings.strategy = strategies[round % G_N_ELEMENTS (strategies)];
      settings.target.kind = (BallastTargetKind) g_test_rand_int_range (0, BALLAST_TARGET_POWER + 1);
      settings.target.value = g_test_rand_double_range (0, 1) *
                              (settings.target.kind == BALLAST_TARGET_NUMBER ? 500 : 1);
      settings.max_repeats = (guint) g_test_rand_int_range (0, 12);
      for (guint i = 0; i < 4; i++)
        counts[i] = (guint64) g_test_rand_int_range (0, 1 << g_test_rand_int_range (1, 10));
      plan = ballast_hierarchy_dataset_dup_plan (root, counts, &settings);
      for (guint i = 0; i < 4; i++)
        {
          const BallastPlanClass *class = &plan->classes[i];

          g_assert_true (counts[i] > 0 || class->images_after == 0);
          if (settings.max_repeats > 0)
            g_assert_cmpuint (class->images_after, <=, counts[i] * settings.max_repeats);
          if (settings.strategy == BALLAST_STRATEGY_OVERSAMPLE)
            g_assert_cmpuint (class->images_after, >=, counts[i]);
          if (settings.strategy == BALLAST_STRATEGY_UNDERSAMPLE || settings.strategy == BALLAST_STRATEGY_NONE)
            g_assert_cmpuint (class->images_after, <=, counts[i]);
        }
      labels = ballast_hierarchy_dataset_dup_counts (root, plan, TRUE);
      if (settings.strategy == BALLAST_STRATEGY_OVERSAMPLE && settings.target.kind == BALLAST_TARGET_MAX &&
          settings.max_repeats == 0 && counts[0] > 0 && counts[1] + counts[2] + counts[3] > 0)
        g_assert_cmpuint (labels[0], ==, labels[1]);
    }
}

/* Without a cap the largest class is the measure: every class of a label has as many as the others. */
static void
test_dataset_even (void)
{
  g_autoptr(BallastHierarchy) tree = parse ("all(stop g(yield h(speed no-entry)))");
  g_autoptr(GPtrArray) datasets = ballast_hierarchy_list_datasets (tree);
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_autoptr(BallastPlan) plan = NULL, number = NULL, labels = NULL;
  g_autoptr(BallastTally) tally = fixture_tally ("stop=100,yield=800,speed=60,no-entry=40");

  ballast_balance_settings_init (&settings);
  settings.max_repeats = 0;
  plan = ballast_hierarchy_dataset_dup_plan (g_ptr_array_index (datasets, 0),
                                             (const guint64[]){ 100, 800, 60, 40 }, &settings);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (plan->classes[i].images_after, ==, i == 0 ? 2400 : 800);
  labels = ballast_hierarchy_dup_label_plan (tree->root, tally, &settings);
  g_assert_cmpuint (labels->classes[0].after, ==, 2400);
  g_assert_cmpuint (labels->classes[1].after, ==, 2400);

  settings.strategy = BALLAST_STRATEGY_BOTH;
  settings.target = (BallastTarget){ BALLAST_TARGET_NUMBER, 300 };
  number = ballast_hierarchy_dataset_dup_plan (g_ptr_array_index (datasets, 0),
                                               (const guint64[]){ 100, 800, 60, 40 }, &settings);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (number->classes[i].images_after, ==, i == 0 ? 300 : 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/balance/hierarchy-dataset/node-plan", test_node_plan);
  g_test_add_func ("/balance/hierarchy-dataset/datasets", test_datasets);
  g_test_add_func ("/balance/hierarchy-dataset/one-vs-rest", test_dataset_one_vs_rest);
  g_test_add_func ("/balance/hierarchy-dataset/share-out", test_share_out);
  g_test_add_func ("/balance/hierarchy-dataset/share-out-wishes", test_share_out_wishes);
  g_test_add_func ("/balance/hierarchy-dataset/inside", test_dataset_inside);
  g_test_add_func ("/balance/hierarchy-dataset/even", test_dataset_even);

  return g_test_run ();
}
