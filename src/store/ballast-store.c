/*
 * Opening and closing a project.
 *
 * A writer first takes the lock file, then opens; so whatever is done to an older or interrupted
 * project is done by one program.  A reader takes none: SQLite's own locks give it the state
 * between two transactions.  Where the file or its folder cannot be written, the project is
 * opened to be read.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-path.h"
#include "ballast-schema.h"
#include "ballast-store-lock.h"
#include "ballast-store-private.h"

/* Looking a small file over at every opening costs nothing (4 ms a megabyte); a large one would
 * keep its user waiting, and says that it is damaged when the damage is met. */
#define CHECK_MAX_BYTES (8 * 1024 * 1024)

static gboolean
check_pages (BallastDb  *db,
             const char *pragma,
             GError    **error)
{
  BallastStatement *statement = ballast_db_statement (db, pragma, error);
  g_autofree char *finding = NULL;
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  step = ballast_statement_step (statement, error);
  if (step == BALLAST_STEP_ROW)
    finding = ballast_statement_dup_bytes (statement, 0);
  ballast_statement_reset (statement);

  if (step == BALLAST_STEP_ERROR)
    return FALSE;
  if (g_strcmp0 (finding, "ok") == 0)
    return TRUE;

  g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_CORRUPT,
               _("The project “%s” is damaged; restore it from a copy (%s)"),
               ballast_db_get_path (db), finding != NULL ? finding : "no finding");

  return FALSE;
}

/* After an interrupted first import the index is missing until the next import ends; it is made
 * here only if something else lost it. */
static gboolean
prepare (BallastStore *store,
         GError      **error)
{
  struct stat info;

  if (stat (store->path, &info) == 0 && info.st_size <= CHECK_MAX_BYTES &&
      !check_pages (store->db, "PRAGMA quick_check(1)", error))
    return FALSE;

  return store->read_only || !ballast_store_is_import_complete (store) ||
         ballast_schema_make_deferred (store->db, error);
}

/* Nothing is written to the file before bring_up has seen that it is a project. */
static gboolean
open_database (BallastStore *store,
               gboolean      is_new,
               GError      **error)
{
  gboolean writable = !store->read_only;

  store->db = ballast_db_open (store->path, writable, error);
  if (store->db == NULL)
    return FALSE;
  if (is_new && !ballast_schema_migrate (store->db, 0, ballast_schema_get_version (), error))
    return FALSE;

  return ballast_schema_bring_up (store->db, writable, error) &&
         (!writable || ballast_db_exec (store->db, "PRAGMA journal_mode = TRUNCATE", error)) &&
         prepare (store, error);
}

/* Falls back to reading where there is nothing to be done about it. */
static gboolean
take_lock (BallastStore *store,
           GError      **error)
{
  g_autoptr(GError) own_error = NULL;

  if (store->read_only)
    return TRUE;

  store->lock = ballast_store_lock_take (store->path, &own_error);
  if (store->lock >= 0)
    return TRUE;
  if (g_error_matches (own_error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_READ_ONLY))
    {
      store->read_only = TRUE;
      return TRUE;
    }

  g_propagate_error (error, g_steal_pointer (&own_error));
  return FALSE;
}

static BallastStore *
open_file (const char           *path,
           BallastStoreOpenFlags flags,
           gboolean              is_new,
           GError              **error)
{
  g_autoptr(BallastStore) store = g_new0 (BallastStore, 1);

  store->path = g_strdup (path);
  store->lock = -1;
  store->read_only = (flags & BALLAST_STORE_OPEN_READ_ONLY) || g_access (path, W_OK) != 0;

  if (!take_lock (store, error) || !open_database (store, is_new, error))
    return NULL;

  return g_steal_pointer (&store);
}

static gboolean
fail_to_make (const char *path,
              int         reason,
              GError    **error)
{
  g_autofree char *display = ballast_path_display (path);

  if (reason == EEXIST)
    g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_EXISTS,
                 _("“%s” is there already"), display);
  else
    g_set_error (error, BALLAST_STORE_ERROR,
                 reason == ENOSPC  ? BALLAST_STORE_ERROR_FULL
                 : reason == ENOENT ? BALLAST_STORE_ERROR_NOT_FOUND
                                    : BALLAST_STORE_ERROR_READ_ONLY,
                 "The project “%s” cannot be made: %s", display, g_strerror (reason));

  return FALSE;
}

/* A project of the present version, without content, in the file that @aside is a template for. */
static gboolean
make_aside (const char *path,
            char       *aside,
            GError    **error)
{
  g_autoptr(BallastDb) db = NULL;
  int fd = g_mkstemp_full (aside, O_RDWR | O_CLOEXEC, 0644);

  if (fd < 0)
    return fail_to_make (path, errno, error);
  close (fd);
  db = ballast_db_open (aside, TRUE, error);
  if (db != NULL && ballast_schema_migrate (db, 0, ballast_schema_get_version (), error))
    return TRUE;
  g_unlink (aside);

  return FALSE;
}

