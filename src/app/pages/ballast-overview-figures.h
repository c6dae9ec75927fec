#pragma once

#include "ballast-figure-card.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

typedef enum
{
  BALLAST_OVERVIEW_IMAGES,
  BALLAST_OVERVIEW_RATIO,
  BALLAST_OVERVIEW_GUESS,
  BALLAST_OVERVIEW_EFFECTIVE,
  BALLAST_OVERVIEW_RARE,
  N_BALLAST_OVERVIEW_FIGURES
} BallastOverviewFigure;

/*
 * Fills @figure with @which of @tally, in the user's language.  @split: the position of a split,
 * n_splits for the images in none, -1 for all.  The caller clears @figure.
 */
void ballast_overview_figure_fill (BallastOverviewFigure which,
                                   const BallastTally   *tally,
                                   int                   split,
                                   BallastFigure        *figure);

G_END_DECLS
