#pragma once

#include "ballast-document.h"
#include "ballast-long-tail.h"

G_BEGIN_DECLS

/*
 * Makes the training split long-tailed by excluding images: one step of undo, nothing is deleted.
 * Images that hold several classes stay and are not counted.  The same seed excludes the same
 * images.  Ends in ballast_document_edit_finish().
 */
void     ballast_document_make_long_tailed_async (BallastDocument              *document,
                                                  const BallastLongTailOptions *options,
                                                  GAsyncReadyCallback           callback,
                                                  gpointer                      user_data);

/* (transfer full): what each class of the tally would keep of its training images, in index order.
 * Main thread, at once. */
guint64 *ballast_document_dup_long_tail          (BallastDocument              *document,
                                                  const BallastLongTailOptions *options);

G_END_DECLS
