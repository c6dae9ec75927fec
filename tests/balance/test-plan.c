#include "ballast-json.h"
#include "ballast-plan.h"
#include "fixture.h"

#include <string.h>

/* A plan from "both mean cap=4 seed=7 stop=500" over a fixture's classes. */
static BallastPlan *
plan_of (const char *classes,
         const char *settings_text)
{
  g_autoptr(BallastTally) tally = fixture_tally (classes);
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_auto(GStrv) words = g_strsplit (settings_text, " ", -1);

  ballast_balance_settings_init (&settings);
  settings.max_repeats = 0;
  g_assert_true (ballast_strategy_parse (words[0], &settings.strategy, NULL));
  for (guint i = 1; words[i] != NULL; i++)
    {
      char *equals = strchr (words[i], '=');
      double value = equals != NULL ? g_ascii_strtod (equals + 1, NULL) : 0;

      if (equals == NULL)
        g_assert_true (ballast_target_parse (words[i], &settings.target, NULL));
      else if (g_str_has_prefix (words[i], "cap="))
        settings.max_repeats = (guint) value;
      else if (g_str_has_prefix (words[i], "seed="))
        settings.seed = (guint64) value;
      else if (g_str_has_prefix (words[i], "t="))
        settings.threshold = value;
      else
        {
          *equals = '\0';
          ballast_balance_settings_set_override (&settings, words[i], (guint64) value);
        }
    }

  return ballast_plan_new (tally, &settings);
}

static void
assert_after (const char   *settings,
              const guint64 expected[4])
{
  g_autoptr(BallastPlan) plan = plan_of (FIXTURE_BASE, settings);

  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (plan->classes[i].after, ==, expected[i]);
}

static void
test_strategies (void)
{
  assert_after ("none max", (guint64[]){ 800, 100, 60, 40 });
  assert_after ("oversample max", (guint64[]){ 800, 800, 800, 800 });
  assert_after ("oversample mean", (guint64[]){ 800, 250, 250, 250 });
  assert_after ("undersample mean", (guint64[]){ 250, 100, 60, 40 });
  assert_after ("undersample min", (guint64[]){ 40, 40, 40, 40 });
  assert_after ("both mean", (guint64[]){ 250, 250, 250, 250 });
  assert_after ("both ^0.5", (guint64[]){ 540, 191, 148, 121 });
  assert_after ("undersample ^0", (guint64[]){ 40, 40, 40, 40 });
}

/* "under = min (n, R·min)" and "over = max (n, max / R)" at R = 4 (methods: resampling). */
static void
test_ratio_caps (void)
{
  assert_after ("undersample 160", (guint64[]){ 160, 100, 60, 40 });
  assert_after ("oversample 200", (guint64[]){ 800, 200, 200, 200 });
}

static void
test_cap (void)
{
  g_autoptr(BallastPlan) plan = plan_of (FIXTURE_BASE, "oversample max cap=10");

  g_assert_cmpuint (plan->classes[3].after, ==, 400);
  g_assert_cmpuint (plan->classes[3].reachable, ==, 400);
  g_assert_cmpuint (plan->classes[3].target, ==, 800);
  g_assert_cmpuint (plan->classes[3].max_repeats, ==, 10);
  g_assert_cmpuint (plan->classes[1].after, ==, 800);
}

static void
test_overrides (void)
{
  assert_after ("oversample mean yield=300 stop=5", (guint64[]){ 800, 300, 250, 250 });
  assert_after ("both mean stop=5 no-entry=0", (guint64[]){ 5, 250, 250, 0 });
  assert_after ("none max yield=300", (guint64[]){ 800, 100, 60, 40 });
}

/* r = max (1, sqrt (t / f)): D6 of the methods, as three classes of images. */
static void
test_repeat_factor (void)
{
  g_autoptr(BallastPlan) plan = plan_of ("a=6,b=3,c=1", "repeat-factor t=0.5");

  g_assert_cmpuint (plan->classes[0].after, ==, 6);
  g_assert_cmpuint (plan->classes[1].after, ==, 4); /* 3 × 1.291 = 3.87 */
  g_assert_cmpuint (plan->classes[2].after, ==, 2); /* 1 × 2.236 */
}

