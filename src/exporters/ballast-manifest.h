#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BALLAST_MANIFEST_NAME "manifest.csv"

/*
 * manifest.csv: one row a file, "path,split,class,source,copy,recipe,sha256", and
 * "soft_labels" where copies take parts of other pictures: "car:0.7;bus:0.3".
 *
 * @path is relative to the dataset's folder, or the absolute path of an original that is only
 * listed (its @sha256 is then empty).  Several classes are joined by '|', in index order; a '|' or
 * '\' in a name is written behind a '\'.  @copy is 0 for originals, 1 … for copies; @recipe is the
 * compact JSON of a copy.
 */
typedef struct
{
  const char *path;
  const char *split;
  const char *class_name;
  const char *source;
  guint       copy;
  const char *recipe;
  const char *sha256;
  const char *soft_labels; /* "": as the class says */
} BallastManifestRow;

typedef struct _BallastManifestWriter BallastManifestWriter;

/* Creates the file @name in the folder @dir_fd, over one that an interrupted run left.
 * @soft_labels: with that column. */
BallastManifestWriter *ballast_manifest_writer_new    (int                        dir_fd,
                                                       const char                *name,
                                                       gboolean                   soft_labels,
                                                       GError                   **error);
gboolean               ballast_manifest_writer_add    (BallastManifestWriter     *writer,
                                                       const BallastManifestRow  *row,
                                                       GError                   **error);

/* Writes what is buffered.  @sha256 (65 bytes, nullable): of the whole file; @rows (nullable). */
gboolean               ballast_manifest_writer_finish (BallastManifestWriter     *writer,
                                                       char                      *sha256,
                                                       guint64                   *rows,
                                                       GError                   **error);
void                   ballast_manifest_writer_free   (BallastManifestWriter     *writer);

/* Returns FALSE, with the error set or not, to stop. */
typedef gboolean     (*BallastManifestFunc)           (const BallastManifestRow  *row,
                                                       gpointer                   user_data,
                                                       GError                   **error);

/* Reads the manifest @name in the folder @dir_fd row by row; memory does not grow with it.
 * BALLAST_EXPORT_ERROR_FOREIGN where it is none. */
gboolean               ballast_manifest_foreach       (int                        dir_fd,
                                                       const char                *name,
                                                       BallastManifestFunc        func,
                                                       gpointer                   user_data,
                                                       GCancellable              *cancellable,
                                                       GError                   **error);

/* (transfer full): @n names as one field, and back. */
char                  *ballast_manifest_join_classes  (const char *const         *names,
                                                       guint                      n);
char                 **ballast_manifest_split_classes (const char                *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastManifestWriter, ballast_manifest_writer_free)

G_END_DECLS
