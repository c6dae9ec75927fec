#pragma once

#include <gio/gio.h>
#include <sys/types.h>

#include "ballast-sha256.h"

G_BEGIN_DECLS

/*
 * Writing below the export's folder.  Every function takes the folder's descriptor; names are
 * relative and safe; nothing follows a link in the last place or replaces a file by accident.
 */

/* Sets @error from @errsv: BALLAST_EXPORT_ERROR_FULL where no room is left, else G_IO_ERROR.
 * Returns FALSE. */
gboolean ballast_export_file_fail        (GError       **error,
                                          const char    *what,
                                          const char    *name,
                                          int            errsv);

/* All @length bytes to @fd, whatever the pieces. */
gboolean ballast_export_file_write_all   (int            fd,
                                          const void    *data,
                                          gsize          length,
                                          const char    *name,
                                          GError       **error);

/* A new file, open for writing; one of that name is removed first.  -1 with @error. */
int      ballast_export_file_create      (int            dir_fd,
                                          const char    *name,
                                          GError       **error);

/* The folder @path and those above it; no error where they are there.  G_IO_ERROR_NOT_DIRECTORY
 * where something else has the name, a link among them: what is written stays below @dir_fd. */
gboolean ballast_export_file_make_folder (int            dir_fd,
                                          const char    *path,
                                          GError       **error);

/* Everything in the folder @name; FALSE where something stays. */
gboolean ballast_export_file_remove_tree (int            dir_fd,
                                          const char    *name,
                                          GError       **error);
gboolean ballast_export_file_empty_folder (int           dir_fd,
                                          GError       **error);

/* The digest of the file @name, links followed; FALSE with @error where it cannot be read. */
gboolean ballast_export_file_hash        (int            dir_fd,
                                          const char    *name,
                                          char           sha256[65],
                                          guint64       *size,
                                          GCancellable  *cancellable,
                                          GError       **error);

/* Appends what the file @name holds to @text. */
gboolean ballast_export_file_load        (int            dir_fd,
                                          const char    *name,
                                          GString       *text,
                                          GError       **error);

/* A file that is written in pieces and hashed on the way. */
typedef struct
{
  int           fd;
  char         *name;
  GString      *buffer;
  BallastSha256 digest;
  guint64       size;
} BallastTextFile;

BallastTextFile *ballast_text_file_new    (int               dir_fd,
                                           const char       *name,
                                           GError          **error);

/* What is to be written next; flushed by _flush() once it is long. */
#define ballast_text_file_get_buffer(file) ((file)->buffer)
gboolean         ballast_text_file_flush  (BallastTextFile  *file,
                                           gboolean          always,
                                           GError          **error);

/* Flushes and closes; @sha256 (nullable, 65 bytes) of the whole. */
gboolean         ballast_text_file_close  (BallastTextFile  *file,
                                           char             *sha256,
                                           GError          **error);
void             ballast_text_file_free   (BallastTextFile  *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastTextFile, ballast_text_file_free)

/* @data as the whole of a new file. */
gboolean         ballast_export_file_put  (int               dir_fd,
                                           const char       *name,
                                           const void       *data,
                                           gsize             length,
                                           GError          **error);

G_END_DECLS
