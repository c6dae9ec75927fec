#pragma once

#include <adwaita.h>

#include "ballast-split-options.h"

G_BEGIN_DECLS

/*
 * Splits by name with a slider for the share of each, which always add up to 100 %: what one gains, the
 * others lose in proportion.  Rows are added and removed, one at least, BALLAST_SPLIT_MAX_PARTS at
 * most.  Signal "changed".
 */
#define BALLAST_TYPE_SPLIT_SHARES (ballast_split_shares_get_type ())
G_DECLARE_FINAL_TYPE (BallastSplitShares, ballast_split_shares, BALLAST, SPLIT_SHARES, GtkBox)

/* Shows the splits @names, with the shares that are usual for so many.  Emits nothing. */
void     ballast_split_shares_set_names (BallastSplitShares  *self,
                                         const char *const   *names);

/*
 * Sets the parts of @options; a split without a share is left out.  FALSE with
 * BALLAST_BALANCE_ERROR_SETTING where a name is missing or is there twice.
 */
gboolean ballast_split_shares_read      (BallastSplitShares  *self,
                                         BallastSplitOptions *options,
                                         GError             **error);

G_END_DECLS
