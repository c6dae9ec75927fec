#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A folder that is either whole or not there.
 *
 * Everything is written into DEST.ballast-partial beside it; publishing flushes that to the disk
 * and renames it.  A partial folder that an interrupted run left is opened again, so that the
 * next run continues it.
 */
typedef struct _BallastAtomicDir BallastAtomicDir;

/* Opens or creates the partial folder of @dest.  Fails with G_IO_ERROR_EXISTS where @dest itself
 * exists and is not an empty folder. */
BallastAtomicDir *ballast_atomic_dir_open     (const char        *dest,
                                               GError           **error);

/* (transfer none): the partial folder's path and descriptor; valid until publish or free. */
const char       *ballast_atomic_dir_get_path (BallastAtomicDir  *dir);
int               ballast_atomic_dir_get_fd   (BallastAtomicDir  *dir);

/* TRUE where an earlier run had left the partial folder. */
gboolean          ballast_atomic_dir_is_continued (BallastAtomicDir *dir);

/* Flushes what was written so far to the disk (one syncfs).  An error here means that data may be
 * lost: the caller must give up, not try again. */
gboolean          ballast_atomic_dir_sync     (BallastAtomicDir  *dir,
                                               GError           **error);

/* Syncs, renames to DEST without replacing anything, and syncs the parent. */
gboolean          ballast_atomic_dir_publish  (BallastAtomicDir  *dir,
                                               GError           **error);

/* Closes; an unpublished partial folder stays for the next run. */
void              ballast_atomic_dir_free     (BallastAtomicDir  *dir);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastAtomicDir, ballast_atomic_dir_free)

G_END_DECLS
