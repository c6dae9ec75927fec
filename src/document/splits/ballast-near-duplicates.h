#pragma once

#include "ballast-document.h"
#include "ballast-near-set.h"

G_BEGIN_DECLS

/*
 * Looks for pictures that look alike: decodes, small, those that were not looked at before, compares
 * all of them, and notes pairs up to @distance bits as problems of the project.  A cancel keeps the
 * looks taken.  @max_distance is for the result alone: every four bits more cost eight times as much
 * comparing, a second for a million pictures below 8.
 *
 * Returns: (transfer full): the job; its result is a BallastNearSet with the links up to
 * @max_distance, from @distance to BALLAST_NEAR_MAX_DISTANCE
 */
BallastJob *ballast_document_find_near_duplicates (BallastDocument *document,
                                                   guint            distance,
                                                   guint            max_distance);

G_END_DECLS
