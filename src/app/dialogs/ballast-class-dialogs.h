#pragma once

#include "ballast-window.h"

G_BEGIN_DECLS

/* Asks for a new name of the class. */
void ballast_rename_class_dialog_present (BallastWindow *window,
                                          gint64         class_id);

/* Asks into which other class the class goes. */
void ballast_merge_class_dialog_present  (BallastWindow *window,
                                          gint64         class_id);

G_END_DECLS
