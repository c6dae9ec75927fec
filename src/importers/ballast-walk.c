/*
 * Lists folders by getdents64 with a large buffer: the type of an entry comes with its name, so a
 * million files are listed without one stat.  File systems that do not tell the type are asked by
 * fstatat.
 *
 * A folder is opened name by name with O_NOFOLLOW: nothing below a link is reached by accident,
 * also when somebody swaps a folder for a link while we look.
 */
#define G_LOG_DOMAIN "ballast-importers"

#include "config.h"

#include "ballast-walk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ballast-file-kind.h"

#define BUFFER_BYTES (256 * 1024)
#define OPEN_FLAGS (O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK)

struct _BallastWalk
{
  char    *root;
  int      fd;
  gboolean follow_links;
  char    *buffer;
};

/* As the kernel writes it. */
struct linux_dirent64
{
  guint64        d_ino;
  gint64         d_off;
  unsigned short d_reclen;
  unsigned char  d_type;
  char           d_name[];
};

BallastWalk *
ballast_walk_new (const char *path,
                  gboolean    follow_links,
                  GError    **error)
{
  g_autofree char *shown = g_filename_display_name (path);
  char *root = realpath (path, NULL);
  int fd = root != NULL ? open (root, OPEN_FLAGS) : -1;
  int saved = errno;
  BallastWalk *walk;

  if (fd < 0)
    {
      free (root);
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), _("“%s” cannot be opened: %s"),
                   shown, g_strerror (saved));
      return NULL;
    }

  walk = g_new0 (BallastWalk, 1);
  walk->root = root;
  walk->fd = fd;
  walk->follow_links = follow_links;
  walk->buffer = g_malloc (BUFFER_BYTES);

  return walk;
}

void
ballast_walk_free (BallastWalk *walk)
{
  close (walk->fd);
  free (walk->root);
  g_free (walk->buffer);
  g_free (walk);
}

const char *
ballast_walk_get_root (BallastWalk *walk)
{
  return walk->root;
}

/* Opens @name in @parent, and closes @parent.  With O_DIRECTORY, the system says of a link that it
 * is no folder; here it says ELOOP. */
static int
open_below (int         parent,
            const char *name,
            int         flags)
{
  int fd = openat (parent, name, OPEN_FLAGS | flags);
  int saved = errno;
  struct stat info;

  if (fd < 0 && saved == ENOTDIR && fstatat (parent, name, &info, AT_SYMLINK_NOFOLLOW) == 0
      && S_ISLNK (info.st_mode))
    saved = ELOOP;
  close (parent);
  errno = saved;

  return fd;
}

int
ballast_walk_open (BallastWalk *walk,
                   const char  *path)
{
  g_auto(GStrv) names = NULL;
  int fd = openat (walk->fd, ".", OPEN_FLAGS);

  if (*path == '\0' || fd < 0)
    return fd;
  if (walk->follow_links)
    return open_below (fd, path, 0);

  names = g_strsplit (path, "/", -1);
  for (guint i = 0; names[i] != NULL && fd >= 0; i++)
    fd = open_below (fd, names[i], O_NOFOLLOW);

  return fd;
}

static BallastEntryType
type_from_mode (mode_t mode)
{
  if (S_ISREG (mode))
    return BALLAST_ENTRY_FILE;
  if (S_ISDIR (mode))
    return BALLAST_ENTRY_FOLDER;

  return S_ISLNK (mode) ? BALLAST_ENTRY_LINK : BALLAST_ENTRY_SPECIAL;
}

