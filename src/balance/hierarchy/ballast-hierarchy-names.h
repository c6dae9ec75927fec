#pragma once

#include "ballast-hierarchy-suggest.h"

G_BEGIN_DECLS

/* Suggestions from what classes are called.  FALSE with BALLAST_BALANCE_ERROR_EMPTY where that tells
 * nothing. */
gboolean ballast_hierarchy_fill_names      (BallastHierarchy            *hierarchy,
                                            const BallastHierarchyInput *input,
                                            GError                     **error);
gboolean ballast_hierarchy_fill_folders    (BallastHierarchy            *hierarchy,
                                            const BallastHierarchyInput *input,
                                            GError                     **error);
gboolean ballast_hierarchy_fill_categories (BallastHierarchy            *hierarchy,
                                            const BallastHierarchyInput *input,
                                            GError                     **error);

G_END_DECLS