static void
test_totals (void)
{
  g_autoptr(BallastPlan) over = plan_of (FIXTURE_BASE, "oversample max");
  g_autoptr(BallastPlan) under = plan_of (FIXTURE_BASE, "undersample min");

  g_assert_cmpuint (over->images_before, ==, 1000);
  g_assert_cmpuint (over->images_after, ==, 3200);
  g_assert_cmpuint (over->images_added, ==, 2200);
  g_assert_cmpuint (over->distinct_images, ==, 1000);
  g_assert_cmpuint (over->images_untouched, ==, 20);
  assert_near (over->ratio_before, 20, 1e-12);
  assert_near (over->ratio_after, 1, 1e-12);
  g_assert_cmpuint (under->distinct_images, ==, 160);
  g_assert_cmpuint (under->images_dropped, ==, 840);
}

/* Walks all places of a class and checks the plan against what they say. */
static void
assert_class_exact (const BallastPlan      *plan,
                    const BallastPlanClass *class)
{
  guint64 sum = 0, kept = 0;
  guint fewest = G_MAXUINT, most = 0;

  for (guint64 place = 0; place < class->sources; place++)
    {
      gboolean keep;
      guint copies = ballast_plan_get_copies (plan, class->class_id, place, &keep);
      guint times = copies + (keep ? 1 : 0);

      g_assert_true (keep || copies == 0);
      kept += keep ? 1 : 0;
      sum += times;
      fewest = MIN (fewest, times);
      most = MAX (most, times);
    }

  g_assert_cmpuint (sum, ==, class->sources_after);
  g_assert_cmpuint (kept, ==, MIN (class->sources, class->sources_after));
  if (class->sources > 0)
    {
      g_assert_cmpuint (most - fewest, <=, 1);
      g_assert_cmpuint (most, ==, class->max_repeats);
    }
}

static char *
random_settings (void)
{
  static const char *const strategies[] = { "none", "oversample", "undersample", "both",
                                            "repeat-factor" };
  static const char *const targets[] = { "max", "mean", "median", "min", "p75", "300", "^0.5" };

  return g_strdup_printf ("%s %s cap=%d seed=%d t=0.2 b=%d",
                          strategies[g_test_rand_int_range (0, 5)],
                          targets[g_test_rand_int_range (0, 7)], g_test_rand_int_range (0, 5),
                          g_test_rand_int_range (0, 1000), g_test_rand_int_range (0, 500));
}

static void
test_invariants (void)
{
  for (guint round = 0; round < 300; round++)
    {
      g_autofree char *text = random_settings ();
      g_autofree char *classes = g_strdup_printf ("a=%d,b=%d,c=%d,d=%d",
                                                  g_test_rand_int_range (0, 400),
                                                  g_test_rand_int_range (0, 200),
                                                  g_test_rand_int_range (0, 50),
                                                  g_test_rand_int_range (0, 5));
      g_autoptr(BallastPlan) plan = plan_of (classes, text);
      guint64 sum = 0;

      for (guint i = 0; i < plan->n_classes; i++)
        {
          const BallastPlanClass *class = &plan->classes[i];

          assert_class_exact (plan, class);
          sum += class->images_after;
          g_assert_cmpuint (class->now + class->added, ==, class->after + class->dropped);
          if (plan->settings.max_repeats > 0)
            g_assert_cmpuint (class->max_repeats, <=, MAX (plan->settings.max_repeats, 1));
        }
      g_assert_cmpuint (sum, ==, plan->images_after);
      g_assert_cmpuint (plan->images_untouched, ==, 20);
    }
}

