/*
 * A linear classifier, small enough to be trained while somebody waits.
 *
 * Rows of weights are padded to a multiple of LANES, so that dot products run in as many sums, which
 * are added in a fixed order: the result depends on no instruction set.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-linear-classifier.h"

#include <math.h>
#include <string.h>

#define LANES 8
#define STEPS 150
#define PENALTY 1e-4

struct _BallastLinearClassifier
{
  guint  n_features;
  guint  n_classes;
  guint  stride;    /* floats of a padded sample: features, a 1 for the bias, zeros */
  float *mean;
  float *scale;
  float *weights;   /* n_classes × stride */
};

typedef struct
{
  const BallastTrainingSet *set;
  guint                     stride;
  float                    *samples;  /* standardised and padded */
  double                   *shares;   /* of each sample in the loss, Σ = 1 */
  float                    *gradient; /* n_classes × stride */
  double                   *logits;
} Training;

static float
dot (const float *a,
     const float *b,
     guint        n)
{
  float sums[LANES] = { 0 };

  for (guint i = 0; i < n; i += LANES)
    for (guint lane = 0; lane < LANES; lane++)
      sums[lane] += a[i + lane] * b[i + lane];
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

static void
standardise (const BallastLinearClassifier *self,
             const float                   *features,
             float                         *sample)
{
  for (guint f = 0; f < self->n_features; f++)
    sample[f] = (features[f] - self->mean[f]) * self->scale[f];
  sample[self->n_features] = 1;
  for (guint f = self->n_features + 1; f < self->stride; f++)
    sample[f] = 0;
}

/* Mean 0 and deviation 1 / √features, so that a sample's length is about 1; a feature that never
 * changes tells nothing and becomes 0. */
static void
measure_features (BallastLinearClassifier  *self,
                  const BallastTrainingSet *set)
{
  for (guint f = 0; f < self->n_features; f++)
    {
      double sum = 0, squares = 0, mean, variance;

      for (guint i = 0; i < set->n; i++)
        sum += set->features[(gsize) i * set->n_features + f];
      mean = set->n > 0 ? sum / set->n : 0;
      for (guint i = 0; i < set->n; i++)
        {
          double away = set->features[(gsize) i * set->n_features + f] - mean;

          squares += away * away;
        }
      variance = set->n > 0 ? squares / set->n : 0;
      self->mean[f] = (float) mean;
      self->scale[f] = variance > 1e-12 ? (float) (1 / sqrt (variance * self->n_features)) : 0;
    }
}

static void
to_probabilities (double *logits,
                  guint   n)
{
  double highest = logits[0], sum = 0;

  for (guint k = 1; k < n; k++)
    highest = MAX (highest, logits[k]);
  for (guint k = 0; k < n; k++)
    sum += logits[k] = exp (logits[k] - highest);
  for (guint k = 0; k < n; k++)
    logits[k] /= sum;
}

static void
add_gradient (Training    *training,
              guint        i,
              const float *weights)
{
  const float *sample = training->samples + (gsize) i * training->stride;
  guint n_classes = training->set->n_classes;

  for (guint k = 0; k < n_classes; k++)
    training->logits[k] = dot (sample, weights + (gsize) k * training->stride, training->stride);
  to_probabilities (training->logits, n_classes);
  training->logits[training->set->labels[i]] -= 1;
  for (guint k = 0; k < n_classes; k++)
    {
      float error = (float) (training->logits[k] * training->shares[i]);
      float *gradient = training->gradient + (gsize) k * training->stride;

      for (guint f = 0; f < training->stride; f++)
        gradient[f] += error * sample[f];
    }
}

static void
compute_gradient (Training    *training,
                  const float *weights)
{
  gsize n = (gsize) training->set->n_classes * training->stride;

  for (gsize i = 0; i < n; i++)
    training->gradient[i] = (float) PENALTY * weights[i];
  for (guint i = 0; i < training->set->n; i++)
    if (training->shares[i] > 0)
      add_gradient (training, i, weights);
}

/* ½ Σ share |x|² bounds the curvature of the cross entropy (Böhning 1992). */
static double
bound_curvature (const Training *training)
{
  double bound = 0;

  for (guint i = 0; i < training->set->n; i++)
    {
      const float *sample = training->samples + (gsize) i * training->stride;

      bound += training->shares[i] * dot (sample, sample, training->stride);
    }
  return 0.5 * bound + PENALTY;
}

/* A step from @ahead to @next; returns the product of gradient and progress, whose sign tells
 * whether the momentum leads uphill. */
static double
step (const Training *training,
      const float    *ahead,
      const float    *current,
      float          *next,
      double          rate)
{
  gsize n = (gsize) training->set->n_classes * training->stride;
  double uphill = 0;

  for (gsize i = 0; i < n; i++)
    {
      next[i] = ahead[i] - (float) rate * training->gradient[i];
      uphill += (double) training->gradient[i] * (next[i] - current[i]);
    }
  return uphill;
}

static gboolean
descend (BallastLinearClassifier *self,
         Training                *training,
         GCancellable            *cancellable,
         GError                 **error)
{
  gsize n = (gsize) self->n_classes * self->stride;
  g_autofree float *ahead = g_new0 (float, n);
  g_autofree float *next = g_new0 (float, n);
  double rate = 1 / bound_curvature (training), momentum = 1;

  for (guint turn = 0; turn < STEPS; turn++)
    {
      double grown = (1 + sqrt (1 + 4 * momentum * momentum)) / 2, inertia;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      compute_gradient (training, ahead);
      if (step (training, ahead, self->weights, next, rate) > 0)
        momentum = grown = 1;
      inertia = (momentum - 1) / grown;
      momentum = grown;
      for (gsize i = 0; i < n; i++)
        {
          ahead[i] = next[i] + (float) inertia * (next[i] - self->weights[i]);
          self->weights[i] = next[i];
        }
    }
  return TRUE;
}

static void
training_init (Training                      *training,
               const BallastLinearClassifier *self,
               const BallastTrainingSet      *set)
{
  double sum = 0;

  training->set = set;
  training->stride = self->stride;
  training->samples = g_new (float, (gsize) MAX (set->n, 1) * self->stride);
  training->shares = g_new (double, MAX (set->n, 1));
  training->gradient = g_new (float, (gsize) self->n_classes * self->stride);
  training->logits = g_new (double, self->n_classes);
  for (guint i = 0; i < set->n; i++)
    {
      standardise (self, set->features + (gsize) i * set->n_features,
                   training->samples + (gsize) i * self->stride);
      sum += training->shares[i] = set->weights != NULL ? set->weights[i] : 1;
    }
  for (guint i = 0; i < set->n; i++)
    training->shares[i] /= MAX (sum, 1e-300);
}

static void
training_clear (Training *training)
{
  g_free (training->samples);
  g_free (training->shares);
  g_free (training->gradient);
  g_free (training->logits);
}

BallastLinearClassifier *
ballast_linear_classifier_new (const BallastTrainingSet *set,
                               GCancellable             *cancellable,
                               GError                  **error)
{
  g_autoptr(BallastLinearClassifier) self = g_new0 (BallastLinearClassifier, 1);
  Training training;
  gboolean success;

  self->n_features = set->n_features;
  self->n_classes = MAX (set->n_classes, 1);
  self->stride = (set->n_features + 1 + LANES - 1) / LANES * LANES;
  self->mean = g_new0 (float, MAX (set->n_features, 1));
  self->scale = g_new0 (float, MAX (set->n_features, 1));
  self->weights = g_new0 (float, (gsize) self->n_classes * self->stride);
  measure_features (self, set);

  training_init (&training, self, set);
  success = descend (self, &training, cancellable, error);
  training_clear (&training);
  return success ? g_steal_pointer (&self) : NULL;
}

void
ballast_linear_classifier_free (BallastLinearClassifier *self)
{
  g_free (self->mean);
  g_free (self->scale);
  g_free (self->weights);
  g_free (self);
}

guint
ballast_linear_classifier_predict (const BallastLinearClassifier *self,
                                   const float                   *features)
{
  g_autofree float *sample = g_new (float, self->stride);
  float highest = -INFINITY;
  guint best = 0;

  standardise (self, features, sample);
  for (guint k = 0; k < self->n_classes; k++)
    {
      float logit = dot (sample, self->weights + (gsize) k * self->stride, self->stride);

      if (logit > highest)
        {
          highest = logit;
          best = k;
        }
    }
  return best;
}
