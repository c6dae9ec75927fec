#pragma once

#include <gtk/gtk.h>

#include "ballast-image-list.h"
#include "ballast-thumbnailer.h"

G_BEGIN_DECLS

/*
 * A cell of the image grid: thumbnail over name, all of one size.  It is reused for other items as
 * the grid scrolls; a thumbnail that is not there yet when it is, is not waited for.
 */
#define BALLAST_TYPE_IMAGE_CELL (ballast_image_cell_get_type ())
G_DECLARE_FINAL_TYPE (BallastImageCell, ballast_image_cell, BALLAST, IMAGE_CELL, GtkWidget)

GtkWidget *ballast_image_cell_new      (BallastThumbnailer *thumbnailer);

/* NULL: none. */
void       ballast_image_cell_set_item (BallastImageCell   *self,
                                        BallastImageItem   *item);

/* (transfer none) (nullable) */
BallastImageItem *ballast_image_cell_get_item (BallastImageCell *self);

G_END_DECLS
