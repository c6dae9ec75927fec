#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The colour of a class as a round dot.  Decoration: its class's name stands beside it. */
#define BALLAST_TYPE_CLASS_DOT (ballast_class_dot_get_type ())
G_DECLARE_FINAL_TYPE (BallastClassDot, ballast_class_dot, BALLAST, CLASS_DOT, GtkWidget)

GtkWidget *ballast_class_dot_new       (guint            class_index);

/* Property "class-index": the class's place in the dataset's order. */
void       ballast_class_dot_set_index (BallastClassDot *self,
                                        guint            class_index);

G_END_DECLS
