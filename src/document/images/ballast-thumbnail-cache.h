#pragma once

#include <gio/gio.h>

#include "ballast-raster.h"

G_BEGIN_DECLS

/*
 * The freedesktop thumbnail cache, shared with other programs
 * (https://specifications.freedesktop.org/thumbnail-spec/, version 0.9).  Any thread; blocks.
 */

/* The smallest stored size that covers @size_px: 128, 256, 512 or 1024; 0: none does. */
guint          ballast_thumbnail_cache_get_size    (guint                size_px);

/*
 * (transfer full) (nullable): the stored picture of @path, which was last changed at @mtime_s
 * (seconds since 1970).  @failed becomes TRUE where an earlier try is known to have failed.
 */
BallastRaster *ballast_thumbnail_cache_load        (const char          *path,
                                                    gint64               mtime_s,
                                                    guint                cache_size,
                                                    gboolean            *failed);

/* Stores @raster, atomically.  A cache that cannot be written is no error: there is none then. */
void           ballast_thumbnail_cache_save        (const char          *path,
                                                    gint64               mtime_s,
                                                    guint                cache_size,
                                                    const BallastRaster *raster);

/* Remembers that @path cannot be drawn, until it changes. */
void           ballast_thumbnail_cache_save_failed (const char          *path,
                                                    gint64               mtime_s);

G_END_DECLS
