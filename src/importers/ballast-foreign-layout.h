#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Recognises datasets of a layout that has no reader here, so that their folders are not taken for
 * classes and their files not for manifests.
 *
 * @path: a folder or a file, bytes.  Reads the heads of a few small files.
 *
 * Returns: (transfer full) (nullable): an error of BALLAST_IMPORT_ERROR_LAYOUT, a sentence that names
 * the layout and the file that gave it away; NULL where nothing speaks for one.
 */
GError *ballast_foreign_layout_find (const char   *path,
                                     gint64        deadline_us,
                                     GCancellable *cancellable);

G_END_DECLS
