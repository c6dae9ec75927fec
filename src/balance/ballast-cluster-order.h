#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * (transfer full): an order of @n things in which like stand beside like: the leaves of an
 * average-linkage tree (Sokal and Michener 1958), each two branches turned so that the ends that
 * meet are the most alike.  @likeness: n × n, symmetric, 0 … 1.  O(n³): for some hundred things.
 * Ties go to the lower index.
 */
guint *ballast_cluster_order (const double *likeness,
                              guint         n);

G_END_DECLS
