#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * (transfer full) (nullable): at least @size bytes, aligned to 64; @capacity is what to give back.
 * Any thread.  The content is arbitrary.
 */
gpointer ballast_raster_pool_take (gsize     size,
                                   gsize    *capacity);
void     ballast_raster_pool_give (gpointer  buffer,
                                   gsize     capacity);

G_END_DECLS