static BallastEntryType
get_type (int                          fd,
          const struct linux_dirent64 *entry)
{
  struct stat info;

  if (entry->d_type != DT_UNKNOWN)
    return type_from_mode (DTTOIF (entry->d_type));
  if (fstatat (fd, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return BALLAST_ENTRY_SPECIAL;

  return type_from_mode (info.st_mode);
}

static gboolean
is_dot (const char *name)
{
  return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

gboolean
ballast_walk_list (BallastWalk     *walk,
                   int              fd,
                   BallastEntryFunc func,
                   gpointer         user_data)
{
  long n_bytes;

  while ((n_bytes = syscall (SYS_getdents64, fd, walk->buffer, BUFFER_BYTES)) > 0)
    for (long at = 0; at < n_bytes;)
      {
        const struct linux_dirent64 *entry = (gpointer) (walk->buffer + at);

        at += entry->d_reclen;
        if (is_dot (entry->d_name))
          continue;
        if (!func (entry->d_name, strlen (entry->d_name), get_type (fd, entry), user_data))
          {
            errno = 0;
            return FALSE;
          }
      }

  return n_bytes == 0;
}

/* The real path of an O_PATH descriptor lies in the root? */
static gboolean
is_below_root (BallastWalk *walk,
               int          fd)
{
  g_autofree char *proc = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *target = g_file_read_link (proc, NULL);
  gsize length = strlen (walk->root);

  return target != NULL && strncmp (target, walk->root, length) == 0 &&
         (target[length] == '/' || target[length] == '\0' || length == 1);
}

BallastLinkKind
ballast_walk_resolve (BallastWalk *walk,
                      int          fd,
                      const char  *name)
{
  int target = openat (fd, name, O_PATH | O_CLOEXEC);
  BallastLinkKind kind = BALLAST_LINK_BROKEN;
  struct stat info;

  if (target < 0)
    return BALLAST_LINK_BROKEN;
  if (fstat (target, &info) == 0 && (S_ISREG (info.st_mode) || S_ISDIR (info.st_mode)))
    {
      gboolean is_folder = S_ISDIR (info.st_mode);

      if (walk->follow_links)
        kind = is_folder ? BALLAST_LINK_FOLDER : BALLAST_LINK_FILE;
      else if (is_below_root (walk, target))
        kind = is_folder ? BALLAST_LINK_ALIAS : BALLAST_LINK_FILE;
      else
        kind = BALLAST_LINK_OUT;
    }
  close (target);

  return kind;
}

const char *
ballast_link_kind_describe (BallastLinkKind kind)
{
  switch (kind)
    {
    case BALLAST_LINK_ALIAS:
      return "a link to a folder of the same dataset";
    case BALLAST_LINK_OUT:
      return "a link that leads out of the folder; --follow-links reads it";
    case BALLAST_LINK_BROKEN:
      return "a link that leads nowhere";
    case BALLAST_LINK_FILE:
    case BALLAST_LINK_FOLDER:
    default:
      return "a link";
    }
}

typedef struct
{
  BallastWalkCount *count;
  GPtrArray        *folders; /* names in the folder that is listed */
  gint64            deadline_us;
  GCancellable     *cancellable;
} Counting;

static gboolean
count_entry (const char      *name,
             gsize            length,
             BallastEntryType type,
             gpointer         user_data)
{
  Counting *counting = user_data;

  if (type == BALLAST_ENTRY_FOLDER)
    g_ptr_array_add (counting->folders, g_strdup (name));
  else if (type == BALLAST_ENTRY_FILE && ballast_file_is_image (name, length))
    counting->count->images++;
  else
    counting->count->others++;

  return TRUE;
}

/* Depth first by descriptors, at most BALLAST_WALK_MAX_DEPTH of them; takes @fd. */
static void
count_folder (BallastWalk *walk,
              int          fd,
              guint        depth,
              Counting    *counting)
{
  g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);

  counting->folders = folders;
  ballast_walk_list (walk, fd, count_entry, counting);
  counting->count->folders += folders->len;

  for (guint i = 0; i < folders->len && depth < BALLAST_WALK_MAX_DEPTH; i++)
    {
      int below;

      if (g_cancellable_is_cancelled (counting->cancellable))
        break;
      if (counting->deadline_us > 0 && g_get_monotonic_time () > counting->deadline_us)
        {
          counting->count->is_partial = TRUE;
          break;
        }
      below = openat (fd, folders->pdata[i], OPEN_FLAGS | O_NOFOLLOW);
      if (below >= 0)
        count_folder (walk, below, depth + 1, counting);
    }
  close (fd);
}

gboolean
ballast_walk_count (const char       *path,
                    gint64            deadline_us,
                    BallastWalkCount *count,
                    GCancellable     *cancellable,
                    GError          **error)
{
  g_autoptr(BallastWalk) walk = ballast_walk_new (path, FALSE, error);
  Counting counting = { count, NULL, deadline_us, cancellable };
  int fd;

  *count = (BallastWalkCount) { 0 };
  if (walk == NULL)
    return FALSE;
  fd = ballast_walk_open (walk, "");
  if (fd >= 0)
    count_folder (walk, fd, 1, &counting);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
