#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Two classes that a mirror swaps: turn-left ↔ turn-right.  A class that a mirror would turn into
 * nonsense is kept from the op instead (see pipelines).
 */
typedef struct
{
  gint64 class_id;
  gint64 mirrored_id;
} BallastClassPair;

/* The class that @class_id becomes in a mirror: its partner among the @n_pairs pairs, or itself. */
gint64 ballast_class_pair_mirror (const BallastClassPair *pairs,
                                  gsize                   n_pairs,
                                  gint64                  class_id);

G_END_DECLS
