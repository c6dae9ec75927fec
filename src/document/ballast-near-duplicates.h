#pragma once

#include "ballast-document.h"
#include "ballast-near-set.h"

G_BEGIN_DECLS

/*
 * Looks for pictures that look alike: decodes, small, those that were not looked at before, compares
 * all of them, and notes pairs up to @distance bits as problems of the project.  A cancel keeps the
 * looks taken.
 *
 * Returns: (transfer full): the job; its result is a BallastNearSet with the links up to
 * BALLAST_NEAR_MAX_DISTANCE
 */
BallastJob *ballast_document_find_near_duplicates (BallastDocument *document,
                                                   guint            distance);

G_END_DECLS
