#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which class becomes the head, which the end of the tail. */
typedef enum
{
  BALLAST_LONG_TAIL_BY_INDEX, /* the order of the classes, as CIFAR-10-LT has it */
  BALLAST_LONG_TAIL_BY_COUNT, /* the largest class first: loses the fewest images */
} BallastLongTailOrder;

typedef struct
{
  double               ratio; /* largest to smallest class, at least 1 */
  BallastLongTailOrder order;
  guint64              seed;  /* decides which images stay */
} BallastLongTailOptions;

#define BALLAST_LONG_TAIL_OPTIONS_INIT { .ratio = 50, .order = BALLAST_LONG_TAIL_BY_COUNT }
#define BALLAST_LONG_TAIL_MAX_RATIO 1e6

/*
 * How many images of each of @n classes of a long-tailed set: the exponential profile of Cui et al.
 * (CVPR 2019), n_i = trunc (n_max × ratio^(-i / (K - 1))), where n_max is the largest of @counts, i
 * the rank of the class and K the classes that are not empty.  A class that has fewer keeps all it
 * has, an empty one stays empty.
 *
 * Returns: (transfer full): @n counts, none above its class's
 */
guint64    *ballast_long_tail_dup_counts     (const BallastLongTailOptions *options,
                                              const guint64                *counts,
                                              guint                         n);

/* Whether the image at @place of the @count of its class is among the @kept: exactly @kept of them
 * are.  Pure; @class_name makes every class draw by itself. */
gboolean    ballast_long_tail_keeps          (const BallastLongTailOptions *options,
                                              const char                   *class_name,
                                              guint64                       count,
                                              guint64                       kept,
                                              guint64                       place);

/* (transfer none): "index", "count". */
const char *ballast_long_tail_order_get_name (BallastLongTailOrder          order);
gboolean    ballast_long_tail_order_parse    (const char                   *name,
                                              BallastLongTailOrder         *order);

G_END_DECLS
