#pragma once

#include "ballast-import-sink.h"
#include "ballast-job.h"
#include "ballast-store-thread.h"

G_BEGIN_DECLS

/*
 * From a reader to the project file: images come in one by one, are gathered into batches, looked
 * into by many threads at once, and added in the order in which they came.
 *
 * Belongs to the thread that reads.  Memory is bounded: the reader waits while too much is under way.
 */
typedef struct _BallastImportFeed BallastImportFeed;

typedef struct
{
  guint64 images;  /* seen in this session */
  guint64 added;   /* new among them */
  guint64 updated; /* with other bytes than before */
} BallastImportFeedCounts;

/* Called on the store thread after a batch went in, a few times a second. */
typedef void (*BallastImportFeedFunc) (BallastStore *store,
                                       gpointer      user_data);

/* @path: what the user chose, a folder or a file. */
BallastImportFeed       *ballast_import_feed_new      (BallastStoreThread       *thread,
                                                       BallastJob               *job,
                                                       const char               *path);

/* What to do now and then while it goes on. */
void                     ballast_import_feed_set_func (BallastImportFeed        *self,
                                                       BallastImportFeedFunc     func,
                                                       gpointer                  user_data);

/* How many images there will be, for the progress. */
void                     ballast_import_feed_set_total (BallastImportFeed       *self,
                                                       guint64                   total);

/* (transfer none) */
const BallastImportSink *ballast_import_feed_get_sink (BallastImportFeed        *self);

/* Adds what is under way and ends the session: what was not seen is gone. */
gboolean                 ballast_import_feed_finish   (BallastImportFeed        *self,
                                                       BallastImportFeedCounts  *counts,
                                                       GError                  **error);

/* Keeps what was added; unfinished, a later session continues. */
void                     ballast_import_feed_free     (BallastImportFeed        *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastImportFeed, ballast_import_feed_free)

G_END_DECLS
