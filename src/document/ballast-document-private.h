#pragma once

#include "ballast-document.h"
#include "ballast-planner.h"
#include "ballast-snapshot.h"
#include "ballast-store-thread.h"

G_BEGIN_DECLS

/* An edit, on the store thread. */
typedef gboolean (*BallastEditFunc) (BallastStore    *store,
                                     gpointer         data,
                                     BallastChanged  *changed,
                                     GError         **error);

typedef struct
{
  BallastEditFunc func;
  gpointer        data;
  GDestroyNotify  destroy;
  BallastChanged  changed; /* what it touches, unless func says otherwise */
  BallastFigures *figures; /* private: kept where the edit touches settings alone */
} BallastEdit;

/* (transfer full): takes @snapshot. */
BallastDocument       *ballast_document_new            (BallastStoreThread   *thread,
                                                        const char           *path,
                                                        BallastSnapshot      *snapshot);

/* Runs @edit, takes over the new snapshot, tells "changed", then ends the caller's task. */
void                   ballast_document_edit_async     (BallastDocument      *document,
                                                        const BallastEdit    *edit,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);

/* Fails the caller's edit before it begins.  Takes @error. */
void                   ballast_document_edit_fail      (BallastDocument      *document,
                                                        GError               *error,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);

/* (transfer none) */
BallastStoreThread    *ballast_document_get_thread     (BallastDocument      *document);
const BallastSnapshot *ballast_document_get_snapshot   (BallastDocument      *document);

/* (transfer none) (nullable): where plans are made beside the main thread. */
BallastPlanner        *ballast_document_get_planner    (BallastDocument      *document);

/*
 * Starts @job's thread, which runs @func with @run (freed with @destroy after it, on that thread).
 * FALSE where another job runs: @job was finished with BALLAST_DOCUMENT_ERROR_BUSY and @run freed.
 */
gboolean               ballast_document_start_job      (BallastDocument      *document,
                                                        BallastJob           *job,
                                                        GThreadFunc           func,
                                                        gpointer              run,
                                                        GDestroyNotify        destroy);

/* (transfer full): a weak reference that other threads may hold and never look through: the last
 * reference to a document must be dropped on the main thread. */
GWeakRef              *ballast_document_ref_door       (BallastDocument      *document);
void                   ballast_door_unref              (GWeakRef             *door);

/* Any thread.  Takes @snapshot to the main context, where the document behind @door, if it still
 * is, takes it over.  Comes before a ballast_job_finish() that follows. */
void                   ballast_document_post_snapshot  (GWeakRef             *door,
                                                        BallastSnapshot      *snapshot,
                                                        BallastChanged        changed);

/* (transfer full): the file of an image: root of its source and relative path; NULL where there is
 * no such source. */
char                  *ballast_document_dup_file_path  (BallastDocument          *document,
                                                        const BallastImageRecord *record);
char                  *ballast_snapshot_dup_file_path  (const BallastSnapshot    *snapshot,
                                                        const BallastImageRecord *record);

G_END_DECLS
