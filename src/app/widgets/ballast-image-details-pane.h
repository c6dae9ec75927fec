#pragma once

#include <gtk/gtk.h>

#include "ballast-document.h"
#include "ballast-thumbnailer.h"

G_BEGIN_DECLS

/* Everything about one image: the picture, its class, split, size, file, part in the plan, and
 * problems. */
#define BALLAST_TYPE_IMAGE_DETAILS_PANE (ballast_image_details_pane_get_type ())
G_DECLARE_FINAL_TYPE (BallastImageDetailsPane, ballast_image_details_pane, BALLAST,
                      IMAGE_DETAILS_PANE, GtkBox)

/* Must be set before an image is. */
void ballast_image_details_pane_set_thumbnailer (BallastImageDetailsPane *self,
                                                 BallastThumbnailer      *thumbnailer);

/* Classes that boxes can be given; (nullable). */
void ballast_image_details_pane_set_tally       (BallastImageDetailsPane *self,
                                                 BallastTally            *tally);

/* @image_id 0: none. */
void ballast_image_details_pane_set_image       (BallastImageDetailsPane *self,
                                                 BallastDocument         *document,
                                                 gint64                   image_id);

G_END_DECLS
