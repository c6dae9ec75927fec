#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full): an array as NumPy's .npy, format 1.0, little-endian, of @bits 32 or 64. */
GBytes *ballast_npy_to_bytes (const double *values,
                              gsize         n,
                              guint         bits);

G_END_DECLS
