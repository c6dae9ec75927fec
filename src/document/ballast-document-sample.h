#pragma once

#include "ballast-job.h"

G_BEGIN_DECLS

/*
 * Draws a sample dataset of @kind ("signs", "street") with @images images (0: the kind's own
 * number) into the new folder @dest (bytes), on a thread of its own.
 *
 * Returns: (transfer full): the job.  Nothing is left in @dest where it is cancelled or fails.
 */
BallastJob *ballast_document_draw_sample         (const char *kind,
                                                  const char *dest,
                                                  guint       images,
                                                  guint64     seed);

/* (transfer full): where the program keeps its own copy of the sample @kind (bytes). */
char       *ballast_document_dup_sample_path     (const char *kind);

G_END_DECLS
