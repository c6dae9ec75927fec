#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALLAST_EXPORT_FILES_NAME "files.csv"

/*
 * Writes files.csv, a manifest of the files of annotations that lie in folders of the dataset @dir_fd:
 * ".txt", ".xml" and ".json", in the order of their paths.  Writes nothing where there are none.
 * Memory does not grow with their number but for that of one folder.
 */
gboolean ballast_export_files_write (int        dir_fd,
                                     GError   **error);

G_END_DECLS
