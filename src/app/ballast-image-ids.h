#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * Ids of images as one value, for drag and drop between the pages and the side bar: dropped on a
 * class, the images move to it.
 */
#define BALLAST_TYPE_IMAGE_IDS (ballast_image_ids_get_type ())

typedef struct
{
  guint  n_images;
  gint64 images[];
} BallastImageIds;

GType            ballast_image_ids_get_type (void);

/* (transfer full): a copy of @images. */
BallastImageIds *ballast_image_ids_new      (const gint64          *images,
                                             guint                  n_images);
BallastImageIds *ballast_image_ids_copy     (const BallastImageIds *ids);

G_END_DECLS
