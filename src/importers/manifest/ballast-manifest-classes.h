#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file with more than this is no list of classes. */
#define BALLAST_CLASS_NAMES_MAX_BYTES (4 * 1024 * 1024)

/*
 * The names of classes for @labels (bytes), from a file that has one a line: line 1 is the class 0,
 * or 1 where the labels begin with 1 and end with the number of lines.
 *
 * @class_of (int) is filled with each label's position among the names.
 *
 * Returns: (transfer full): names in UTF-8, or NULL where the labels are no numbers of lines of the
 * file, or it cannot be read.
 */
GPtrArray *ballast_manifest_classes_from_file (const char *path,
                                               GPtrArray  *labels,
                                               GArray     *class_of);

/* The same where there is no file: the labels themselves. */
GPtrArray *ballast_manifest_classes_from_labels (GPtrArray *labels,
                                                 GArray    *class_of);

G_END_DECLS
