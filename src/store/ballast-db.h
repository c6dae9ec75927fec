#pragma once

#include <gio/gio.h>

#include "ballast-statement.h"

G_BEGIN_DECLS

/*
 * A thin, honest wrapper of one SQLite connection: SQL stays visible, every failure becomes a
 * GError of BALLAST_STORE_ERROR, and the thread that opened it is asserted.
 */

/* What a connection keeps of the file, in KiB. */
#define BALLAST_DB_CACHE_SQL "PRAGMA cache_size = -32768"

/* @writable FALSE: the file is opened read-only.  The file is there already. */
BallastDb        *ballast_db_open            (const char    *path,
                                              gboolean       writable,
                                              GError       **error);
void              ballast_db_close           (BallastDb     *db);
const char       *ballast_db_get_path        (BallastDb     *db);

/* Runs all statements of @sql, whose rows are of no interest. */
gboolean          ballast_db_exec            (BallastDb     *db,
                                              const char    *sql,
                                              GError       **error);

/* (transfer none): @sql, prepared once and kept, ready for binding.  It is in use until it is
 * asked for again or reset. */
BallastStatement *ballast_db_statement       (BallastDb     *db,
                                              const char    *sql,
                                              GError       **error);

/* The first column of the first row of @sql; 0 where there is no row. */
gboolean          ballast_db_get_int         (BallastDb     *db,
                                              const char    *sql,
                                              gint64        *value,
                                              GError       **error);

gint64            ballast_db_get_last_insert_id (BallastDb  *db);

/*
 * A transaction:
 *
 *   return ballast_db_begin (db, error) && ballast_db_end (db, work (db, error), error);
 *
 * end commits what succeeded and rolls back what did not, leaving the error of the work.
 */
gboolean          ballast_db_begin           (BallastDb     *db,
                                              GError       **error);
gboolean          ballast_db_end             (BallastDb     *db,
                                              gboolean       succeeded,
                                              GError       **error);
/*
 * Makes the reads up to end_read see one state of the file, and take its lock once instead of at
 * every statement (10 µs each).  Nothing where a transaction is open: then it returns FALSE.
 */
gboolean          ballast_db_begin_read      (BallastDb     *db);
void              ballast_db_end_read        (BallastDb     *db,
                                              gboolean       begun);

gboolean          ballast_db_in_transaction  (BallastDb     *db);

/* Until NULL is set: statements under way fail with G_IO_ERROR_CANCELLED when it is cancelled. */
void              ballast_db_set_cancellable (BallastDb     *db,
                                              GCancellable  *cancellable);

/* Copies the whole database to @path aside, flushes and renames it. */
gboolean          ballast_db_backup          (BallastDb     *db,
                                              const char    *path,
                                              GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastDb, ballast_db_close)

G_END_DECLS
