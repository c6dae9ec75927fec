#pragma once

#include <gio/gio.h>

#include "ballast-export-options.h"

G_BEGIN_DECLS

/* "class_weights.json" and so on, by ending; BALLAST_EXPORT_ERROR_LAYOUT for another ending. */
gboolean    ballast_weight_file_kind_from_path (const char              *path,
                                                BallastWeightFileKinds  *kind,
                                                GError                 **error);

/* (transfer none): "json", "csv", "txt", "npy", "py". */
const char *ballast_weight_file_get_extension  (BallastWeightFileKinds   kind);

/*
 * (transfer full): the file's bytes.  The order is that of the class indices everywhere, and is
 * said in the file where it can be: a torchvision ImageFolder numbers its classes by sorted name
 * instead.
 */
GBytes     *ballast_weight_file_to_bytes       (const BallastWeights    *weights,
                                                BallastWeightFileKinds   kind);

/* Writes the file whole or not at all; its ending says how. */
gboolean    ballast_weight_file_write          (const BallastWeights    *weights,
                                                const char              *path,
                                                GError                 **error);

/* (transfer full): an array as NumPy's .npy, format 1.0, little-endian, of @bits 32 or 64. */
GBytes     *ballast_npy_to_bytes               (const double            *values,
                                                gsize                    n,
                                                guint                    bits);

G_END_DECLS
