#pragma once

#include "ballast-cli.h"
#include "ballast-document-split.h"

G_BEGIN_DECLS

/* Prints a plan of a split, or of groups, as text or as a JSON object. */
void ballast_cli_print_split (const BallastSplitPlan *plan,
                              const BallastNearSet   *near,
                              gboolean                json);

G_END_DECLS
