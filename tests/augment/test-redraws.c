/* Copies that were rejected. */
#include <string.h>

#include "ballast-redraws.h"

static gboolean
same (BallastRandomKey a,
      BallastRandomKey b)
{
  return memcmp (&a, &b, sizeof a) == 0;
}

static void
test_redraws_keys (void)
{
  g_autoptr(BallastRedraws) none = ballast_redraws_new ();
  g_autoptr(BallastRedraws) once = ballast_redraws_reject (none, "cat/1.jpg", 2);
  g_autoptr(BallastRedraws) twice = ballast_redraws_reject (once, "cat/1.jpg", 2);
  BallastRandomKey plain = ballast_random_key (7, "cat/1.jpg", 2);

  g_assert_true (same (ballast_redraws_key (NULL, 7, "cat/1.jpg", 2), plain));
  g_assert_true (same (ballast_redraws_key (none, 7, "cat/1.jpg", 2), plain));
  g_assert_false (same (ballast_redraws_key (once, 7, "cat/1.jpg", 2), plain));
  g_assert_false (same (ballast_redraws_key (twice, 7, "cat/1.jpg", 2), plain));
  g_assert_false (same (ballast_redraws_key (once, 7, "cat/1.jpg", 2),
                        ballast_redraws_key (twice, 7, "cat/1.jpg", 2)));
  /* Nothing else moves. */
  g_assert_true (same (ballast_redraws_key (twice, 7, "cat/1.jpg", 1),
                       ballast_random_key (7, "cat/1.jpg", 1)));
  g_assert_true (same (ballast_redraws_key (twice, 7, "cat/12.jpg", 2),
                       ballast_random_key (7, "cat/12.jpg", 2)));
  g_assert_cmpuint (ballast_redraws_get (twice, "cat/1.jpg", 2), ==, 2);
  g_assert_cmpuint (ballast_redraws_get_n (twice), ==, 1);
  g_assert_cmpuint (ballast_redraws_get_n (none), ==, 0);
}

static void
test_redraws_round_trip (void)
{
  static const char *const paths[] = { "a.jpg", "größe/ü 1.jpg", "\xff\xfe/x%41.jpg", "2 b/\"q\".png" };
  g_autoptr(BallastRedraws) redraws = ballast_redraws_new ();
  g_autoptr(BallastRedraws) again = NULL;
  g_autofree char *text = NULL, *second = NULL, *none = ballast_redraws_to_json (redraws);

  g_assert_null (none);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      BallastRedraws *more = ballast_redraws_reject (redraws, paths[i], i);

      ballast_redraws_unref (redraws);
      redraws = more;
    }
  text = ballast_redraws_to_json (redraws);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  again = ballast_redraws_from_json (text);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    g_assert_cmpuint (ballast_redraws_get (again, paths[i], i), ==, 1);
  second = ballast_redraws_to_json (again);
  g_assert_cmpstr (text, ==, second);
}

static void
test_redraws_bad (void)
{
  static const char *const texts[] = {
    "", "x", "[]", "7", "{\"1 a\": \"b\"}", "{\"1 a\": -1}", "{\"1 a\": 0}", "{\"1 a\": 1e300}",
    "{\"1 %zz\": 1}", "{\"1 a\": null}", "{\"1 a\": []}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(BallastRedraws) redraws = ballast_redraws_from_json (texts[i]);

      g_assert_cmpuint (ballast_redraws_get_n (redraws), ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augment/redraws/keys", test_redraws_keys);
  g_test_add_func ("/augment/redraws/round-trip", test_redraws_round_trip);
  g_test_add_func ("/augment/redraws/bad", test_redraws_bad);
  return g_test_run ();
}
