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
  BALLAST_TARGET_POWER,      /* in proportion to n^value, the largest class staying as it is */
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

/*
 * Fills @targets with one number a class; an empty class gets one like any other, except under
 * BALLAST_TARGET_POWER with a positive power, where 0 stays 0.
 *
 * BALLAST_TARGET_POWER is max n × (n / max n)^value, rounded: 0 raises every class to the largest
 * and 1 leaves all as they are.
 */
void     ballast_target_resolve (const BallastTarget *target,
                                 const guint64       *counts,
                                 guint                n,
                                 guint64             *targets);

/*
 * Shares @total out in proportion to n^@power, by largest remainder, ties to the lower index
 * (square-root sampling at 0.5, Kang et al., ICLR 2020).
 */
void     ballast_target_share   (const guint64       *counts,
                                 guint                n,
                                 double               power,
                                 guint64              total,
                                 guint64             *shares);

G_END_DECLS
