/* The linear classifier: what it must learn, and what weights must change. */
#include "ballast-linear-classifier.h"
#include "ballast-random.h"

#define N 300
#define FEATURES 5

typedef struct
{
  float  features[N * FEATURES];
  guint  labels[N];
  double weights[N];
} Cloud;

/* Three clouds along two features, @apart from each other; one sample in @rare is of class 1. */
static void
fill (Cloud *cloud,
      double apart,
      guint  rare)
{
  const BallastRandomKey key = ballast_random_key (3, "cloud", 0);

  for (guint i = 0; i < N; i++)
    {
      guint label = i % rare == 0 ? 1 : (i % 2) * 2;

      cloud->labels[i] = label;
      cloud->weights[i] = 1;
      for (guint f = 0; f < FEATURES; f++)
        {
          double noise = 0;

          for (guint draw = 0; draw < 4; draw++)
            noise += ballast_random_unit (&key, i, f * 4 + draw) - 0.5;
          cloud->features[i * FEATURES + f] = (float) (100 * (noise + (f == label ? apart : 0)));
        }
    }
}

static double
measure_recall (const Cloud *cloud,
                gboolean     weighted,
                guint        label)
{
  const BallastTrainingSet set = { cloud->features, cloud->labels,
                                   weighted ? cloud->weights : NULL, N, FEATURES, 3 };
  g_autoptr(BallastLinearClassifier) model = ballast_linear_classifier_new (&set, NULL, NULL);
  guint right = 0, all = 0;

  for (guint i = 0; i < N; i++)
    if (cloud->labels[i] == label)
      {
        all++;
        right += ballast_linear_classifier_predict (model, cloud->features + i * FEATURES) == label;
      }
  return (double) right / all;
}

static void
test_separates (void)
{
  Cloud cloud;

  fill (&cloud, 6, 10);
  for (guint label = 0; label < 3; label++)
    g_assert_cmpfloat (measure_recall (&cloud, FALSE, label), ==, 1);
}

/* Where classes overlap, the rare one is given up unless it weighs more. */
static void
test_weights_raise_the_rare (void)
{
  Cloud cloud;

  fill (&cloud, 0.8, 20);
  for (guint i = 0; i < N; i++)
    cloud.weights[i] = cloud.labels[i] == 1 ? 10 : 1;
  g_assert_cmpfloat (measure_recall (&cloud, TRUE, 1), >,
                     measure_recall (&cloud, FALSE, 1) + 0.2);
}

/* A sample of weight 2 is two samples, one of weight 0 is none: the same predictions. */
static void
test_weights_are_repeats (void)
{
  Cloud cloud, twice;

  fill (&cloud, 0.8, 20);
  twice = cloud;
  for (guint i = 0; i < N; i++)
    cloud.weights[i] = i < 100 ? 2 : i < 200 ? 1 : 0;
  for (guint i = 200; i < N; i++)
    {
      twice.labels[i] = twice.labels[i - 200];
      for (guint f = 0; f < FEATURES; f++)
        twice.features[i * FEATURES + f] = twice.features[(i - 200) * FEATURES + f];
    }
  for (guint i = 0; i < N; i++)
    for (guint f = 0; f < FEATURES; f++)
      cloud.features[i * FEATURES + f] = i < 200 ? twice.features[i * FEATURES + f]
                                                 : twice.features[(i - 200) * FEATURES + f];
  for (guint label = 0; label < 3; label++)
    {
      const BallastTrainingSet a = { cloud.features, cloud.labels, cloud.weights, N, FEATURES, 3 };
      const BallastTrainingSet b = { twice.features, twice.labels, NULL, N, FEATURES, 3 };
      g_autoptr(BallastLinearClassifier) first = ballast_linear_classifier_new (&a, NULL, NULL);
      g_autoptr(BallastLinearClassifier) second = ballast_linear_classifier_new (&b, NULL, NULL);

      for (guint i = 0; i < N; i++)
        g_assert_cmpuint (ballast_linear_classifier_predict (first, twice.features + i * FEATURES),
                          ==,
                          ballast_linear_classifier_predict (second, twice.features + i * FEATURES));
    }
}

static void
test_odd_sets (void)
{
  const float constant[] = { 1, 1, 1, 1 };
  const guint labels[] = { 0, 1, 1, 1 };
  const BallastTrainingSet one = { constant, labels, NULL, 4, 1, 2 };
  const BallastTrainingSet none = { constant, labels, NULL, 0, 1, 2 };
  g_autoptr(BallastLinearClassifier) majority = ballast_linear_classifier_new (&one, NULL, NULL);
  g_autoptr(BallastLinearClassifier) empty = ballast_linear_classifier_new (&none, NULL, NULL);

  g_assert_cmpuint (ballast_linear_classifier_predict (majority, constant), ==, 1);
  g_assert_cmpuint (ballast_linear_classifier_predict (empty, constant), ==, 0);
}

static void
test_cancel (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  const BallastTrainingSet none = { NULL, NULL, NULL, 0, 1, 2 };

  g_cancellable_cancel (cancellable);
  g_assert_null (ballast_linear_classifier_new (&none, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/balance/linear-classifier/separates", test_separates);
  g_test_add_func ("/balance/linear-classifier/weights-raise-the-rare", test_weights_raise_the_rare);
  g_test_add_func ("/balance/linear-classifier/weights-are-repeats", test_weights_are_repeats);
  g_test_add_func ("/balance/linear-classifier/odd-sets", test_odd_sets);
  g_test_add_func ("/balance/linear-classifier/cancel", test_cancel);
  return g_test_run ();
}
