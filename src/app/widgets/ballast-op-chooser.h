#pragma once

#include <gtk/gtk.h>

#include "ballast-op.h"

G_BEGIN_DECLS

/*
 * A popover with the catalogue of ops: grouped, with a sentence on each, searched by any name that
 * people use.  Signal: "chosen" (pointer: const BallastOp *).
 */
#define BALLAST_TYPE_OP_CHOOSER (ballast_op_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BallastOpChooser, ballast_op_chooser, BALLAST, OP_CHOOSER, GtkPopover)

GtkWidget *ballast_op_chooser_new         (void);

/* The file on which every op is shown, when the popover opens; NULL: none. */
void       ballast_op_chooser_set_picture (BallastOpChooser *self,
                                           const char       *path,
                                           const char       *relative_path);

G_END_DECLS
