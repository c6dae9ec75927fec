/*
 * One SQLite connection, of one thread.
 *
 * The journal is a rollback journal in TRUNCATE mode, with synchronous = FULL.  A write-ahead log
 * would make a single edit faster (0.3 against 1.2 ms), which nobody notices here, and costs what
 * matters: bulk imports write every page twice, a log beside the file keeps the project from
 * being copied or read from read-only media, and it does not work on network file systems.  With a
 * rollback journal an import appends pages that need no journal at all.
 *
 * The file may come from anywhere, so its schema is not trusted: no triggers, no views, no
 * functions with side effects, and SQLite checks the cells that it reads.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-db.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "ballast-db-private.h"
#include "ballast-path.h"
#include "ballast-store-error.h"

#define BUSY_TIMEOUT_MS 5000
#define PROGRESS_OPCODES 20000 /* some 0.2 ms of work between two looks at the cancellable */
#define MAX_VALUE_BYTES (1000 * 1000 * 1000)

static const char pragmas[] = "PRAGMA foreign_keys = ON;"
                              "PRAGMA synchronous = FULL;"
                              BALLAST_DB_CACHE_SQL ";"
                              "PRAGMA temp_store = MEMORY;"
                              "PRAGMA cell_size_check = ON;"
                              "PRAGMA trusted_schema = OFF;";

static BallastStoreError
code_of_result (int result)
{
  if (result == SQLITE_CONSTRAINT_UNIQUE || result == SQLITE_CONSTRAINT_PRIMARYKEY)
    return BALLAST_STORE_ERROR_EXISTS;

  switch (result & 0xff)
    {
    case SQLITE_NOTADB:
      return BALLAST_STORE_ERROR_NOT_A_PROJECT;
    case SQLITE_CORRUPT:
      return BALLAST_STORE_ERROR_CORRUPT;
    case SQLITE_FULL:
      return BALLAST_STORE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return BALLAST_STORE_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return BALLAST_STORE_ERROR_BUSY;
    default:
      return BALLAST_STORE_ERROR_FAILED;
    }
}

static const char *
sentence_of_code (BallastStoreError code)
{
  switch ((guint) code)
    {
    case BALLAST_STORE_ERROR_NOT_A_PROJECT:
      return _("“%s” is not a Ballast project (%s)");
    case BALLAST_STORE_ERROR_CORRUPT:
      return _("The project “%s” is damaged; restore it from a copy (%s)");
    case BALLAST_STORE_ERROR_FULL:
      return _("The disk of the project “%s” is full; the last change was taken back (%s)");
    case BALLAST_STORE_ERROR_READ_ONLY:
      return _("The project “%s” cannot be written (%s)");
    case BALLAST_STORE_ERROR_EXISTS:
      return _("A name in the project “%s” is taken already (%s)");
    case BALLAST_STORE_ERROR_BUSY:
      return _("The project “%s” is in use by another program (%s)");
    default:
      return _("The project “%s” cannot be used: %s");
    }
}

gboolean
ballast_db_fail (BallastDb *db,
                 int        result,
                 GError   **error)
{
  BallastStoreError code = code_of_result (result);
  g_autofree char *path = ballast_path_display (db->path);

  if ((result & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           _("The operation was cancelled"));
      return FALSE;
    }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, BALLAST_STORE_ERROR, code, sentence_of_code (code), path,
               db->handle != NULL ? sqlite3_errmsg (db->handle) : sqlite3_errstr (result));
#pragma GCC diagnostic pop

  return FALSE;
}

static void
free_statement (gpointer data)
{
  BallastStatement *statement = data;

  sqlite3_finalize (statement->handle);
  g_free (statement);
}

/* ballast_contains() of SQL: TRUE where bytes hold others, without regard to ASCII case. */
static void
contains_in_sql (sqlite3_context *context,
                 int              n_values,
                 sqlite3_value  **values)
{
  const char *hay = sqlite3_value_blob (values[0]);
  const char *needle = sqlite3_value_blob (values[1]);
  int n_hay = sqlite3_value_bytes (values[0]);
  int n_needle = sqlite3_value_bytes (values[1]);

  for (int i = 0; hay != NULL && needle != NULL && i + n_needle <= n_hay; i++)
    if (g_ascii_strncasecmp (hay + i, needle, n_needle) == 0)
      {
        sqlite3_result_int (context, 1);
        return;
      }

  sqlite3_result_int (context, 0);
}

