#pragma once

#include <sys/stat.h>

#include "ballast-open.h"

G_BEGIN_DECLS

/* As ballast_image_open(), but with the error as errno (ENXIO: no regular file) and with @status of
 * the open file: the probe makes no GError for every one of a million broken files. */
int ballast_open_with_status (int                 dirfd,
                              const char         *name,
                              struct stat        *status,
                              BallastProblemKind *kind);

G_END_DECLS
