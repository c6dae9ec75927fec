#pragma once

#include "ballast-coco-index.h"

G_BEGIN_DECLS

/* The id that comes next.  FALSE, having passed over it, where it is none. */
gboolean ballast_coco_read_id (BallastJsonReader *reader,
                               BallastCocoId     *id);

G_END_DECLS
