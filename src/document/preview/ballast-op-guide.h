#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * (transfer full): the guide to the augmentation steps as one HTML page that needs nothing else: for
 * each op of the catalogue, from its own declaration, what it does, a picture of it, its parameters
 * with ranges, defaults and units, and what it means for boxes and sides.  In the user's language.
 *
 * Blocks for some hundred milliseconds; any thread.  NULL with G_IO_ERROR_CANCELLED.
 */
char *ballast_op_guide_dup_html (GCancellable  *cancellable,
                                 GError       **error);

/* The same into the file @path, whole or not at all, on another thread. */
void     ballast_op_guide_write_async  (const char          *path,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean ballast_op_guide_write_finish (GAsyncResult        *result,
                                        GError             **error);

G_END_DECLS
