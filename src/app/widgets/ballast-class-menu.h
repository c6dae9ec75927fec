#pragma once

#include <gtk/gtk.h>

#include "ballast-tally.h"

G_BEGIN_DECLS

/* A popover that asks for a class, searched by typing.  Signal: "chosen" (int64: class id). */
#define BALLAST_TYPE_CLASS_MENU (ballast_class_menu_get_type ())
G_DECLARE_FINAL_TYPE (BallastClassMenu, ballast_class_menu, BALLAST, CLASS_MENU, GtkPopover)

GtkWidget *ballast_class_menu_new       (void);

/* NULL: no classes. */
void       ballast_class_menu_set_tally (BallastClassMenu *self,
                                         BallastTally     *tally);

G_END_DECLS
