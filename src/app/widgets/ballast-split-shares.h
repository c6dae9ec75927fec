#pragma once

#include <adwaita.h>

#include "ballast-split-options.h"

G_BEGIN_DECLS

/*
 * Sliders for the shares of three splits, which always add up to 100 %: what one gains, the others
 * lose in proportion.  Signal "changed".
 */
#define BALLAST_TYPE_SPLIT_SHARES (ballast_split_shares_get_type ())
G_DECLARE_FINAL_TYPE (BallastSplitShares, ballast_split_shares, BALLAST, SPLIT_SHARES, GtkGrid)

/* The names of training, validation and test. */
void ballast_split_shares_set_names (BallastSplitShares  *self,
                                     const char *const   *names);

/* Sets the parts of @options; a split without a share is left out. */
void ballast_split_shares_read      (BallastSplitShares  *self,
                                     BallastSplitOptions *options);

G_END_DECLS
