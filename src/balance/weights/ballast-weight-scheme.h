#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BALLAST_WEIGHT_MAX_PARAMETERS 2

/* A number that a scheme takes. */
typedef struct
{
  const char *name;  /* "beta" */
  const char *help;  /* one sentence */
  double      minimum;
  double      maximum;
  double      initial;
} BallastWeightParameter;

/* What a scheme computes from.  @counts has no zeros: empty classes were taken out before. */
typedef struct
{
  const guint64 *counts;
  guint          n;
  guint64        total;    /* Σ counts */
  guint64        samples;  /* images altogether: above @total where some hold no class, below it
                              where some hold several */
  const guint64 *present;  /* per class, the denominator of its frequency (all pixels of the images
                              that hold it); NULL: @total */
} BallastWeightInput;

/*
 * A published way from counts to class weights: one entry of the table in ballast-weight-scheme.c.
 * @compute fills n finite numbers; @params in the order of @parameters.
 */
typedef struct
{
  const char            *name;    /* "effective-number", as on the command line */
  const char            *title;   /* "Effective number" */
  const char            *summary; /* one sentence: what it is good for */
  const char            *caution; /* one sentence: what it is bad for */
  const char            *source;  /* who published it, where */
  gboolean               fixed_scale; /* the scale carries meaning: never normalised */
  guint                  n_parameters;
  BallastWeightParameter parameters[BALLAST_WEIGHT_MAX_PARAMETERS];
  void                 (*compute) (const BallastWeightInput *input,
                                   const double             *params,
                                   double                   *weights);
  gboolean               added;    /* to logits, as priors and margins are: no factor of a sample */
} BallastWeightScheme;

guint                      ballast_weight_scheme_get_n (void);
const BallastWeightScheme *ballast_weight_scheme_get   (guint       i);

/* (nullable) */
const BallastWeightScheme *ballast_weight_scheme_find  (const char *name);

/* The place of the parameter called @name, or -1. */
int ballast_weight_scheme_find_parameter (const BallastWeightScheme *scheme,
                                          const char                *name);

G_END_DECLS
