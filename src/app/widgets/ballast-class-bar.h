#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The thin bar under a class's name: how large the class is beside the largest. */
#define BALLAST_TYPE_CLASS_BAR (ballast_class_bar_get_type ())
G_DECLARE_FINAL_TYPE (BallastClassBar, ballast_class_bar, BALLAST, CLASS_BAR, GtkWidget)

/* Properties: "class-index" (uint: the colour), "relative" (double, 0 … 1: the length). */
void ballast_class_bar_set_index    (BallastClassBar *self,
                                     guint            class_index);
void ballast_class_bar_set_relative (BallastClassBar *self,
                                     double           relative);

G_END_DECLS
