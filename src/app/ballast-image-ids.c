/*
 * What is dragged from a page: plain ids, so that the receiver needs nothing of the sender.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-image-ids.h"

#include <string.h>

BallastImageIds *
ballast_image_ids_new (const gint64 *images,
                       guint         n_images)
{
  BallastImageIds *ids = g_malloc (sizeof (BallastImageIds) + n_images * sizeof (gint64));

  ids->n_images = n_images;
  if (n_images > 0)
    memcpy (ids->images, images, n_images * sizeof (gint64));

  return ids;
}

BallastImageIds *
ballast_image_ids_copy (const BallastImageIds *ids)
{
  return ballast_image_ids_new (ids->images, ids->n_images);
}

G_DEFINE_BOXED_TYPE (BallastImageIds, ballast_image_ids, ballast_image_ids_copy, g_free)
