#pragma once

#include <gtk/gtk.h>

#include "ballast-document.h"
#include "ballast-selection.h"

G_BEGIN_DECLS

/* The side bar: title, search, split, order, the classes with their counts, and the job. */
#define BALLAST_TYPE_SIDEBAR (ballast_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (BallastSidebar, ballast_sidebar, BALLAST, SIDEBAR, GtkWidget)

/* Properties "document" and "selection"; either may be NULL. */
void ballast_sidebar_set_document  (BallastSidebar   *self,
                                    BallastDocument  *document);
void ballast_sidebar_set_selection (BallastSidebar   *self,
                                    BallastSelection *selection);

void ballast_sidebar_focus_search  (BallastSidebar   *self);

/* The classes stand in the dataset's own order: rows can be moved in it. */
gboolean   ballast_sidebar_is_in_order   (BallastSidebar   *self);

G_END_DECLS
