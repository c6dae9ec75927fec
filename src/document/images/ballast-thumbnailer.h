#pragma once

#include <gio/gio.h>

#include "ballast-raster.h"

G_BEGIN_DECLS

/*
 * Makes small pictures of image files, newest request first, on a bounded pool of threads.
 *
 * Results are kept in memory up to a number of bytes and on disk in the freedesktop thumbnail
 * cache, which other programs share.  Main thread only; needs no document.
 */
#define BALLAST_TYPE_THUMBNAILER (ballast_thumbnailer_get_type ())
G_DECLARE_FINAL_TYPE (BallastThumbnailer, ballast_thumbnailer, BALLAST, THUMBNAILER, GObject)

/*
 * Called on the main context, once, unless the request was cancelled before.  @raster (transfer
 * none): 8-bit RGB or RGBA, NULL where the file cannot be drawn, then @error says why.
 */
typedef void (*BallastThumbnailFunc) (const BallastRaster *raster,
                                      const GError        *error,
                                      gpointer             user_data);

BallastThumbnailer  *ballast_thumbnailer_new           (void);

/* (transfer none) (nullable): what is in memory already; at once.  @size_px: the longer side. */
const BallastRaster *ballast_thumbnailer_peek          (BallastThumbnailer   *self,
                                                        const char           *path,
                                                        guint                 size_px);

/*
 * Asks for the picture of the file @path, at most @size_px along its longer side.
 *
 * Returns: a number for ballast_thumbnailer_cancel(), never 0.
 */
guint64              ballast_thumbnailer_request       (BallastThumbnailer   *self,
                                                        const char           *path,
                                                        guint                 size_px,
                                                        BallastThumbnailFunc  func,
                                                        gpointer              user_data);

/* The callback will not come any more; a number that is done or 0 is fine. */
void                 ballast_thumbnailer_cancel        (BallastThumbnailer   *self,
                                                        guint64               request);

/* How much memory pictures may take; 64 MiB unless set. */
void                 ballast_thumbnailer_set_max_bytes (BallastThumbnailer   *self,
                                                        gsize                 max_bytes);

G_END_DECLS
