#pragma once

#include <gio/gio.h>

#include "ballast-image-record.h"
#include "ballast-limits.h"
#include "ballast-problem.h"

G_BEGIN_DECLS

typedef struct
{
  BallastProblemKind kind;       /* 0: nothing wrong */
  gboolean           usable;     /* FALSE: do not decode; the image is to be flagged unreadable */
  char               detail[96]; /* a short English fact, or ""; also a mere remark where kind is 0 */
} BallastProbeResult;

/*
 * Reads what a file's headers say, and checks its structure, without decoding a pixel.
 *
 * @name is relative to @dirfd (or AT_FDCWD), may have folders in it, and its last component is never
 * followed as a link; nothing but a regular file is opened for long.  Damage, bombs, links, special
 * files and foreign content come back in @result: @facts then hold what could be learnt (size and
 * time at least, where the file exists).
 *
 * Returns: FALSE with @error (G_IO_ERROR) only where the trouble is not the file's: no
 * descriptors or no memory left.
 *
 * Cost: an open, an fstat, a read of 4 KB and one of the last bytes for an ordinary JPEG.
 */
gboolean    ballast_probe_file  (int                        dirfd,
                                 const char                *name,
                                 BallastImageFacts         *facts,
                                 BallastProbeResult        *result,
                                 GError                   **error);

/* The same of an open descriptor of a regular file; its position is not used.  @name serves for
 * its ending only and may be NULL; @limits may be NULL for the usual ones. */
gboolean    ballast_probe_fd    (int                        fd,
                                 const char                *name,
                                 const BallastImageLimits  *limits,
                                 BallastImageFacts         *facts,
                                 BallastProbeResult        *result,
                                 GError                   **error);

/* The same of bytes in memory; @facts get no time. */
void        ballast_probe_bytes (const guint8              *data,
                                 gsize                      length,
                                 const char                *name,
                                 const BallastImageLimits  *limits,
                                 BallastImageFacts         *facts,
                                 BallastProbeResult        *result);

G_END_DECLS
