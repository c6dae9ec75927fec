#pragma once

#include "ballast-content-statistics.h"
#include "ballast-document.h"

G_BEGIN_DECLS

/*
 * What stands in the images that count, of @split_id (0: all; -1: those in no split), as
 * ballast-content-statistics.h says it, with classes by their index in the tally.
 *
 * One pass over the records on the store thread, in turns, so that whoever wants something else of
 * it waits for some 20 ms.  The answer is kept until the records or the classes change, and who asks
 * while a pass is under way waits for that one.  Cancelling ends the wait of the caller alone; a
 * change of the records ends the pass, with G_IO_ERROR_CANCELLED: ask again after "changed".
 */
void                      ballast_contents_load_async (BallastDocument    *document,
                                                       gint64              split_id,
                                                       GCancellable       *cancellable,
                                                       GAsyncReadyCallback callback,
                                                       gpointer            user_data);
/* (transfer full) */
BallastContentStatistics *ballast_contents_load_finish (GAsyncResult *result,
                                                        GError      **error);

G_END_DECLS
