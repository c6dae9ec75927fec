/* Plans beside the main thread: a first look at once, then the plan; the last one asked for counts. */
#include "config.h"

#include "fixture.h"

#define N_IMAGES 1500

/* A COCO file of pictures that are not there: their labels are enough to plan with. */
static void
set_up (Fixture *fixture)
{
  g_autoptr(GString) images = g_string_new (NULL), labels = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < N_IMAGES; i++)
    {
      g_string_append_printf (images, "%s{\"id\":%u,\"file_name\":\"%u.jpg\",\"width\":64,"
                              "\"height\":48}", i > 0 ? "," : "", i + 1, i);
      for (guint class = 1; class <= 3; class++)
        if (class == 1 || i % (class * 9) == 0)
          g_string_append_printf (labels, "%s{\"id\":%u,\"image_id\":%u,\"category_id\":%u,\"bbox\":"
                                  "[1,1,9,9],\"area\":81}", labels->len > 0 ? "," : "", 4 * i + class,
                                  i + 1, class);
    }
  text = g_strdup_printf ("{\"images\":[%s],\"annotations\":[%s],\"categories\":[{\"id\":1,\"name\":"
                          "\"car\"},{\"id\":2,\"name\":\"bus\"},{\"id\":3,\"name\":\"van\"}]}",
                          images->str, labels->str);
  fixture_init (fixture);
  fixture_bytes (fixture, "street.json", text, (gssize) strlen (text));
  fixture_create (fixture);
  fixture_import (fixture);
}

static void
count (gpointer counter)
{
  (*(guint *) counter)++;
}

static void
wait_for (const guint *n,
          guint        wanted)
{
  while (*n < wanted)
    g_main_context_iteration (NULL, TRUE);
}

static BallastPlan *
ask (Fixture *fixture,
     guint    target)
{
  g_auto(BallastBalanceSettings) balance = { 0 };
  BallastPlan *plan;

  ballast_balance_settings_init (&balance);
  balance.target = (BallastTarget){ BALLAST_TARGET_NUMBER, target };
  plan = ballast_document_dup_plan_for (fixture->document, &balance, NULL);
  g_assert_nonnull (plan);
  return plan;
}

static void
test_at_once (void)
{
  g_auto(Fixture) fixture = { 0 };
  g_autoptr(BallastPlan) plan = NULL;

  set_up (&fixture);
  plan = ask (&fixture, 700);
  g_assert_false (plan->coarse);
  g_assert_nonnull (plan->rows);
}

static void
test_aside (void)
{
  g_auto(Fixture) fixture = { 0 };
  g_autoptr(BallastPlan) exact = NULL, coarse = NULL, known = NULL;
  guint n_planned = 0;

  set_up (&fixture);
  exact = ask (&fixture, 700);
  ballast_document_plan_aside (fixture.document);
  g_signal_connect_swapped (fixture.document, "planned", G_CALLBACK (count), &n_planned);

  coarse = ask (&fixture, 700);
  g_assert_true (coarse->coarse);
  g_assert_cmpuint (n_planned, ==, 0);
  wait_for (&n_planned, 1);
  known = ask (&fixture, 700);
  g_assert_false (known->coarse);
  g_assert_cmpuint (known->images_after, ==, exact->images_after);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (known->classes[i].after, ==, exact->classes[i].after);
}

/* A drag asks for many; only what was asked last is made to the end, and what is known stays. */
static void
test_last_counts (void)
{
  g_auto(Fixture) fixture = { 0 };
  guint n_planned = 0;

  set_up (&fixture);
  ballast_document_plan_aside (fixture.document);
  g_signal_connect_swapped (fixture.document, "planned", G_CALLBACK (count), &n_planned);
  for (guint target = 600; target <= 640; target++)
    {
      g_autoptr(BallastPlan) plan = ask (&fixture, target);

      g_assert_true (plan->coarse);
    }
  wait_for (&n_planned, 1);
  {
    g_autoptr(BallastPlan) last = ask (&fixture, 640), other = ask (&fixture, 620);

    g_assert_false (last->coarse);
    g_assert_true (other->coarse);
    wait_for (&n_planned, 2);
  }
  {
    g_autoptr(BallastPlan) last = ask (&fixture, 640), other = ask (&fixture, 620);

    g_assert_false (last->coarse);
    g_assert_false (other->coarse);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/planner/at-once", test_at_once);
  g_test_add_func ("/document/planner/aside", test_aside);
  g_test_add_func ("/document/planner/last-counts", test_last_counts);
  return g_test_run ();
}