/* Asked in any order, by another plan of the same settings, an image has the same answer. */
static void
test_pure (void)
{
  g_autoptr(BallastPlan) first = plan_of (FIXTURE_BASE, "both mean seed=5");
  g_autoptr(BallastPlan) second = plan_of (FIXTURE_BASE, "both mean seed=5");

  for (int place = 799; place >= 0; place--)
    {
      gboolean keep_first, keep_second;

      ballast_plan_get_copies (second, 10, 799 - (guint64) place, &keep_second);
      ballast_plan_get_copies (first, 10, (guint64) place, &keep_first);
      ballast_plan_get_copies (second, 10, (guint64) place, &keep_second);
      g_assert_cmpint (keep_first, ==, keep_second);
    }
}

static guint
count_kept_by_both (const BallastPlan *a,
                    const BallastPlan *b)
{
  guint both = 0;

  for (guint64 place = 0; place < 800; place++)
    {
      gboolean keep_a, keep_b;

      ballast_plan_get_copies (a, 10, place, &keep_a);
      ballast_plan_get_copies (b, 10, place, &keep_b);
      both += keep_a && keep_b;
    }

  return both;
}

static void
test_seed_chooses (void)
{
  g_autoptr(BallastPlan) first = plan_of (FIXTURE_BASE, "undersample 250 seed=1");
  g_autoptr(BallastPlan) second = plan_of (FIXTURE_BASE, "undersample 250 seed=2");
  guint both = count_kept_by_both (first, second);

  /* 250² / 800 = 78 are expected. */
  g_assert_cmpuint (both, >, 40);
  g_assert_cmpuint (both, <, 120);
}

/* Raising the target keeps what a lower one had chosen. */
static void
test_nested (void)
{
  g_autoptr(BallastPlan) low = plan_of (FIXTURE_BASE, "undersample 100");
  g_autoptr(BallastPlan) high = plan_of (FIXTURE_BASE, "undersample 300");

  g_assert_cmpuint (count_kept_by_both (low, high), ==, 100);
}

static void
test_instances (void)
{
  g_autoptr(BallastTally) tally = fixture_tally ("a=100,b=10");
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_autoptr(BallastPlan) plan = NULL;

  tally->classes[1].by_split[0].instances = 50;
  ballast_balance_settings_init (&settings);
  settings.unit = BALLAST_UNIT_INSTANCES;
  plan = ballast_plan_new (tally, &settings);
  g_assert_cmpuint (plan->classes[1].now, ==, 50);
  g_assert_cmpuint (plan->classes[1].after, ==, 100);
  g_assert_cmpuint (plan->classes[1].images_after, ==, 20);
  g_assert_cmpuint (plan->images_after, ==, 120);
}

static void
test_unknown_class_untouched (void)
{
  g_autoptr(BallastPlan) plan = plan_of (FIXTURE_BASE, "undersample min");
  gboolean keep = FALSE;

  g_assert_cmpuint (ballast_plan_get_copies (plan, 999, 0, &keep), ==, 0);
  g_assert_true (keep);
  keep = FALSE;
  g_assert_cmpuint (ballast_plan_get_copies (plan, 10, 800, &keep), ==, 0);
  g_assert_true (keep);
}

static void
test_nothing (void)
{
  g_autoptr(BallastTally) tally = ballast_tally_new (0, 0);
  g_auto(BallastBalanceSettings) settings = { 0 };
  g_autoptr(BallastPlan) plan = NULL;

  ballast_balance_settings_init (&settings);
  plan = ballast_plan_new (tally, &settings);
  g_assert_cmpuint (plan->images_after, ==, 0);
  g_assert_cmpuint (plan->warnings->len, ==, 0);
}

/* (transfer none) (nullable): the first warning with @code. */
static const BallastPlanWarning *
find_warning (const BallastPlan     *plan,
              BallastPlanWarningCode code)
{
  for (guint i = 0; i < plan->warnings->len; i++)
    {
      const BallastPlanWarning *warning = g_ptr_array_index (plan->warnings, i);

      if (warning->code == code)
        return warning;
    }

  return NULL;
}

