/*
 * An import session: its life, its batches and its names.
 *
 * What is added goes into a transaction that is committed every second; a crash loses that
 * much.  The session keeps in memory which images it has seen, where names are (16 bytes an
 * image), and what it has counted since the last commit.  After a failure memory and file may
 * differ, so the session writes nothing more: the next one continues from the file.
 *
 * Rows name only what the session itself has looked up or made, so SQLite is spared the checking of
 * foreign keys, three searches an image.  What it sorts at the end may go to a file meanwhile, so
 * that it sorts in short runs.
 *
 * A first import does without the index on classes and makes it at the end, which is faster and
 * leaves full pages.
 */
#define G_LOG_DOMAIN "ballast-store"

#include "config.h"

#include "ballast-store-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-path.h"
#include "ballast-schema.h"
#include "ballast-store-import-private.h"

#define BATCH_US G_USEC_PER_SEC
#define WRITE_EVERY 1024 /* images: what is gathered stays small */

gboolean
ballast_store_import_has_bit (const GByteArray *bits,
                              gint64            image_id)
{
  gsize byte = image_id / 8;

  return byte < bits->len && (bits->data[byte] & 1 << image_id % 8) != 0;
}

void
ballast_store_import_set_bit (GByteArray *bits,
                              gint64      image_id)
{
  gsize byte = image_id / 8;
  gsize old = bits->len;

  if (byte >= old)
    {
      g_byte_array_set_size (bits, MAX (byte + 1, old * 2));
      memset (bits->data + old, 0, bits->len - old);
    }
  bits->data[byte] |= 1 << image_id % 8;
}

gboolean
ballast_store_import_fail (BallastStoreImport *import,
                           GError            **error)
{
  import->has_failed = TRUE;
  if (import->failure == NULL && error != NULL && *error != NULL)
    import->failure = g_error_copy (*error);
  ballast_pending_rows_clear (import->pending);
  if (ballast_db_in_transaction (import->store->db))
    ballast_db_end (import->store->db, FALSE, NULL);

  return FALSE;
}

gboolean
ballast_store_import_ensure_batch (BallastStoreImport *import,
                                   GError            **error)
{
  /* What failed may have been a look at the counts, whose caller had no use for the reason. */
  if (import->failure != NULL)
    {
      g_propagate_error (error, g_error_copy (import->failure));
      return FALSE;
    }
  if (import->has_failed)
    {
      g_set_error (error, BALLAST_STORE_ERROR, BALLAST_STORE_ERROR_FAILED,
                   _("The import into “%s” was broken off; import again to continue it"),
                   import->store->path);
      return FALSE;
    }
  if (ballast_db_in_transaction (import->store->db))
    return TRUE;

  import->batch_started_us = g_get_monotonic_time ();

  return ballast_db_begin (import->store->db, error) || ballast_store_import_fail (import, error);
}

gboolean
ballast_store_import_flush (BallastStoreImport *import,
                            GError            **error)
{
  BallastDb *db = import->store->db;
  GError *reason = NULL;

  if (import->has_failed || !ballast_db_in_transaction (db))
    return TRUE;
  if (ballast_db_end (db, ballast_count_delta_write (import->delta, db, &reason), &reason))
    return TRUE;

  ballast_store_import_fail (import, &reason);
  g_propagate_error (error, reason);
  return FALSE;
}

gboolean
ballast_store_import_show_counts (BallastStoreImport *import,
                                  GError            **error)
{
  BallastDb *db = import->store->db;
  GError *reason = NULL;

  if (import->has_failed || !ballast_db_in_transaction (db) ||
      ballast_count_delta_write (import->delta, db, &reason))
    return TRUE;

  ballast_store_import_fail (import, &reason);
  g_propagate_error (error, reason);
  return FALSE;
}

static gboolean
flush_if_due (BallastStoreImport *import,
              GError            **error)
{
  return g_get_monotonic_time () - import->batch_started_us < BATCH_US ||
         ballast_store_import_flush (import, error);
}

