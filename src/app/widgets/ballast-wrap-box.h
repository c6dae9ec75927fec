#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Children in lines: as many as fit side by side, the rest below.  In each line the children that
 * expand share what is left, so a title keeps the controls at the end of its line.
 */
#define BALLAST_TYPE_WRAP_BOX (ballast_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (BallastWrapBox, ballast_wrap_box, BALLAST, WRAP_BOX, GtkWidget)

GtkWidget *ballast_wrap_box_new    (guint           spacing);

/* Appends @child; gtk_widget_unparent() takes it out. */
void       ballast_wrap_box_append (BallastWrapBox *self,
                                    GtkWidget      *child);

G_END_DECLS
