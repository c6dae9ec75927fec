/* Perceptual hashes, and finding like ones among many. */
#include <string.h>

#include "ballast-near-index.h"
#include "ballast-random.h"
#include "ballast-scale.h"

#define SIZE 96

/* A smooth picture of its own for each number. */
static BallastRaster *
make_picture (guint number,
              guint channels)
{
  BallastRandomKey key = ballast_random_key (number, "picture", 0);
  BallastRaster *raster = ballast_raster_new (SIZE, SIZE, channels, 8);
  double grid[7][7];

  for (guint i = 0; i < 49; i++)
    grid[i / 7][i % 7] = ballast_random_range (&key, 1, i, 20, 235);
  for (guint y = 0; y < SIZE; y++)
    for (guint x = 0; x < SIZE; x++)
      {
        double u = x * 6.0 / SIZE, v = y * 6.0 / SIZE;
        guint i = (guint) u, j = (guint) v;
        double top = grid[j][i] * (1 - (u - i)) + grid[j][i + 1] * (u - i);
        double bottom = grid[j + 1][i] * (1 - (u - i)) + grid[j + 1][i + 1] * (u - i);

        memset (ballast_raster_get_row (raster, y) + x * channels,
                (int) (top * (1 - (v - j)) + bottom * (v - j)), channels);
      }

  return raster;
}

static guint
count_bits (guint64 a,
            guint64 b)
{
  return (guint) __builtin_popcountll (a ^ b);
}

/* A ramp to the right is lighter everywhere; to the left, nowhere. */
static void
test_ramp (void)
{
  g_autoptr(BallastRaster) raster = ballast_raster_new (SIZE, SIZE, 1, 8);
  BallastFingerprint print;

  for (guint y = 0; y < SIZE; y++)
    for (guint x = 0; x < SIZE; x++)
      ballast_raster_get_row (raster, y)[x] = x * 2;
  print = ballast_fingerprint_compute (raster);
  g_assert_cmphex (print.gradients, ==, G_MAXUINT64);
  for (guint y = 0; y < SIZE; y++)
    for (guint x = 0; x < SIZE; x++)
      ballast_raster_get_row (raster, y)[x] = 255 - x * 2;
  print = ballast_fingerprint_compute (raster);
  g_assert_cmphex (print.gradients, ==, 0);
  g_assert_true (ballast_fingerprint_is_telling (&print));
}

static void
test_kinds (void)
{
  for (guint number = 0; number < 20; number++)
    {
      g_autoptr(BallastRaster) grey = make_picture (number, 1);
      g_autoptr(BallastRaster) rgb = make_picture (number, 3);
      BallastFingerprint a = ballast_fingerprint_compute (grey);
      BallastFingerprint b = ballast_fingerprint_compute (rgb);

      g_assert_cmpmem (&a.gradients, 8, &b.gradients, 8);
      g_assert_cmpmem (&a.waves, 8, &b.waves, 8);
      g_assert_cmpint (a.spread, ==, b.spread);
    }
}

/* Smaller and darker by a little is alike; another picture is not. */
static void
test_alike (void)
{
  for (guint number = 0; number < 40; number++)
    {
      g_autoptr(BallastRaster) one = make_picture (number, 3);
      g_autoptr(BallastRaster) other = make_picture (number + 1, 3);
      g_autoptr(BallastRaster) small = ballast_scale_area (one, 60, 60);
      BallastFingerprint a = ballast_fingerprint_compute (one);
      BallastFingerprint b = ballast_fingerprint_compute (other);
      BallastFingerprint c;

      for (guint y = 0; y < small->height; y++)
        for (guint x = 0; x < small->width * 3; x++)
          ballast_raster_get_row (small, y)[x] = ballast_raster_get_row (small, y)[x] * 9 / 10;
      c = ballast_fingerprint_compute (small);
      g_assert_cmpint (ballast_fingerprint_compare (&a, &c, 6), >=, 0);
      g_assert_cmpint (ballast_fingerprint_compare (&a, &b, 6), ==, -1);
    }
}

/* Two blank pages agree in everything, and are not compared. */
static void
test_flat (void)
{
  g_autoptr(BallastRaster) raster = ballast_raster_new (5, 3, 1, 8);
  BallastFingerprint prints[2];
  g_autoptr(BallastNearIndex) index = NULL;

  for (guint y = 0; y < 3; y++)
    memset (ballast_raster_get_row (raster, y), 250, 5);
  prints[0] = prints[1] = ballast_fingerprint_compute (raster);
  g_assert_cmpint (prints[0].spread, ==, 0);
  g_assert_false (ballast_fingerprint_is_telling (&prints[0]));
  index = ballast_near_index_new (prints, 2);
  g_assert_cmpuint (ballast_near_index_get_n_steps (index), ==, 0);
}

/* Families of words that differ in a few bits, and loners. */
static void
make_prints (BallastFingerprint *prints,
             guint               n,
             guint               number)
{
  BallastRandomKey key = ballast_random_key (number, "prints", 0);
  guint draw = 0;

  for (guint i = 0; i < n; i++)
    {
      prints[i] = (BallastFingerprint) { ballast_random_bits (&key, 1, draw++),
                                         ballast_random_bits (&key, 2, i), 160 };
      if (i > 0 && ballast_random_below (&key, 3, i, 3) > 0)
        {
          prints[i] = prints[ballast_random_below (&key, 4, i, i)];
          for (guint flips = ballast_random_below (&key, 5, i, 9); flips > 0; flips--)
            prints[i].gradients ^= G_GUINT64_CONSTANT (1) << ballast_random_below (&key, 6, draw++, 64);
        }
    }
}

