/*
 * A prepared statement.
 *
 * Stepping tells rows from the end and the end from an error, and resets by itself at both, so
 * that no finished statement holds a lock.  A bind cannot fail visibly: what went wrong with it
 * comes out of the next step.  Asserted to run on its connection's thread.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-statement.h"

#include <string.h>

#include "ballast-db-private.h"

static void
note_bind (BallastStatement *statement,
           int               result)
{
  g_assert (result != SQLITE_RANGE && result != SQLITE_MISUSE);
  if (statement->bind_result == SQLITE_OK)
    statement->bind_result = result;
}

void
ballast_statement_bind_int (BallastStatement *statement,
                            int               index,
                            gint64            value)
{
  note_bind (statement, sqlite3_bind_int64 (statement->handle, index, value));
}

void
ballast_statement_bind_double (BallastStatement *statement,
                               int               index,
                               double            value)
{
  note_bind (statement, sqlite3_bind_double (statement->handle, index, value));
}

void
ballast_statement_bind_null (BallastStatement *statement,
                             int               index)
{
  note_bind (statement, sqlite3_bind_null (statement->handle, index));
}

void
ballast_statement_bind_text (BallastStatement *statement,
                             int               index,
                             const char       *text)
{
  note_bind (statement, sqlite3_bind_text (statement->handle, index, text, -1, SQLITE_STATIC));
}

void
ballast_statement_bind_bytes (BallastStatement *statement,
                              int               index,
                              const char       *bytes)
{
  if (bytes == NULL)
    ballast_statement_bind_null (statement, index);
  else
    ballast_statement_bind_blob (statement, index, bytes, strlen (bytes));
}

void
ballast_statement_bind_blob (BallastStatement *statement,
                             int               index,
                             const void       *data,
                             gsize             size)
{
  /* An empty blob is no NULL, whatever pointer comes with it. */
  note_bind (statement, sqlite3_bind_blob64 (statement->handle, index, size > 0 ? data : "", size,
                                             SQLITE_STATIC));
}

BallastStep
ballast_statement_step (BallastStatement *statement,
                        GError          **error)
{
  int result = statement->bind_result;

  g_assert (statement->db->thread == g_thread_self ());

  if (result == SQLITE_OK)
    result = sqlite3_step (statement->handle);
  if (result == SQLITE_ROW)
    return BALLAST_STEP_ROW;

  if (result != SQLITE_DONE)
    ballast_db_fail (statement->db, result, error);
  ballast_statement_reset (statement);

  return result == SQLITE_DONE ? BALLAST_STEP_DONE : BALLAST_STEP_ERROR;
}

gboolean
ballast_statement_run (BallastStatement *statement,
                       GError          **error)
{
  BallastStep step;

  do
    step = ballast_statement_step (statement, error);
  while (step == BALLAST_STEP_ROW);

  return step == BALLAST_STEP_DONE;
}

void
ballast_statement_reset (BallastStatement *statement)
{
  /* The result repeats that of the last step, which has been told already. */
  sqlite3_reset (statement->handle);
  statement->bind_result = SQLITE_OK;
}

gint64
ballast_statement_get_int (BallastStatement *statement,
                           int               column)
{
  return sqlite3_column_int64 (statement->handle, column);
}

double
ballast_statement_get_double (BallastStatement *statement,
                              int               column)
{
  return sqlite3_column_double (statement->handle, column);
}

gboolean
ballast_statement_is_null (BallastStatement *statement,
                           int               column)
{
  return sqlite3_column_type (statement->handle, column) == SQLITE_NULL;
}

const char *
ballast_statement_peek_text (BallastStatement *statement,
                             int               column)
{
  return (const char *) sqlite3_column_text (statement->handle, column);
}

const void *
ballast_statement_peek_blob (BallastStatement *statement,
                             int               column,
                             gsize            *size)
{
  const void *data = sqlite3_column_blob (statement->handle, column);

  *size = sqlite3_column_bytes (statement->handle, column);
  return data;
}

char *
ballast_statement_dup_bytes (BallastStatement *statement,
                             int               column)
{
  gsize size;
  const void *data = ballast_statement_peek_blob (statement, column, &size);

  return g_strndup (data != NULL ? data : "", size);
}
