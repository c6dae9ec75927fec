#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Cards in columns of one width: as many columns as have room, rows as even as can be (five cards
 * in four columns' room become three and two).  Properties: "min-column-width" (pixels),
 * "max-columns", "spacing".
 */
#define BALLAST_TYPE_CARD_GRID (ballast_card_grid_get_type ())
G_DECLARE_FINAL_TYPE (BallastCardGrid, ballast_card_grid, BALLAST, CARD_GRID, GtkWidget)

/* Appends @child; gtk_widget_unparent() takes it out. */
void ballast_card_grid_append (BallastCardGrid *self,
                               GtkWidget       *child);

G_END_DECLS
