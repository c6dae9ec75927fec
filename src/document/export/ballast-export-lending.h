#pragma once

#include "ballast-export-setup.h"
#include "ballast-exporter.h"

G_BEGIN_DECLS

/*
 * Images of the store in the words of the exporters, and those among them that lend parts to copies of
 * others.  Threads other than the store's own.
 */
#define BALLAST_EXPORT_CHUNK 256

/* (transfer full): the BallastStoreImages of up to BALLAST_EXPORT_CHUNK @choices from @first on; an id of 0
 * where one is gone. */
GArray                *ballast_export_read_images (BallastStoreThread        *thread,
                                                   const GArray              *choices,
                                                   guint                      first,
                                                   GError                   **error);

/* (transfer full): the indices of the image's classes, ascending, each once. */
GArray                *ballast_export_dup_classes (const BallastTally        *tally,
                                                   const BallastStoreImage   *image);

/* (transfer full): the image's annotations of classes that are there (BallastExportLabel), with
 * borrowed extras. */
GArray                *ballast_export_dup_labels  (const BallastTally        *tally,
                                                   const BallastStoreImage   *image);

/* What the exporters are told of an image, but for its pipeline; strings and @classes are borrowed. */
BallastExportSource    ballast_export_describe    (const BallastExportSetup  *setup,
                                                   const BallastStoreImage   *image,
                                                   const BallastExportChoice *choice,
                                                   const GArray              *classes,
                                                   const GArray              *labels);

typedef struct
{
  const BallastExportSetup *setup;
  BallastStoreThread       *thread;
  BallastExporterFlags      flags;   /* of the layout */
  /* (nullable): says @source in other classes, which stay in @classes. */
  void                    (*relabel) (gpointer             user_data,
                                      GArray              *classes,
                                      BallastExportSource *source);
  gpointer                  user_data;
  GCancellable             *cancellable;
} BallastLending;

/* (transfer full): all images of the training split that lend parts, in the order of @choices. */
BallastExportPartners *ballast_export_lend            (const BallastLending  *lending,
                                                       const GArray          *choices,
                                                       GError               **error);

G_END_DECLS
