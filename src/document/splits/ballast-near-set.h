#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Two pictures that look alike. */
typedef struct
{
  gint64 image_id;
  gint64 other_image_id;
  guint  distance;       /* bits that differ of 64 */
} BallastNearLink;

/*
 * Which pictures of a project look alike: the links that join them at the lowest distances, fewer
 * than there are images, so that the groups of any threshold follow at once.  Immutable, counted.
 */
typedef struct
{
  gatomicrefcount ref_count;
  GArray         *links;      /* BallastNearLink, by distance */
  guint64         n_images;   /* that were looked at */
  guint64         n_flat;     /* that have too little in them to be compared */
  guint64         n_unread;   /* that could not be decoded */
} BallastNearSet;

/* (transfer full): takes @links. */
BallastNearSet *ballast_near_set_new   (GArray          *links);
BallastNearSet *ballast_near_set_ref   (BallastNearSet  *set);
void            ballast_near_set_unref (BallastNearSet  *set);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastNearSet, ballast_near_set_unref)

G_END_DECLS
