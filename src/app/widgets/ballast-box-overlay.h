#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Outlines over a picture that is fitted into the same room: a GtkPicture below it in a GtkOverlay.
 */
#define BALLAST_TYPE_BOX_OVERLAY (ballast_box_overlay_get_type ())
G_DECLARE_FINAL_TYPE (BallastBoxOverlay, ballast_box_overlay, BALLAST, BOX_OVERLAY, GtkWidget)

typedef struct
{
  graphene_rect_t share; /* of the picture */
  GdkRGBA         colour;
} BallastOverlayBox;

/* Copied. */
void ballast_box_overlay_set_boxes   (BallastBoxOverlay       *self,
                                      const BallastOverlayBox *boxes,
                                      guint                    n_boxes);

guint ballast_box_overlay_get_n_boxes (BallastBoxOverlay *self);

/* (nullable): for its proportions. */
void ballast_box_overlay_set_picture (BallastBoxOverlay       *self,
                                      GdkPaintable            *picture);

G_END_DECLS
