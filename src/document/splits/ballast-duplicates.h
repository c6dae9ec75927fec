#pragma once

#include "ballast-job.h"
#include "ballast-store-thread.h"

G_BEGIN_DECLS

/*
 * Finds files with the same bytes and notes them as problems of the project: in one class, in two
 * classes, in two splits.  Blocks; on a job's thread, which the progress goes to.
 *
 * @sources: of BallastSource.
 */
gboolean ballast_duplicates_find (BallastStoreThread  *thread,
                                  GPtrArray           *sources,
                                  BallastJob          *job,
                                  GError             **error);

G_END_DECLS
