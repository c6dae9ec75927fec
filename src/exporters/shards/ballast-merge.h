#pragma once

#include "ballast-export-run.h"

G_BEGIN_DECLS

/*
 * Joins the shards of @dest, DEST.shard-1-of-N … DEST.shard-N-of-N beside it: the bytes are those
 * that one export writes.  Files are linked where the disk can, so nothing is lost where the merge is
 * interrupted; the shards go once @dest is whole.
 *
 * FALSE with BALLAST_EXPORT_ERROR_FOREIGN where there are none, some are missing or they are of
 * different exports; BALLAST_EXPORT_ERROR_CHANGED where one is not whole; G_IO_ERROR_EXISTS where
 * @dest is taken.
 */
gboolean ballast_export_merge (const char             *dest,
                               const BallastProgress  *progress,
                               GCancellable           *cancellable,
                               BallastExportCounts    *counts,
                               GError                **error);

G_END_DECLS
