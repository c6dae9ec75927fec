#pragma once

#include "ballast-near-duplicates.h"
#include "ballast-store-thread.h"

G_BEGIN_DECLS

/*
 * (transfer full): ballast_document_find_near_duplicates() as a part of another job, on its thread;
 * blocks.  @sources: of BallastSource.
 */
BallastNearSet *ballast_near_duplicates_find (BallastStoreThread *thread,
                                              GPtrArray          *sources,
                                              BallastJob         *job,
                                              guint               distance,
                                              GError            **error);

G_END_DECLS
