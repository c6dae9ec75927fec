#pragma once

#include <adwaita.h>

#include "ballast-document.h"
#include "ballast-selection.h"

G_BEGIN_DECLS

#define BALLAST_TYPE_OVERVIEW_PAGE (ballast_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (BallastOverviewPage, ballast_overview_page, BALLAST, OVERVIEW_PAGE, AdwBin)

/* Property "document": the project shown, or NULL. */
void ballast_overview_page_set_document  (BallastOverviewPage  *self,
                                      BallastDocument *document);

/* Property "selection": where the window is in the project; shared with the side bar. */
void ballast_overview_page_set_selection (BallastOverviewPage  *self,
                                      BallastSelection *selection);

G_END_DECLS
