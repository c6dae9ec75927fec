#include "ballast-crop-window.h"

#include <glib.h>

#define SIDE 14
#define N 4

/* The best score of all windows in whole pixels that show the anchor. */
static double
find_best (const BallastCropProblem *problem,
           const BallastBox         *anchor,
           double                    cut_cost)
{
  double best = -G_MAXDOUBLE;

  for (double left = 0; left <= anchor->x; left++)
    for (double top = 0; top <= anchor->y; top++)
      for (double right = anchor->x + anchor->width; right <= problem->width; right++)
        for (double bottom = anchor->y + anchor->height; bottom <= problem->height; bottom++)
          {
            BallastBox window = { left, top, right - left, bottom - top };

            if (window.width >= problem->min_size && window.height >= problem->min_size)
              best = MAX (best, ballast_crop_score (problem, &window, cut_cost));
          }
  return best;
}

static BallastCropObject
draw_object (GRand *random)
{
  int width = g_rand_int_range (random, 1, 6), height = g_rand_int_range (random, 1, 6);

  return (BallastCropObject){ { g_rand_int_range (random, 0, SIDE - width + 1),
                                g_rand_int_range (random, 0, SIDE - height + 1), width, height },
                              g_rand_int_range (random, -3, 3) };
}

static void
assert_within (const BallastCropProblem *problem,
               const BallastBox         *window)
{
  g_assert_cmpfloat (window->x, >=, 0);
  g_assert_cmpfloat (window->y, >=, 0);
  g_assert_cmpfloat (window->x + window->width, <=, problem->width);
  g_assert_cmpfloat (window->y + window->height, <=, problem->height);
  g_assert_cmpfloat (window->width, >=, problem->min_size);
  g_assert_cmpfloat (window->height, >=, problem->min_size);
}

/* Where objects count whole, the search finds what trying all windows finds; where a part is enough,
 * nearly always. */
static void
test_oracle (gconstpointer data)
{
  double visibility = GPOINTER_TO_UINT (data) / 100.0;
  GRand *random = g_rand_new_with_seed (7);
  guint best_found = 0, n = 400;

  for (guint round = 0; round < n; round++)
    {
      BallastCropObject objects[N];
      BallastCropProblem problem = { objects, N, SIDE, SIDE,
                                     (guint) g_rand_int_range (random, 1, 9), visibility };
      BallastBox window;
      double score, best;

      for (guint i = 0; i < N; i++)
        objects[i] = draw_object (random);
      objects[0].value = 3;
      g_assert_true (ballast_crop_find (&problem, 0, 1, &window, &score));
      assert_within (&problem, &window);
      g_assert_cmpint (ballast_crop_get_fate (&objects[0].box, &window, 1), ==, BALLAST_CROP_HELD);
      g_assert_cmpfloat (score, ==, ballast_crop_score (&problem, &window, 1));
      best = find_best (&problem, &objects[0].box, 1);
      g_assert_cmpfloat (score, <=, best);
      best_found += score == best;
    }
  g_test_message ("%u of %u windows are the best there are", best_found, n);
  if (visibility == 1)
    g_assert_cmpuint (best_found, ==, n);
  g_assert_cmpuint (best_found * 100, >=, n * 97);
  g_rand_free (random);
}

/* A bus with cars to both sides: the window lies between them. */
static void
test_between (void)
{
  const BallastCropObject objects[] = { { { 300, 100, 100, 80 }, 1 },
                                        { { 100, 120, 90, 40 }, -1 },
                                        { { 450, 120, 90, 40 }, -1 } };
  const BallastCropProblem problem = { objects, 3, 640, 480, 128, 0.5 };
  BallastBox window;
  double score;

  g_assert_true (ballast_crop_find (&problem, 0, 1, &window, &score));
  g_assert_cmpfloat (score, ==, 1);
  g_assert_cmpfloat (window.x, >=, 185);
  g_assert_cmpfloat (window.x + window.width, <=, 455);
  g_assert_cmpfloat (window.height, ==, 480); /* nothing is in the way up and down */
}

static void
test_too_small (void)
{
  const BallastCropObject objects[] = { { { 3, 1, 10, 8 }, 1 } };
  const BallastCropProblem problem = { objects, 1, 64, 48, 128, 0.5 };
  BallastBox window;
  double score;

  g_assert_false (ballast_crop_find (&problem, 0, 1, &window, &score));
}

static void
test_fates (void)
{
  const BallastBox object = { 10, 10, 20, 10 };

  g_assert_cmpint (ballast_crop_get_fate (&object, &(BallastBox){ 0, 0, 20, 40 }, 0.5), ==,
                   BALLAST_CROP_HELD);
  g_assert_cmpint (ballast_crop_get_fate (&object, &(BallastBox){ 0, 0, 19, 40 }, 0.5), ==,
                   BALLAST_CROP_CUT);
  g_assert_cmpint (ballast_crop_get_fate (&object, &(BallastBox){ 0, 0, 11, 40 }, 0.5), ==,
                   BALLAST_CROP_OUT);
  g_assert_cmpint (ballast_crop_get_fate (&object, &(BallastBox){ 0, 0, 9, 40 }, 0.5), ==,
                   BALLAST_CROP_OUT);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/balance/crop-window/oracle/whole", GUINT_TO_POINTER (100), test_oracle);
  g_test_add_data_func ("/balance/crop-window/oracle/part", GUINT_TO_POINTER (50), test_oracle);
  g_test_add_func ("/balance/crop-window/between", test_between);
  g_test_add_func ("/balance/crop-window/too-small", test_too_small);
  g_test_add_func ("/balance/crop-window/fates", test_fates);
  return g_test_run ();
}
