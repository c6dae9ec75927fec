#pragma once

#include <gtk/gtk.h>

#include "ballast-box-overlay.h"

G_BEGIN_DECLS

/*
 * One variant of an image with the numbers it was drawn with.  Held with the pointer, or with the
 * space bar, it shows the original instead.
 *
 * Signals: "redraw", from its button or the key R: show another one; "reject", from its button or
 * Delete: this one is not to be exported.
 */
#define BALLAST_TYPE_VARIANT_CELL (ballast_variant_cell_get_type ())
G_DECLARE_FINAL_TYPE (BallastVariantCell, ballast_variant_cell, BALLAST, VARIANT_CELL, GtkBox)

/* @number 0: the original itself; else the variant's place, for its accessible name. */
GtkWidget *ballast_variant_cell_new          (guint               number);

/* @paintable NULL: nothing yet.  @caption: "↔ −9°". */
void       ballast_variant_cell_set_picture  (BallastVariantCell *self,
                                              GdkPaintable       *paintable,
                                              const char         *caption);

/* All that is known of it: a line a step.  @mark (nullable): a word about what is wrong with it. */
void       ballast_variant_cell_set_facts    (BallastVariantCell *self,
                                              const char         *facts,
                                              const char         *mark);

/* Outlines in shares of the picture: n_boxes of them.  Copied. */
void       ballast_variant_cell_set_boxes    (BallastVariantCell      *self,
                                              const BallastOverlayBox *boxes,
                                              guint                    n_boxes);

/* What is shown while it is held. */
void       ballast_variant_cell_set_original (BallastVariantCell *self,
                                              GdkPaintable       *original);

G_END_DECLS
