#pragma once

#include <adwaita.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/* Makes the training split long-tailed: ratio, order and seed beside a chart of what will be left. */
#define BALLAST_TYPE_LONG_TAIL_DIALOG (ballast_long_tail_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BallastLongTailDialog, ballast_long_tail_dialog, BALLAST, LONG_TAIL_DIALOG, AdwWindow)

/* (transfer none): the dialog, shown over @parent. */
GtkWidget *ballast_long_tail_dialog_present (GtkWindow       *parent,
                                             BallastDocument *document);

G_END_DECLS
