#pragma once

#include <gio/gio.h>

#include "ballast-export-run-private.h"

G_BEGIN_DECLS

/*
 * What a shard of an export tells its merge: one record a file, in the order of the items, with all
 * that the manifest, the lists and the annotations of the whole are made from.  Little-endian on
 * every machine.
 */
#define BALLAST_SHARD_RECORDS_NAME "shard.records"

typedef struct _BallastShardWriter BallastShardWriter;
typedef struct _BallastShardReader BallastShardReader;

/* (transfer full): a new file of records in the folder @dir_fd. */
BallastShardWriter *ballast_shard_writer_new   (int                       dir_fd,
                                                GError                  **error);
gboolean            ballast_shard_writer_add   (BallastShardWriter       *writer,
                                                const BallastExportTask  *task,
                                                const BallastTaskFile    *file,
                                                const char               *recipe,
                                                GError                  **error);
gboolean            ballast_shard_writer_close (BallastShardWriter       *writer,
                                                GError                  **error);
void                ballast_shard_writer_free  (BallastShardWriter       *writer);

/* (transfer full): the records of the shard in the folder @dir_fd; @name is the shard's, for people. */
BallastShardReader *ballast_shard_reader_new   (int                       dir_fd,
                                                const char               *name,
                                                GError                  **error);

/* The next record's item, without taking it; G_MAXUINT64 at the end. */
guint64             ballast_shard_reader_peek  (BallastShardReader       *reader);

/*
 * Takes the next record: (transfer full) a task with one file, which is done, as @run would have
 * planned it.  NULL with BALLAST_EXPORT_ERROR_CHANGED where what follows is not whole.
 */
BallastExportTask  *ballast_shard_reader_take  (BallastShardReader       *reader,
                                                BallastExportRun         *run,
                                                GError                  **error);
void                ballast_shard_reader_free  (BallastShardReader       *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastShardWriter, ballast_shard_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastShardReader, ballast_shard_reader_free)

G_END_DECLS