static void
assert_warns (const char            *classes,
              const char            *settings,
              BallastPlanWarningCode code,
              const char            *text)
{
  g_autoptr(BallastPlan) plan = plan_of (classes, settings);
  const BallastPlanWarning *warning = find_warning (plan, code);

  g_assert_cmpstr (warning != NULL ? warning->text : "none", ==, text);
}

static void
test_warnings (void)
{
  assert_warns ("paper=594,trash=137", "oversample max", BALLAST_PLAN_WARNING_REPEATS,
                "trash would repeat each image 4 times");
  assert_warns ("a=100,b=10", "oversample max cap=5", BALLAST_PLAN_WARNING_CAPPED,
                "b reaches 50 of 100: each image appears at most 5 times");
  assert_warns ("a=100,b=0", "oversample max", BALLAST_PLAN_WARNING_EMPTY,
                "b has no image to copy");
  assert_warns ("a=100,b=10", "undersample min", BALLAST_PLAN_WARNING_DROPPED,
                "90 of 110 training images would be left out");
  assert_warns ("a=100,b=10", "oversample mean a=5", BALLAST_PLAN_WARNING_KEPT,
                "a keeps all its 100: oversampling leaves none out");
  assert_warns ("a=100,b=10", "oversample max z=5", BALLAST_PLAN_WARNING_UNKNOWN,
                "a target is set for “z”, and there is no such class");
  assert_warns ("a=10,b=10", "oversample max", BALLAST_PLAN_WARNING_UNCHANGED,
                "with these settings nothing changes");
  assert_warns ("a=0,b=0", "oversample max", BALLAST_PLAN_WARNING_UNLABELLED,
                "the training split has no labelled image, and only training is balanced: "
                "10 images of other splits stay as they are");
}

static void
test_no_warnings (void)
{
  g_autoptr(BallastPlan) plan = plan_of ("a=100,b=60", "oversample max");

  g_assert_cmpuint (plan->warnings->len, ==, 0);
}

static void
test_json (void)
{
  g_autoptr(BallastPlan) plan = plan_of ("a=100,b=10", "oversample max");
  g_autoptr(JsonNode) node = ballast_plan_to_json (plan);
  JsonObject *object = json_node_get_object (node);
  JsonObject *class = json_array_get_object_element (json_object_get_array_member (object,
                                                                                   "classes"), 1);
  static const char *const members[] = { "name", "now", "target", "after", "added", "dropped",
                                         "max_repeats", "reachable" };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_assert_true (json_object_has_member (class, members[i]));
  g_assert_cmpint (json_object_get_int_member (class, "added"), ==, 90);
  g_assert_cmpint (json_object_get_int_member (object, "distinct_images"), ==, 110);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "after"),
                                               "images"), ==, 200);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "warnings")), ==,
                    1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/balance/plan/strategies", test_strategies);
  g_test_add_func ("/balance/plan/ratio-caps", test_ratio_caps);
  g_test_add_func ("/balance/plan/cap", test_cap);
  g_test_add_func ("/balance/plan/overrides", test_overrides);
  g_test_add_func ("/balance/plan/repeat-factor", test_repeat_factor);
  g_test_add_func ("/balance/plan/totals", test_totals);
  g_test_add_func ("/balance/plan/invariants", test_invariants);
  g_test_add_func ("/balance/plan/pure", test_pure);
  g_test_add_func ("/balance/plan/seed-chooses", test_seed_chooses);
  g_test_add_func ("/balance/plan/nested", test_nested);
  g_test_add_func ("/balance/plan/instances", test_instances);
  g_test_add_func ("/balance/plan/unknown-class-untouched", test_unknown_class_untouched);
  g_test_add_func ("/balance/plan/nothing", test_nothing);
  g_test_add_func ("/balance/plan/warnings", test_warnings);
  g_test_add_func ("/balance/plan/no-warnings", test_no_warnings);
  g_test_add_func ("/balance/plan/json", test_json);
  return g_test_run ();
}