/* Some file systems know no renaming that replaces nothing. */
static int
rename_to_new (const char *from,
               const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return errno;
  if (g_access (to, F_OK) == 0)
    return EEXIST;

  return g_rename (from, to) == 0 ? 0 : errno;
}

/* Made aside and renamed: whoever is killed meanwhile leaves a project or none. */
BallastStore *
ballast_store_create (const char *path,
                      GError    **error)
{
  g_autofree char *aside = g_strconcat (path, ".new-XXXXXX", NULL);
  struct stat info;
  int reason;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  /* An empty file, as mktemp and file choosers make it, is room for a project. */
  if (stat (path, &info) == 0 && S_ISREG (info.st_mode) && info.st_size == 0)
    return open_file (path, BALLAST_STORE_OPEN_DEFAULT, TRUE, error);
  if (g_access (path, F_OK) == 0)
    {
      fail_to_make (path, EEXIST, error);
      return NULL;
    }
  if (!make_aside (path, aside, error))
    return NULL;
  reason = rename_to_new (aside, path);
  if (reason != 0)
    {
      g_unlink (aside);
      fail_to_make (path, reason, error);
      return NULL;
    }

  return open_file (path, BALLAST_STORE_OPEN_DEFAULT, FALSE, error);
}

BallastStore *
ballast_store_open (const char           *path,
                    BallastStoreOpenFlags flags,
                    GError              **error)
{
  g_autofree char *display = NULL;
  struct stat info;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  display = ballast_path_display (path);
  if (stat (path, &info) != 0)
    {
      int reason = errno;

      if (reason == ENOENT && (flags & BALLAST_STORE_OPEN_CREATE))
        return ballast_store_create (path, error);
      g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_NOT_FOUND,
                   _("The project “%s” cannot be opened: %s"), display, g_strerror (reason));
      return NULL;
    }
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_NOT_A_PROJECT,
                   _("“%s” is not a Ballast project: it is no file"), display);
      return NULL;
    }

  /* A file chooser, or a creation that was interrupted, may leave an empty file. */
  return open_file (path, flags, info.st_size == 0 && (flags & BALLAST_STORE_OPEN_CREATE), error);
}

void
ballast_store_close (BallastStore *store)
{
  if (store == NULL)
    return;

  g_warn_if_fail (store->import == NULL);
  ballast_db_close (store->db);
  ballast_store_lock_release (store->path, store->lock);
  g_free (store->path);
  g_free (store);
}

char *
ballast_store_dup_title (BallastStore *store)
{
  g_autofree char *name = g_path_get_basename (store->path);

  if (g_str_has_suffix (name, ".ballast") && strlen (name) > strlen (".ballast"))
    name[strlen (name) - strlen (".ballast")] = '\0';

  return ballast_path_display (name);
}

gboolean
ballast_store_is_read_only (BallastStore *store)
{
  return store->read_only;
}

gboolean
ballast_store_is_import_complete (BallastStore *store)
{
  gint64 n_incomplete = 0;

  return ballast_db_get_int (store->db, "SELECT count(*) FROM source WHERE complete = 0",
                             &n_incomplete, NULL) &&
         n_incomplete == 0;
}

gboolean
ballast_store_check (BallastStore *store,
                     GCancellable *cancellable,
                     GError      **error)
{
  gboolean sound;

  ballast_db_set_cancellable (store->db, cancellable);
  sound = check_pages (store->db, "PRAGMA integrity_check(1)", error);
  ballast_db_set_cancellable (store->db, NULL);

  return sound;
}

gboolean
ballast_store_begin_edit (BallastStore *store,
                          GError      **error)
{
  g_autofree char *display = ballast_path_display (store->path);

  if (store->import != NULL)
    {
      g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_BUSY,
                   _("The project “%s” is being imported into; wait for the end of that"), display);
      return FALSE;
    }
  if (store->read_only)
    {
      g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_READ_ONLY,
                   _("The project “%s” cannot be written"), display);
      return FALSE;
    }

  return ballast_db_begin (store->db, error);
}

void
ballast_store_image_clear (BallastStoreImage *image)
{
  ballast_image_record_clear (&image->record);
  g_clear_pointer (&image->annotations, g_free);
  image->n_annotations = 0;
}

void
ballast_source_free (BallastSource *source)
{
  if (source == NULL)
    return;

  g_free (source->root);
  g_free (source->file);
  g_free (source->layout);
  g_free (source->options);
  g_free (source);
}
