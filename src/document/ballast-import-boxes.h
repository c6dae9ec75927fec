#pragma once

#include "ballast-import-batch.h"

G_BEGIN_DECLS

/*
 * Brings the boxes and outlines of image @index, whose facts are known by now, into pixels of the
 * picture as it is looked at, and notes those that cannot be right.
 */
void ballast_import_batch_check_boxes (BallastImportBatch *batch,
                                       guint               index);

G_END_DECLS
