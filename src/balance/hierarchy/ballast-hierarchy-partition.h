#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Splits @n counts (2 at least) into two sets whose sums are as near as can be: side[i] is FALSE in
 * the one with the first element, TRUE in the other; neither is empty.
 *
 * Up to 20 counts by trying all 2^(n-1) ways (some milliseconds; of equally good ones the one with
 * the most even numbers of elements, then the first); beyond by the largest differencing method
 * (Karmarkar & Karp 1982), O(n²).
 */
void ballast_hierarchy_partition (const guint64 *counts,
                                  guint          n,
                                  gboolean      *side);

G_END_DECLS
