#define G_LOG_DOMAIN "ballast-base"

#include "config.h"

#include "ballast-atomic-dir.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PARTIAL_SUFFIX ".ballast-partial"

struct _BallastAtomicDir
{
  char    *dest;
  char    *partial;
  int      fd;
  gboolean continued;
};

static void
set_errno_error (GError    **error,
                 const char *what,
                 const char *path,
                 int         errsv)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errsv), _("%s “%s”: %s"), what, name,
               g_strerror (errsv));
}

static gboolean
refuse_taken (const char *dest,
              GError    **error)
{
  g_autoptr(GDir) listing = NULL;
  g_autofree char *name = g_filename_display_name (dest);
  struct stat info;

  if (lstat (dest, &info) != 0)
    return TRUE;

  listing = g_dir_open (dest, 0, NULL);
  if (listing != NULL && g_dir_read_name (listing) == NULL)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               _("“%s” already exists and is not empty; choose another name or remove it first"),
               name);
  return FALSE;
}

BallastAtomicDir *
ballast_atomic_dir_open (const char *dest,
                         GError    **error)
{
  g_autoptr(BallastAtomicDir) dir = g_new0 (BallastAtomicDir, 1);
  g_autofree char *parent = NULL;

  dir->fd = -1;
  dir->dest = g_canonicalize_filename (dest, NULL);
  dir->partial = g_strconcat (dir->dest, PARTIAL_SUFFIX, NULL);
  parent = g_path_get_dirname (dir->dest);

  if (!refuse_taken (dir->dest, error))
    return NULL;
  if (g_mkdir_with_parents (parent, 0777) != 0)
    {
      set_errno_error (error, _("Cannot create the folder"), parent, errno);
      return NULL;
    }

  if (mkdir (dir->partial, 0777) != 0)
    {
      if (errno != EEXIST)
        {
          set_errno_error (error, _("Cannot create the folder"), dir->partial, errno);
          return NULL;
        }
      dir->continued = TRUE;
    }

  dir->fd = open (dir->partial, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (dir->fd < 0)
    {
      set_errno_error (error, _("Cannot open the folder"), dir->partial, errno);
      return NULL;
    }

  return g_steal_pointer (&dir);
}

const char *
ballast_atomic_dir_get_path (BallastAtomicDir *dir)
{
  return dir->partial;
}

int
ballast_atomic_dir_get_fd (BallastAtomicDir *dir)
{
  return dir->fd;
}

gboolean
ballast_atomic_dir_is_continued (BallastAtomicDir *dir)
{
  return dir->continued;
}

gboolean
ballast_atomic_dir_sync (BallastAtomicDir *dir,
                         GError          **error)
{
  if (syncfs (dir->fd) != 0)
    {
      set_errno_error (error, _("Cannot flush to the disk"), dir->partial, errno);
      return FALSE;
    }

  return TRUE;
}

static gboolean
sync_parent (const char *path,
             GError    **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  int fd = open (parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean done;

  done = fd >= 0 && (fsync (fd) == 0 || errno == EINVAL);
  if (!done)
    set_errno_error (error, _("Cannot flush the folder"), parent, errno);
  if (fd >= 0)
    close (fd);

  return done;
}

gboolean
ballast_atomic_dir_publish (BallastAtomicDir *dir,
                            GError          **error)
{
  if (!ballast_atomic_dir_sync (dir, error))
    return FALSE;

  /* An empty DEST was accepted when opening; a full one makes this fail, as it should. */
  if (rmdir (dir->dest) != 0 && errno != ENOENT)
    {
      set_errno_error (error, _("Cannot replace"), dir->dest, errno);
      return FALSE;
    }
  if (renameat2 (AT_FDCWD, dir->partial, AT_FDCWD, dir->dest, RENAME_NOREPLACE) != 0)
    {
      /* Some network file systems know no flags; the name was just seen to be free. */
      if (errno != EINVAL || rename (dir->partial, dir->dest) != 0)
        {
          set_errno_error (error, _("Cannot rename to"), dir->dest, errno);
          return FALSE;
        }
    }

  return sync_parent (dir->dest, error);
}

void
ballast_atomic_dir_free (BallastAtomicDir *dir)
{
  if (dir->fd >= 0)
    close (dir->fd);
  g_free (dir->dest);
  g_free (dir->partial);
  g_free (dir);
}
