#pragma once

#include "ballast-content-statistics.h"
#include "ballast-store.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

/* (transfer full): of all images that count, in one go, on the store thread.  NULL with @error. */
BallastContentStatistics *ballast_contents_read (BallastStore  *store,
                                                 BallastTally  *tally,
                                                 GError       **error);

G_END_DECLS
