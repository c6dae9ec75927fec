#pragma once

#include "ballast-cli.h"
#include "ballast-leaks.h"

G_BEGIN_DECLS

/* (transfer full) (element-type BallastLeak): NULL after a line on standard error. */
GPtrArray *ballast_cli_count_leaks (BallastDocument *document);

/* A member "leaks" of the object that is being built. */
void       ballast_cli_add_leaks   (JsonBuilder     *builder,
                                    const GPtrArray *leaks);

G_END_DECLS
