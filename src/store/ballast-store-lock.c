/*
 * The lock file of a project.
 *
 * It is removed on release, while it is still held.  So a taker may have opened a file that is no
 * longer there: having locked it, it looks whether the name still leads to it, and tries again
 * where it does not.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-path.h"
#include "ballast-store-error.h"

#define MAX_ATTEMPTS 100

static gboolean
name_leads_to (const char *name,
               int         lock)
{
  struct stat by_name;
  struct stat by_lock;

  return stat (name, &by_name) == 0 && fstat (lock, &by_lock) == 0 &&
         by_name.st_ino == by_lock.st_ino && by_name.st_dev == by_lock.st_dev;
}

/* The holder's process id, for people who find the file; nothing depends on it. */
static void
write_holder (int lock)
{
  g_autofree char *text = g_strdup_printf ("%d %s\n", (int) getpid (), g_get_host_name ());

  if (ftruncate (lock, 0) != 0 || write (lock, text, strlen (text)) < 0)
    g_debug ("The lock file stays empty: %s", g_strerror (errno));
}

static int
fail (const char *path,
      int         reason,
      GError    **error)
{
  g_autofree char *display = ballast_path_display (path);

  if (reason == EWOULDBLOCK)
    g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_BUSY,
                 _("The project “%s” is open in another program"), display);
  else if (reason == ENOSPC || reason == EDQUOT)
    g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_FULL,
                 _("The disk of the project “%s” is full"), display);
  else
    g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_READ_ONLY,
                 _("The folder of the project “%s” cannot be written: %s"), display,
                 g_strerror (reason));

  return -1;
}

int
ballast_store_lock_take (const char *path,
                         GError    **error)
{
  g_autofree char *name = g_strconcat (path, ".lock", NULL);

  for (guint i = 0; i < MAX_ATTEMPTS; i++)
    {
      int lock = open (name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
      int reason = errno;

      if (lock < 0)
        return fail (path, reason, error);
      if (flock (lock, LOCK_EX | LOCK_NB) != 0)
        {
          reason = errno;
          close (lock);
          return fail (path, reason, error);
        }
      if (name_leads_to (name, lock))
        {
          write_holder (lock);
          return lock;
        }
      close (lock);
    }

  return fail (path, EWOULDBLOCK, error);
}

void
ballast_store_lock_release (const char *path,
                            int         lock)
{
  g_autofree char *name = g_strconcat (path, ".lock", NULL);

  if (lock < 0)
    return;

  unlink (name);
  close (lock);
}
