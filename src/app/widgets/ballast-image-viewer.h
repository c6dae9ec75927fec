#pragma once

#include <gtk/gtk.h>

#include "ballast-image-list.h"
#include "ballast-tally.h"
#include "ballast-thumbnailer.h"

G_BEGIN_DECLS

/*
 * One image, large.  Left and Right go through the list, Escape closes.  Signals: "closed"; "moved"
 * (uint: position) when another image is shown.
 */
#define BALLAST_TYPE_IMAGE_VIEWER (ballast_image_viewer_get_type ())
G_DECLARE_FINAL_TYPE (BallastImageViewer, ballast_image_viewer, BALLAST, IMAGE_VIEWER, GtkWidget)

void ballast_image_viewer_set_thumbnailer (BallastImageViewer *self,
                                           BallastThumbnailer *thumbnailer);

/* @list: of BallastImageItem; NULL closes it. */
void ballast_image_viewer_show            (BallastImageViewer *self,
                                           GListModel         *list,
                                           guint               position);

/* Of what is shown, in the list. */
guint      ballast_image_viewer_get_position    (BallastImageViewer *self);

/* Classes that boxes can be given; (nullable). */
void       ballast_image_viewer_set_tally       (BallastImageViewer *self,
                                                 BallastTally       *tally);

/* The box of an annotation; 0, or one that the image does not have: none. */
void       ballast_image_viewer_select_box      (BallastImageViewer *self,
                                                 gint64              id);
gint64     ballast_image_viewer_get_box         (BallastImageViewer *self);

G_END_DECLS
