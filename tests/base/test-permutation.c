#include "ballast-permutation.h"

static void
assert_bijection (const BallastRandomKey *key,
                  guint64                 n)
{
  g_autofree gboolean *taken = g_new0 (gboolean, n);

  for (guint64 i = 0; i < n; i++)
    {
      guint64 place = ballast_permutation_place (key, 9, n, i);

      g_assert_cmpuint (place, <, n);
      g_assert_false (taken[place]);
      taken[place] = TRUE;
    }
}

static void
test_permutation_bijection (void)
{
  static const guint64 sizes[] = { 1, 2, 3, 4, 5, 15, 16, 17, 100, 1000, 4097 };
  BallastRandomKey key = ballast_random_key (3, "", 0);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    assert_bijection (&key, sizes[i]);
}

/* Every place is equally likely: over many keys, item 0 of 5 lands everywhere. */
static void
test_permutation_uniform (void)
{
  guint seen[5] = { 0 };

  for (guint seed = 0; seed < 5000; seed++)
    {
      BallastRandomKey key = ballast_random_key (seed, "", 0);

      seen[ballast_permutation_place (&key, 0, 5, 0)]++;
    }
  for (guint i = 0; i < 5; i++)
    g_assert_cmpfloat_with_epsilon (seen[i], 1000, 150);
}

static void
test_permutation_keys_differ (void)
{
  BallastRandomKey one = ballast_random_key (1, "", 0), two = ballast_random_key (2, "", 0);
  guint same = 0;

  for (guint64 i = 0; i < 1000; i++)
    same += ballast_permutation_place (&one, 0, 1000, i) ==
            ballast_permutation_place (&two, 0, 1000, i);
  g_assert_cmpuint (same, <, 20);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/permutation/bijection", test_permutation_bijection);
  g_test_add_func ("/base/permutation/uniform", test_permutation_uniform);
  g_test_add_func ("/base/permutation/keys-differ", test_permutation_keys_differ);
  return g_test_run ();
}
