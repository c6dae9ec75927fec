/* Long-tailed counts: the published vectors, and what holds of any set. */
#include <string.h>

#include "ballast-long-tail.h"
#include "ballast-random.h"

#define MAX_CLASSES 32

static void
assert_profile (double               ratio,
                BallastLongTailOrder order,
                const char          *counts,
                const char          *expected)
{
  BallastLongTailOptions options = { .ratio = ratio, .order = order };
  g_auto(GStrv) words = g_strsplit (counts, " ", -1);
  guint64 given[MAX_CLASSES];
  guint n = g_strv_length (words);
  g_autofree guint64 *wanted = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    given[i] = g_ascii_strtoull (words[i], NULL, 10);
  wanted = ballast_long_tail_dup_counts (&options, given, n);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%" G_GUINT64_FORMAT, i > 0 ? " " : "", wanted[i]);
  g_assert_cmpstr (text->str, ==, expected);
}

#define CIFAR "5000 5000 5000 5000 5000 5000 5000 5000 5000 5000"
#define DIGITS "100 100 100 100 100 100 100 100 100 100"

/* CIFAR-10-LT of Cui et al., CVPR 2019, as the code of LDAM makes it. */
static void
test_published (void)
{
  assert_profile (100, BALLAST_LONG_TAIL_BY_INDEX, CIFAR,
                  "5000 2997 1796 1077 645 387 232 139 83 50");
  assert_profile (50, BALLAST_LONG_TAIL_BY_INDEX, CIFAR,
                  "5000 3237 2096 1357 878 568 368 238 154 100");
  assert_profile (10, BALLAST_LONG_TAIL_BY_INDEX, CIFAR,
                  "5000 3871 2997 2320 1796 1391 1077 834 645 500");
  assert_profile (50, BALLAST_LONG_TAIL_BY_INDEX, DIGITS, "100 64 41 27 17 11 7 4 3 2");
}

static void
test_edges (void)
{
  assert_profile (1, BALLAST_LONG_TAIL_BY_INDEX, "7 7 7", "7 7 7");
  assert_profile (10, BALLAST_LONG_TAIL_BY_INDEX, "7", "7");
  assert_profile (10, BALLAST_LONG_TAIL_BY_INDEX, "100 0 100", "100 0 10");
  assert_profile (10, BALLAST_LONG_TAIL_BY_INDEX, "20 100 100", "20 31 10");
  assert_profile (10, BALLAST_LONG_TAIL_BY_COUNT, "20 90 100", "10 31 100");
}

/* Exactly so many stay, whatever the numbers; and what a longer tail keeps, a shorter one keeps. */
static void
test_keeps (void)
{
  const BallastRandomKey key = ballast_random_key (7, "long-tail", 0);

  for (guint turn = 0; turn < 50; turn++)
    {
      guint64 count = 1 + ballast_random_below (&key, 1, turn, 300);
      guint64 kept = ballast_random_below (&key, 2, turn, count + 1), seen = 0;
      BallastLongTailOptions options = { .ratio = 10, .seed = turn };

      for (guint64 place = 0; place < count; place++)
        {
          gboolean keeps = ballast_long_tail_keeps (&options, "cat", count, kept, place);

          seen += keeps;
          g_assert_true (!keeps || ballast_long_tail_keeps (&options, "cat", count, kept + 1, place));
        }
      g_assert_cmpuint (seen, ==, kept);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/balance/long-tail/published", test_published);
  g_test_add_func ("/balance/long-tail/edges", test_edges);
  g_test_add_func ("/balance/long-tail/keeps", test_keeps);
  return g_test_run ();
}
