#pragma once

#include <adwaita.h>

#include "ballast-document.h"
#include "ballast-selection.h"

G_BEGIN_DECLS

#define BALLAST_TYPE_IMAGES_PAGE (ballast_images_page_get_type ())
G_DECLARE_FINAL_TYPE (BallastImagesPage, ballast_images_page, BALLAST, IMAGES_PAGE, AdwBin)

/* Property "document": the project shown, or NULL. */
void ballast_images_page_set_document  (BallastImagesPage  *self,
                                      BallastDocument *document);

/* Property "selection": where the window is in the project; shared with the side bar. */
void ballast_images_page_set_selection (BallastImagesPage  *self,
                                      BallastSelection *selection);

G_END_DECLS
