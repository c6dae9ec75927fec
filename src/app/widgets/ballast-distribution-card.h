#pragma once

#include <adwaita.h>

#include "ballast-document.h"
#include "ballast-selection.h"

G_BEGIN_DECLS

/*
 * The distribution of the classes on a card: the chart or the same data as a table, linear or
 * logarithmic, now or after balancing, by count or name, whole or stacked by split; saved as PNG,
 * SVG or PDF.
 */
#define BALLAST_TYPE_DISTRIBUTION_CARD (ballast_distribution_card_get_type ())
G_DECLARE_FINAL_TYPE (BallastDistributionCard, ballast_distribution_card, BALLAST, DISTRIBUTION_CARD,
                      AdwBin)

/* Properties "document" and "selection"; either may be NULL. */
void ballast_distribution_card_set_document  (BallastDistributionCard *self,
                                              BallastDocument         *document);
void ballast_distribution_card_set_selection (BallastDistributionCard *self,
                                              BallastSelection        *selection);

G_END_DECLS
