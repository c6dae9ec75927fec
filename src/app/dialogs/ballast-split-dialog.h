#pragma once

#include <adwaita.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/* Divides the images into splits: shares, groups, and the classes in each split before it is done. */
#define BALLAST_TYPE_SPLIT_DIALOG (ballast_split_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BallastSplitDialog, ballast_split_dialog, BALLAST, SPLIT_DIALOG, AdwWindow)

/* (transfer none): the dialog, presented over @parent, which shows a toast after the edit. */
GtkWidget *ballast_split_dialog_present (GtkWindow       *parent,
                                         BallastDocument *document);

G_END_DECLS
