#pragma once

#include <gio/gio.h>

#include "ballast-export-options.h"
#include "ballast-image-record.h"

G_BEGIN_DECLS

/* What an export needs, told before it is begun.  Begin with zeros, add, check. */
typedef struct
{
  guint64 files;
  guint64 bytes;
  double  cpu_seconds;  /* decoding, drawing, encoding: divide by the threads */
  double  disk_seconds; /* copying */
} BallastExportNeeds;

/* Images that are exported alike. */
typedef struct
{
  guint64 n_originals;     /* that are placed */
  guint64 n_copies;        /* that are drawn */
  double  mean_bytes;      /* of a source */
  double  mean_megapixels;
  double  draw_ns;         /* of the pipeline for one image (ballast_program_estimate_ns); 0: unknown */
} BallastExportBatch;

void     ballast_export_needs_add   (BallastExportNeeds          *needs,
                                     const BallastExportOptions  *options,
                                     const BallastExportBatch    *batch);

/* Seconds on @n_threads threads. */
double   ballast_export_needs_get_seconds (const BallastExportNeeds *needs,
                                     guint                        n_threads);

/* FALSE where @dest or the nearest folder above it that exists cannot be asked; either may be NULL. */
gboolean ballast_export_get_free    (const char                  *dest,
                                     guint64                     *bytes,
                                     guint64                     *inodes);

/* FALSE with BALLAST_EXPORT_ERROR_FULL, and how much is missing, where the disk of @dest has less
 * than 1.05 times what is needed. */
gboolean ballast_export_needs_check (const BallastExportNeeds    *needs,
                                     const char                  *dest,
                                     GError                     **error);

G_END_DECLS
