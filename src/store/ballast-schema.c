/*
 * The versions of the project file.
 *
 * Version n is what migrations/001.sql … n.sql make of an empty file.  A migration that was
 * released is never changed: the next one corrects it.  They are compiled in as a resource.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-schema.h"

#include <glib/gi18n-lib.h>

#include "ballast-path.h"
#include "ballast-store-error.h"
#include "ballast-store-resources.h"

#define MIGRATION_PATH "/io/github/ballast_app/Ballast/store/migrations/%03u.sql"
#define N_MIGRATIONS 7

guint
ballast_schema_get_version (void)
{
  return N_MIGRATIONS;
}

static gboolean
apply_one (BallastDb *db,
           guint      version,
           GError   **error)
{
  g_autofree char *path = g_strdup_printf (MIGRATION_PATH, version);
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version = %u", version);
  g_autoptr(GBytes) sql = g_resource_lookup_data (ballast_store_get_resource (), path,
                                                   G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return sql != NULL && ballast_db_exec (db, g_bytes_get_data (sql, NULL), error) &&
         ballast_db_exec (db, pragma, error);
}

static gboolean
apply_all (BallastDb *db,
           guint      from,
           guint      to,
           GError   **error)
{
  g_autofree char *pragma =
    g_strdup_printf ("PRAGMA application_id = %d", BALLAST_SCHEMA_APPLICATION_ID);

  if (!ballast_db_exec (db, pragma, error))
    return FALSE;
  for (guint version = from + 1; version <= to; version++)
    if (!apply_one (db, version, error))
      return FALSE;

  return TRUE;
}

gboolean
ballast_schema_migrate (BallastDb *db,
                        guint      from,
                        guint      to,
                        GError   **error)
{
  return ballast_db_begin (db, error) && ballast_db_end (db, apply_all (db, from, to, error), error);
}

static gboolean
fail (BallastDb        *db,
      BallastStoreError code,
      const char       *format,
      GError          **error)
{
  g_autofree char *path = ballast_path_display (ballast_db_get_path (db));

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_set_error (error, BALLAST_STORE_ERROR, code, format, path);
#pragma GCC diagnostic pop

  return FALSE;
}

/* No version of ours has triggers or views: whoever put them there wants them to run here. */
static gboolean
check_schema (BallastDb *db,
              GError   **error)
{
  gint64 n_strange;

  if (!ballast_db_get_int (db, "SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')",
                           &n_strange, error))
    return FALSE;

  return n_strange == 0 ||
         fail (db, BALLAST_STORE_ERROR_CORRUPT,
               "The project “%s” holds code that Ballast did not put there; it is not opened", error);
}

static gboolean
update (BallastDb *db,
        guint      version,
        gboolean   writable,
        GError   **error)
{
  g_autofree char *backup = g_strdup_printf ("%s.v%u.bak", ballast_db_get_path (db), version);

  if (!writable)
    return fail (db, BALLAST_STORE_ERROR_READ_ONLY,
                 "The project “%s” is of an older version and cannot be brought up to date, "
                 "as it cannot be written",
                 error);

  return ballast_db_backup (db, backup, error) &&
         ballast_schema_migrate (db, version, N_MIGRATIONS, error);
}

gboolean
ballast_schema_bring_up (BallastDb *db,
                         gboolean   writable,
                         GError   **error)
{
  gint64 application_id;
  gint64 version;

  if (!ballast_db_get_int (db, "PRAGMA application_id", &application_id, error) ||
      !ballast_db_get_int (db, "PRAGMA user_version", &version, error))
    return FALSE;

  if (application_id != BALLAST_SCHEMA_APPLICATION_ID || version < 1)
    return fail (db, BALLAST_STORE_ERROR_NOT_A_PROJECT, _("“%s” is not a Ballast project"), error);
  if (version > N_MIGRATIONS)
    return fail (db, BALLAST_STORE_ERROR_NEWER,
                 "The project “%s” was written by a newer version of Ballast; "
                 "open it with that version",
                 error);
  if (!check_schema (db, error))
    return FALSE;

  return version == N_MIGRATIONS || update (db, version, writable, error);
}

gboolean
ballast_schema_make_deferred (BallastDb *db,
                              GError   **error)
{
  /* Sorted in runs that the processor's cache holds, it takes a third of the time. */
  return ballast_db_exec (db, "PRAGMA cache_size = -2048", error) &&
         ballast_db_exec (
    db, "CREATE INDEX IF NOT EXISTS annotation_class ON annotation (class_id)", error) &&
         ballast_db_exec (db, BALLAST_DB_CACHE_SQL, error);
}

gboolean
ballast_schema_drop_deferred (BallastDb *db,
                              GError   **error)
{
  return ballast_db_exec (db, "DROP INDEX IF EXISTS annotation_class", error);
}
