#pragma once

#include <gio/gio.h>

#include "ballast-export-options.h"
#include "ballast-image-record.h"

G_BEGIN_DECLS

typedef struct
{
  BallastOriginals how;        /* what was really done: a link that the file system refuses becomes
                                  a copy */
  char             sha256[65]; /* of the source's bytes; "" for BALLAST_ORIGINALS_LIST */
  guint64          size;
} BallastPlacedOriginal;

/*
 * Opens the regular file @path (bytes, relative, safe) below the folder @root_fd.  Links out of the
 * folder are refused, nothing blocks.  Returns: the descriptor, or -1 with G_IO_ERROR.
 */
int      ballast_place_original_open_source (int                       root_fd,
                                             const char               *path,
                                             GError                  **error);

/* FALSE with BALLAST_EXPORT_ERROR_CHANGED where size or time of @fd are no longer those of @facts. */
gboolean ballast_place_original_check       (int                       fd,
                                             const BallastImageFacts  *facts,
                                             const char               *display_name,
                                             GError                  **error);

/*
 * Brings the open source @source_fd as @name into the folder @dir_fd, where no file may have that
 * name, and hashes it on the way.  @source_path is its absolute path, for symbolic links.  The
 * source is checked against @facts before and after: BALLAST_EXPORT_ERROR_CHANGED.
 *
 * Copies go through the kernel (copy_file_range), or by reading and writing where the two file
 * systems do not allow it.  Hard links and reflinks fall back to a copy likewise.
 */
gboolean ballast_place_original             (int                       source_fd,
                                             const char               *source_path,
                                             const BallastImageFacts  *facts,
                                             int                       dir_fd,
                                             const char               *name,
                                             BallastOriginals          how,
                                             BallastPlacedOriginal    *placed,
                                             GCancellable             *cancellable,
                                             GError                  **error);

G_END_DECLS
