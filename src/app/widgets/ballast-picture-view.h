#pragma once

#include <gtk/gtk.h>

#include "ballast-picture.h"

G_BEGIN_DECLS

/*
 * A picture as a widget: pointing and the arrow keys tell its parts, a click or Return asks for one.
 *
 * Where it is zoomable, Ctrl with the wheel, plus, minus and 0 make the picture larger than the
 * widget; the wheel and the keyboard then move it.
 *
 * Signals: "part-activated" (guint).
 */
#define BALLAST_TYPE_PICTURE_VIEW (ballast_picture_view_get_type ())
G_DECLARE_FINAL_TYPE (BallastPictureView, ballast_picture_view, BALLAST, PICTURE_VIEW, GtkWidget)

GtkWidget      *ballast_picture_view_new          (void);

/* Takes @picture; NULL for nothing. */
void            ballast_picture_view_take_picture (BallastPictureView *self,
                                                   BallastPicture     *picture);
/* (transfer none) (nullable) */
BallastPicture *ballast_picture_view_get_picture  (BallastPictureView *self);

void            ballast_picture_view_set_zoomable (BallastPictureView *self,
                                                   gboolean            zoomable);
/* Whether a click does something: shown by the pointer. */
void            ballast_picture_view_set_clickable (BallastPictureView *self,
                                                   gboolean            clickable);

/* The part that keyboard or pointer are on, or -1. */
int             ballast_picture_view_get_lit      (BallastPictureView *self);

G_END_DECLS
