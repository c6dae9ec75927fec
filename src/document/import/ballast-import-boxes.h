#pragma once

#include "ballast-import-batch.h"

G_BEGIN_DECLS

/*
 * Brings the boxes and outlines of image @index, whose facts are known by now, into pixels of the
 * picture as it is looked at, and notes those that cannot be right.
 */
void ballast_import_batch_check_boxes (BallastImportBatch *batch,
                                       guint               index);

/* What is wrong with the record of an annotation of the batch's image @index. */
void ballast_import_batch_note_fault  (BallastImportBatch *batch,
                                       guint               index,
                                       gint64              place,
                                       const char         *fault);

G_END_DECLS
