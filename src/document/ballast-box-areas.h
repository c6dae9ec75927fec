#pragma once

#include "ballast-store.h"

G_BEGIN_DECLS

/* How much of the training split the boxes of each class take, in pixels.  Free with g_free. */
typedef struct
{
  guint64 boxes;  /* of all its boxes together */
  guint64 images; /* of the images that hold one */
} BallastBoxArea;

/* (transfer full): one a class, in index order; NULL with @error.  Store thread; about a microsecond
 * an image and half of one a box. */
BallastBoxArea *ballast_box_areas_read (BallastStore       *store,
                                        const BallastTally *tally,
                                        gint64              split_id,
                                        GError            **error);

G_END_DECLS
