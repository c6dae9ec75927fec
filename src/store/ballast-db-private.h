#pragma once

#include <sqlite3.h>

#include "ballast-db.h"

G_BEGIN_DECLS

struct _BallastStatement
{
  BallastDb    *db;
  sqlite3_stmt *handle;
  int           bind_result; /* the first bind that failed (too big, no memory), or SQLITE_OK */
};

struct _BallastDb
{
  sqlite3      *handle;
  char         *path;
  GThread      *thread;
  GHashTable   *statements; /* SQL → BallastStatement */
  GCancellable *cancellable;
  gpointer      pending_rows; /* (nullable): SQLite's, see ballast-pending-rows.c */
};

/* Sets @error after SQLite's @result; always FALSE. */
gboolean ballast_db_fail (BallastDb  *db,
                          int         result,
                          GError    **error);

G_END_DECLS
