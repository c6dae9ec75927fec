#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A row of a list box: @title over @subtitle, behind @glyph (nullable).  Named to assistive
 * technology by both texts. */
GtkWidget *ballast_text_row_new (const char *glyph,
                                 const char *title,
                                 const char *subtitle);

G_END_DECLS