static guint
find_root (guint *parents,
           guint  place)
{
  while (parents[place] != place)
    place = parents[place];

  return place;
}

/* The groups at a distance, by comparing each with each. */
static void
group_by_force (const BallastFingerprint *prints,
                guint                     n,
                guint                     distance,
                guint                     max_distance,
                guint                    *parents)
{
  for (guint i = 0; i < n; i++)
    parents[i] = i;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      {
        int found = ballast_fingerprint_compare (&prints[i], &prints[j], max_distance);

        if (found >= 0 && (guint) found <= distance)
          {
            guint one = find_root (parents, i), other = find_root (parents, j);

            parents[MAX (one, other)] = MIN (one, other);
          }
      }
}

static void
assert_same_groups (guint number,
                    guint max_distance)
{
  enum { N = 600 };
  g_autofree BallastFingerprint *prints = g_new (BallastFingerprint, N);
  g_autofree guint *expected = g_new (guint, N), *parents = g_new (guint, N);
  g_autoptr(GArray) pairs = g_array_new (FALSE, FALSE, sizeof (BallastNearPlaces));
  g_autoptr(BallastNearIndex) index = NULL;

  make_prints (prints, N, number);
  index = ballast_near_index_new (prints, N);
  for (guint step = 0; step < ballast_near_index_get_n_steps (index); step++)
    ballast_near_index_search (index, step, max_distance, pairs);
  ballast_near_index_thin (pairs, N);
  g_assert_cmpuint (pairs->len, <, N);

  for (guint distance = 0; distance <= max_distance; distance++)
    {
      group_by_force (prints, N, distance, max_distance, expected);
      for (guint i = 0; i < N; i++)
        parents[i] = i;
      for (guint i = 0; i < pairs->len; i++)
        {
          const BallastNearPlaces *pair = &g_array_index (pairs, BallastNearPlaces, i);
          guint one = find_root (parents, pair->place), other = find_root (parents, pair->other);

          if (pair->distance <= distance)
            parents[MAX (one, other)] = MIN (one, other);
        }
      for (guint i = 0; i < N; i++)
        g_assert_cmpuint (find_root (parents, i), ==, find_root (expected, i));
    }
}

static void
test_oracle (void)
{
  for (guint number = 0; number < 6; number++)
    for (guint distance = 0; distance <= 15; distance += 3)
      assert_same_groups (number, distance);
}

/* As many as one likes of the same picture are one group, found at once. */
static void
test_many_equal (void)
{
  enum { N = 20000 };
  g_autofree BallastFingerprint *prints = g_new (BallastFingerprint, N);
  g_autoptr(GArray) pairs = g_array_new (FALSE, FALSE, sizeof (BallastNearPlaces));
  g_autoptr(BallastNearIndex) index = NULL;

  for (guint i = 0; i < N; i++)
    prints[i] = (BallastFingerprint) { 0x0123456789abcdef, 42, 160 };
  index = ballast_near_index_new (prints, N);
  for (guint step = 0; step < ballast_near_index_get_n_steps (index); step++)
    ballast_near_index_search (index, step, 10, pairs);
  ballast_near_index_thin (pairs, N);
  g_assert_cmpuint (pairs->len, ==, N - 1);
}

/* Hundreds of words in one bucket: none is passed over. */
static void
test_crowd (void)
{
  enum { N = 700 };
  g_autofree BallastFingerprint *prints = g_new (BallastFingerprint, N);
  g_autoptr(GArray) pairs = g_array_new (FALSE, FALSE, sizeof (BallastNearPlaces));
  g_autoptr(BallastNearIndex) index = NULL;

  for (guint i = 0; i < N; i++)
    {
      prints[i] = (BallastFingerprint) { 0, 42, 160 };
      for (guint bit = 0; bit < 10; bit++)
        if (i >> bit & 1)
          prints[i].gradients |= G_GUINT64_CONSTANT (2) << 4 * bit;
    }
  index = ballast_near_index_new (prints, N);
  for (guint step = 0; step < ballast_near_index_get_n_steps (index); step++)
    ballast_near_index_search (index, step, 1, pairs);
  ballast_near_index_thin (pairs, N);
  g_assert_cmpuint (pairs->len, ==, N - 1);
}

static void
test_guard (void)
{
  BallastFingerprint a = { 0, 0, 160 }, waves = { 0, G_MAXUINT32, 160 }, faint = { 0, 0, 60 };

  g_assert_cmpint (ballast_fingerprint_compare (&a, &a, 0), ==, 0);
  g_assert_cmpint (ballast_fingerprint_compare (&a, &waves, 10), ==, -1);
  g_assert_cmpint (ballast_fingerprint_compare (&a, &faint, 10), ==, -1);
  g_assert_cmpuint (count_bits (a.gradients, waves.gradients), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/image/fingerprint/ramp", test_ramp);
  g_test_add_func ("/image/fingerprint/kinds", test_kinds);
  g_test_add_func ("/image/fingerprint/alike", test_alike);
  g_test_add_func ("/image/fingerprint/flat", test_flat);
  g_test_add_func ("/image/fingerprint/guard", test_guard);
  g_test_add_func ("/image/fingerprint/oracle", test_oracle);
  g_test_add_func ("/image/fingerprint/many-equal", test_many_equal);
  g_test_add_func ("/image/fingerprint/crowd", test_crowd);

  return g_test_run ();
}
