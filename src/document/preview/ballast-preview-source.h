#pragma once

#include <gio/gio.h>

#include "ballast-raster.h"

G_BEGIN_DECLS

/* A decoded picture that several threads draw from; immutable, counted. */
typedef struct
{
  BallastRaster *raster;
  guint          width;  /* of the file, as looked at */
  guint          height;
} BallastPreviewSource;

void                  ballast_preview_source_unref (BallastPreviewSource  *source);

/* The last few pictures that were decoded.  Any thread; a second thread that asks for the same
 * picture waits for the first. */
typedef struct _BallastPreviewSources BallastPreviewSources;

BallastPreviewSources *ballast_preview_sources_new  (void);
void                   ballast_preview_sources_free (BallastPreviewSources *self);

/* (transfer full): the file @path, at least @size_px along its longer side where it has that. */
BallastPreviewSource *ballast_preview_sources_get  (BallastPreviewSources  *self,
                                                    const char             *path,
                                                    guint                   size_px,
                                                    GCancellable           *cancellable,
                                                    GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastPreviewSource, ballast_preview_source_unref)

G_END_DECLS
