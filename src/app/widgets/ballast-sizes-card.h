#pragma once

#include <adwaita.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/* How large the images are and what they are made of: a sentence and a histogram. */
#define BALLAST_TYPE_SIZES_CARD (ballast_sizes_card_get_type ())
G_DECLARE_FINAL_TYPE (BallastSizesCard, ballast_sizes_card, BALLAST, SIZES_CARD, AdwBin)

/* Property "document". */
void ballast_sizes_card_set_document (BallastSizesCard *self,
                                      BallastDocument  *document);

G_END_DECLS
