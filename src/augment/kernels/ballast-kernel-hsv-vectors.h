#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/* What ballast_kernel_hsv() does to @n pixels of three bytes, 64 at a time, where the processor can
 * look up bytes in a table of 128 (AVX-512 VBMI).  @shifts: the hue's 0 … 179, the others -255 … 255. */
gboolean ballast_kernel_can_shift_vectors (void);
void     ballast_kernel_shift_vectors     (guint8       *pixels,
                                           gsize         n,
                                           const gint32  shifts[3]);

/* The weight of a channel that is @t thirtieths of the way down, in 1/32896 of the chroma's 128-fold. */
BALLAST_INLINE gint32
ballast_hsv_get_weight (gint32 t)
{
  return t * 1096 + ((t * 17 + 16) >> 5);
}

G_END_DECLS
