#pragma once

#include <gio/gio.h>

#include "ballast-orientation.h"

G_BEGIN_DECLS

/*
 * Mirrors or turns a JPEG by the samples that it stores: luma and chroma are decoded, moved as they
 * are, and encoded again.  For pictures whose sides are no whole blocks, so that their coefficients
 * cannot be moved; nothing is cut off.
 *
 * There is no way through RGB: chroma is neither interpolated nor averaged again, and with @quality
 * 0 the samples meet the tables that they were rounded to before.  So less is lost than by decoding
 * and encoding, and it takes less time.
 *
 * @orientation and what becomes of EXIF, profile and density are as in ballast_jpeg_transform().
 * @quality is 1 … 100, or 0 for the file's own tables.  The result is baseline, with the sampling of
 * the file (turned with it).  The bytes depend on the arguments alone.
 *
 * Returns: (transfer full): the bytes of the new file, or NULL: BALLAST_IMAGE_ERROR_UNSUPPORTED
 * where an axis that is turned round is no whole number of chroma samples, where the colours are
 * neither grey nor YCbCr, or where anything looks odd (decode then: the decoder knows better);
 * G_IO_ERROR_CANCELLED.
 */
GBytes *ballast_jpeg_turn_planes (const guint8        *data,
                                  gsize                length,
                                  BallastOrientation   orientation,
                                  guint                quality,
                                  GCancellable        *cancellable,
                                  GError             **error);

G_END_DECLS
