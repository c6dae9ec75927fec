#pragma once

#include "ballast-problem-list.h"
#include "ballast-store.h"

G_BEGIN_DECLS

/* (transfer full) (element-type BallastProblemGroup): as ballast_problem_list_query_async(), at once;
 * on the store thread.  NULL with @error. */
GPtrArray *ballast_problem_list_read (BallastStore  *store,
                                      GError       **error);

G_END_DECLS
