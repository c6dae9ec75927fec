#pragma once

#include <ballast-progress.h>

#include "ballast-sample-error.h"

G_BEGIN_DECLS

/* How many images a sample has where its user does not say. */
#define BALLAST_SAMPLE_DEFAULT_IMAGES 600
#define BALLAST_SAMPLE_DEFAULT_SEED 1

/*
 * Draws a small, lopsided dataset into the new folder @dest.
 *
 * @kind "signs": traffic signs as class folders (train/CLASS/…jpg, test/CLASS/…jpg), the commonest
 * class 20 times the rarest.  "street": scenes as COCO with boxes (images/…jpg,
 * annotations/instances_train.json, instances_test.json), cars 20 times the buses.
 * @images of 0 means the default.  The pixels and the files depend on @kind, @images and @seed
 * alone.  @dest comes into being whole at the end; a cancel or an error leaves nothing of it.
 *
 * Fails with a BALLAST_SAMPLE_ERROR or a G_IO_ERROR.
 */
gboolean           ballast_sample_write     (const char            *kind,
                                             const char            *dest,
                                             guint                  images,
                                             guint64                seed,
                                             const BallastProgress *progress,
                                             GCancellable          *cancellable,
                                             GError               **error);

/* (transfer none): NULL-terminated: "signs", "street". */
const char *const *ballast_sample_get_kinds (void);

G_END_DECLS
