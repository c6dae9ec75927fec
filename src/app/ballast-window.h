#pragma once

#include "ballast-application.h"
#include "ballast-document.h"
#include "ballast-selection.h"

G_BEGIN_DECLS

/*
 * A window onto one project, or the first-run page.
 *
 * Pages ask it for work through its actions alone:
 *   win.show-page(s)       "overview", "images", "augment", "balance", "hierarchy"
 *   win.show-class(x)      the images of a class; 0 for all
 *   win.show-problem(u)    the images with a BallastProblemKind
 *   win.split-dataset      the dialog that divides the images into splits
 *   win.mend-leaks(u)      what to do about what is in two splits
 *   win.undo win.redo win.export win.export-weights win.import-again win.search
 *   win.rename-class(x) win.merge-class(x) win.drop-class(x)
 *   win.toast(s)           a short message; plain text
 *   win.toast-undo(s)      the same with an Undo button
 */
#define BALLAST_TYPE_WINDOW (ballast_window_get_type ())
G_DECLARE_FINAL_TYPE (BallastWindow, ballast_window, BALLAST, WINDOW, AdwApplicationWindow)

BallastWindow    *ballast_window_new           (BallastApplication *application);

/* TRUE where it shows the first-run page and opens nothing. */
gboolean          ballast_window_is_empty      (BallastWindow      *self);

/* Property "document": the project shown, or NULL. */
BallastDocument  *ballast_window_get_document  (BallastWindow      *self);
void              ballast_window_set_document  (BallastWindow      *self,
                                                BallastDocument    *document);
BallastSelection *ballast_window_get_selection (BallastWindow      *self);

/* Opens a project, or shows what a folder or manifest holds before importing it. */
void              ballast_window_open          (BallastWindow      *self,
                                                GFile              *file);

/* Draws the sample dataset @kind where it is not there yet, and opens it. */
void              ballast_window_open_sample   (BallastWindow      *self,
                                                const char         *kind);

/* One sentence that says what failed. */
void              ballast_window_show_error    (BallastWindow      *self,
                                                const GError       *error);
void              ballast_window_show_toast    (BallastWindow      *self,
                                                const char         *text,
                                                gboolean            with_undo);

/* Writes a report of the project to @file, .pdf or .html, as a job; a toast offers to open it. */
void ballast_window_save_report (BallastWindow *self,
                                 GFile         *file);

G_END_DECLS
