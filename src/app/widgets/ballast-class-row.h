#pragma once

#include <gtk/gtk.h>

#include "ballast-class-list.h"

G_BEGIN_DECLS

/*
 * A class in the side bar: dot, name, count, bar.  Every row has the same height.
 *
 * Images dropped on it (BALLAST_TYPE_IMAGE_IDS) move to its class; its menu renames, merges and
 * removes the class through the window's actions.
 */
#define BALLAST_TYPE_CLASS_ROW (ballast_class_row_get_type ())
G_DECLARE_FINAL_TYPE (BallastClassRow, ballast_class_row, BALLAST, CLASS_ROW, GtkWidget)

GtkWidget *ballast_class_row_new      (void);

/* Property "item": the class shown, or NULL. */
void       ballast_class_row_set_item (BallastClassRow  *self,
                                       BallastClassItem *item);

G_END_DECLS
