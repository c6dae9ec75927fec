#pragma once

#include <gtk/gtk.h>

#include "ballast-image-list.h"

G_BEGIN_DECLS

/*
 * A picture with the boxes, outlines and masks of its annotations over it, each in the colour of its
 * class; where it is drawn large, with the names of the classes.
 */
#define BALLAST_TYPE_BOXED_PAINTABLE (ballast_boxed_paintable_get_type ())
G_DECLARE_FINAL_TYPE (BallastBoxedPaintable, ballast_boxed_paintable, BALLAST, BOXED_PAINTABLE, GObject)

/* (transfer full): @picture alone where @item has no box. */
GdkPaintable *ballast_boxed_paintable_new (GdkPaintable     *picture,
                                           BallastImageItem *item);

/* Shows the box of the annotation @id above the others, which step back; 0: all alike. */
void          ballast_boxed_paintable_select (BallastBoxedPaintable *self,
                                              gint64                 id);

G_END_DECLS
