#pragma once

#include "ballast-box.h"

G_BEGIN_DECLS

/* An object of an image, as a search for a window sees it. */
typedef struct
{
  BallastBox box;   /* in pixels, with an area */
  double     value; /* what a window gains by holding it; below 0: what it loses */
} BallastCropObject;

typedef struct
{
  const BallastCropObject *objects;
  guint                    n;
  guint                    width;      /* of the image */
  guint                    height;
  guint                    min_size;   /* no side of a window is shorter; 1 at least */
  double                   visibility; /* 0 … 1: an object is held where so much of its area shows */
} BallastCropProblem;

/* What becomes of an object in a window. */
typedef enum
{
  BALLAST_CROP_OUT,
  BALLAST_CROP_CUT,  /* it shows, but is not held: its label goes */
  BALLAST_CROP_HELD,
} BallastCropFate;

/* So little of an object may show without harm. */
#define BALLAST_CROP_SLIVER 0.05

BallastCropFate ballast_crop_get_fate (const BallastBox         *object,
                                       const BallastBox         *window,
                                       double                    visibility);

/*
 * The score of a window: the values of the objects that it holds, and for each that it cuts the loss
 * of @cut_cost.
 */
double          ballast_crop_score    (const BallastCropProblem *problem,
                                       const BallastBox         *window,
                                       double                    cut_cost);

/*
 * Finds the window in whole pixels with the highest score that shows object @anchor whole; of those
 * with the same score the largest.  FALSE where the image is too small.
 *
 * Tried are the windows whose edges lie where what they hold changes: at the edges of the objects, at
 * the places where just enough of one shows, at the edges of the image, and as far from such a place
 * as the least size.  In images of a few objects that is all of them; in others the nearest few on each
 * side are.
 */
gboolean        ballast_crop_find     (const BallastCropProblem *problem,
                                       guint                     anchor,
                                       double                    cut_cost,
                                       BallastBox               *window,
                                       double                   *score);

G_END_DECLS
