#pragma once

#include <adwaita.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/*
 * Asks which classes a mirror swaps: "turn-left" and "turn-right".  Without any declared it begins
 * with what the names suggest.  Ends in one undoable edit.
 *
 * Returns the dialog, which is shown.
 */
GtkWidget *ballast_pairs_dialog_present (GtkWindow       *parent,
                                         BallastDocument *document);

G_END_DECLS
