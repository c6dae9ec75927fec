/*
 * Tar archives by libarchive.
 *
 * One open file and one buffer an archive.  A write that fails leaves an archive that is not whole;
 * the caller gives it up.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-tar.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-export-file.h"

#define BUFFER_BYTES (1 << 17)
#define FILE_MODE 0644

struct _BallastTar
{
  struct archive *archive;
  char           *name;
  int             fd;
  guint8         *buffer;
};

static gboolean
fail (const BallastTar *tar,
      GError          **error)
{
  int code = archive_errno (tar->archive);

  return ballast_export_file_fail (error, _("Cannot write"), tar->name, code > 0 ? code : EIO);
}

BallastTar *
ballast_tar_new (int         dir_fd,
                 const char *name,
                 GError    **error)
{
  g_autoptr(BallastTar) tar = g_new0 (BallastTar, 1);

  tar->name = g_strdup (name);
  tar->fd = ballast_export_file_create (dir_fd, name, error);
  if (tar->fd < 0)
    return NULL;

  tar->archive = archive_write_new ();
  tar->buffer = g_malloc (BUFFER_BYTES);
  archive_write_set_format_pax_restricted (tar->archive);
  archive_write_add_filter_none (tar->archive);
  archive_write_set_bytes_per_block (tar->archive, BUFFER_BYTES);
  archive_write_set_bytes_in_last_block (tar->archive, 1);
  if (archive_write_open_fd (tar->archive, tar->fd) != ARCHIVE_OK)
    {
      fail (tar, error);
      return NULL;
    }
  return g_steal_pointer (&tar);
}

static gboolean
begin_entry (BallastTar *tar,
             const char *path,
             guint64     size,
             GError    **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gboolean success;

  archive_entry_set_pathname_utf8 (entry, path);
  archive_entry_set_size (entry, (la_int64_t) size);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, FILE_MODE);
  archive_entry_set_mtime (entry, 0, 0);
  /* A warning is that a name has no form in the locale, which the archive does not need. */
  success = archive_write_header (tar->archive, entry) >= ARCHIVE_WARN;
  archive_entry_free (entry);
  return success || fail (tar, error);
}

gboolean
ballast_tar_add_bytes (BallastTar *tar,
                       const char *path,
                       const void *data,
                       gsize       length,
                       GError    **error)
{
  if (!begin_entry (tar, path, length, error))
    return FALSE;

  return archive_write_data (tar->archive, data, length) == (la_ssize_t) length ||
         fail (tar, error);
}

static gboolean
copy_bytes (BallastTar *tar,
            int         fd,
            guint64     size,
            const char *name,
            GError    **error)
{
  guint64 left = size;

  while (left > 0)
    {
      ssize_t n_read = read (fd, tar->buffer, MIN (left, BUFFER_BYTES));

      if (n_read < 0 && errno == EINTR)
        continue;
      if (n_read <= 0)
        return ballast_export_file_fail (error, _("Cannot read"), name, n_read < 0 ? errno : EIO);
      if (archive_write_data (tar->archive, tar->buffer, (size_t) n_read) != n_read)
        return fail (tar, error);
      left -= (guint64) n_read;
    }
  return TRUE;
}

gboolean
ballast_tar_add_file (BallastTar *tar,
                      const char *path,
                      int         dir_fd,
                      const char *name,
                      GError    **error)
{
  int fd = openat (dir_fd, name, O_RDONLY | O_CLOEXEC);
  struct stat info;
  gboolean success;

  if (fd < 0 || fstat (fd, &info) != 0)
    {
      int code = errno;

      if (fd >= 0)
        close (fd);
      return ballast_export_file_fail (error, _("Cannot read"), name, code);
    }

  success = begin_entry (tar, path, (guint64) info.st_size, error) &&
            copy_bytes (tar, fd, (guint64) info.st_size, name, error);
  close (fd);
  return success;
}

gboolean
ballast_tar_close (BallastTar *tar,
                   GError    **error)
{
  if (archive_write_close (tar->archive) != ARCHIVE_OK)
    return fail (tar, error);
  if (close (g_steal_fd (&tar->fd)) != 0)
    return ballast_export_file_fail (error, _("Cannot write"), tar->name, errno);
  return TRUE;
}

void
ballast_tar_free (BallastTar *tar)
{
  if (tar->archive != NULL)
    {
      archive_write_fail (tar->archive);
      archive_write_free (tar->archive);
    }
  if (tar->fd > 0)
    close (tar->fd);
  g_free (tar->buffer);
  g_free (tar->name);
  g_free (tar);
}
