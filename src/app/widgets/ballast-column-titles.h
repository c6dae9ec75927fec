#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Puts the titles of all columns but the first above the right edge, where figures are read.  A column
 * view has no such property; titles of columns that come later are not touched. */
void ballast_column_titles_align (GtkColumnView *view);

G_END_DECLS
