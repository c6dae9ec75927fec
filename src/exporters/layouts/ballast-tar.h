#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * An archive that depends on its contents alone: no times, no owners, the order of the calls.
 * Pax where a name needs it, plain ustar else, so that every tar reads it.
 */
typedef struct _BallastTar BallastTar;

/* A new archive @name below @dir_fd; one of that name is removed first. */
BallastTar *ballast_tar_new       (int            dir_fd,
                                   const char    *name,
                                   GError       **error);

/* Adds the @length bytes of @data as the file @path. */
gboolean    ballast_tar_add_bytes (BallastTar    *tar,
                                   const char    *path,
                                   const void    *data,
                                   gsize          length,
                                   GError       **error);

/* Adds the file @name below @dir_fd, links followed, as the file @path. */
gboolean    ballast_tar_add_file  (BallastTar    *tar,
                                   const char    *path,
                                   int            dir_fd,
                                   const char    *name,
                                   GError       **error);

/* Ends the archive; what was not closed is not whole. */
gboolean    ballast_tar_close     (BallastTar    *tar,
                                   GError       **error);
void        ballast_tar_free      (BallastTar    *tar);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastTar, ballast_tar_free)

G_END_DECLS
