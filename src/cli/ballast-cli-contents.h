#pragma once

#include <json-glib/json-glib.h>

#include "ballast-content-statistics.h"
#include "ballast-tally.h"

G_BEGIN_DECLS

/* What `stats` says about what stands in the images.  Pairs of classes are cut off behind the most
 * frequent ones; how many there are is said. */
void     ballast_cli_add_contents (JsonBuilder                    *builder,
                                   const BallastContentStatistics *contents,
                                   const BallastTally             *tally);

/* The same as text, only what the data has: nothing for plain classification. */
void     ballast_cli_print_contents (const BallastContentStatistics *contents,
                                     const BallastTally             *tally);

G_END_DECLS
