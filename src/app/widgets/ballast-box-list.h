#pragma once

#include <gtk/gtk.h>

#include "ballast-image-list.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

/*
 * The boxes of one image: the class, the size, the share of the picture, what its file says of it, and
 * a menu for each.  A click on one asks to see it (images.select-box).
 */
#define BALLAST_TYPE_BOX_LIST (ballast_box_list_get_type ())
G_DECLARE_FINAL_TYPE (BallastBoxList, ballast_box_list, BALLAST, BOX_LIST, GtkBox)

GtkWidget *ballast_box_list_new       (void);

/* (nullable) */
void       ballast_box_list_set_tally (BallastBoxList            *self,
                                       BallastTally              *tally);
void       ballast_box_list_show      (BallastBoxList            *self,
                                       const BallastImageDetails *details);

G_END_DECLS
