#pragma once

#include <adwaita.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/*
 * Asks how the balanced dataset is to be written, says what that will be, writes it, and offers to
 * open the folder.  Closed while it writes, the job goes on in the window's side bar.
 */
#define BALLAST_TYPE_EXPORT_DIALOG (ballast_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BallastExportDialog, ballast_export_dialog, BALLAST, EXPORT_DIALOG, AdwWindow)

/* (transfer none): the dialog, shown over @parent. */
GtkWidget *ballast_export_dialog_present    (GtkWindow           *parent,
                                             BallastDocument     *document);

/* Where it will write (bytes); for a chooser, and for tests. */
void       ballast_export_dialog_set_folder (BallastExportDialog *self,
                                             const char          *path);

G_END_DECLS
