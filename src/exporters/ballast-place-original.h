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

/* FALSE with BALLAST_EXPORT_ERROR_CHANGED where size or time of @fd are no longer those of @facts. */
gboolean ballast_place_original_check       (int                       fd,
                                             const BallastImageFacts  *facts,
                                             const char               *display_name,
                                             GError                  **error);

typedef struct
{
  int                      fd;    /* open for reading */
  const char              *path;  /* absolute, bytes: for symbolic links and messages */
  const BallastImageFacts *facts; /* as imported */
} BallastOriginalSource;

/*
 * Brings @source as @name into the folder @dir_fd, over what an interrupted run left there, and
 * hashes it on the way.  The source is checked against its facts before and after:
 * BALLAST_EXPORT_ERROR_CHANGED.  What was begun is removed again on any error.
 *
 * Copies go through the kernel (copy_file_range), or by reading and writing where the two file
 * systems do not allow it.  Hard links and reflinks fall back to a copy likewise.
 */
gboolean ballast_place_original             (const BallastOriginalSource *source,
                                             int                       dir_fd,
                                             const char               *name,
                                             BallastOriginals          how,
                                             BallastPlacedOriginal    *placed,
                                             GCancellable             *cancellable,
                                             GError                  **error);

G_END_DECLS
