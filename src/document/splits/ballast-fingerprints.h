#pragma once

#include "ballast-job.h"
#include "ballast-store-thread.h"

G_BEGIN_DECLS

/*
 * Takes the fingerprints of all images that have none of their present file, by many threads, and
 * stores them as it goes.  Blocks; on a job's thread.
 *
 * @sources: of BallastSource.  Returns: (transfer full) (element-type BallastStoredFingerprint): of all
 * images that count, by id
 */
GArray *ballast_fingerprints_take (BallastStoreThread  *thread,
                                   GPtrArray           *sources,
                                   BallastJob          *job,
                                   GError             **error);

G_END_DECLS
