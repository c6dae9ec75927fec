#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  BALLAST_TARGET_MAX,        /* the largest class */
  BALLAST_TARGET_MEAN,       /* the mean over the classes that are not empty */
  BALLAST_TARGET_MEDIAN,
  BALLAST_TARGET_MIN,        /* the smallest class that is not empty */
  BALLAST_TARGET_PERCENTILE, /* value 0 … 100, linear between neighbours */
  BALLAST_TARGET_NUMBER,     /* value examples of every class */
  BALLAST_TARGET_POWER,      /* in proportion to n^value, value 0 … 1 */
} BallastTargetKind;

typedef struct
{
  BallastTargetKind kind;
  double            value;
} BallastTarget;

#define BALLAST_TARGET_INIT { BALLAST_TARGET_MAX, 0 }

/* "max", "mean", "median", "min", "p75", "500" or "^0.5", as on the command line.  Otherwise FALSE
 * with BALLAST_BALANCE_ERROR_SETTING, and @target is left alone. */
gboolean ballast_target_parse   (const char          *text,
                                 BallastTarget       *target,
                                 GError             **error);

/* (transfer full): the text that ballast_target_parse() reads. */
char    *ballast_target_to_text (const BallastTarget *target);

/* What stays as it is while BALLAST_TARGET_POWER pulls the other classes towards it. */
typedef enum
{
  BALLAST_TARGET_ANCHOR_LARGEST,  /* for raising: max n × (n / max n)^value */
  BALLAST_TARGET_ANCHOR_SMALLEST, /* for lowering: min n × (n / min n)^value */
  BALLAST_TARGET_ANCHOR_TOTAL,    /* the sum of all: ballast_target_share() */
} BallastTargetAnchor;

/*
 * Fills @targets with one number a class, rounded to the nearest.  All classes get the same, but
 * under BALLAST_TARGET_POWER: there 0 evens all out, 1 leaves all as they are, and an empty class
 * stays empty.
 */
void     ballast_target_resolve (const BallastTarget *target,
                                 BallastTargetAnchor  anchor,
                                 const guint64       *counts,
                                 guint                n,
                                 guint64             *targets);

/*
 * Shares @total out in proportion to n^@power, empty classes getting nothing, by largest remainder,
 * ties to the lower index (square-root sampling at 0.5: Kang et al., ICLR 2020).
 */
void     ballast_target_share   (const guint64       *counts,
                                 guint                n,
                                 double               power,
                                 guint64              total,
                                 guint64             *shares);

G_END_DECLS
