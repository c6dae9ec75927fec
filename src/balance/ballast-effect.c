/*
 * Cross-validation of a linear classifier under the dataset as it is, a plan, and class weights.
 *
 * Immutable but for the predictions, of which each model writes its own: models run in any threads
 * and any order, and give the same figures.
 */
#define G_LOG_DOMAIN "ballast-balance"

#include "config.h"

#include "ballast-effect.h"

#include <math.h>
#include <string.h>

#include "ballast-linear-classifier.h"
#include "ballast-permutation.h"

#define PURPOSE_FOLDS 0x464F4C44u
#define PURPOSE_KEPT 0x4B455054u
#define NO_CLASS G_MAXUINT

struct _BallastEffect
{
  const BallastEffectInput *input;
  BallastRandomKey          key;
  guint8                   *folds;
  guint64                  *counts;      /* images per class */
  guint                    *n_variants;  /* per image */
  guint                    *predictions[BALLAST_EFFECT_N_ARMS];
};

/* The groups of one class, in the order of their first image. */
static void
deal_class (BallastEffect *self,
            guint          label,
            GHashTable    *dealt)
{
  const BallastEffectInput *input = self->input;
  g_autoptr(GArray) groups = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < input->n; i++)
    if (input->labels[i] == label && !g_hash_table_contains (dealt, &input->groups[i]))
      {
        g_array_append_val (groups, input->groups[i]);
        g_hash_table_insert (dealt, g_memdup2 (&input->groups[i], sizeof (guint64)), NULL);
      }
  for (guint place = 0; place < groups->len; place++)
    {
      guint64 to = ballast_permutation_place (&self->key, PURPOSE_FOLDS + label, groups->len, place);

      /* Small classes begin at different folds, so that no fold lacks them all. */
      g_hash_table_replace (dealt,
                            g_memdup2 (&g_array_index (groups, guint64, place), sizeof (guint64)),
                            GUINT_TO_POINTER ((guint) (to + label) % BALLAST_EFFECT_FOLDS));
    }
}

static void
deal (BallastEffect *self)
{
  const BallastEffectInput *input = self->input;
  g_autoptr(GHashTable) dealt = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint label = 0; label < input->n_classes; label++)
    deal_class (self, label, dealt);
  for (guint i = 0; i < input->n; i++)
    {
      self->folds[i] = (guint8) GPOINTER_TO_UINT (g_hash_table_lookup (dealt, &input->groups[i]));
      self->counts[input->labels[i]]++;
    }
  for (guint i = 0; i < input->n_variants; i++)
    self->n_variants[input->variant_of[i]]++;
}

BallastEffect *
ballast_effect_new (const BallastEffectInput *input)
{
  BallastEffect *self = g_new0 (BallastEffect, 1);

  self->input = input;
  self->key = ballast_random_key (input->seed, "effect", 0);
  self->folds = g_new0 (guint8, MAX (input->n, 1));
  self->counts = g_new0 (guint64, MAX (input->n_classes, 1));
  self->n_variants = g_new0 (guint, MAX (input->n, 1));
  for (guint arm = 0; arm < BALLAST_EFFECT_N_ARMS; arm++)
    {
      self->predictions[arm] = g_new (guint, MAX (input->n, 1));
      for (guint i = 0; i < input->n; i++)
        self->predictions[arm][i] = NO_CLASS;
    }
  deal (self);
  return self;
}

void
ballast_effect_free (BallastEffect *self)
{
  g_free (self->folds);
  g_free (self->counts);
  g_free (self->n_variants);
  for (guint arm = 0; arm < BALLAST_EFFECT_N_ARMS; arm++)
    g_free (self->predictions[arm]);
  g_free (self);
}

guint
ballast_effect_get_fold (const BallastEffect *self,
                         guint                i)
{
  return self->folds[i];
}

/* How much the image counts in training under the plan: what it drops counts nothing, and where it
 * has drawn copies these count for themselves. */
static double
weigh_planned (const BallastEffect *self,
               guint                i,
               guint                place)
{
  guint label = self->input->labels[i];
  double repeats = self->input->repeats[label];
  guint64 count = self->counts[label];

  if (repeats >= 1)
    return self->n_variants[i] > 0 ? 1 : repeats;
  return ballast_permutation_place (&self->key, PURPOSE_KEPT + label, count, place) <
         (guint64) (repeats * (double) count + 0.5);
}

static double
weigh_variant (const BallastEffect *self,
               guint                variant)
{
  guint i = self->input->variant_of[variant];

  return MAX (self->input->repeats[self->input->labels[i]] - 1, 0) / self->n_variants[i];
}

/* What a model is trained on. */
typedef struct
{
  GArray *features;
  GArray *labels;
  GArray *weights;
} Sample;

