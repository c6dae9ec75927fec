#pragma once

#include "ballast-exporter.h"
#include "ballast-weight-format.h"

G_BEGIN_DECLS

/* The weight files that have a line for every file of an export. */
typedef struct _BallastRowWeights BallastRowWeights;

/*
 * Opens those of @formats (a bit a format of the table) that are written by rows, in the folder
 * @dir_fd.  @weights outlives it.
 *
 * Returns: (transfer full): NULL with @error
 */
BallastRowWeights *ballast_row_weights_new   (int                       dir_fd,
                                              guint                     formats,
                                              const BallastWeights     *weights,
                                              GError                  **error);

/* A file of several classes has the largest of their weights: what is rare in it decides.  Files
 * without a class, or outside the training split, weigh 1. */
gboolean           ballast_row_weights_add   (BallastRowWeights          *self,
                                              const BallastExporterFile  *file,
                                              GError                    **error);
gboolean           ballast_row_weights_close (BallastRowWeights        *self,
                                              GError                  **error);
void               ballast_row_weights_free  (BallastRowWeights        *self);

G_END_DECLS
