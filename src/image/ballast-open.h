#pragma once

#include <gio/gio.h>

#include "ballast-problem.h"

G_BEGIN_DECLS

/*
 * Opens a regular file of a dataset for reading: never a FIFO, device or folder, never through a
 * link that leads out of @dirfd's folder (a link that stays inside is followed).
 *
 * @name is relative to @dirfd; with AT_FDCWD it may be any path, and only its last component must be
 * no link.
 *
 * Returns: the descriptor, or -1 with @error (G_IO_ERROR by errno; the message names @name).  @kind
 * (nullable) then says which line in the list of problems this is: MISSING_FILE, SPECIAL_FILE or
 * UNREADABLE; 0 where the trouble is not the file's (no descriptors left, no memory).
 */
int ballast_image_open (int                  dirfd,
                        const char          *name,
                        BallastProblemKind  *kind,
                        GError             **error);

/* The same for a dataset whose links are followed: @name may lead anywhere, to a regular file. */
int ballast_image_open_following (int                  dirfd,
                                  const char          *name,
                                  BallastProblemKind  *kind,
                                  GError             **error);

G_END_DECLS
