#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Outlines over a picture that is fitted into the same room: a GtkPicture below it in a GtkOverlay.
 */
#define BALLAST_TYPE_BOX_OVERLAY (ballast_box_overlay_get_type ())
G_DECLARE_FINAL_TYPE (BallastBoxOverlay, ballast_box_overlay, BALLAST, BOX_OVERLAY, GtkWidget)

/* In shares of the picture; copied. */
void ballast_box_overlay_set_boxes   (BallastBoxOverlay     *self,
                                      const graphene_rect_t *boxes,
                                      guint                  n_boxes);

/* (nullable): for its proportions. */
void ballast_box_overlay_set_picture (BallastBoxOverlay     *self,
                                      GdkPaintable          *picture);

G_END_DECLS
