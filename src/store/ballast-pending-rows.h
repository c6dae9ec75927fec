#pragma once

#include "ballast-db.h"
#include "ballast-store.h"

G_BEGIN_DECLS

/*
 * New images and labels on their way into the file: gathered in memory, then written by one
 * statement for all of them, which costs half of a statement for each.
 */
typedef struct _BallastPendingRows BallastPendingRows;

/* (transfer none): of the connection, which it lives as long as.  NULL with @error set. */
BallastPendingRows *ballast_pending_rows_get       (BallastDb                *db,
                                                    GError                  **error);

/* @image stays where it is, with its name, until the rows are written. */
void                ballast_pending_rows_add_image (BallastPendingRows       *rows,
                                                    const BallastStoreImage  *image,
                                                    gint64                    folder_id);

/* @label as the row @annotation_id; what it carries stays where it is until the rows are written. */
void                ballast_pending_rows_add_label (BallastPendingRows       *rows,
                                                    gint64                    annotation_id,
                                                    const BallastAnnotation  *label);

/* Writes them and begins anew, in an open transaction.  Nothing where there are none. */
gboolean            ballast_pending_rows_write     (BallastPendingRows       *rows,
                                                    GError                  **error);

/* Forgets what was not written. */
void                ballast_pending_rows_clear     (BallastPendingRows       *rows);

G_END_DECLS
