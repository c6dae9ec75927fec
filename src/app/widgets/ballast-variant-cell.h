#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * One variant of an image with the numbers it was drawn with.  Held with the pointer, or with the
 * space bar, it shows the original instead.
 *
 * Signal: "redraw", from its button or the key R: draw this one again with other numbers.
 */
#define BALLAST_TYPE_VARIANT_CELL (ballast_variant_cell_get_type ())
G_DECLARE_FINAL_TYPE (BallastVariantCell, ballast_variant_cell, BALLAST, VARIANT_CELL, GtkBox)

/* @number 0: the original itself; else the variant's place, for its accessible name. */
GtkWidget *ballast_variant_cell_new          (guint               number);

/* @paintable NULL: nothing yet.  @caption: "↔ −9°". */
void       ballast_variant_cell_set_picture  (BallastVariantCell *self,
                                              GdkPaintable       *paintable,
                                              const char         *caption);

/* What is shown while it is held. */
void       ballast_variant_cell_set_original (BallastVariantCell *self,
                                              GdkPaintable       *original);

G_END_DECLS
