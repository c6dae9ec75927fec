#pragma once

#include <json-glib/json-glib.h>

#include "ballast-unit.h"
#include "ballast-weight-scheme.h"

G_BEGIN_DECLS

typedef enum
{
  BALLAST_NORMALISE_SAMPLE_MEAN, /* Σ n w / N = 1: the learning rate keeps its meaning */
  BALLAST_NORMALISE_SUM_K,       /* Σ w = K, K the classes that are not empty */
  BALLAST_NORMALISE_MAX_1,
  BALLAST_NORMALISE_NONE,
} BallastNormalise;

/* What the counts are of. */
typedef enum
{
  BALLAST_WEIGHT_BASIS_PLAN,    /* the training split as it will be exported */
  BALLAST_WEIGHT_BASIS_DATASET, /* the training split as it is */
} BallastWeightBasis;

typedef struct
{
  const BallastWeightScheme *scheme;
  double                     params[BALLAST_WEIGHT_MAX_PARAMETERS];
  BallastNormalise           normalise;
  BallastWeightBasis         basis;
  BallastUnit                unit;
  gboolean                   area; /* counts are pixels of boxes, and unit is of no account */
  double                     cap; /* no weight above it, then normalised again; 0: none */
} BallastWeightOptions;

typedef struct
{
  guint    index;
  char    *name;
  guint64  count;
  double   weight; /* finite; 0 for an empty class */
  gboolean empty;  /* a finding: a class without an example has no weight */
  gboolean has_number;
  gint64   number; /* its id in the file that it came from: COCO's category_id */
} BallastClassWeight;

/* The weights of a dataset, in index order. */
typedef struct
{
  BallastWeightOptions options; /* with what was really used */
  guint                 n;
  BallastClassWeight   *classes;
  guint                 n_empty;
} BallastWeights;

/* "balanced", sample-mean, basis plan, images, no cap. */
void            ballast_weight_options_init      (BallastWeightOptions       *options);

/* Sets the scheme and its parameters' defaults.  FALSE with BALLAST_BALANCE_ERROR_SETTING. */
gboolean        ballast_weight_options_set_scheme (BallastWeightOptions      *options,
                                                   const char                  *name,
                                                   GError                     **error);

/* FALSE with BALLAST_BALANCE_ERROR_SETTING for an unknown name or a number out of range. */
gboolean        ballast_weight_options_set_param (BallastWeightOptions       *options,
                                                   const char                  *name,
                                                   double                       value,
                                                   GError                     **error);

/* "images", "instances" or "area". */
gboolean        ballast_weight_options_set_unit  (BallastWeightOptions       *options,
                                                   const char                  *name,
                                                   GError                     **error);
const char     *ballast_weight_options_get_unit  (const BallastWeightOptions *options);

/* (transfer full): {"scheme", "params", "normalise", "basis", "unit", "cap"}. */
JsonNode       *ballast_weight_options_to_json   (const BallastWeightOptions *options);

/* Absent members have their defaults.  FALSE with BALLAST_BALANCE_ERROR_SETTING: the defaults. */
gboolean        ballast_weight_options_from_json (JsonNode                    *node,
                                                   BallastWeightOptions       *options,
                                                   GError                     **error);

/*
 * Computes the weights of @n classes called @names with @counts examples (images or instances: the
 * caller chose).  @samples: images altogether, 0 for the sum of the counts.  Empty classes weigh 0
 * and are marked.
 *
 * Returns: (transfer full)
 */
BallastWeights *ballast_weights_new       (const BallastWeightOptions *options,
                                           const char *const           *names,
                                           const guint64               *counts,
                                           guint                        n,
                                           guint64                      samples);

/* The same, with the denominators of median-frequency balancing (see BallastWeightInput.present). */
BallastWeights *ballast_weights_new_present (const BallastWeightOptions *options,
                                           const char *const           *names,
                                           const guint64               *counts,
                                           const guint64               *present,
                                           guint                        n);

/* Takes over the ids that the classes of @tally have in the file that they came from. */
void            ballast_weights_set_numbers (BallastWeights            *weights,
                                           const BallastTally          *tally);

/* TRUE where every class has an id: that of a COCO project. */
gboolean        ballast_weights_has_numbers (const BallastWeights      *weights);
void            ballast_weights_free      (BallastWeights              *weights);

/* (transfer full): the object of `weights --json`. */
JsonNode       *ballast_weights_to_json   (const BallastWeights        *weights);

/*
 * (transfer full): what the user should know, one sentence each, NULL-terminated: empty classes;
 * weights of the dataset beside a training split that is already oversampled (@oversampled).
 */
char          **ballast_weights_dup_findings (const BallastWeights     *weights,
                                           gboolean                     oversampled);

/* (transfer none): "sample-mean", "sum-k", "max-1", "none"; "plan", "dataset". */
const char     *ballast_normalise_get_name    (BallastNormalise         normalise);
gboolean        ballast_normalise_parse       (const char              *name,
                                               BallastNormalise        *normalise,
                                               GError                 **error);
const char     *ballast_weight_basis_get_name (BallastWeightBasis       basis);
gboolean        ballast_weight_basis_parse    (const char              *name,
                                               BallastWeightBasis      *basis,
                                               GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastWeights, ballast_weights_free)

G_END_DECLS
