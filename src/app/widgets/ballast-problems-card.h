#pragma once

#include <adwaita.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/* What is wrong with the data, one line a kind, each with what to do about it. */
#define BALLAST_TYPE_PROBLEMS_CARD (ballast_problems_card_get_type ())
G_DECLARE_FINAL_TYPE (BallastProblemsCard, ballast_problems_card, BALLAST, PROBLEMS_CARD, AdwBin)

/* Property "document". */
void ballast_problems_card_set_document (BallastProblemsCard *self,
                                         BallastDocument     *document);

G_END_DECLS
