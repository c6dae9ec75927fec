/*
 * Files below the export's folder: made new, written whole, hashed on the way.
 *
 * Nothing here syncs: the folder is flushed once, before it gets its name.  A full disk is told
 * apart from other trouble, because the user can do something about it and then continue.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-export-file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-export-error.h"
#include "ballast-path.h"

#define PIECE_SIZE (256 * 1024)
#define FLUSH_SIZE (128 * 1024)

/* Folders of our own making are not deeper than this, so that removal cannot run out of stack. */
#define MAX_DEPTH 256

gboolean
ballast_export_file_fail (GError    **error,
                          const char *what,
                          const char *name,
                          int         errsv)
{
  g_autofree char *display = ballast_path_display (name);

  if (errsv == ENOSPC || errsv == EDQUOT)
    g_set_error (error, BALLAST_EXPORT_ERROR, BALLAST_EXPORT_ERROR_FULL,
                 _("%s “%s”: %s.  Make room and export again: what is written stays"),
                 what, display,
                 g_strerror (errsv));
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errsv), _("%s “%s”: %s"), what, display,
                 g_strerror (errsv));

  return FALSE;
}

gboolean
ballast_export_file_write_all (int         fd,
                               const void *data,
                               gsize       length,
                               const char *name,
                               GError    **error)
{
  const char *at = data;

  while (length > 0)
    {
      ssize_t written = write (fd, at, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return ballast_export_file_fail (error, _("Cannot write"), name, errno);
      at += written;
      length -= (gsize) written;
    }

  return TRUE;
}

int
ballast_export_file_create (int         dir_fd,
                            const char *name,
                            GError    **error)
{
  int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  int fd = openat (dir_fd, name, flags, 0666);

  if (fd < 0 && errno == EEXIST && unlinkat (dir_fd, name, 0) == 0)
    fd = openat (dir_fd, name, flags, 0666);
  if (fd < 0)
    ballast_export_file_fail (error, _("Cannot create"), name, errno);

  return fd;
}

/* A folder of that name, new or there.  A link is none: it may lead anywhere. */
static gboolean
make_one_folder (int         dir_fd,
                 const char *path,
                 GError    **error)
{
  int code = mkdirat (dir_fd, path, 0777) == 0 ? 0 : errno;
  struct stat info;

  if (code == EEXIST)
    {
      code = fstatat (dir_fd, path, &info, AT_SYMLINK_NOFOLLOW) != 0 ? errno : 0;
      if (code == 0 && !S_ISDIR (info.st_mode))
        code = ENOTDIR;
    }

  return code == 0 ||
         ballast_export_file_fail (error, _("Cannot create the folder"), path, code);
}

gboolean
ballast_export_file_make_folder (int         dir_fd,
                                 const char *path,
                                 GError    **error)
{
  g_autofree char *part = g_strdup (path);

  if (*path == '\0')
    return TRUE;

  for (char *slash = strchr (part, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      *slash = '\0';
      if (!make_one_folder (dir_fd, part, error))
        return FALSE;
      *slash = '/';
    }

  return make_one_folder (dir_fd, path, error);
}

static gboolean empty_folder (int      fd,
                              guint    depth,
                              GError **error);

static gboolean
remove_entry (int         dir_fd,
              const char *name,
              guint       depth,
              GError    **error)
{
  int fd;
  gboolean emptied;

  if (unlinkat (dir_fd, name, 0) == 0 || errno == ENOENT)
    return TRUE;
  if (errno != EISDIR && errno != EPERM)
    return ballast_export_file_fail (error, _("Cannot remove"), name, errno);

  fd = openat (dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    return ballast_export_file_fail (error, _("Cannot remove"), name, errno);
  emptied = depth < MAX_DEPTH && empty_folder (fd, depth + 1, error);
  close (fd);
  if (!emptied)
    return FALSE;

  return unlinkat (dir_fd, name, AT_REMOVEDIR) == 0 ||
         ballast_export_file_fail (error, _("Cannot remove"), name, errno);
}

static gboolean
empty_folder (int      fd,
              guint    depth,
              GError **error)
{
  int copy = openat (fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *listing = copy >= 0 ? fdopendir (copy) : NULL;
  gboolean done = TRUE;
  struct dirent *entry;

  if (listing == NULL)
    return ballast_export_file_fail (error, _("Cannot list the folder"), ".", errno);

  while (done && (entry = readdir (listing)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      done = remove_entry (fd, entry->d_name, depth, error);
  closedir (listing);

  return done;
}

gboolean
ballast_export_file_remove_tree (int         dir_fd,
                                 const char *name,
                                 GError    **error)
{
  return remove_entry (dir_fd, name, 0, error);
}

gboolean
ballast_export_file_empty_folder (int      dir_fd,
                                  GError **error)
{
  return empty_folder (dir_fd, 0, error);
}

static gboolean
hash_fd (int           fd,
         const char   *name,
         char          sha256[65],
         guint64      *size,
         GCancellable *cancellable,
         GError      **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE_SIZE);
  BallastSha256 digest;
  ssize_t n_read;

  ballast_sha256_init (&digest);
  *size = 0;
  while ((n_read = read (fd, piece, PIECE_SIZE)) != 0)
    {
      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read < 0)
        return ballast_export_file_fail (error, _("Cannot read"), name, errno);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      ballast_sha256_update (&digest, piece, (gsize) n_read);
      *size += (guint64) n_read;
    }

  ballast_sha256_finish_hex (&digest, sha256);
  return TRUE;
}

gboolean
ballast_export_file_hash (int           dir_fd,
                          const char   *name,
                          char          sha256[65],
                          guint64      *size,
                          GCancellable *cancellable,
                          GError      **error)
{
  int fd = openat (dir_fd, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  struct stat info;
  gboolean done;

  if (fd < 0)
    return ballast_export_file_fail (error, _("Cannot open"), name, errno);

  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    done = hash_fd (fd, name, sha256, size, cancellable, error);
  else
    done = ballast_export_file_fail (error, _("Cannot read"), name, EISDIR);
  close (fd);

  return done;
}

gboolean
ballast_export_file_load (int         dir_fd,
                          const char *name,
                          GString    *text,
                          GError    **error)
{
  int fd = openat (dir_fd, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  char piece[16384];
  ssize_t n_read;
  int code;

  if (fd < 0)
    return ballast_export_file_fail (error, _("Cannot open"), name, errno);

  while ((n_read = read (fd, piece, sizeof piece)) > 0 || (n_read < 0 && errno == EINTR))
    if (n_read > 0)
      g_string_append_len (text, piece, n_read);
  code = errno;
  close (fd);

  return n_read == 0 || ballast_export_file_fail (error, _("Cannot read"), name, code);
}

BallastTextFile *
ballast_text_file_new (int         dir_fd,
                       const char *name,
                       GError    **error)
{
  int fd = ballast_export_file_create (dir_fd, name, error);
  BallastTextFile *file;

  if (fd < 0)
    return NULL;

  file = g_new0 (BallastTextFile, 1);
  file->fd = fd;
  file->name = g_strdup (name);
  file->buffer = g_string_sized_new (FLUSH_SIZE);
  ballast_sha256_init (&file->digest);
  return file;
}

gboolean
ballast_text_file_flush (BallastTextFile *file,
                         gboolean         always,
                         GError         **error)
{
  if (file->buffer->len == 0 || (!always && file->buffer->len < FLUSH_SIZE))
    return TRUE;
  if (!ballast_export_file_write_all (file->fd, file->buffer->str, file->buffer->len, file->name,
                                      error))
    return FALSE;

  ballast_sha256_update (&file->digest, file->buffer->str, file->buffer->len);
  file->size += file->buffer->len;
  g_string_truncate (file->buffer, 0);
  return TRUE;
}

gboolean
ballast_text_file_close (BallastTextFile *file,
                         char            *sha256,
                         GError         **error)
{
  int fd = file->fd;

  if (!ballast_text_file_flush (file, TRUE, error))
    return FALSE;
  if (sha256 != NULL)
    ballast_sha256_finish_hex (&file->digest, sha256);

  file->fd = -1;
  return close (fd) == 0 || ballast_export_file_fail (error, _("Cannot write"), file->name, errno);
}

void
ballast_text_file_free (BallastTextFile *file)
{
  if (file->fd >= 0)
    close (file->fd);
  g_free (file->name);
  g_string_free (file->buffer, TRUE);
  g_free (file);
}

gboolean
ballast_export_file_put (int         dir_fd,
                         const char *name,
                         const void *data,
                         gsize       length,
                         GError    **error)
{
  int fd = ballast_export_file_create (dir_fd, name, error);
  gboolean done;

  if (fd < 0)
    return FALSE;

  done = ballast_export_file_write_all (fd, data, length, name, error);
  if (close (fd) != 0 && done)
    done = ballast_export_file_fail (error, _("Cannot write"), name, errno);
  return done;
}
