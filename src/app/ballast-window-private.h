#pragma once

#include "ballast-import-wishes.h"
#include "ballast-window.h"

G_BEGIN_DECLS

struct _BallastWindow
{
  AdwApplicationWindow parent_instance;

  GCancellable        *cancellable; /* of what is being opened */
  BallastDocument     *document;
  BallastSelection    *selection;
  GSignalGroup        *document_signals;

  AdwToastOverlay     *toasts;
  GtkStack            *main_stack;
  AdwFlap             *flap;
  AdwViewStack        *pages;
  GtkWidget           *sidebar;
  GtkWidget           *first_run_page;
  GtkWidget           *import_page;
  GtkWidget           *drop_hint;
  GtkLabel            *loading_label;
  GtkWidget           *undo_button;
  GtkWidget           *redo_button;
};

/* ballast-window-actions.c */
void _ballast_window_install_actions (GtkWidgetClass *widget_class);
void _ballast_window_update_actions  (BallastWindow  *self);

/* Ends an edit of the document, whose name the toast tells; @user_data is a reference to the window. */
void _ballast_window_edit_told       (GObject        *source,
                                      GAsyncResult   *result,
                                      gpointer        user_data);

/* ballast-window-problems.c */
void _ballast_window_install_problem_actions (GtkWidgetClass *widget_class);

/* ballast-window-splits.c */
void _ballast_window_install_split_actions (GtkWidgetClass *widget_class);

/* ballast-window-report.c */
void _ballast_window_install_report_actions (GtkWidgetClass *widget_class);

/* ballast-window-open.c */
void _ballast_window_remember        (BallastWindow  *self);
void _ballast_window_import          (BallastWindow  *self,
                                      const char     *source,
                                      const char     *layout,
                                      const BallastImportWishes *wishes, /* (nullable) */
                                      const char     *project_path);
void _ballast_window_watch_job       (BallastWindow  *self);

G_END_DECLS
