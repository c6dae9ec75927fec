#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Writes the guide to the augmentation steps, in the user's language, and has it shown by whatever
 * shows pages; a message over @parent (nullable) says where that fails. */
void ballast_guide_show (GtkWindow *parent);

G_END_DECLS
