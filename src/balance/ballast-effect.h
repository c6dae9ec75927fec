#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What balancing would do to a small linear classifier, by cross-validation: an estimate of whether
 * imbalance is the trouble at all, made from features in memory.
 *
 * Every image is predicted once by a model that saw neither it nor a member of its group.  Copies
 * are used to train, never to judge.
 */
#define BALLAST_EFFECT_FOLDS 5

typedef enum
{
  BALLAST_EFFECT_AS_IS,
  BALLAST_EFFECT_PLAN,    /* the plan's copies, or what it drops */
  BALLAST_EFFECT_WEIGHTS, /* class weights instead */
  BALLAST_EFFECT_N_ARMS,
} BallastEffectArm;

/* Borrows everything, and must outlive the effect. */
typedef struct
{
  guint          n;            /* images */
  guint          n_features;
  guint          n_classes;
  const float   *features;     /* n × n_features */
  const guint   *labels;
  const guint64 *groups;       /* images of one group are never on both sides */
  guint          n_variants;   /* drawn copies of images */
  const float   *variants;     /* n_variants × n_features */
  const guint   *variant_of;   /* the image of each, ascending */
  const double  *repeats;      /* per class: how often the plan has an image, on average */
  const double  *weights;      /* per class */
  guint64        seed;
} BallastEffectInput;

typedef struct _BallastEffect BallastEffect;

typedef struct
{
  double  accuracy;       /* shares, 0 … 1 */
  double  balanced;       /* mean recall of the classes */
  double  balanced_error; /* its standard error */
  double  gain;           /* of balanced accuracy over the dataset as it is */
  double  gain_error;     /* its standard error, image by image */
  double *recalls;        /* per class; NaN for a class without an image */
} BallastEffectResult;

/* (transfer full): deals the groups to folds, class by class. */
BallastEffect *ballast_effect_new     (const BallastEffectInput  *input);
void           ballast_effect_free    (BallastEffect             *effect);

/* Trains one of the FOLDS × N_ARMS models and predicts the images it did not see.  Any thread;
 * different models at the same time. */
gboolean       ballast_effect_run     (BallastEffect             *effect,
                                       guint                      fold,
                                       BallastEffectArm           arm,
                                       GCancellable              *cancellable,
                                       GError                   **error);

/* Fills @result, whose recalls the caller frees, once all folds of AS_IS and @arm were run. */
void           ballast_effect_measure (const BallastEffect       *effect,
                                       BallastEffectArm           arm,
                                       BallastEffectResult       *result);

/* The fold of the image @i, for tests. */
guint          ballast_effect_get_fold (const BallastEffect      *effect,
                                       guint                      i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastEffect, ballast_effect_free)

G_END_DECLS
