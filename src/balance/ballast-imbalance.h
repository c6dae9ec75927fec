#pragma once

#include <json-glib/json-glib.h>

#include "ballast-tally.h"
#include "ballast-unit.h"

G_BEGIN_DECLS

/* Classes above the first are "many", below the second "few"; both bounds themselves are "medium"
 * (Liu et al., CVPR 2019). */
#define BALLAST_IMBALANCE_MANY 100
#define BALLAST_IMBALANCE_FEW 20

/*
 * How unevenly N examples are spread over K classes: p_c = n_c / N.
 *
 * Nothing is ever divided by zero: with no example at all every figure is 0 and the majority is
 * none.  Empty classes are counted apart; the ratio is that of the others.
 */
typedef struct
{
  guint   classes;           /* K, as declared */
  guint   empty_classes;     /* those without an example */
  guint64 total;             /* N */
  guint64 largest;           /* max n */
  guint64 smallest;          /* min n over the classes that are not empty */
  guint   majority;          /* the largest class, the first of equals; G_MAXUINT: none */
  double  ratio;             /* largest / smallest */
  double  mean_ratio;        /* mean of largest / n_c over the classes that are not empty
                                (MeanIR, Charte et al. 2015) */
  double  majority_share;    /* max p: what always guessing the majority gets right */
  double  balanced_share;    /* 1 / K: the balanced accuracy of that guess */
  double  entropy;           /* H = -Σ p ln p, nats */
  double  evenness;          /* H / ln K (Pielou 1966); 1 where K is 1 */
  double  effective_classes; /* exp H (Hill 1973, q = 1) */
  double  inverse_simpson;   /* 1 / Σ p² (Hill 1973, q = 2) */
  double  gini;              /* Gini coefficient of the counts, 0 … (K-1)/K */
  double  gini_normalised;   /* × K / (K-1), 0 … 1 */
  double  total_variation;   /* ½ Σ |p - 1/K| */
  double  images_to_move;    /* N × total variation: the fewest relabellings to an even spread */
  double  kl;                /* ln K - H, nats: divergence from the even spread */
  double  lrid;              /* 2 N (ln K - H) (Zhu et al. 2018); grows with N */
  double  chi_square;        /* against the even spread, K - 1 degrees of freedom */
  double  effect_size;       /* sqrt (χ² / (N (K-1))) */
  double  variation;         /* population standard deviation / mean */
  guint   many;              /* classes by size, empty ones under few */
  guint   medium;
  guint   few;
} BallastImbalance;

/* Fills @imbalance from @n counts; @many and @few as BALLAST_IMBALANCE_MANY and _FEW, @many >= @few. */
void      ballast_imbalance_measure       (const guint64      *counts,
                                           guint               n,
                                           guint64             many,
                                           guint64             few,
                                           BallastImbalance   *imbalance);

/*
 * The same from @tally, with the usual bounds.  @split: the position of a split, n_splits for the
 * images in no split, -1 for all of them.
 */
void      ballast_imbalance_measure_tally (const BallastTally *tally,
                                           int                 split,
                                           BallastUnit         unit,
                                           BallastImbalance   *imbalance);

/* (transfer full): the object "imbalance" of `stats --json`; @tally gives the majority's name. */
JsonNode *ballast_imbalance_to_json       (const BallastImbalance *imbalance,
                                           const BallastTally *tally,
                                           BallastUnit         unit);

G_END_DECLS