static gboolean
write_source (BallastStoreImport  *import,
              const BallastSource *source,
              GError             **error)
{
  BallastDb *db = import->store->db;
  BallastStatement *statement = ballast_db_statement (
    db, "INSERT INTO source (root, file, layout, options) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
    "SET layout = excluded.layout, options = excluded.options, complete = 0 RETURNING id", error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_bytes (statement, 1, source->root);
  ballast_statement_bind_bytes (statement, 2, source->file != NULL ? source->file : "");
  ballast_statement_bind_text (statement, 3, source->layout);
  ballast_statement_bind_text (statement, 4, source->options);
  if (ballast_statement_step (statement, error) != BALLAST_STEP_ROW)
    return FALSE;
  import->source_id = ballast_statement_get_int (statement, 0);

  return ballast_statement_run (statement, error);
}

static gboolean
load_folders (BallastStoreImport *import,
              GError            **error)
{
  BallastStatement *statement = ballast_db_statement (
    import->store->db, "SELECT id, path FROM folder WHERE source_id = ?", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, import->source_id);
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gint64 id = ballast_statement_get_int (statement, 0);

      g_hash_table_insert (import->folders, ballast_statement_dup_bytes (statement, 1),
                           g_memdup2 (&id, sizeof id));
    }

  return step == BALLAST_STEP_DONE;
}

static gboolean
load_names (BallastStoreImport *import,
            GError            **error)
{
  BallastStatement *statement = ballast_db_statement (
    import->store->db, "SELECT id, folder_id, name FROM image WHERE folder_id IN "
    "(SELECT id FROM folder WHERE source_id = ?)", error);
  BallastStep step;

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_int (statement, 1, import->source_id);
  while ((step = ballast_statement_step (statement, error)) == BALLAST_STEP_ROW)
    {
      gsize length;
      const void *name = ballast_statement_peek_blob (statement, 2, &length);

      ballast_name_map_insert (import->names, ballast_statement_get_int (statement, 1), name, length,
                               ballast_statement_get_int (statement, 0));
      import->is_update = TRUE;
    }

  return step == BALLAST_STEP_DONE;
}

static gboolean
prepare (BallastStoreImport *import,
         GError            **error)
{
  BallastDb *db = import->store->db;
  gint64 last_id;

  if (!ballast_db_get_int (db, "SELECT max(id) FROM image", &last_id, error))
    return FALSE;
  import->next_image_id = import->first_image_id = last_id + 1;

  import->pending = ballast_pending_rows_get (db, error);

  return import->pending != NULL &&
         (last_id > 0 || ballast_schema_drop_deferred (db, error)) &&
         load_folders (import, error) && load_names (import, error) &&
         ballast_store_import_load_problems (import, error);
}

void
ballast_store_import_check_keys (BallastStoreImport *import,
                                 gboolean            check)
{
  /* Fails in no other way than by being without effect, within a transaction. */
  ballast_db_exec (import->store->db,
                   check ? "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY"
                         : "PRAGMA foreign_keys = OFF; PRAGMA temp_store = FILE", NULL);
}

BallastStoreImport *
ballast_store_import_begin (BallastStore        *store,
                            const BallastSource *source,
                            GError             **error)
{
  g_autoptr(BallastStoreImport) import = g_new0 (BallastStoreImport, 1);

  import->store = store;
  import->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  import->names = ballast_name_map_new ();
  import->seen = g_byte_array_new ();
  import->kept = g_byte_array_new ();
  import->problems = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  import->delta = ballast_count_delta_new ();
  import->wanted = g_array_new (FALSE, TRUE, sizeof (BallastAnnotation));
  import->stored = g_array_new (FALSE, TRUE, sizeof (BallastAnnotation));
  import->extras = g_byte_array_new ();

  if (!ballast_store_begin_edit (store, error) ||
      !ballast_db_end (store->db, write_source (import, source, error) && prepare (import, error),
                       error))
    return NULL;
  ballast_store_import_check_keys (import, FALSE);

  store->import = import;
  return g_steal_pointer (&import);
}

