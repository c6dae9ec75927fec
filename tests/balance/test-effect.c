/* The estimate: folds, groups, and that it sees what is there to see. */
#include <math.h>

#include "ballast-effect.h"
#include "ballast-random.h"

#define FEATURES 4
#define MAX_N 1920

typedef struct
{
  BallastEffectInput input;
  float              features[MAX_N * FEATURES];
  guint              labels[MAX_N];
  guint64            groups[MAX_N];
  double             repeats[3];
  double             weights[3];
} Case;

/* Clouds of 1200, 600 and 120 images, @apart from each other. */
static void
fill (Case  *self,
      double apart)
{
  static const guint counts[] = { 1200, 600, 120 };
  const BallastRandomKey key = ballast_random_key (5, "effect", 0);
  guint n = 0;

  for (guint label = 0; label < 3; label++)
    {
      self->repeats[label] = 1200.0 / counts[label];
      self->weights[label] = 1920.0 / 3 / counts[label];
      for (guint i = 0; i < counts[label]; i++, n++)
        {
          self->labels[n] = label;
          self->groups[n] = n;
          for (guint f = 0; f < FEATURES; f++)
            self->features[n * FEATURES + f]
              = (float) (ballast_random_unit (&key, n, f) + ballast_random_unit (&key, n, f + 8) +
                         (f == label ? apart : 0));
        }
    }
  self->input = (BallastEffectInput){ n, FEATURES, 3, self->features, self->labels, self->groups, 0,
                                      NULL, NULL, self->repeats, self->weights, 1 };
}

static void
run (Case                *self,
     BallastEffectArm     arm,
     BallastEffectResult *result)
{
  g_autoptr(BallastEffect) effect = ballast_effect_new (&self->input);

  for (guint fold = 0; fold < BALLAST_EFFECT_FOLDS; fold++)
    {
      g_assert_true (ballast_effect_run (effect, fold, BALLAST_EFFECT_AS_IS, NULL, NULL));
      g_assert_true (ballast_effect_run (effect, fold, arm, NULL, NULL));
    }
  ballast_effect_measure (effect, arm, result);
}

static void
test_folds (void)
{
  static Case self;
  g_autoptr(BallastEffect) effect = NULL;
  guint rare[BALLAST_EFFECT_FOLDS] = { 0 };

  fill (&self, 1);
  for (guint i = 0; i < 20; i++)
    self.groups[i] = 7000; /* one scene of the largest class */
  self.groups[1850] = 7000; /* and a picture of another class in it */
  effect = ballast_effect_new (&self.input);
  for (guint i = 1; i < 20; i++)
    g_assert_cmpuint (ballast_effect_get_fold (effect, i), ==, ballast_effect_get_fold (effect, 0));
  g_assert_cmpuint (ballast_effect_get_fold (effect, 1850), ==, ballast_effect_get_fold (effect, 0));
  for (guint i = 1800; i < 1920; i++)
    rare[ballast_effect_get_fold (effect, i)]++;
  for (guint fold = 0; fold < BALLAST_EFFECT_FOLDS; fold++)
    g_assert_cmpuint (rare[fold], >=, 22);
}

/* Clouds that touch: as it is the rare one is given up; copies by weight and weights bring it back,
 * and the error bars say that this is no accident. */
static void
test_helps_where_classes_overlap (void)
{
  static Case self;
  BallastEffectResult plan, weights;

  fill (&self, 0.3);
  run (&self, BALLAST_EFFECT_PLAN, &plan);
  run (&self, BALLAST_EFFECT_WEIGHTS, &weights);
  g_assert_cmpfloat (plan.gain, >, 2 * plan.gain_error);
  g_assert_cmpfloat (weights.gain, >, 2 * weights.gain_error);
  /* Repeats without drawn copies are weights up to a factor: the same model. */
  g_assert_cmpfloat_with_epsilon (plan.balanced, weights.balanced, 0.02);
  g_free (plan.recalls);
  g_free (weights.recalls);
}

static void
test_no_gain_where_all_is_clear (void)
{
  static Case self;
  BallastEffectResult result;

  fill (&self, 5);
  run (&self, BALLAST_EFFECT_WEIGHTS, &result);
  g_assert_cmpfloat (result.balanced, >, 0.99);
  g_assert_cmpfloat (fabs (result.gain), <, 0.02);
  g_free (result.recalls);
}

static void
test_undersampling_drops (void)
{
  static Case self;
  BallastEffectResult few, all;

  fill (&self, 0.3);
  run (&self, BALLAST_EFFECT_AS_IS, &all);
  for (guint k = 0; k < 3; k++)
    self.repeats[k] = k == 2 ? 1 : 0;
  run (&self, BALLAST_EFFECT_PLAN, &few);
  g_assert_cmpfloat (few.recalls[2], ==, 1); /* nothing else is left to learn */
  g_assert_cmpfloat (few.recalls[0], ==, 0);
  g_assert_cmpfloat (all.recalls[0], >, 0.5);
  g_free (few.recalls);
  g_free (all.recalls);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/balance/effect/folds", test_folds);
  g_test_add_func ("/balance/effect/helps-where-classes-overlap", test_helps_where_classes_overlap);
  g_test_add_func ("/balance/effect/no-gain-where-all-is-clear", test_no_gain_where_all_is_clear);
  g_test_add_func ("/balance/effect/undersampling-drops", test_undersampling_drops);
  return g_test_run ();
}
