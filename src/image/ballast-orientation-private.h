#pragma once

#include "ballast-orientation.h"

G_BEGIN_DECLS

/* Which axes of the picture before @orientation run the other way after it. */
void ballast_orientation_get_turned  (BallastOrientation   orientation,
                                      gboolean            *width,
                                      gboolean            *height);

/* @n_pixels of @size bytes from the last to the first.  Where @size is 3, one byte past the last of @out
 * is written too. */
void ballast_orientation_reverse_row (const guint8        *in,
                                      guint8              *out,
                                      guint                n_pixels,
                                      guint                size);

G_END_DECLS
