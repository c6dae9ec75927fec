#pragma once

#include <adwaita.h>

#include "ballast-document.h"
#include "ballast-selection.h"

G_BEGIN_DECLS

#define BALLAST_TYPE_HIERARCHY_PAGE (ballast_hierarchy_page_get_type ())
G_DECLARE_FINAL_TYPE (BallastHierarchyPage, ballast_hierarchy_page, BALLAST, HIERARCHY_PAGE, AdwBin)

/* Property "document": the project shown, or NULL. */
void ballast_hierarchy_page_set_document  (BallastHierarchyPage *self,
                                           BallastDocument      *document);

/* Property "selection": where the window is in the project; shared with the side bar. */
void ballast_hierarchy_page_set_selection (BallastHierarchyPage *self,
                                           BallastSelection     *selection);

G_END_DECLS
