#pragma once

#include "ballast-image-list.h"
#include "ballast-store.h"

G_BEGIN_DECLS

BallastImageItem *ballast_image_item_new  (gint64             id,
                                           guint              position);

/* (transfer full): of BallastItemBox, whose extras are those of the image; before it is filled. */
void              ballast_image_item_take_boxes (BallastImageItem *self,
                                           GArray            *boxes);

/* Fills the item in and notifies.  Takes what is in @image.  @path and @class_name are copied. */
void              ballast_image_item_fill (BallastImageItem  *self,
                                           BallastStoreImage *image,
                                           const char        *path,
                                           const char        *class_name);

G_END_DECLS
