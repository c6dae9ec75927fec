#pragma once

#include <gio/gio.h>

#include "ballast-orientation.h"

G_BEGIN_DECLS

/*
 * Mirrors or turns a JPEG without decoding it: its coefficients are moved, nothing is lost.
 *
 * @orientation is what is done to the picture as it is looked at; an EXIF orientation in the file is
 * carried out first and is gone from the result, as are EXIF, XMP and comments (what they say of
 * sides, size and thumbnail would be wrong).  The colour profile and the density stay.
 *
 * Returns: (transfer full): the bytes of the new file, or NULL: BALLAST_IMAGE_ERROR_UNSUPPORTED
 * where that cannot be done without loss because the sides are no multiple of a block (decode and
 * encode instead), _DAMAGED where the file is broken, _FORMAT where it is no JPEG.
 */
GBytes *ballast_jpeg_transform (const guint8        *data,
                                gsize                length,
                                BallastOrientation   orientation,
                                const char          *display_name,
                                GError             **error);

G_END_DECLS