static void
sample_add (Sample      *sample,
            const float *features,
            guint        n_features,
            guint        label,
            double       weight)
{
  if (weight <= 0)
    return;
  g_array_append_vals (sample->features, features, n_features);
  g_array_append_val (sample->labels, label);
  g_array_append_val (sample->weights, weight);
}

static void
gather (const BallastEffect *self,
        guint                fold,
        BallastEffectArm     arm,
        Sample              *sample)
{
  const BallastEffectInput *input = self->input;
  g_autofree guint *places = g_new0 (guint, MAX (input->n_classes, 1));

  for (guint i = 0; i < input->n; i++)
    {
      guint label = input->labels[i], place = places[label]++;
      double weight = arm == BALLAST_EFFECT_PLAN      ? weigh_planned (self, i, place)
                      : arm == BALLAST_EFFECT_WEIGHTS ? input->weights[label]
                                                      : 1;

      if (self->folds[i] != fold)
        sample_add (sample, input->features + (gsize) i * input->n_features, input->n_features,
                    label, weight);
    }
  for (guint i = 0; arm == BALLAST_EFFECT_PLAN && i < input->n_variants; i++)
    if (self->folds[input->variant_of[i]] != fold)
      sample_add (sample, input->variants + (gsize) i * input->n_features, input->n_features,
                  input->labels[input->variant_of[i]], weigh_variant (self, i));
}

static BallastLinearClassifier *
train (const BallastEffect *self,
       guint                fold,
       BallastEffectArm     arm,
       GCancellable        *cancellable,
       GError             **error)
{
  g_autoptr(GArray) features = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr(GArray) labels = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) weights = g_array_new (FALSE, FALSE, sizeof (double));
  Sample sample = { features, labels, weights };
  BallastTrainingSet set;

  gather (self, fold, arm, &sample);
  set = (BallastTrainingSet){ (const float *) (void *) features->data,
                              (const guint *) (void *) labels->data,
                              (const double *) (void *) weights->data, labels->len,
                              self->input->n_features, self->input->n_classes };
  return ballast_linear_classifier_new (&set, cancellable, error);
}

gboolean
ballast_effect_run (BallastEffect   *self,
                    guint            fold,
                    BallastEffectArm arm,
                    GCancellable    *cancellable,
                    GError         **error)
{
  const BallastEffectInput *input = self->input;
  g_autoptr(BallastLinearClassifier) model = train (self, fold, arm, cancellable, error);

  if (model == NULL)
    return FALSE;
  for (guint i = 0; i < input->n; i++)
    if (self->folds[i] == fold)
      self->predictions[arm][i]
        = ballast_linear_classifier_predict (model, input->features + (gsize) i * input->n_features);
  return TRUE;
}

/* Mean and variance of one figure per image, class by class. */
typedef struct
{
  double sum;
  double squares;
} Moments;

static double
get_mean (const Moments *moments,
          guint64        n)
{
  return n > 0 ? moments->sum / (double) n : 0;
}

/* Of the mean.  One image tells nothing of its spread: the widest that a share can have. */
static double
get_variance (const Moments *moments,
              guint64        n)
{
  double mean = get_mean (moments, n);

  if (n < 2)
    return 0.25;
  return MAX (moments->squares / (double) n - mean * mean, 0) / (double) (n - 1);
}

void
ballast_effect_measure (const BallastEffect *self,
                        BallastEffectArm     arm,
                        BallastEffectResult *result)
{
  const BallastEffectInput *input = self->input;
  g_autofree Moments *right = g_new0 (Moments, MAX (input->n_classes, 1));
  g_autofree Moments *gains = g_new0 (Moments, MAX (input->n_classes, 1));
  guint hits = 0, present = 0;

  for (guint i = 0; i < input->n; i++)
    {
      guint label = input->labels[i];
      gboolean hit = self->predictions[arm][i] == label;
      int gain = hit - (self->predictions[BALLAST_EFFECT_AS_IS][i] == label);

      hits += hit;
      right[label].sum += hit;
      right[label].squares += hit;
      gains[label].sum += gain;
      gains[label].squares += gain * gain;
    }

  *result = (BallastEffectResult){ .recalls = g_new (double, MAX (input->n_classes, 1)) };
  result->accuracy = input->n > 0 ? (double) hits / input->n : 0;
  for (guint k = 0; k < input->n_classes; k++)
    {
      guint64 n = self->counts[k];

      result->recalls[k] = n > 0 ? get_mean (&right[k], n) : NAN;
      if (n == 0)
        continue;
      present++;
      result->balanced += get_mean (&right[k], n);
      result->balanced_error += get_variance (&right[k], n);
      result->gain += get_mean (&gains[k], n);
      result->gain_error += arm == BALLAST_EFFECT_AS_IS ? 0 : get_variance (&gains[k], n);
    }
  present = MAX (present, 1);
  result->balanced /= present;
  result->gain /= present;
  result->balanced_error = sqrt (result->balanced_error) / present;
  result->gain_error = sqrt (result->gain_error) / present;
}
