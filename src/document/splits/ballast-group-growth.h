#pragma once

#include "ballast-job.h"
#include "ballast-store-thread.h"

G_BEGIN_DECLS

/* What became of the images that an import brought. */
typedef struct
{
  guint64 grouped; /* were put into groups … */
  guint64 placed;  /* … and, being in no split, into the split that the group is in */
} BallastGroupGrowth;

/*
 * Puts images into groups by the rule that the stored ones were made by, as one step of undo; nothing
 * where there is no rule.  Images that are in a group stay in it, but where a new one joins two groups
 * to one.  Looks at the pictures that are new where the rule is that they look alike.
 *
 * Blocks; on a job's thread, which the progress goes to.  @sources: of BallastSource.
 */
gboolean ballast_groups_grow (BallastStoreThread *thread,
                              GPtrArray          *sources,
                              BallastJob         *job,
                              BallastGroupGrowth *growth,
                              GError            **error);

G_END_DECLS
