#pragma once

#include "ballast-document-export.h"
#include "ballast-export-dialog.h"
#include "ballast-export-layouts.h"
#include "ballast-leaks-note.h"
#include "ballast-weight-kinds-button.h"

/* The parts of the export dialog, for its own files. */

G_BEGIN_DECLS

struct _BallastExportDialog
{
  AdwWindow parent_instance;

  BallastDocument *document;
  BallastJob      *job;
  char            *folder; /* bytes */

  GtkWidget                *cancel_button;
  GtkWidget                *export_button;
  GtkStack                 *stack;
  GtkLabel                 *folder_label;
  AdwComboRow              *layout;
  AdwComboRow              *originals;
  AdwComboRow              *format;
  GtkWidget                *quality_row;
  GtkSpinButton            *quality;
  GtkSpinButton            *seed;
  AdwActionRow             *weights_row;
  BallastWeightKindsButton *weights_button;
  AdwActionRow             *hierarchy_row;
  GtkSwitch                *hierarchy;
  BallastLeaksNote         *leaks;
  GtkLabel                 *summary;
  GtkLabel                 *summary_detail;
  GtkLabel                 *warning;
  GtkLabel                 *progress_title;
  GtkProgressBar           *progress;
  GtkLabel                 *progress_message;
  AdwStatusPage            *done;
  AdwStatusPage            *failed;

  BallastExportSubstance *substance;   /* NULL: not known yet */
  GCancellable           *cancellable;
  gboolean                filling; /* rows are being set, not chosen */
};

/* ballast-export-dialog-choices.c */

/* Fills @settings, which the caller clears, with what the rows say. */
void _ballast_export_dialog_read_choices (BallastExportDialog   *self,
                                          BallastExportSettings *settings);

/* Sets the rows to the project's settings. */
void _ballast_export_dialog_fill_choices (BallastExportDialog   *self);

/* Says what each choice means and what the export comes to. */
void _ballast_export_dialog_show_choices (BallastExportDialog   *self);

/* TRUE where something stands in the way: the folder is there and not empty. */
gboolean _ballast_export_dialog_is_taken (BallastExportDialog   *self);

G_END_DECLS
