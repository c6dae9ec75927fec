#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Children of one shape in lines of equal cells, as large as they can be without scrolling.
 *
 * A child's height is what it asks for at the least (a caption) and the aspect times its width (a
 * picture).  Where the cells would become too small to see, they keep their least width and the
 * widget grows higher than its window.
 */
#define BALLAST_TYPE_FITTING_LAYOUT (ballast_fitting_layout_get_type ())
G_DECLARE_FINAL_TYPE (BallastFittingLayout, ballast_fitting_layout, BALLAST, FITTING_LAYOUT,
                      GtkLayoutManager)

/* Height over width of a picture; brought within ½ … 1½. */
void ballast_fitting_layout_set_aspect (BallastFittingLayout *self,
                                        double                aspect);

/* The longer side of the room for a picture, in pixels; 0 before the first allocation.
 * Signal "resized": it is another one. */
int  ballast_fitting_layout_get_picture_px (BallastFittingLayout *self);

G_END_DECLS
