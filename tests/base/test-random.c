#include <math.h>

#include "ballast-random.h"

/* The known-answer vectors that Random123 ships for philox4x32-10. */
static void
test_random_philox_published (void)
{
  static const struct
  {
    guint32 counter[4], key[2], expected[4];
  } vectors[] = {
    { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
    { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
      { 0xffffffff, 0xffffffff },
      { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
    { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
      { 0xa4093822, 0x299f31d0 },
      { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      guint32 out[4];

      ballast_random_philox (vectors[i].counter, vectors[i].key, out);
      for (guint word = 0; word < 4; word++)
        g_assert_cmphex (out[word], ==, vectors[i].expected[word]);
    }
}

static void
test_random_names_matter (void)
{
  BallastRandomKey key = ballast_random_key (7, "cat/1.jpg", 0);
  BallastRandomKey same = ballast_random_key (7, "cat/1.jpg", 0);
  BallastRandomKey others[] = { ballast_random_key (8, "cat/1.jpg", 0),
                                ballast_random_key (7, "cat/2.jpg", 0),
                                ballast_random_key (7, "cat/1.jpg", 1) };
  guint64 bits = ballast_random_bits (&key, 1, 0);

  g_assert_cmphex (bits, ==, ballast_random_bits (&same, 1, 0));
  g_assert_cmphex (bits, !=, ballast_random_bits (&key, 2, 0));
  g_assert_cmphex (bits, !=, ballast_random_bits (&key, 1, 1));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmphex (bits, !=, ballast_random_bits (&others[i], 1, 0));
}

/* The contract: these numbers are what projects of version 0.1 were exported with. */
static void
test_random_frozen (void)
{
  BallastRandomKey key = ballast_random_key (42, "trash/trash7.jpg", 3);

  g_assert_cmphex (ballast_random_bits (&key, 5, 1), ==, G_GUINT64_CONSTANT (0x4cc98d79654caafe));
}

static void
test_random_unit_uniform (void)
{
  BallastRandomKey key = ballast_random_key (1, "x", 0);
  enum { N = 100000 };
  double sum = 0, sum_squares = 0;

  for (guint i = 0; i < N; i++)
    {
      double u = ballast_random_unit (&key, 0, i);

      g_assert_true (u >= 0 && u < 1);
      sum += u;
      sum_squares += u * u;
    }

  /* Five standard errors of the mean (1/sqrt(12 N)) and of the second moment. */
  g_assert_cmpfloat_with_epsilon (sum / N, 0.5, 5 * 0.2887 / sqrt (N));
  g_assert_cmpfloat_with_epsilon (sum_squares / N, 1.0 / 3, 5 * 0.2981 / sqrt (N));
}

static void
test_random_below (void)
{
  BallastRandomKey key = ballast_random_key (1, "x", 0);
  guint seen[7] = { 0 };

  for (guint i = 0; i < 7000; i++)
    seen[ballast_random_below (&key, 3, i, 7)]++;
  for (guint i = 0; i < 7; i++)
    g_assert_cmpfloat_with_epsilon (seen[i], 1000, 5 * sqrt (1000));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/random/philox-published", test_random_philox_published);
  g_test_add_func ("/base/random/names-matter", test_random_names_matter);
  g_test_add_func ("/base/random/frozen", test_random_frozen);
  g_test_add_func ("/base/random/unit-uniform", test_random_unit_uniform);
  g_test_add_func ("/base/random/below", test_random_below);
  return g_test_run ();
}
