#pragma once

#include <gtk/gtk.h>

#include "ballast-op.h"

G_BEGIN_DECLS

/*
 * One op of the catalogue: what it does to the user's own picture, its name, a sentence, and what it
 * costs.  Held under the pointer it shows the picture larger.
 */
#define BALLAST_TYPE_OP_ROW (ballast_op_row_get_type ())
G_DECLARE_FINAL_TYPE (BallastOpRow, ballast_op_row, BALLAST, OP_ROW, GtkListBoxRow)

GtkWidget       *ballast_op_row_new        (const BallastOp *op);
const BallastOp *ballast_op_row_get_op     (BallastOpRow    *self);

/* @texture NULL: nothing is drawn (yet), and the op's sign stands there.  @facts: "0.4 ms", or NULL. */
void             ballast_op_row_set_effect (BallastOpRow    *self,
                                            GdkTexture      *texture,
                                            const char      *facts);

G_END_DECLS
