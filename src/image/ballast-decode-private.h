#pragma once

#include "ballast-decode.h"

G_BEGIN_DECLS

/* One picture on its way through the decoder of its format, which fills what it finds. */
typedef struct
{
  const guint8               *data;
  gsize                       length;
  const BallastDecodeOptions *options;
  const char                 *name;    /* for messages */
  guint                       wanted_width;  /* as stored; 0: full size */
  guint                       wanted_height;
  gboolean                    wants_extras;  /* FALSE: profile, density and quality are not asked for */
  BallastDecodeInfo          *info;          /* facts are filled in already */
  guint                       orientation_done; /* what the decoder has carried out itself */
  GCancellable               *cancellable;
} BallastDecodeJob;

/* A decoder each: (transfer full), NULL with the error set. Pixels as stored. */
BallastRaster *ballast_decode_jpeg   (BallastDecodeJob  *job,
                                      GError           **error);
BallastRaster *ballast_decode_pixbuf (BallastDecodeJob  *job,
                                      GError           **error);
BallastRaster *ballast_decode_png    (BallastDecodeJob  *job,
                                      GError           **error);
BallastRaster *ballast_decode_pnm    (BallastDecodeJob  *job,
                                      GError           **error);

/* (transfer full): a raster for the picture, or NULL with BALLAST_IMAGE_ERROR_TOO_LARGE. */
BallastRaster *ballast_decode_make_raster (BallastDecodeJob  *job,
                                           guint              width,
                                           guint              height,
                                           guint              channels,
                                           guint              depth,
                                           GError           **error);

/* “NAME” is damaged: DETAIL. */
void           ballast_decode_set_damaged (BallastDecodeJob  *job,
                                           const char        *detail,
                                           GError           **error);

G_END_DECLS
