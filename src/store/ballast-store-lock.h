#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Takes the right to write the project at @path, by flock() on PATH.lock: the system takes it back
 * from a program that dies.  Not by a lock on the project itself, which closing any descriptor of
 * it would drop.
 *
 * Returns: the lock, or -1 with @error set: BUSY where another program has it, READ_ONLY where
 * the folder cannot be written.
 */
int  ballast_store_lock_take    (const char  *path,
                                 GError     **error);

/* Removes the lock file; -1 is fine. */
void ballast_store_lock_release (const char  *path,
                                 int          lock);

G_END_DECLS
