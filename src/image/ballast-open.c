#define G_LOG_DOMAIN "ballast-image"

#include "config.h"

#include "ballast-open-private.h"

#include "ballast-path.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * Opening files that somebody else has named.
 *
 * O_NONBLOCK keeps a FIFO from blocking, and what is open is asked for its type: a check before
 * opening would be a race.  A plain name that is no link costs one openat().  Only where there are
 * folders or a link in the way does openat2() resolve it beneath the folder.
 */

#define OPEN_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

static int
open_beneath (int         dirfd,
              const char *name)
{
  struct open_how how = { .flags = OPEN_FLAGS,
                          .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS };

  return (int) syscall (SYS_openat2, dirfd, name, &how, sizeof how);
}

static int
open_name (int         dirfd,
           const char *name)
{
  int fd;

  if (dirfd != AT_FDCWD && strchr (name, '/') != NULL)
    {
      fd = open_beneath (dirfd, name);
      /* An old kernel, or a sandbox that forbids the call, can still refuse the link itself. */
      if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
        return fd;
    }

  fd = openat (dirfd, name, OPEN_FLAGS | O_NOFOLLOW);
  if (fd >= 0 || errno != ELOOP || dirfd == AT_FDCWD)
    return fd;

  fd = open_beneath (dirfd, name);
  if (fd < 0 && (errno == ENOSYS || errno == EPERM))
    errno = ELOOP;

  return fd;
}

static BallastProblemKind
get_kind (int code)
{
  switch (code)
    {
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return 0;
    case ENOENT:
    case ENOTDIR:
      return BALLAST_PROBLEM_MISSING_FILE;
    case ELOOP:
    case EXDEV:
    case ENXIO:
    case ENODEV:
      return BALLAST_PROBLEM_SPECIAL_FILE;
    default:
      return BALLAST_PROBLEM_UNREADABLE;
    }
}

/* Takes @fd, or -1 with errno. */
static int
check_regular (int                 fd,
               struct stat        *status,
               BallastProblemKind *kind)
{
  int code = 0;

  if (fd < 0)
    code = errno;
  else if (fstat (fd, status) < 0)
    code = errno;
  else if (!S_ISREG (status->st_mode))
    code = ENXIO;

  if (code == 0)
    return fd;

  if (fd >= 0)
    close (fd);
  *kind = get_kind (code);
  errno = code;

  return -1;
}

int
ballast_open_with_status (int                 dirfd,
                          const char         *name,
                          struct stat        *status,
                          BallastProblemKind *kind)
{
  return check_regular (open_name (dirfd, name), status, kind);
}

static void
set_error (const char *name,
           int         code,
           GError    **error)
{
  g_autofree char *shown = ballast_path_display (name);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), _("“%s” cannot be opened: %s"),
               shown, code == ENXIO ? "it is not a regular file" : g_strerror (code));
}

int
ballast_image_open (int                 dirfd,
                    const char         *name,
                    BallastProblemKind *kind,
                    GError            **error)
{
  BallastProblemKind ignored;
  struct stat status;
  int fd = ballast_open_with_status (dirfd, name, &status, kind != NULL ? kind : &ignored);

  if (fd < 0)
    set_error (name, errno, error);

  return fd;
}

int
ballast_image_open_following (int                 dirfd,
                              const char         *name,
                              BallastProblemKind *kind,
                              GError            **error)
{
  BallastProblemKind ignored;
  struct stat status;
  int fd = check_regular (openat (dirfd, name, OPEN_FLAGS), &status,
                          kind != NULL ? kind : &ignored);

  if (fd < 0)
    set_error (name, errno, error);

  return fd;
}
