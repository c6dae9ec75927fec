#pragma once

#include <gtk/gtk.h>

#include "ballast-image-list.h"

G_BEGIN_DECLS

/*
 * A row of thumbnails of which one is chosen.  Signal: "chosen", after ballast_image_strip_get_chosen()
 * is another one and its facts are loaded.
 */
#define BALLAST_TYPE_IMAGE_STRIP (ballast_image_strip_get_type ())
G_DECLARE_FINAL_TYPE (BallastImageStrip, ballast_image_strip, BALLAST, IMAGE_STRIP, GtkWidget)

/* Shows @items (BallastImageItem), the first of them chosen; NULL or an empty list: none. */
void              ballast_image_strip_set_items  (BallastImageStrip *self,
                                                  GListModel        *items);

/* (transfer none) (nullable) */
BallastImageItem *ballast_image_strip_get_chosen (BallastImageStrip *self);

/* Chooses the next one, or the one before: @by is 1 or -1. */
void              ballast_image_strip_step       (BallastImageStrip *self,
                                                  int                by);

G_END_DECLS
