#pragma once

#include "ballast-content-statistics.h"
#include "ballast-matrix-picture.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

/*
 * Pictures of what stands in the images.  All (transfer full); @tally is the one that the statistics
 * were made with.
 */

/* What a matrix shows. */
typedef struct
{
  BallastMatrixMode mode;
  gboolean          clustered; /* like beside like; else by count, largest first */
  guint             n_most;    /* classes, those with the most images; above 0 */
} BallastMatrixWish;

/* Classes without images are left out; *@n_hidden (nullable): how many with images are, for want of
 * room. */
BallastPicture *ballast_content_matrix_new (const BallastContentStatistics *contents,
                                            const BallastTally             *tally,
                                            const BallastMatrixWish        *wish,
                                            guint                          *n_hidden);

/* The companions of @class_index, at most @n_most. */
BallastPicture *ballast_content_shares_new (const BallastContentStatistics *contents,
                                            const BallastTally             *tally,
                                            guint                           class_index,
                                            guint                           n_most);

typedef enum
{
  BALLAST_CONTENT_BINS_BANDS,     /* COCO's small, medium, large */
  BALLAST_CONTENT_BINS_RELATIVE,  /* side relative to the picture's */
  BALLAST_CONTENT_BINS_ASPECT,
  BALLAST_CONTENT_BINS_PER_IMAGE, /* images by how many labels they hold */
} BallastContentBins;

/* Of @class_index, or of all for -1; PER_IMAGE is always of all. */
BallastPicture *ballast_content_bins_new   (const BallastContentStatistics *contents,
                                            BallastContentBins              which,
                                            int                             class_index);

/* @class_index (-1: all together) large, then those with the most boxes; at most @n_most maps. */
BallastPicture *ballast_content_places_new (const BallastContentStatistics *contents,
                                            const BallastTally             *tally,
                                            int                             class_index,
                                            guint                           n_most);

G_END_DECLS
