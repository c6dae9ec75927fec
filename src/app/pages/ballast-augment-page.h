#pragma once

#include <adwaita.h>

#include "ballast-document.h"
#include "ballast-selection.h"

G_BEGIN_DECLS

#define BALLAST_TYPE_AUGMENT_PAGE (ballast_augment_page_get_type ())
G_DECLARE_FINAL_TYPE (BallastAugmentPage, ballast_augment_page, BALLAST, AUGMENT_PAGE, AdwBin)

/* Property "document": the project shown, or NULL. */
void ballast_augment_page_set_document  (BallastAugmentPage  *self,
                                          BallastDocument     *document);

/* Property "selection": where the window is in the project; shared with the side bar. */
void ballast_augment_page_set_selection (BallastAugmentPage  *self,
                                          BallastSelection    *selection);

G_END_DECLS