void
ballast_store_import_free (BallastStoreImport *import)
{
  g_autoptr(GError) error = NULL;

  if (import == NULL)
    return;

  if (import->store->import == import)
    {
      /* What cannot be written any more is imported again by the next session. */
      if (!ballast_store_import_flush (import, &error))
        g_debug ("The last batch is lost: %s", error->message);
      ballast_store_import_check_keys (import, TRUE);
      import->store->import = NULL;
    }
  g_clear_error (&import->failure);
  g_hash_table_unref (import->folders);
  ballast_name_map_free (import->names);
  g_byte_array_unref (import->seen);
  g_byte_array_unref (import->kept);
  g_hash_table_unref (import->problems);
  ballast_count_delta_free (import->delta);
  g_array_unref (import->wanted);
  g_array_unref (import->stored);
  g_byte_array_unref (import->extras);
  g_free (import);
}

void
ballast_store_import_set_distinct (BallastStoreImport *import)
{
  import->is_distinct = !import->is_update;
}

guint64
ballast_store_import_get_n_repeats (BallastStoreImport *import)
{
  return import->n_repeats;
}

gint64
ballast_store_import_get_source_id (BallastStoreImport *import)
{
  return import->source_id;
}

gboolean
ballast_store_import_is_update (BallastStoreImport *import)
{
  return import->is_update;
}

/* The id that @sql gives for @name; 0 for NULL, -1 where there is no row, -2 with @error set. */
static gint64
look_up_name (BallastDb  *db,
              const char *sql,
              const char *name,
              GError    **error)
{
  BallastStatement *statement = ballast_db_statement (db, sql, error);
  BallastStep step;
  gint64 id = -1;

  if (statement == NULL)
    return -2;

  ballast_statement_bind_text (statement, 1, name);
  step = ballast_statement_step (statement, error);
  if (step == BALLAST_STEP_ROW)
    id = ballast_statement_get_int (statement, 0);
  ballast_statement_reset (statement);

  return step == BALLAST_STEP_ERROR ? -2 : id;
}

/* Runs @sql with @name as ?1 and (unless 0) @id as ?2. */
static gboolean
run_with_name (BallastDb  *db,
               const char *sql,
               const char *name,
               gint64      id,
               GError    **error)
{
  BallastStatement *statement = ballast_db_statement (db, sql, error);

  if (statement == NULL)
    return FALSE;

  ballast_statement_bind_text (statement, 1, name);
  if (id != 0)
    ballast_statement_bind_int (statement, 2, id);

  return ballast_statement_run (statement, error);
}

static gint64
make_class (BallastDb  *db,
            const char *name,
            GError    **error)
{
  gint64 id = look_up_name (db, "SELECT id FROM class WHERE name = ? AND dropped = 0", name, error);

  if (id == -2)
    return -1;
  if (id == -1)
    {
      if (!run_with_name (db, "INSERT INTO class (name, position) VALUES (?, "
                          "(SELECT coalesce (max (position), -1) + 1 FROM class))", name, 0, error))
        return -1;
      id = ballast_db_get_last_insert_id (db);
    }

  return run_with_name (db, "INSERT INTO class_name VALUES (?, ?)", name, id, error) ? id : -1;
}

gint64
ballast_store_import_class (BallastStoreImport *import,
                            const char         *name,
                            GError            **error)
{
  BallastDb *db = import->store->db;
  g_autofree char *valid = g_utf8_validate (name, -1, NULL) ? g_strdup (name)
                                                            : ballast_path_display (name);
  gint64 id;

  if (!ballast_store_import_ensure_batch (import, error))
    return -1;

  id = look_up_name (db, "SELECT class_id FROM class_name WHERE name = ?", valid, error);
  if (id == -1)
    id = make_class (db, valid, error);
  /* A class whose making was undone comes back when a source names it. */
  else if (id > 0 && !run_with_name (db, "UPDATE class SET dropped = 0 WHERE dropped = 1 AND id = "
                                     "(SELECT class_id FROM class_name WHERE name = ?)",
                                     valid, 0, error))
    id = -1;

  return MAX (id, -1);
}

gboolean
ballast_store_import_describe_class (BallastStoreImport *import,
                                     gint64              class_id,
                                     gint64              number,
                                     const char         *parent,
                                     GError            **error)
{
  g_autofree char *valid = parent != NULL ? g_utf8_make_valid (parent, -1) : NULL;
  BallastStatement *statement;

  if (!ballast_store_import_ensure_batch (import, error))
    return FALSE;
  statement = ballast_db_statement (import->store->db, "UPDATE class SET number = ?1, parent = ?2 "
                                    "WHERE id = ?3", error);
  if (statement == NULL)
    return FALSE;
  ballast_statement_bind_int (statement, 1, number);
  ballast_statement_bind_text (statement, 2, valid);
  ballast_statement_bind_int (statement, 3, class_id);

  return ballast_statement_run (statement, error);
}

