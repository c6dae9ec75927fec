#pragma once

#include "ballast-tally.h"

G_BEGIN_DECLS

/* What is counted.  Stored in projects by name. */
typedef enum
{
  BALLAST_UNIT_IMAGES,    /* images that hold the class */
  BALLAST_UNIT_INSTANCES, /* annotations of the class */
} BallastUnit;

/* (transfer none): "images" or "instances". */
const char *ballast_unit_get_name   (BallastUnit          unit);

/* FALSE where there is no unit called @name. */
gboolean    ballast_unit_parse      (const char          *name,
                                     BallastUnit         *unit);

guint64     ballast_unit_get_count  (BallastUnit          unit,
                                     const BallastCount  *count);

/*
 * (transfer full): one count a class, in index order.  @split: the position of a split, n_splits
 * for the images in no split, -1 for all of them.
 */
guint64    *ballast_unit_dup_counts (BallastUnit          unit,
                                     const BallastTally  *tally,
                                     int                  split);

G_END_DECLS
