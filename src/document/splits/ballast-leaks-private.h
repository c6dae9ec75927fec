#pragma once

#include "ballast-leaks.h"
#include "ballast-problem.h"
#include "ballast-store.h"

G_BEGIN_DECLS

/* (transfer full) (element-type BallastLeak): on the store thread. */
GPtrArray *ballast_leaks_read          (BallastStore       *store,
                                        GError            **error);

/* (transfer full): the sentences of what a kind of problem is about, "" where there are none. */
char      *ballast_leaks_describe_kind (const GPtrArray    *leaks,
                                        BallastProblemKind  kind);

G_END_DECLS