static void
harden (BallastDb *db)
{
  sqlite3_extended_result_codes (db->handle, 1);
  sqlite3_busy_timeout (db->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (db->handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_limit (db->handle, SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
  sqlite3_limit (db->handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit (db->handle, SQLITE_LIMIT_WORKER_THREADS, 0);
  sqlite3_create_function_v2 (db->handle, "ballast_contains", 2,
                              SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                              contains_in_sql, NULL, NULL, NULL);
}

BallastDb *
ballast_db_open (const char *path,
                 gboolean    writable,
                 GError    **error)
{
  g_autoptr(BallastDb) db = g_new0 (BallastDb, 1);
  int flags = SQLITE_OPEN_NOMUTEX | (writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
  int result;

  db->path = g_strdup (path);
  db->thread = g_thread_self ();
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_statement);

  result = sqlite3_open_v2 (path, &db->handle, flags, NULL);
  if (result != SQLITE_OK)
    {
      ballast_db_fail (db, result, error);
      return NULL;
    }

  harden (db);
  if (!ballast_db_exec (db, pragmas, error))
    return NULL;

  return g_steal_pointer (&db);
}

void
ballast_db_close (BallastDb *db)
{
  if (db == NULL)
    return;

  g_assert (db->thread == g_thread_self ());
  g_hash_table_unref (db->statements);
  sqlite3_close (db->handle);
  g_free (db->path);
  g_free (db);
}

const char *
ballast_db_get_path (BallastDb *db)
{
  return db->path;
}

gboolean
ballast_db_exec (BallastDb  *db,
                 const char *sql,
                 GError    **error)
{
  int result;

  g_assert (db->thread == g_thread_self ());

  result = sqlite3_exec (db->handle, sql, NULL, NULL, NULL);

  return result == SQLITE_OK || ballast_db_fail (db, result, error);
}

BallastStatement *
ballast_db_statement (BallastDb  *db,
                      const char *sql,
                      GError    **error)
{
  BallastStatement *statement = g_hash_table_lookup (db->statements, sql);
  sqlite3_stmt *handle = NULL;
  int result;

  g_assert (db->thread == g_thread_self ());

  if (statement != NULL)
    {
      ballast_statement_reset (statement);
      sqlite3_clear_bindings (statement->handle);
      return statement;
    }

  result = sqlite3_prepare_v3 (db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL);
  if (result != SQLITE_OK)
    {
      ballast_db_fail (db, result, error);
      return NULL;
    }

  statement = g_new0 (BallastStatement, 1);
  statement->db = db;
  statement->handle = handle;
  g_hash_table_insert (db->statements, g_strdup (sql), statement);

  return statement;
}

gboolean
ballast_db_get_int (BallastDb  *db,
                    const char *sql,
                    gint64     *value,
                    GError    **error)
{
  BallastStatement *statement = ballast_db_statement (db, sql, error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  *value = 0;
  step = ballast_statement_step (statement, error);
  if (step == BALLAST_STEP_ROW)
    *value = ballast_statement_get_int (statement, 0);
  ballast_statement_reset (statement);

  return step != BALLAST_STEP_ERROR;
}

gint64
ballast_db_get_last_insert_id (BallastDb *db)
{
  return sqlite3_last_insert_rowid (db->handle);
}

gboolean
ballast_db_begin (BallastDb *db,
                  GError   **error)
{
  return ballast_db_exec (db, "BEGIN IMMEDIATE", error);
}

gboolean
ballast_db_end (BallastDb *db,
                gboolean   succeeded,
                GError   **error)
{
  if (succeeded && ballast_db_exec (db, "COMMIT", error))
    return TRUE;

  /* Some errors (a full disk among them) have rolled back already. */
  if (ballast_db_in_transaction (db))
    ballast_db_exec (db, "ROLLBACK", NULL);

  return FALSE;
}

gboolean
ballast_db_begin_read (BallastDb *db)
{
  /* A failure shows itself again at the first read. */
  return !ballast_db_in_transaction (db) && ballast_db_exec (db, "BEGIN", NULL);
}

void
ballast_db_end_read (BallastDb *db,
                     gboolean   begun)
{
  if (begun)
    ballast_db_exec (db, "COMMIT", NULL);
}

gboolean
ballast_db_in_transaction (BallastDb *db)
{
  return !sqlite3_get_autocommit (db->handle);
}

static int
look_at_cancellable (void *data)
{
  return g_cancellable_is_cancelled (data);
}

void
ballast_db_set_cancellable (BallastDb    *db,
                            GCancellable *cancellable)
{
  sqlite3_progress_handler (db->handle, cancellable != NULL ? PROGRESS_OPCODES : 0,
                            cancellable != NULL ? look_at_cancellable : NULL, cancellable);
}

static int
copy_pages (BallastDb  *db,
            const char *path)
{
  sqlite3 *copy = NULL;
  sqlite3_backup *backup;
  int result;

  result = sqlite3_open_v2 (path, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  if (result == SQLITE_OK)
    {
      backup = sqlite3_backup_init (copy, "main", db->handle, "main");
      if (backup != NULL)
        {
          sqlite3_backup_step (backup, -1);
          sqlite3_backup_finish (backup);
        }
      result = sqlite3_errcode (copy);
    }
  sqlite3_close (copy);

  return result;
}

gboolean
ballast_db_backup (BallastDb  *db,
                   const char *path,
                   GError    **error)
{
  g_autofree char *aside = g_strconcat (path, ".part", NULL);
  int result;

  g_unlink (aside);
  result = copy_pages (db, aside);
  if (result == SQLITE_OK && g_rename (aside, path) == 0)
    return TRUE;

  g_unlink (aside);
  g_set_error (error, BALLAST_STORE_ERROR,
               result != SQLITE_OK ? code_of_result (result) : BALLAST_STORE_ERROR_FAILED,
               "The project “%s” cannot be copied to “%s” before it is brought up to date (%s)",
               db->path, path, result != SQLITE_OK ? sqlite3_errstr (result) : g_strerror (errno));

  return FALSE;
}
