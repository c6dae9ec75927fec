#pragma once

#include <gio/gio.h>

#include "ballast-hierarchy.h"

G_BEGIN_DECLS

/*
 * Hierarchies in files: .json and .csv (.tsv is read with tabs).  Files of some megabytes at most,
 * read and written at once.
 */

/* (transfer full): not yet fitted to a project.  BALLAST_BALANCE_ERROR_SETTING where the file holds
 * no tree, G_IO_ERROR where it cannot be read; the message names the file. */
BallastHierarchy *ballast_hierarchy_file_read  (const char              *path,
                                                GError                 **error);

/* By @path's ending.  FALSE with BALLAST_DOCUMENT_ERROR_INVALID for another. */
gboolean          ballast_hierarchy_file_write (const BallastHierarchy  *hierarchy,
                                                const char              *path,
                                                GError                 **error);

/*
 * Sets the accuracies that the file tells: a JSON object or rows of two of name and number; "" or
 * "*" is the whole tree.  A number above 1 is in percent.  @n_unknown (out, nullable): names that no
 * group has.
 */
gboolean          ballast_hierarchy_file_read_accuracies
                                               (BallastHierarchy        *hierarchy,
                                                const char              *path,
                                                guint                   *n_unknown,
                                                GError                 **error);

G_END_DECLS
