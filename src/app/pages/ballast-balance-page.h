#pragma once

#include <adwaita.h>

#include "ballast-document.h"
#include "ballast-selection.h"

G_BEGIN_DECLS

#define BALLAST_TYPE_BALANCE_PAGE (ballast_balance_page_get_type ())
G_DECLARE_FINAL_TYPE (BallastBalancePage, ballast_balance_page, BALLAST, BALANCE_PAGE, AdwBin)

/* Property "document": the project shown, or NULL. */
void ballast_balance_page_set_document  (BallastBalancePage  *self,
                                      BallastDocument *document);

/* Property "selection": where the window is in the project; shared with the side bar. */
void ballast_balance_page_set_selection (BallastBalancePage  *self,
                                      BallastSelection *selection);

G_END_DECLS
