#pragma once

#include <adwaita.h>

#include "ballast-document.h"

G_BEGIN_DECLS

/*
 * Says how many images of a split are in another one too, or are in none, and leads to what can be done
 * about it (win.mend-leaks or win.split-dataset of the window below).  Counts off the main thread, again
 * whenever the project changes; hides itself where all is well.
 */
#define BALLAST_TYPE_LEAKS_NOTE (ballast_leaks_note_get_type ())
G_DECLARE_FINAL_TYPE (BallastLeaksNote, ballast_leaks_note, BALLAST, LEAKS_NOTE, GtkBox)

void ballast_leaks_note_set_document (BallastLeaksNote *self,
                                      BallastDocument  *document);

G_END_DECLS
