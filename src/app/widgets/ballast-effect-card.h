#pragma once

#include <adwaita.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/* Whether imbalance is the trouble: a button, then progress, then the figures of the estimate. */
#define BALLAST_TYPE_EFFECT_CARD (ballast_effect_card_get_type ())
G_DECLARE_FINAL_TYPE (BallastEffectCard, ballast_effect_card, BALLAST, EFFECT_CARD, AdwBin)

/* (nullable): another document, or a change of it, makes figures out of date: they go. */
void ballast_effect_card_set_document (BallastEffectCard *self,
                                       BallastDocument   *document);
void ballast_effect_card_clear        (BallastEffectCard *self);

G_END_DECLS