gint64
ballast_store_import_split (BallastStoreImport *import,
                            const char         *name,
                            GError            **error)
{
  BallastDb *db = import->store->db;
  g_autofree char *valid = g_utf8_validate (name, -1, NULL) ? g_strdup (name)
                                                            : ballast_path_display (name);
  gint64 id;

  if (!ballast_store_import_ensure_batch (import, error))
    return -1;

  id = look_up_name (db, "SELECT id FROM split WHERE name = ? AND dropped = 0", valid, error);
  if (id == -1 && run_with_name (db, "INSERT INTO split (name) VALUES (?)", valid, 0, error))
    id = ballast_db_get_last_insert_id (db);

  return MAX (id, -1);
}

static gint64
make_folder (BallastStoreImport *import,
             const char         *path,
             GError            **error)
{
  BallastStatement *statement = ballast_db_statement (
    import->store->db, "INSERT INTO folder (source_id, path) VALUES (?, ?)", error);
  gint64 id;

  if (statement == NULL)
    return -1;

  ballast_statement_bind_int (statement, 1, import->source_id);
  ballast_statement_bind_bytes (statement, 2, path);
  if (!ballast_statement_run (statement, error))
    return -1;

  id = ballast_db_get_last_insert_id (import->store->db);
  g_hash_table_insert (import->folders, g_strdup (path), g_memdup2 (&id, sizeof id));

  return id;
}

/* The images of a folder come in a row. */
static gint64
get_folder (BallastStoreImport *import,
            const char         *path,
            GError            **error)
{
  gpointer key = NULL;
  gpointer value = NULL;

  if (import->last_folder != NULL && strcmp (import->last_folder, path) == 0)
    return import->last_folder_id;

  if (!g_hash_table_lookup_extended (import->folders, path, &key, &value))
    {
      if (make_folder (import, path, error) < 0)
        return -1;
      g_hash_table_lookup_extended (import->folders, path, &key, &value);
    }

  import->last_folder = key;
  import->last_folder_id = *(gint64 *) value;

  return import->last_folder_id;
}

gboolean
ballast_store_import_get_known (BallastStoreImport      *import,
                                const BallastStoreImage *images,
                                gsize                    n_images,
                                BallastImageFacts       *known,
                                GError                 **error)
{
  memset (known, 0, n_images * sizeof *known);
  if (!import->is_update)
    return TRUE;

  for (gsize i = 0; i < n_images; i++)
    {
      const BallastImageRecord *record = &images[i].record;
      const gint64 *folder_id = g_hash_table_lookup (import->folders, record->folder);
      BallastImportMatch match;

      if (folder_id == NULL)
        continue;
      if (!ballast_store_import_match (import, *folder_id, record->name, &match, error))
        return FALSE;
      if (match.record.id != 0 &&
          (match.record.flags & (BALLAST_IMAGE_GONE | BALLAST_IMAGE_UNREADABLE)) == 0)
        known[i] = match.record.facts;
    }

  return TRUE;
}

gboolean
ballast_store_import_add (BallastStoreImport *import,
                          BallastStoreImage  *images,
                          gsize               n_images,
                          GError            **error)
{
  for (gsize i = 0; i < n_images; i++)
    {
      gint64 folder_id;

      if (!ballast_store_import_ensure_batch (import, error))
        return FALSE;
      folder_id = get_folder (import, images[i].record.folder, error);
      if (folder_id < 0 || !ballast_store_import_add_one (import, &images[i], folder_id, error))
        return ballast_store_import_fail (import, error);
      if (i % WRITE_EVERY == WRITE_EVERY - 1 && !ballast_pending_rows_write (import->pending, error))
        return ballast_store_import_fail (import, error);
    }
  if (!ballast_pending_rows_write (import->pending, error))
    return ballast_store_import_fail (import, error);

  return flush_if_due (import, error);
}
