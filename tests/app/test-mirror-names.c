/* Sides in names of classes: found as whole words, in any case, and paired. */
#include "config.h"

#include "ballast-mirror-names.h"

static BallastTally *
new_tally (const char * const *names)
{
  guint n = g_strv_length ((char **) names);
  BallastTally *tally = ballast_tally_new (n, 0);

  for (guint i = 0; i < n; i++)
    {
      g_free (tally->classes[i].name);
      tally->classes[i].name = g_strdup (names[i]);
      tally->classes[i].id = i + 1;
      tally->classes[i].index = i;
    }

  return tally;
}

static void
test_pairs (void)
{
  static const char *const names[] = { "turn-left", "stop", "Turn-Right", "main gauche", "main droite",
                                       "left", NULL };
  g_autoptr(BallastTally) tally = new_tally (names);
  g_autoptr(GArray) pairs = ballast_mirror_names_dup_pairs (tally);

  g_assert_cmpuint (pairs->len, ==, 2);
  g_assert_cmpint (g_array_index (pairs, BallastClassPair, 0).class_id, ==, 1);
  g_assert_cmpint (g_array_index (pairs, BallastClassPair, 0).mirrored_id, ==, 3);
  g_assert_cmpint (g_array_index (pairs, BallastClassPair, 1).class_id, ==, 4);
  g_assert_cmpint (g_array_index (pairs, BallastClassPair, 1).mirrored_id, ==, 5);
}

static void
test_unpaired (void)
{
  static const char *const names[] = { "turn_left", "turn_right", "leftover", "bright", "keep right 2",
                                       NULL };
  const BallastClassPair declared = { 1, 2 };
  g_autoptr(BallastTally) tally = new_tally (names);
  g_auto(GStrv) before = ballast_mirror_names_dup_unpaired (tally, NULL, 0);
  g_auto(GStrv) after = ballast_mirror_names_dup_unpaired (tally, &declared, 1);

  g_assert_cmpuint (g_strv_length (before), ==, 3);
  g_assert_cmpstr (before[0], ==, "turn_left");
  g_assert_cmpuint (g_strv_length (after), ==, 1);
  g_assert_cmpstr (after[0], ==, "keep right 2");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/mirror-names/pairs", test_pairs);
  g_test_add_func ("/app/mirror-names/unpaired", test_unpaired);

  return g_test_run ();
}
