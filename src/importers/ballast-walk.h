#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Folders may be nested this deep. */
#define BALLAST_WALK_MAX_DEPTH 64

typedef enum
{
  BALLAST_ENTRY_FILE,
  BALLAST_ENTRY_FOLDER,
  BALLAST_ENTRY_LINK,
  BALLAST_ENTRY_SPECIAL, /* FIFO, socket, device */
} BallastEntryType;

typedef enum
{
  BALLAST_LINK_FILE,   /* a regular file that may be read */
  BALLAST_LINK_FOLDER, /* a folder that may be entered: with follow_links only */
  BALLAST_LINK_ALIAS,  /* a folder of the same root, which is read under its own name */
  BALLAST_LINK_OUT,    /* leads out of the root */
  BALLAST_LINK_BROKEN, /* leads nowhere, in a circle, or to something special */
} BallastLinkKind;

/* @name is valid during the call.  Returns FALSE to stop. */
typedef gboolean (*BallastEntryFunc) (const char       *name,
                                      gsize             length,
                                      BallastEntryType  type,
                                      gpointer          user_data);

/* A root folder and what is needed to list the folders below it.  For one thread at a time. */
typedef struct _BallastWalk BallastWalk;

/* Fails with a G_IO_ERROR where @path cannot be opened as a folder. */
BallastWalk    *ballast_walk_new          (const char       *path,
                                           gboolean          follow_links,
                                           GError          **error);
void            ballast_walk_free         (BallastWalk      *walk);

/* (transfer none): absolute, without links. */
const char     *ballast_walk_get_root     (BallastWalk      *walk);

/* Opens the folder at @path, relative to the root, "" for it.  The caller closes it.  -1: errno
 * says why; ELOOP where a part of it is a link and links are not followed. */
int             ballast_walk_open         (BallastWalk      *walk,
                                           const char       *path);

/* Calls @func for every entry of the folder @fd, in the order of the file system.  FALSE: errno
 * says why; 0 where @func stopped it. */
gboolean        ballast_walk_list         (BallastWalk      *walk,
                                           int               fd,
                                           BallastEntryFunc  func,
                                           gpointer          user_data);

/* Where the link @name in the folder @fd leads. */
BallastLinkKind ballast_walk_resolve      (BallastWalk      *walk,
                                           int               fd,
                                           const char       *name);

/* (transfer none): what is wrong with a link, for a problem's detail. */
const char     *ballast_link_kind_describe (BallastLinkKind  kind);

typedef struct
{
  guint64  images;     /* files with an image's ending */
  guint64  others;     /* other files, hidden ones too */
  guint64  folders;    /* the root not counted */
  gboolean is_partial;
} BallastWalkCount;

/*
 * Counts the files below @path without opening or sorting them.  Links are not followed, and count
 * as others.  Unreadable folders count nothing.  Stops at @deadline_us (g_get_monotonic_time(), 0:
 * never).  Cost: one getdents64 for about 8,000 names.
 */
gboolean        ballast_walk_count        (const char       *path,
                                           gint64            deadline_us,
                                           BallastWalkCount *count,
                                           GCancellable     *cancellable,
                                           GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastWalk, ballast_walk_free)

G_END_DECLS
