#pragma once

#include <gio/gio.h>

#include "ballast-job.h"
#include "ballast-settings.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

/*
 * An open project as both front ends see it.
 *
 * It lives on the main thread and never blocks it: the project file belongs to one store thread,
 * and what takes long is a job.  Every edit is written at once; there is no "unsaved".
 *
 * What it holds in memory is small: the counts (a BallastTally) and the settings.  Both are
 * snapshots, replaced as a whole after an edit, so a reader may keep one as long as it likes.
 */
#define BALLAST_TYPE_DOCUMENT (ballast_document_get_type ())
G_DECLARE_FINAL_TYPE (BallastDocument, ballast_document, BALLAST, DOCUMENT, GObject)

/* What a "changed" signal is about. */
typedef enum
{
  BALLAST_CHANGED_RECORDS = 1 << 0,  /* images or labels: lists must be asked for again */
  BALLAST_CHANGED_CLASSES = 1 << 1,  /* names, order, number of classes */
  BALLAST_CHANGED_SETTINGS = 1 << 2,
  BALLAST_CHANGED_PROBLEMS = 1 << 3,
} BallastChanged;

#define BALLAST_TYPE_CHANGED (ballast_changed_get_type ())
GType            ballast_changed_get_type          (void);

/*
 * Properties, read-only, notified on the main thread: "path" (the project file, bytes), "title"
 * (string), "subtitle" (string: "428 images · 6 classes"), "tally" (BallastTally), "settings"
 * (BallastSettings), "can-undo", "can-redo" (boolean), "undo-label", "redo-label" (string or NULL:
 * "Rename “car”"), "read-only" (boolean), "job" (BallastJob or NULL: the import or export that
 * runs), "busy" (boolean).
 * Signal: "changed" (BallastChanged), after the properties are new.
 */

/* Opens the project at @path (bytes).  Fails with BALLAST_STORE_ERROR's codes as sentences. */
void             ballast_document_open_async       (const char           *path,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
/* (transfer full) */
BallastDocument *ballast_document_open_finish      (GAsyncResult         *result,
                                                    GError              **error);

/* Makes an empty project at @path; fails with G_IO_ERROR_EXISTS where something is there. */
void             ballast_document_create_async     (const char           *path,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
/* (transfer full) */
BallastDocument *ballast_document_create_finish    (GAsyncResult         *result,
                                                    GError              **error);

/*
 * (transfer full): where a project for the dataset at @source goes unless the user names a place:
 * a path that is free, in the user's data folder (…/ballast/projects/NAME.ballast).  Never beside
 * the dataset: sources are not written to.
 */
char            *ballast_document_dup_default_path (const char           *source);

/* Cancels what runs, waits for the store thread and closes the file.  Later calls fail with
 * G_IO_ERROR_CLOSED.  The last unref does the same. */
void             ballast_document_close            (BallastDocument      *document);

const char      *ballast_document_get_path         (BallastDocument      *document);
const char      *ballast_document_get_title        (BallastDocument      *document);
const char      *ballast_document_get_subtitle     (BallastDocument      *document);
BallastTally    *ballast_document_get_tally        (BallastDocument      *document);
BallastSettings *ballast_document_get_settings     (BallastDocument      *document);
gboolean         ballast_document_get_can_undo     (BallastDocument      *document);
gboolean         ballast_document_get_can_redo     (BallastDocument      *document);
const char      *ballast_document_get_undo_label   (BallastDocument      *document);
const char      *ballast_document_get_redo_label   (BallastDocument      *document);
gboolean         ballast_document_get_read_only    (BallastDocument      *document);

/*
 * From now on a plan that takes longer than a frame is made beside the main thread: who asks for it
 * is given a coarse one, and "planned" is emitted when the other is there.  For windows.
 */
void             ballast_document_plan_aside       (BallastDocument      *document);

/* (transfer none) (nullable): the job that runs; cancel it with ballast_job_cancel(). */
BallastJob      *ballast_document_get_job          (BallastDocument      *document);

G_END_DECLS
