#pragma once

#include "ballast-label-records.h"
#include "ballast-probe.h"
#include "ballast-store-import.h"

G_BEGIN_DECLS

/* Images that go through the import together.  Big enough that hand-overs cost nothing, small
 * enough that a cancel is seen at once. */
#define BALLAST_IMPORT_BATCH 512

/* A batch with more is full whatever its images: outlines take memory. */
#define BALLAST_IMPORT_BATCH_ANNOTATIONS 2048

/* What a reader says of an image beside its record. */
typedef struct
{
  guint32     width;
  guint32     height;
  gboolean    is_link;
  gboolean    in_shares;
  gboolean    is_missing;
  const char *label_file;
  BallastLabelRecords *records; /* (nullable): its labels are read from there */
} BallastImportHints;

/* Where a label stands. */
typedef struct
{
  gint64  place;
  guint64 offset;
  guint32 length; /* 0: it is read */
} BallastImportPlace;

/* What is wrong with an image's boxes. */
typedef struct
{
  guint              image;
  BallastProblemKind kind;
  char              *detail;
} BallastImportFinding;

typedef struct
{
  GStringChunk       *strings;
  guint               n_images;
  BallastStoreImage   images[BALLAST_IMPORT_BATCH];
  guint               first_annotation[BALLAST_IMPORT_BATCH];
  BallastImportHints  hints[BALLAST_IMPORT_BATCH];
  BallastImageFacts   known[BALLAST_IMPORT_BATCH];  /* zeros: new */
  BallastProbeResult  results[BALLAST_IMPORT_BATCH];
  GArray             *annotations;                  /* of BallastAnnotation, of all images */
  GArray             *places;                       /* of BallastImportPlace, of each annotation */
  GPtrArray          *records;                      /* (nullable): what the hints borrow from */
  GArray             *findings;                     /* of BallastImportFinding */
  guint64            *n_findings;                   /* (nullable) by kind: over all batches */
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
