#pragma once

#include "ballast-import-sink.h"
#include "ballast-probe.h"
#include "ballast-store-import.h"

G_BEGIN_DECLS

/* Images that go through the import together.  Big enough that hand-overs cost nothing, small
 * enough that a cancel is seen at once. */
#define BALLAST_IMPORT_BATCH 512

typedef struct
{
  GStringChunk       *strings;
  guint               n_images;
  BallastStoreImage   images[BALLAST_IMPORT_BATCH];
  guint               first_annotation[BALLAST_IMPORT_BATCH];
  gboolean            is_link[BALLAST_IMPORT_BATCH];
  BallastImageFacts   known[BALLAST_IMPORT_BATCH];  /* zeros: new */
  BallastProbeResult  results[BALLAST_IMPORT_BATCH];
  GArray             *annotations;                  /* of BallastAnnotation, of all images */
  GArray             *problems;                     /* of BallastProblem, from the reader */
  GError             *error;                        /* of the probe */
  gboolean            done;                         /* probed; under the feed's lock */
} BallastImportBatch;

BallastImportBatch *ballast_import_batch_new         (void);
void                ballast_import_batch_free        (BallastImportBatch       *batch);

/* Copies @image; @class_ids translates the classes of its labels (0: left out). */
void                ballast_import_batch_add         (BallastImportBatch       *batch,
                                                      const BallastImportImage *image,
                                                      const GArray             *class_ids,
                                                      gint64                    split_id);
void                ballast_import_batch_add_problem (BallastImportBatch       *batch,
                                                      const BallastProblem     *problem);

/* No image comes any more: the annotations have their final address. */
void                ballast_import_batch_seal        (BallastImportBatch       *batch);

/* Looks into the files below @root_fd; a file that is as it was known is not opened.  Any thread. */
void                ballast_import_batch_probe       (BallastImportBatch       *batch,
                                                      int                       root_fd,
                                                      GCancellable             *cancellable);

/* Adds images and problems; on the store thread. */
gboolean            ballast_import_batch_store       (BallastImportBatch       *batch,
                                                      BallastStoreImport       *session,
                                                      GError                  **error);

G_END_DECLS
