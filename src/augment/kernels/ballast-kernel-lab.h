#pragma once

#include "ballast-kernel.h"

G_BEGIN_DECLS

/* L of CIE L*a*b*, 0 … 255, of @n colour pixels: OpenCV's for bytes, bit by bit. */
void ballast_kernel_lightness     (const guint8 *pixels,
                                   guint         channels,
                                   guint         n,
                                   guint8       *lightness);

/* Brings @n colour pixels from lightness @before to @after, with a* and b* kept. */
void ballast_kernel_set_lightness (guint8       *pixels,
                                   guint         channels,
                                   guint         n,
                                   const guint8 *before,
                                   const guint8 *after);

G_END_DECLS
